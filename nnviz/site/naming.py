"""The switch *Code names*: whether pages use plain names or those of the tutorial's code.

It holds for all pages of a session, the browser remembers it for the next one, and a link carries
it as ``names=code``.
"""

from collections.abc import Mapping
from typing import Final

import streamlit as st

from nnviz.text.names import CODE, NAMINGS, PLAIN, Naming
from nnviz.text.numbers import quoted

PARAMETER: Final = "names"
"""What the address calls it."""

FIRST: Naming = PLAIN
"""What pages use until somebody has chosen."""

_NAMING: Final = "naming"
_BY_LINK: Final = "link"
_CHOSEN: Final = "naming_chosen"  # "link", or what the person has chosen here or in this browser
_ELSEWHERE: Final = "naming_to_show"


def naming() -> Naming:
    """Return which names the pages use."""
    chosen: Naming = st.session_state.get(_NAMING, FIRST)
    return chosen


def switch() -> None:
    """Show the switch."""
    key = "code_names"
    st.session_state[key] = naming() == CODE

    def turned() -> None:
        st.session_state[_NAMING] = CODE if st.session_state[key] else PLAIN
        st.session_state[_CHOSEN] = naming()

    st.toggle(
        "Code names",
        key=key,
        on_change=turned,
        help="Call everything as the tutorial's code does, such as layer_1 for the weighted sum, "
        "and show the line of source that computed a number.",
    )


def take(given: Mapping[str, str]) -> str:
    """Take what an address says of the names; return what is wrong with it, or nothing."""
    text = given.get(PARAMETER)
    if text is None:
        return ""
    if text not in NAMINGS:
        return f"The address says names is {quoted(text)}, but it can be {' or '.join(NAMINGS)}."
    _put(CODE if text == CODE else PLAIN)
    st.session_state[_CHOSEN] = _BY_LINK
    return ""


def in_address() -> dict[str, str]:
    """Return what a link says of the names: nothing where they are those that come first."""
    return {PARAMETER: naming()} if naming() != FIRST else {}


def kept() -> str:
    """Return what this browser is to remember: "ask" if nothing has been chosen, else the choice.

    What a link has brought is nobody's choice: it is neither kept nor overruled.
    """
    return str(st.session_state.get(_CHOSEN, "ask"))


def remember(names: object) -> None:
    """Use what this browser has kept from another session."""
    if names in NAMINGS and kept() == "ask":
        st.session_state[_CHOSEN] = names
        _put(CODE if names == CODE else PLAIN)


def _put(to: Naming) -> None:
    st.session_state[_ELSEWHERE] = to != naming()
    st.session_state[_NAMING] = to


def changed_beside_the_page() -> bool:
    """Return, once, whether the switch has to be drawn again although it was not touched."""
    return bool(st.session_state.pop(_ELSEWHERE, False))
