"""Questions to answer before the step: the learner commits, the core judges, the score is kept."""

from collections.abc import Callable, Sequence

import streamlit as st

from nnviz.site import frame, lesson
from nnviz.site.address import Address
from nnviz.site.plain import plain
from nnviz.text.question import Question


def asking(address: Address) -> bool:
    """Return whether a question is on the screen whose answer the picture must not give away."""
    return lesson.secret() or questions_are_open(address)


def questions_are_open(address: Address) -> bool:
    """Return whether the part with the questions is open."""
    return address["part"] == "predict" and not frame.hidden("predict")


def turn(page: str, n_questions: int) -> int:
    """Return the index of the question whose turn it is; 0 if there are none."""
    return int(st.session_state.get(f"{page}_turn", 0)) % max(1, n_questions)


def unanswered(address: Address, questions: Sequence[Question]) -> Question | None:
    """Return the question on the screen if it waits for an answer, otherwise None.

    While it does, the picture of the page must not give the answer away.
    """
    if not questions or not questions_are_open(address):
        return None
    question = questions[turn(address.page, len(questions))]
    answers = st.session_state.get(f"{address.page}_answers", {})
    return None if question.about in answers else question


def predict_first(
    page: str,
    questions: Sequence[Question],
    *,
    then: tuple[str, Callable[[], None]] | None = None,
) -> None:
    """Ask one question after the other; after each answer say whether it is right and why.

    Parameters
    ----------
    page : str
        The page whose score this counts for.
    questions : sequence of Question
        The questions, made from the state on the screen.
    then : (label, callback) or None
        A button that does the step, offered after the answer.
    """
    if not questions:
        st.markdown("There is nothing to ask about this. Change something, and be asked.")
        return
    answers: dict[str, str] = st.session_state.setdefault(f"{page}_answers", {})
    score: list[int] = st.session_state.setdefault(f"{page}_score", [0, 0])
    question = questions[turn(page, len(questions))]
    given = answers.get(question.about)
    key = f"{page}.answer"

    def judge(choice: str) -> None:
        # Two quick clicks both arrive; only the first was made without knowing.
        if question.about in answers:
            return
        answers[question.about] = choice
        score[0] += question.verdict(choice)
        score[1] += 1

    def go_on() -> None:
        st.session_state[f"{page}_turn"] = st.session_state.get(f"{page}_turn", 0) + 1

    # Names of columns and words of a person stand in questions too.
    st.markdown(f"**{plain(question.prompt)}**")
    with st.container(horizontal=True):
        for i, option in enumerate(question.options):
            # The first answer counts: a second one would come from having seen the first judged.
            st.button(
                plain(option),
                key=f"{key}.{i}",
                on_click=judge,
                args=(option,),
                disabled=given is not None,
                type="primary" if option == given else "secondary",
            )
    if given is not None:
        right = question.verdict(given)
        verdict = "Right." if right else f"Not so: you said “{plain(given)}”."
        (st.success if right else st.warning)(f"{verdict} {plain(question.reason)}")
        with st.container(horizontal=True):
            if then is not None:
                st.button(then[0], key=f"{key}.then", on_click=then[1])
            if len(questions) > 1:
                st.button("Next question", key=f"{key}.next", on_click=go_on)
    if score[1]:
        st.caption(f"Right so far: {score[0]} of {score[1]}.")
