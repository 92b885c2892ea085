"""Where the player of the training is sent."""

from typing import Final

import streamlit as st

from nnviz.chapters.words_to_numbers.choices import ADDRESS, UPDATES
from nnviz.chapters.words_to_numbers.questions import ORDER_PAIR

_ORDER: Final = "words_learning_order"


def order() -> str:
    """Return what names the last jump; the player obeys each new one once."""
    return f"{ADDRESS.filled}.{st.session_state.get(_ORDER, 0)}"


def go(step: int) -> None:
    """Send the player to a step."""
    ADDRESS.set("step", step)
    st.session_state[_ORDER] = st.session_state.get(_ORDER, 0) + 1


def show_order() -> None:
    """Ask about two sentences of the same words, at the end of the training."""
    ADDRESS.set("view", "learn")
    ADDRESS.set("ask", ORDER_PAIR[0])
    ADDRESS.set("other", ORDER_PAIR[1])
    go(UPDATES)


def show_matrix() -> None:
    """Count all shipped sentences with lemmas."""
    ADDRESS.set("view", "count")
    ADDRESS.set("chosen", "all")
    ADDRESS.set("lemmas", True)
