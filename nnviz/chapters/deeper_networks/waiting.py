"""Waiting for the rest of a long history, while the person already looks at its beginning."""

import time
from typing import Final

import streamlit as st

from nnviz.chapters.deeper_networks.shown import DeepShown

_SLICE: Final = 0.04  # s; after each the page answers whoever has pressed something
_SILENT: Final = 0.6  # s before progress is shown
_STOPPED: Final = "deeper_stopped"


def wait_for_the_rest(shown: DeepShown) -> bool:
    """Wait until there is more of the history; return whether there is.

    Whoever changes something meanwhile is answered at once: Streamlit ends this run of the page
    at the next element that it would send.
    """
    name = repr(shown.timeline)
    if shown.sliding:
        # The slider has been let go of, or its last message was lost.
        shown.ask()
    if not shown.waiting or st.session_state.get(_STOPPED) == name:
        return False

    def stop() -> None:
        st.session_state[_STOPPED] = name

    begun = time.monotonic()
    place = st.empty()
    told = False
    while not shown.outdated:
        if shown.failed:
            place.error("The rest of this training could not be computed, and that is our mistake.")
            return False
        shown.ask()
        time.sleep(_SLICE)
        if time.monotonic() - begun < _SILENT:
            place.empty()
            continue
        if not told:
            told = True
            st.button("Stop here", key="deeper_stop", icon=":material/stop_circle:", on_click=stop)
        words = f"Training on: {shown.done:.0%} of {shown.steps:,} updates are there."
        place.progress(min(max(shown.done, 0.0), 1.0), text=words)
    return True
