"""Widgets whose value others can change as well: a key of the chart, a click, a link."""

from collections.abc import Callable
from typing import Any

import streamlit as st


def fresh(
    name: str, about: object, value: Any, changed: Callable[[Any], None]
) -> tuple[str, Callable[[], None]]:
    """Return the key of a widget that shows ``value``, and what is to be called on a change.

    With every message the browser sends what all widgets hold. A value that the page has just
    changed may not have arrived there yet: then the old one would come back as if the person had
    chosen it again. So the widget gets a new key whenever somebody else has changed its value, and
    what still comes from the old one is ignored.

    Parameters
    ----------
    name : str
        The name of the widget, which begins with that of its page.
    about : object
        What the widget changes, such as the number of an update.
    value : object
        The value to show.
    changed : callable
        Called with the value that the person has chosen.
    """
    memory = f"{name}_fresh"
    count, before = st.session_state.get(memory, (0, None))
    if before != about or st.session_state.get(f"{name}.{count}", value) != value:
        count += 1
    st.session_state[memory] = (count, about)
    key = f"{name}.{count}"
    st.session_state[key] = value

    def on_change() -> None:
        if st.session_state[memory] == (count, about):
            changed(st.session_state[key])

    return key, on_change
