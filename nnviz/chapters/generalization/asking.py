"""Whether the page "Generalization" is asking, so that the picture must not tell."""

from collections.abc import Sequence

import streamlit as st

from nnviz.chapters.generalization.choices import ADDRESS, PAGE
from nnviz.site import frame
from nnviz.text.question import Question


def open_for_questions() -> bool:
    """Return whether the questions are what the person looks at below the picture."""
    return ADDRESS["part"] == "predict" and not frame.hidden("predict")


def asked(questions: Sequence[Question]) -> bool:
    """Return whether the question whose turn it is has not been answered yet."""
    if not open_for_questions():
        return False
    turn = st.session_state.get(f"{PAGE}_turn", 0) % len(questions)
    return questions[turn].about not in st.session_state.get(f"{PAGE}_answers", {})
