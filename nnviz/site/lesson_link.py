"""A teacher's link to a page: what pupils open, what they are asked, and what they do not see."""

from collections.abc import Mapping
from html import escape
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

import segno
import streamlit as st

from nnviz.chart.copying import to_copy
from nnviz.site import room
from nnviz.site.address import TASKS, Address, Place
from nnviz.site.course import Page
from nnviz.site.lesson import tasks_of
from nnviz.site.origin import origin as origin_of
from nnviz.site.origin import shared_origin
from nnviz.site.plain import used
from nnviz.site.styles import style
from nnviz.text.lesson import Lesson, pieces

LONGEST_PROMPT: Final = 600
"""Characters of what a teacher writes above a page."""

PROJECTOR: Final = """  html:root { font-size: 21px; }
  .stApp [data-testid="stSidebar"][data-collapsed="false"] { min-width: 20rem; }
  /* What a page gives a width in pixels grows with its type as well; answers are wrapped. */
  [data-testid="stElementContainer"][width$="px"] {
    min-width: 9rem; min-width: calc(attr(width type(*)) * 21 / 16); }
  [data-testid="stElementContainer"]:has(> .stButton):not(.st-key-lesson_answers *),
  .stButton button:not(.st-key-lesson_answers *) { min-width: max-content; }
"""
"""On a projector everything is read from the back row: whatever is measured in rem grows."""

LARGE: Final = "projector"
_MENU: Final = "menu"
_NO_MENU: Final = """[data-testid="stSidebar"], [data-testid="stExpandSidebarButton"] {
  display: none !important; }
[data-testid="stMain"] [data-testid="stMainBlockContainer"] h1 { padding-left: 0 !important; }"""
_NO_TOUCH: Final = """[data-testid="stMainBlockContainer"] * { pointer-events: none !important; }
[data-testid="stMain"] :is(.nv-share, .nv-save, .nv-player, .nv-hint, .nv-room-line, .stButton,
  .stDownloadButton, .stPopover, [data-testid="stPageLink"]) { display: none !important; }"""
"""What is only shown is scrolled, and nothing else; the keys are held off by stage.js."""
PART_TITLES: Final = MappingProxyType(
    {
        "numbers": "In numbers",
        "why": "What to try",
        "ledger": "Ledger",
        "surface": "Error surface",
        "solid": "In 3-D",
        "free": "Getting free",
        "code": "In code",
        "export": "Export",
        "predict": "Predict first",
        "tutorial": "The tutorial says",
    }
)
"""What a page may show below its picture, by what it is called on the screen."""

_OFFERED: Final = "offered_parts"
_KEY: Final = "lesson_link"
_LESSON: Final = "The lesson"
_FREE: Final = "Free play, as the page is now"


def offer_parts(titles: Mapping[str, str]) -> None:
    """Remember which parts the page offers, by what they are called on the screen."""
    st.session_state[_OFFERED] = dict(titles)


def look(address: Address) -> None:
    """Let the page look as a teacher's link asks for: with large type, without the menu."""
    task, shown = address.task, address.only_shown
    rules = PROJECTOR * (task.get("size") == LARGE)
    rules += _NO_MENU * (shown or _MENU in task.get("hide", "").split(","))
    rules += _NO_TOUCH * shown
    if rules:
        style(rules)


def offer(page: Page, address: Address, course: Lesson | None) -> None:
    """Show the button that makes a link for a class."""
    if st.button(
        "Link for a class",
        icon=":material/qr_code_2:",
        key=f"{_KEY}.open",
        type="tertiary",
        help="A link to this page with a task of yours, as text, as a QR code, or for a web page.",
    ):
        st.dialog("Link for a class", width="large")(_maker)(page, address, course)


def _maker(page: Page, address: Address, course: Lesson | None) -> None:
    left, right = st.columns([0.58, 0.42], gap="medium")
    with left:
        place, tasks = _place(address, course)
        task = {
            "prompt": used(
                st.text_area(
                    "Your task, above the page",
                    address.task.get("prompt", ""),
                    key=f"{_KEY}.prompt",
                    placeholder="Find the largest learning rate that still learns.",
                ).strip(),
                LONGEST_PROMPT,
            ),
            "hide": ",".join(_hidden(in_lesson=place.task is not None)),
            "size": LARGE * st.checkbox("Large type, for a projector", key=f"{_KEY}.size"),
            TASKS: tasks,
        }
    begin, sentence = reach()
    query = address.link(place, task)
    link = begin + (f"?{query}" if query else "")
    with right:
        st.html(_qr_html(link))
    to_copy(link, "link", f"{_KEY}.link")
    st.caption(sentence)
    st.page_link(
        "pages/room.py",
        label="Open a room with this link, and see who is at which task",
        icon=":material/groups:",
        query_params={"begin": room.link_to(page.name, query)},
    )
    st.caption("Six lesson plans, with all answers: [Teacher's guide](./teaching).")
    st.caption("For a page of your own, such as the school's learning platform:")
    embedded = f"{link}{'&' if '?' in link else '?'}embed=true"
    title = escape(f"nnviz: {page.title}", quote=True)
    frame = f'<iframe src="{escape(embedded, quote=True)}" title="{title}" '
    frame += 'width="100%" height="800" allow="clipboard-write"></iframe>'
    to_copy(frame, "frame", f"{_KEY}.frame")


def _place(address: Address, course: Lesson | None) -> tuple[Place, str]:
    """Ask what the link opens, and which tasks of the lesson it gives; all of them need no word."""
    if course is None:
        return Place(), ""
    opens = st.segmented_control(
        "Opens",
        (_LESSON, _FREE),
        default=_FREE if address.course.task is None else _LESSON,
        required=True,
        wrap=True,
        key=f"{_KEY}.opens",
    )
    if opens != _LESSON:
        return Place(has_lesson=True), ""
    given = tasks_of(address, course)
    chosen = []
    for i, task in enumerate(course.tasks):
        does = "".join(text for text, _ in pieces(task.does))
        if st.checkbox(f"Task {i + 1}: {does}", i in given, key=f"{_KEY}.task.{i}"):
            chosen.append(i)
    if not chosen:
        st.caption("Without a task the link gives the whole lesson.")
    numbers = "" if len(chosen) in (0, len(course.tasks)) else ",".join(str(i + 1) for i in chosen)
    return Place((chosen or [0])[0], has_lesson=True), numbers


def _hidden(*, in_lesson: bool) -> list[str]:
    """Ask what is out of sight; a lesson shows by itself what each task needs."""
    titles = {"controls": "The controls", **st.session_state.get(_OFFERED, {})}
    titles = {_MENU: "The menu of pages", **({} if in_lesson else titles)}
    return st.multiselect(
        "Hide",
        list(titles),
        format_func=titles.__getitem__,
        key=f"{_KEY}.hide.{in_lesson}",
        placeholder="Nothing is hidden",
    )


def reach() -> tuple[str, str]:
    """Return how the address of this page begins for others, and who can open it."""
    here = urlsplit(str(st.context.url or ""))
    own = f"{here.scheme}://{here.netloc}"
    if origin_of(here.hostname or "", here.port or 80):
        return own + here.path, "Whoever reaches this address can open it, as you did."
    if shared_origin():
        return (
            shared_origin() + here.path,
            "Devices in your network can open it, if no firewall stands between.",
        )
    return (
        own + here.path,
        "Only this computer can open this link: the app listens to it alone. Start the app with "
        "“make class” (or “nnviz class”), and pupils can open it too.",
    )


def _qr_html(link: str) -> str:
    try:
        code = segno.make(link, error="m", micro=False)
    except segno.DataOverflowError:
        return "<p>This link is too long for a QR code. Copy it as text.</p>"
    picture = code.svg_data_uri(scale=4, border=3, dark="#000", light="#fff")
    return f"<img src='{picture}' alt='QR code of the link' style='width:100%; max-width:300px'>"
