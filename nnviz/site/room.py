"""A page of somebody who is in a room: what the session knows of it, and what it reports.

The browser keeps the token of a pupil and hands it to the session (`nnviz.site.course`); pupils and
teachers ask for the rest by the addresses of `nnviz.site.room_routes`. Whoever is in no room costs
nothing here, and no database is opened for them.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

import streamlit as st

from nnviz.room.database import configured
from nnviz.room.reporter import Reporter
from nnviz.room.step import Step
from nnviz.room.store import Store
from nnviz.site.address import Address

PAGE: Final = "room"
"""The page where rooms are opened and joined; nothing that is done there is reported."""

_TOKEN: Final = "room.token"
_REPORTED: Final = "room.reported"
_OF_A_TOKEN: Final = re.compile(r"[\w-]{32}", re.ASCII)
_TOLD: Final = 6  # characters of the token by which the browser sees that the session has it


@cache
def store() -> Store:
    """Return the rooms of this server; nothing is opened before it is asked."""
    return Store(configured())


@cache
def reporter() -> Reporter:
    """Return what writes the steps of pupils in the background."""
    return Reporter(store())


def link_to(page: str, query: str) -> str:
    """Return a link to a page, by its short name, relative to the app."""
    return ("./" if page == "home" else page) + (f"?{query}" if query else "")


def page_of(link: str) -> str:
    """Return the short name of the page that such a link opens."""
    return link.partition("?")[0].removeprefix("./") or "home"


def known() -> str:
    """Return by what the browser sees which token the session has; "" for none."""
    return str(st.session_state.get(_TOKEN, ""))[:_TOLD]


def take(sent: object) -> bool:
    """Take the token that the browser has kept; return whether somebody else is to begin anew."""
    if not isinstance(sent, Mapping):
        return False
    token = sent.get("token")
    st.session_state.pop(_REPORTED, None)
    if isinstance(token, str) and _OF_A_TOKEN.fullmatch(token):
        st.session_state[_TOKEN] = token
    else:
        st.session_state.pop(_TOKEN, None)
    return sent.get("anew") is True


def report(address: Address, query: str, marks: Callable[[], str]) -> None:
    """Tell the room what is on the page, if it is something else than before.

    Parameters
    ----------
    address : Address
    query : str
        What its address says now.
    marks : callable
        Returns what came of the tasks of the lesson: see `nnviz.room.step`.
    """
    token: Any = st.session_state.get(_TOKEN)
    if token is None or address.page == PAGE:
        return
    page, task = address.page, address.course.task
    link = link_to(page, query)
    step = Step(page, None if task is None else task + 1, marks(), link)
    if st.session_state.get(_REPORTED) != step:
        st.session_state[_REPORTED] = step
        reporter().report(token, step)
