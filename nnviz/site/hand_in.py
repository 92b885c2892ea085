"""At the end of a lesson: what a pupil hands in to a teacher, as a code to copy."""

from collections.abc import Collection, Mapping, Sequence

import streamlit as st

from nnviz.chart.copying import to_copy
from nnviz.site.plain import used
from nnviz.text.hand_in import LONGEST_NAME, NOT_GIVEN, HandIn, TaskResult, code_of
from nnviz.text.lesson import Lesson
from nnviz.text.question import Question


def offer(
    lesson: Lesson,
    given: Collection[int],
    done: Mapping[str, str],
    questions: Mapping[str, Question],
    answers: Mapping[str, Sequence[str]],
) -> None:
    """Show where a pupil types a name and gets the code.

    Parameters
    ----------
    lesson : Lesson
    given : collection of int
        The indices of the tasks that the link gives.
    done : mapping
        The names of the tasks that are done.
    questions, answers : mapping
        The question of each task that was opened, and the answers to it, the first one first.
    """
    with st.expander("Hand in to a teacher"):
        name = used(st.text_input("Your name", key="hand_in.name").strip(), LONGEST_NAME)
        if not name:
            st.caption("You get a code to copy. Nothing is sent by itself, and nothing is kept.")
            return
        results = []
        for i, task in enumerate(lesson.tasks):
            question, said = questions.get(task.name), answers.get(task.name, ())
            first = question.verdict(said[0]) if question is not None and said else None
            result = TaskResult(task.name in done, first, len(said))
            results.append(result if i in given else NOT_GIVEN)
        to_copy(code_of(HandIn(name, lesson.page, tuple(results))), "code", "hand_in")
        st.caption("It says your name, which tasks are done, and which first answers were right.")
