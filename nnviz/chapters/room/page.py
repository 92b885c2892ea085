"""Room: pupils join with a code, and their teacher sees which task each of them is at."""

import re
from collections.abc import Mapping
from typing import Any, Final

import segno
import streamlit as st

from nnviz.chart import assets
from nnviz.room.names import code_from
from nnviz.room.problems import RoomError
from nnviz.room.step import is_link
from nnviz.site import frame, room
from nnviz.site.address import Address
from nnviz.site.course import COURSE, PAGES, lessons
from nnviz.site.lesson_link import reach
from nnviz.site.parameters import Custom
from nnviz.text.lesson import pieces

_OF: Final = "room.desk"
_FROM: Final = "room.from"


def _code(text: str) -> str:
    try:
        return code_from(text) if text else ""
    except RoomError:
        raise ValueError("the code of a room has five letters, as KMPTX") from None


def _begin(text: str) -> str:
    page = room.page_of(text)
    if text and not (is_link(text) and page in PAGES and page != room.PAGE):
        raise ValueError("a room begins with a link to a page of this app, as prediction?task=1")
    return text


ADDRESS: Final = Address(
    room.PAGE, [Custom("code", "", _code, str), Custom("begin", "", _begin, str)]
)


def draw() -> None:
    """Draw the page: the doors into rooms, or the desk of a teacher; a browser knows which."""

    def opened() -> None:
        sent = st.session_state["room_page"].get("desk")
        code = sent.get("code") if isinstance(sent, Mapping) else None
        st.session_state[_OF] = code if isinstance(code, str) and _is_code(code) else ""
        # The address of a desk is the pupils': whoever copies it gives away no key.
        ADDRESS.set("code", st.session_state[_OF])
        if st.session_state[_OF]:
            ADDRESS.set("begin", "")  # it has been used

    of = st.session_state.get(_OF, "")
    assets.component("nnviz_room", "room_page.js")(
        key="room_page",
        data={
            "lessons": [
                {
                    "page": page,
                    "title": COURSE[page].title,
                    "path": "./" if page == "home" else page,
                    "tasks": [_read(task.does) for task in lesson.tasks],
                }
                for page, lesson in lessons().items()
            ],
            "code": ADDRESS["code"],
            "begin": ADDRESS["begin"],
            "from": st.session_state.get(_FROM, ""),
            "of": of,
            "invite": _invite(of) if of else None,
        },
        height="content",
        on_desk_change=opened,
    )


def _is_code(text: str) -> bool:
    try:
        return code_from(text) == text
    except RoomError:
        return False


def _read(text: str) -> str:
    """Return a text of a task as it is read, without its marks."""
    return re.sub(r"\*\*", "", "".join(piece for piece, _ in pieces(text)))


def _invite(code: str) -> dict[str, Any]:
    """Return how to come into a room: the link, its QR code, and who can open it."""
    begin, sentence = reach()
    link = f"{begin}?code={code}"
    picture = segno.make(link, error="m", micro=False)
    return {
        "link": link,
        "picture": picture.svg_data_uri(scale=4, border=3, dark="#000", light="#fff"),
        "reach": sentence,
    }


def show() -> None:
    """Show the page: its frame and what is in it."""
    came_from = st.session_state.get("page")
    if came_from != room.PAGE:
        st.session_state[_FROM] = came_from if came_from in COURSE else ""
    frame.show(room.PAGE, ADDRESS, draw)
