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
    chosen it again. So the widget is another one whenever somebody else has changed what it shows,
    and what still comes from the one before is not listened to.

    Parameters
    ----------
    name : str
        Of the widget, its page included.
    about : object
        What it speaks of, such as the number of an update.
    value : object
        What it is to show.
    changed : callable
        Hears of the value that the person has chosen.
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
