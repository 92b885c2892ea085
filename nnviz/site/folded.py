"""Controls behind a button, which are made only while they can be seen.

What stands in a popover is otherwise made and sent with every change of the page, open or not: of
a page with many settings that is a fifth of its work.
"""

from collections.abc import Callable

import streamlit as st
from streamlit.elements.lib.mutable_popover_container import PopoverContainer


def folded(
    label: str, draw: Callable[[], None], *, key: str, icon: str | None = None, help: str = ""
) -> None:
    """Show a button, and behind it what ``draw`` makes.

    Streamlit tells popovers apart by what is written on them, and closes one whose label changes:
    while it is open it keeps the label that it was opened with.

    Parameters
    ----------
    label : str
        What is written on the button; it may say what is chosen behind it.
    draw : callable
        Makes what is behind the button. It is not called while that is closed, so what is chosen
        there must be kept elsewhere: in the address, or by `nnviz.site.fresh`.
    key : str
        Names the popover; ``st.session_state`` says under it whether it is open.
    icon, help : str
        As ``st.popover`` takes them.
    """
    memory = f"{key}_label"
    if not st.session_state.get(key):
        st.session_state[memory] = label
    place = st.popover(
        st.session_state.get(memory, label),
        key=key,
        icon=icon,
        help=help or None,
        on_change="rerun",
    )
    if is_open(place):
        with place:
            draw()


def is_open(place: PopoverContainer) -> bool:
    """Return whether what is behind a button can be seen."""
    return bool(place.open)
