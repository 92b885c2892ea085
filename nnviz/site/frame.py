"""What every page has around its lesson: navigation, title, four steps, link, task, safety net."""

import logging
import threading
import time
from collections.abc import Callable
from types import MappingProxyType
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.errors import StreamlitAPIException

from nnviz.chart import assets
from nnviz.site import lesson, lesson_link, naming, progress, styles, worksheet
from nnviz.site.address import Address, opens_lesson
from nnviz.site.course import PAGES, STRIP_STYLE, Page, keep_progress, strip_html
from nnviz.site.fair_shares import fairly, one_at_a_time, person
from nnviz.site.lesson_link import LONGEST_PROMPT, PROJECTOR
from nnviz.site.plain import plain
from nnviz.text.lesson import Lesson
from nnviz.training.kernels.kernel import compiled
from nnviz.training.turns import computes_for

_REST: Final = "rest_of_the_lesson"
_ON_A_SHEET: Final = "on_a_worksheet"
_RETURN: Final = 604_800.0
"""Whoever has a fragment that runs again by itself gets a whole new page from Streamlit when a lost
connection is there again. Without one a page stays as it was, and a server that has been restarted
or has forgotten the session answers nothing more. The time itself, in seconds, does not matter."""
_BREATH: Final = 0.03  # s in which the browser gets what there is, before more is computed

_STYLE: Final = styles.ALWAYS.replace("PROJECTOR", PROJECTOR).replace("STRIP", STRIP_STYLE)
_LESSON_SHARES: Final = (0.3, 0.7)
_CONTROLS: Final = "controls_of_the_task"
# The title stands beside the button that opens the menu, and leaves the height to the picture.
_LESSON_STYLE: Final = """
[data-testid="stMain"] [data-testid="stMainBlockContainer"] { padding-top: .8rem; }
.stApp:has([data-testid="stExpandSidebarButton"]) [data-testid="stMain"] h1 {
  padding-left: 2.6rem;
}
[data-nv-down] [data-testid="stHeader"] { visibility: hidden; }
/* What a field says of its length stands below it, and not over what is written. */
.st-key-lesson_task [data-testid="InputInstructions"],
.st-key-lesson_task :has(> [data-testid="InputInstructions"]) { position: static; }
/* Nothing stands under the button of the menu. */
.st-key-head { padding-right: 2rem; }
[data-testid="stMain"] .st-key-lesson_task button { height: auto; }
[data-testid="stSidebar"] .nv-share { display: flex; }
.nv-player .nv-one { display: inline; white-space: nowrap; }
.nv-figure > .nv-save + .nv-words { padding-right: 10px; }
.st-key-lesson_end [data-testid="stPageLink"] a * { white-space: normal; }
.st-key-lesson_end [data-testid="stPageLink"] a {
  background: light-dark(#006ba6, #56b4e9); border-radius: .4rem; padding: .4rem .8rem;
}
.st-key-lesson_end [data-testid="stPageLink"] a * {
  color: light-dark(#fff, #0e1117) !important; font-weight: 600;
}
"""
# What the house chart and player show of themselves in a lesson when the task asks for it; by part.
_UNASKED: Final = MappingProxyType(
    {
        "hint": ".nv-hint",
        "sentence": ".nv-words",
        "player": ".nv-more",
        "save": ".nv-save",
        "card": ".nv-card",
    }
)
_UNSEEN: Final = (
    "{ position: absolute; width: 1px; height: 1px; min-height: 0; padding: 0; border: 0; "
    "overflow: hidden; clip-path: inset(50%); }"
)


@fairly
def show(
    name: str,
    address: Address,
    draw: Callable[[], None],
    course: Lesson | None = None,
    sheet: worksheet.Maker | None = None,
    on_paper: worksheet.OnPaper = MappingProxyType({}),
) -> None:
    """Show a page: the frame, and what is in it, which alone reruns when something changes.

    Parameters
    ----------
    name : str
        The page's short name.
    address : Address
        The choices of the page.
    draw : callable
        Draws the page; it asks `hidden` what of it is in sight.
    course : Lesson or None
        The lesson of the page; without one it has free play alone.
    sheet : callable or None
        Draws the worksheet of the page, if it has one.
    on_paper : mapping
        What tasks of the lesson ask for on a worksheet, where that is another thing.
    """
    page = PAGES[name]
    st.set_page_config(
        page_title=f"{page.title} · nnviz",
        page_icon=str(assets.ICON),
        layout="wide",
        initial_sidebar_state="collapsed"
        if course and opens_lesson(st.query_params.to_dict())
        else 244,
        # With nothing in it Streamlit hides the menu, and the switch of light and dark with it.
        menu_items={"About": "See a neural network learn, and check every number."},
    )
    st.html(_STYLE)
    _navigation()
    _make_ready()

    @st.fragment(run_every=_RETURN)
    @fairly
    def framed() -> None:
        computes_for(person())
        top = st.container(
            horizontal=True,
            horizontal_alignment="distribute",
            vertical_alignment="center",
            key="head",
        )
        st.session_state.pop(_REST, None)
        styles.begin()
        try:
            with one_at_a_time():
                address.open()
                if course is None:
                    lesson.leave()
                else:
                    lesson.attend(address, course)
                number = worksheet.opened(address) if sheet is not None else None
                st.session_state[_ON_A_SHEET] = number is not None
                lesson_link.look(address)
                if sheet is not None and number is not None:
                    worksheet.begin(page, address, number, sheet)
                    _prompt(address)
                    told = worksheet.task(address, course, on_paper)
                    # Its picture stands as the task or free play has it, with nothing to choose.
                    if lesson.shown() is not None:
                        styles.style(_unasked())
                    st.session_state[_CONTROLS] = st.container(key="worksheet_controls")
                    draw()
                    worksheet.end(page, number, sheet, told)
                else:
                    with top:
                        _head(page, address, course)
                    _prompt(address)
                    if course is None or address.course.task is None:
                        draw()
                    else:
                        _beside_its_task(address, course, draw)
                styles.end()
                with top:
                    address.close()
                if course is None:
                    keep_progress(address)
                else:
                    keep_progress(
                        address,
                        progress.progress_of(course),
                        lambda kept: progress.remember(course, kept),
                        lambda: progress.marks(course, lesson.tasks_of(address, course)),
                    )
            rest = st.session_state.pop(_REST, None)
            if naming.changed_beside_the_page():
                st.rerun()
            if rest is not None and rest():
                _rerun()
        except Exception:
            logging.getLogger("nnviz").exception("The page %s failed", page.name)
            _apologise(page, address)

    framed()
    # After the page, which knows what its link says of the names.
    with st.sidebar:
        naming.switch()
        assets.component("nnviz_share", "share.js")(key="share", height="content")
        lesson_link.offer(page, address, course)
        if sheet is not None:
            worksheet.offer(address)
        progress.offer_reset()


def _head(page: Page, address: Address, course: Lesson | None) -> None:
    """Show the title, the four steps in free play, and the switch between lesson and free play."""
    st.title(page.title, anchor=False, width="content")
    in_lesson = course is not None and address.course.task is not None
    if in_lesson:
        styles.style(_lesson_style())
    elif page.steps:
        st.html(strip_html(page.steps), width="content")
    if course is not None and not address.only_shown:
        lesson.switch(address, course)


def _beside_its_task(address: Address, course: Lesson, draw: Callable[[], None]) -> None:
    """Show the open task and its controls at the left, where their texts move no picture."""
    left, right = st.columns(_LESSON_SHARES, gap="medium")
    with left:
        st.session_state[_CONTROLS] = lesson.panel(address, course)
    with right:
        draw()


def sides(picture: float = 0.625) -> tuple[DeltaGenerator, DeltaGenerator]:
    """Return the places of a picture and of its controls, beside each other.

    In a lesson the controls stand under the task, and the picture has all of its own side.

    Parameters
    ----------
    picture : float
        The picture's share of the width in free play.
    """
    if lesson.shown() is None:
        left, right = st.columns([picture, 1 - picture])
        return left, right
    return st.container(), controls()


def without_single_steps() -> None:
    """Take the player's button for one step out of sight in a lesson; its key stays."""
    if lesson.shown() is not None:
        styles.style(".nv-player [aria-label^='On by one'] { display: none; }")


def controls() -> DeltaGenerator:
    """Return the place of a page's controls: here, or in a lesson under its task."""
    if lesson.shown() is None:
        return st.container()
    place: DeltaGenerator = st.session_state[_CONTROLS]
    return place


def _lesson_style() -> str:
    """Return the style of a lesson, which has its link in the menu."""
    share = "[data-testid='stMain'] .nv-share { display: none !important; }"
    return f"{_LESSON_STYLE} {share} {_unasked()}"


def _unasked() -> str:
    """Return the rules that hide what the task has no need of; the sentence is still heard."""
    gone = ", ".join(
        [
            # Whoever is asked what a run will do may not play it before.
            *([".nv-player", ".nv-readout > span:first-child"] if lesson.secret() else []),
            *(name for part, name in _UNASKED.items() if part != "sentence" and hidden(part)),
        ]
    )
    unseen = f"{_UNASKED['sentence']} {_UNSEEN}" if hidden("sentence") else ""
    return f"{gone} {{ display: none !important; }} {unseen}" if gone else unseen


@st.cache_resource(show_spinner=False)
def _make_ready() -> None:
    """Compile the updates while the first person looks at the first page."""
    threading.Thread(target=compiled, daemon=True).start()


def hidden(part: str) -> bool:
    """Return whether a part of the page is out of sight.

    In a lesson everything is that the open task does not name, in free play what a teacher's link
    hides (``?hide=code,controls``). Controls as a whole are never out of sight in a lesson, because
    each of them is asked for. On a worksheet all is but the picture.
    """
    if part in ("controls", "sentence", *lesson_link.PART_TITLES) and on_a_sheet():
        return True
    in_sight = lesson.shown()
    if in_sight is not None:
        return part != "controls" and part not in in_sight
    task = st.session_state.get(f"task.{st.session_state.get('page')}", {})
    return part in task.get("hide", "").split(",")


def on_a_sheet() -> bool:
    """Return whether the page is shown as a worksheet, to be used with a pen."""
    return bool(st.session_state.get(_ON_A_SHEET))


def afterwards(rest: Callable[[], bool]) -> None:
    """Call ``rest`` when everything has been sent, so that the page can be used while it works.

    It returns whether the lesson is to be drawn once more, because more is known by then.
    """
    st.session_state[_REST] = rest


def again(after: float = _BREATH) -> None:
    """Draw the lesson once more, some seconds after everything has been sent, to show more."""

    def breathe() -> bool:
        time.sleep(after)
        return True

    afterwards(breathe)


def _rerun() -> None:
    # Streamlit lets what a person has done meanwhile go first, wherever its state is asked: else
    # this rerun would take its place, and a click would be lost.
    st.session_state.get("page")
    try:
        st.rerun(scope="fragment")
    except StreamlitAPIException:  # this was no rerun of the lesson, but of the whole page
        st.rerun()


def _navigation() -> None:
    with st.sidebar:
        st.html("<strong style='font-size:1.15rem'>nnviz</strong>")
        for page in (page for page in PAGES.values() if page.in_menu):
            st.page_link(page.file, label=page.label, icon=page.icon)


def _prompt(address: Address) -> None:
    prompt = address.task.get("prompt", "").strip()
    if prompt:
        shortened = prompt if len(prompt) <= LONGEST_PROMPT else f"{prompt[:LONGEST_PROMPT]}…"
        st.info("  \n".join(map(plain, shortened.splitlines())), icon=":material/school:")


def _apologise(page: Page, address: Address) -> None:
    st.error(
        "This page could not be drawn, and that is our mistake, not yours. What you chose is "
        "still in the address of this page. You can change it, or start again from the defaults.",
        icon=":material/error:",
    )
    st.button("Start again", key=f"{page.name}.start_again", on_click=address.reset)
