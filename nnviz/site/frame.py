"""What every page has around its lesson: navigation, title, link, a task, a safety net."""

import logging
import threading
import time
from collections.abc import Callable
from typing import Final

import streamlit as st
from streamlit.errors import StreamlitAPIException

from nnviz.chart import assets
from nnviz.site.address import Address
from nnviz.site.course import COURSE, Page
from nnviz.site.course_map import keep_progress
from nnviz.site.four_steps_strip import four_steps_strip
from nnviz.site.plain import plain
from nnviz.training.kernels.mini_batch import compiled_walk
from nnviz.training.kernels.one_row import compiled

_LONGEST_PROMPT: Final = 300
_REST: Final = "rest_of_the_lesson"
_BREATH: Final = 0.03  # s in which the browser gets what there is, before more is computed

# Streamlit leaves wide margins; a lesson's picture and controls should fit one laptop screen.
_STYLE: Final = """<style>
[data-testid="stMainBlockContainer"] {
  padding-left: 1.5rem;
  padding-right: 1.5rem;
  max-width: 90rem;
}
[data-testid="stMain"] h1 { font-size: 1.6rem; padding: 0; }
[data-testid="stMain"] h2 { font-size: 1.2rem; padding: .2rem 0 1rem; }
[data-testid="stMain"] [data-testid="stVerticalBlock"] { gap: .6rem; }
/* The packed runs are there to be read, not to be seen: no height, and no gap of their own. */
[data-testid="stLayoutWrapper"]:has(> [class*="_packs"]) {
  height: 0; overflow: hidden; margin-top: -.6rem;
}
/* What keeps the progress has nothing to be seen at all. */
[data-testid="stLayoutWrapper"]:has(> .st-key-progress_kept) { position: absolute; }
/* Long formulas go on in the next line: a box to scroll sideways cannot be reached by keyboard. */
.katex-display { margin: .55rem 0; overflow: visible; }
.katex-display > .katex { text-align: left; white-space: normal; }
/* Streamlit writes white on the primary colour, which is too pale for it in the dark theme. */
[data-testid="stBaseButton-primary"]:not(:disabled) p { color: light-dark(#fff, #0e1117); }
/* The menu floats beside the title instead of taking a line of its own. */
[data-testid="stHeader"] { background: transparent; }
[data-testid="stHeader"], [data-testid="stHeader"] * { pointer-events: none; }
[data-testid="stHeader"] :is(button, a), [data-testid="stHeader"] :is(button, a) * {
  pointer-events: auto;
}
/* Streamlit leaves room for the menu; with the sidebar open nothing else is up there. */
.stApp:not(:has([data-testid="stExpandSidebarButton"])) [data-testid="stMainBlockContainer"] {
  padding-top: 1rem;
}
/* Streamlit's own colours of code are too pale to be read by everybody (below 4.5 : 1). */
.stCode .token.comment { color: light-dark(#5a6070, #a8b0bd); }
.stCode :is(.token.keyword, .token.builtin, .token.function, .token.class-name),
.stCode :is(.token.decorator, .token.conversion-option) {
  color: light-dark(#0b5cad, #7cc0ff);
}
.stCode .token.number, .stCode .token.boolean { color: light-dark(#0f655a, #5ee0cb); }
.stCode .token.string { color: light-dark(#1a672c, #7fdc9a); }
@media (max-width: 640px) {
  [data-testid="stMainBlockContainer"] { padding-left: .75rem; padding-right: .75rem; }
}
</style>"""


def show(name: str, address: Address, lesson: Callable[[], None]) -> None:
    """Show a page: the frame, and in it the lesson, which alone reruns when something changes."""
    page = COURSE[name]
    st.set_page_config(
        page_title=f"{page.title} · nnviz",
        page_icon=str(assets.ICON),
        layout="wide",
        initial_sidebar_state=244,
        # With nothing in it Streamlit hides the menu, and the switch of light and dark with it.
        menu_items={"About": "See a neural network learn, and check every number."},
    )
    st.html(_STYLE)
    _navigation()
    _make_ready()

    @st.fragment
    def framed() -> None:
        top = st.container(
            horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
        )
        with top:
            st.title(page.title, anchor=False, width="content")
            four_steps_strip(page.steps)
        st.session_state.pop(_REST, None)
        try:
            address.open()
            _prompt(address)
            lesson()
            with top:
                address.close()
            keep_progress(address)
            rest = st.session_state.pop(_REST, None)
            if rest is not None and rest():
                _rerun()
        except Exception:
            logging.getLogger("nnviz").exception("The page %s failed", page.name)
            _apologise(page, address)

    framed()


@st.cache_resource(show_spinner=False)
def _make_ready() -> None:
    """Compile the updates while the first person looks at the first page."""

    def compile_all() -> None:
        compiled()
        compiled_walk()

    threading.Thread(target=compile_all, daemon=True).start()


def hidden(part: str) -> bool:
    """Return whether a teacher's link hides this part of the page (``?hide=code,controls``)."""
    task = st.session_state.get(f"task.{st.session_state.get('page')}", {})
    return part in task.get("hide", "").split(",")


def afterwards(rest: Callable[[], bool]) -> None:
    """Let a lesson wait for something when the page can be used already, its link included.

    ``rest`` is called when everything has been sent, and returns whether the lesson is to be drawn
    once more, because something has become known meanwhile.
    """
    st.session_state[_REST] = rest


def again() -> None:
    """Draw the lesson once more when everything has been sent, because more can be known then."""

    def breathe() -> bool:
        time.sleep(_BREATH)
        return True

    afterwards(breathe)


def _rerun() -> None:
    try:
        st.rerun(scope="fragment")
    except StreamlitAPIException:  # this was no rerun of the lesson, but of the whole page
        st.rerun()


def _navigation() -> None:
    with st.sidebar:
        st.html("<strong style='font-size:1.15rem'>nnviz</strong>")
        for page in COURSE.values():
            st.page_link(page.file, label=page.label, icon=page.icon)


def _prompt(address: Address) -> None:
    prompt = address.task.get("prompt", "").strip()
    if prompt:
        shortened = prompt if len(prompt) <= _LONGEST_PROMPT else f"{prompt[:_LONGEST_PROMPT]}…"
        st.info(plain(shortened), icon=":material/school:")


def _apologise(page: Page, address: Address) -> None:
    st.error(
        "This page could not be drawn, and that is our mistake, not yours. What you chose is "
        "still in the address of this page. You can change it, or start again from the defaults.",
        icon=":material/error:",
    )
    st.button("Start again", key=f"{page.name}.start_again", on_click=address.reset)
