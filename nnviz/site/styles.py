"""Rules of style that hold as long as a page asks for them, and no longer.

Streamlit keeps what is nothing but style beside the page, in the order in which it was written, and
what a part of the page writes when it runs again takes the places of what it wrote before. Were
less written than before, the rest would stay: the rules of a lesson would go on in free play.
"""

from typing import Final

import streamlit as st

_WRITTEN: Final = "styles.written"
_MOST: Final = "styles.most"


def begin() -> None:
    """Begin to write the styles of a run."""
    st.session_state[_WRITTEN] = 0


def style(rules: str) -> None:
    """Let rules hold until the next run."""
    written = st.session_state.get(_WRITTEN, 0) + 1
    st.session_state[_WRITTEN] = written
    st.session_state[_MOST] = max(written, st.session_state.get(_MOST, 0))
    st.html(f"<style>{rules}</style>")


def end() -> None:
    """Take away what an earlier run has written beyond what this one has."""
    while st.session_state.get(_WRITTEN, 0) < st.session_state.get(_MOST, 0):
        style("")
