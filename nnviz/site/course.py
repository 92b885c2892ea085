"""The pages of the course in their order, their four steps, and the map of what was done on them.

What has been done is kept by the browser and sent to nobody.
"""

import importlib
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from types import MappingProxyType
from typing import Any, Final

import streamlit as st

from nnviz.chart import assets
from nnviz.site import naming, room
from nnviz.site.address import Address
from nnviz.text.lesson import Lesson

STEPS: Final = (
    ("Input", "rows go in, with the answers that are known for them"),
    ("Predict", "the model answers with what it has learned so far"),
    ("Compare", "the error says how far the answer is from the right one"),
    ("Adjust", "the parameters move so that the error gets smaller"),
)
"""The four steps of supervised learning, each with what happens in it."""

STRIP_STYLE: Final = """
.nv-thread { display: flex; gap: 4px; margin: 0; padding: 0; list-style: none; font-size: .75rem; }
.nv-thread li { margin: 0; padding: 1px 7px; border: 1px dashed #8c8c8c; border-radius: 9px; }
.nv-thread li.nv-on { border: 1px solid currentColor; font-weight: 600;
  background: rgba(86, 180, 233, 0.3); }
.nv-thread li:not(.nv-on) { opacity: .75; }
@media (max-width: 1000px) {
  .nv-thread { gap: 2px; }
  .nv-thread li { padding: 0 5px; }
  .nv-thread b { position: absolute; width: 1px; height: 1px; overflow: hidden;
    clip-path: inset(50%); }
}
/* For those who hear the page instead of seeing it. */
.nv-thread i { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); }
@media (max-width: 640px) {
  /* Between the two buttons of the header, where nothing else is. */
  [data-testid="stElementContainer"]:has(.nv-thread) { position: absolute; top: 20px; left: 0;
    width: 100%; pointer-events: none; }
  .nv-thread { justify-content: center; }
  .nv-thread li { pointer-events: auto; }
}
.nv-thread b { font-weight: inherit; }
"""
"""What the strip of the four steps looks like."""


@dataclass(frozen=True)
class Page:
    """One page of the course."""

    # name, title, icon: its short name, what stands above its lesson, and its icon
    name: str
    title: str
    icon: str
    invitation: str = ""  # what a person does on it, for the course map
    # which of the four steps of supervised learning, from 1 to 4, it takes
    steps: tuple[int, ...] = (1, 2, 3, 4)
    in_menu: bool = True

    @property
    def file(self) -> str:
        """The file that Streamlit runs."""
        return "app.py" if self.name == "home" else f"pages/{self.name}.py"

    @property
    def label(self) -> str:
        """What the page is called in the navigation."""
        return "Home" if self.name == "home" else self.title


_PAGES: Final = (
    Page("home", "See a network learn", ":material/home:", steps=()),
    Page("rules_or_learning", "Rules or learning", ":material/rule:",
         "Fill a small Sudoku by rules, one at a time, and watch a network learn it from games."),
    Page("words_to_numbers", "Words to numbers", ":material/translate:",
         "Count words, see what lemmas do, and let one neuron learn moods from them."),
    Page("vector_similarity", "Vector similarity", ":material/north_east:",
         "Drag two vectors and see what a dot product measures.", steps=()),
    Page("linear_regression", "Linear regression", ":material/show_chart:",
         "Put a plane through house prices by hand, then let gradient descent do it."),
    Page("prediction", "Prediction", ":material/bolt:",
         "Send a row through one neuron, value by value, and see what it answers.", steps=(1, 2)),
    Page("error_curve", "Error curve", ":material/trending_down:",
         "Step down a curve, and find out what the learning rate does."),
    Page("backpropagation", "Backpropagation", ":material/undo:",
         "Step through one update, value by value, forward and back."),
    Page("live_training", "Live training", ":material/play_circle:",
         "Train one neuron on eight rows, see why it gets stuck, and go another way."),
    Page("generalization", "Generalization", ":material/balance:",
         "Hold rows out, let a network memorise the others, and stop it; then move the world."),
    Page("deeper_networks", "Deeper networks", ":material/hub:",
         "Build a network, train it on any rows, and read every mark of it."),
    Page("pictures_to_numbers", "Pictures to numbers", ":material/draw:",
         "Draw a digit on 8 x 8 squares, and see a neuron learn to read it."),
    Page("compare_runs", "Compare runs", ":material/grid_on:",
         "Run the same training with many seeds and rates, and see how many of them fail."),
)  # fmt: skip

COURSE: Final = MappingProxyType({page.name: page for page in _PAGES})
"""The lessons, in their order."""

PAGES: Final = MappingProxyType(
    {
        **COURSE,
        "glossary": Page("glossary", "Glossary", ":material/menu_book:", steps=()),
        "check_codes": Page("check_codes", "Check codes", ":material/fact_check:", steps=()),
        "room": Page("room", "Room", ":material/groups:", steps=()),
        # With all answers in it, it is not what a pupil should meet first.
        "teaching": Page(
            "teaching", "Teacher's guide", ":material/school:", steps=(), in_menu=False
        ),
    }
)
"""All pages, the glossary and those for a class too."""

RESET: Final = "reset"
"""Session key of the name of the last time that somebody had everything forgotten."""

_NOTHING: Final = MappingProxyType(
    {"done": (), "tasks": 0, "next": 0, "idea": "", "terms": (), "answers": {}, "begun": ""}
)
"""What the browser keeps of the lesson of a page that has none."""

_STAYS: Final = (
    "session",
    "page",
    "task.",
    "naming",
    "offered_parts",
    "progress",
    "address",
    "reset",
)
"""Beginnings of session keys that belong to the device and the link, not to the person."""


@cache
def lessons() -> Mapping[str, Lesson]:
    """Return the lessons of the course by their pages, in their order."""
    # By name, since a chapter may import what is here.
    found = {page: importlib.import_module(f"nnviz.chapters.{page}.lesson") for page in COURSE}
    return MappingProxyType({page: module.LESSON for page, module in found.items()})


def strip_html(lit: Sequence[int]) -> str:
    """Return the strip of the four steps, those that a page takes highlighted.

    They are framed as well as coloured, and a screen reader is told which they are.

    Parameters
    ----------
    lit : sequence of int
        From 1 to 4.
    """
    items = []
    for number, (name, meaning) in enumerate(STEPS, 1):
        on = number in lit
        rest = escape(f": {meaning}{'' if on else ' (not on this page)'}", quote=True)
        looks = " class='nv-on'" if on else ""
        items.append(
            f"<li{looks} title='{number} {name}{rest}'>{number}<b> {name}</b><i>{rest}</i></li>"
        )
    label = "The four steps of supervised learning, lit where this page takes them"
    return f"<ol class='nv-thread' aria-label='{label}'>{''.join(items)}</ol>"


def next_page(name: str) -> Page | None:
    """Return the page that follows in the course, None after the last."""
    names = list(COURSE)
    following = names[names.index(name) + 1 :]
    return COURSE[following[0]] if following else None


def keep_progress(
    address: Address,
    learnt: Mapping[str, Any] | None = None,
    on_restored: Callable[[Mapping[str, Any]], None] | None = None,
    marks: Callable[[], str] = str,
) -> None:
    """Let the browser keep the address of this page, and what was done and answered right.

    Whoever is in a room lets it know as well.

    Parameters
    ----------
    address : Address
        The choices of the page.
    learnt : mapping or None
        What `progress.progress_of` says of its lesson, if it has one.
    on_restored : callable or None
        Called with what this browser has kept, unchecked: the names of tasks (``done``), the words
        learnt (``terms``), and what was answered to which question (``answers``).
    marks : callable
        Returns what `lesson.marks` says of its lesson.
    """
    query = address.query()
    room.report(address, query, marks)

    def came() -> None:
        if room.take(st.session_state["progress"].get("room")):
            forget()

    def restored() -> None:
        sent = st.session_state["progress"].get("restored")
        if isinstance(sent, Mapping):
            naming.remember(sent.get("names"))
            if on_restored is not None:
                on_restored(sent)

    right, asked = st.session_state.get(f"{address.page}_score", (0, 0))
    assets.component("nnviz_progress", "progress.js")(
        key="progress",
        data={
            "page": address.page,
            "kept": query,
            "right": right,
            "asked": asked,
            **(learnt or _NOTHING),
            "names": naming.kept(),
            "room": room.known(),
            "reset": st.session_state.get(RESET, ""),
        },
        height="content",
        on_restored_change=restored,
        on_room_change=came,
    )


def course_end() -> None:
    """Show the end of the course: what was done, the ideas, what was left out, and what is next."""
    st.markdown("**You have reached the end of the course.** This is what you did and learnt:")
    _map("", brief=True, ends=True)
    st.markdown("**What next?** In free play nothing is hidden, and your own rows can be learned:")
    for name in ("live_training", "deeper_networks", "generalization"):
        page = COURSE[name]
        st.page_link(page.file, label=page.title, icon=page.icon, query_params={"mode": "free"})
    st.markdown("Switch on *Code names* in the menu to read the same in the tutorial's code.")


def course_map(here: str, *, brief: bool = False) -> None:
    """Show all other pages in the order of the story, each with what has been done on it.

    Parameters
    ----------
    here : str
        The page on which it stands.
    brief : bool
        Whether it names the pages only, without what is done on them.
    """
    st.markdown("## The course")
    _map(here, brief=brief, ends=False)


def _map(here: str, *, brief: bool, ends: bool) -> None:
    assets.component("nnviz_progress", "progress.js")(
        key="course_map",
        data={
            "pages": [
                {
                    "name": page.name,
                    "path": "./" if page.name == "home" else page.name,
                    "title": page.title,
                    "invitation": page.invitation,
                    # Then the session itself knows where the person left it.
                    "here": f"remembered.{page.name}" in st.session_state,
                }
                for page in COURSE.values()
                if page.name != here
            ],
            "brief": brief,
            "ends": ends,
        },
        height="content",
    )


def forget() -> None:
    """Forget what session and browser know of a person, and begin anew: somebody else came."""
    here = st.session_state["page"]
    for key in list(st.session_state):
        if not str(key).startswith(_STAYS):
            st.session_state.pop(key, None)
    st.session_state[f"arrival.{here}"] = {}
    st.session_state[RESET] = uuid.uuid4().hex
