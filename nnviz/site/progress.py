"""What a session knows of the lessons: what is done, answered and learnt; how it forgets."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from nnviz.room.step import marks_of
from nnviz.site.course import forget
from nnviz.text.glossary import GLOSSARY
from nnviz.text.lesson import Lesson, terms
from nnviz.text.question import Question, choice


@dataclass
class Progress:
    """What a session knows of one lesson.

    Attributes
    ----------
    done : dict
        The names of the tasks that are done, each with the sentence that was understood.
    questions : dict
        The question of each task that was opened, by its name.
    answers : dict
        The answers to it, the first one first.
    hints : set
        The names of the tasks whose hint was asked for.
    left : dict or None
        The choices with which the lesson was left for free play.
    idea, words : str and tuple of str
        What was learnt, in one sentence, once the lesson has ended; words of another session.
    """

    done: dict[str, str] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    answers: dict[str, list[str]] = field(default_factory=dict)
    hints: set[str] = field(default_factory=set)
    left: dict[str, Any] | None = None
    task: int = 0  # the one that was open last
    met: bool = False  # whether the choices fulfil the open task now; it stays done if no more
    idea: str = ""
    words: tuple[str, ...] = ()
    begun: str = ""  # names the last time that the lesson was begun anew


def progress_in(lesson: Lesson) -> Progress:
    """Return what is known of a lesson; whoever changes it is remembered."""
    progress: Progress = st.session_state.setdefault(f"lesson.{lesson.page}", Progress())
    return progress


def progress_of(lesson: Lesson) -> dict[str, Any]:
    """Return what the browser is to keep: what is done, answered and learnt, and the next task."""
    progress = progress_in(lesson)
    return {
        "done": (*progress.done,), "tasks": len(lesson.tasks), "idea": progress.idea,
        "next": lesson.first_open(progress.done), "terms": (*terms(*progress.done.values()),),
        "answers": {
            name: {**_kept_question(progress.questions[name]), "given": given}
            for name, given in progress.answers.items() if given
        },
        "begun": progress.begun,
    }  # fmt: skip


def _kept_question(question: Question) -> dict[str, Any]:
    return {
        "options": question.options, "answer": question.answer, "reason": question.reason
    }  # fmt: skip


def marks(lesson: Lesson, given: Collection[int]) -> str:
    """Return what came of each task, as the teacher of a room sees it.

    Parameters
    ----------
    lesson : Lesson
    given : collection of int
        The indices of the tasks that the link gives.
    """
    progress = progress_in(lesson)
    results: list[tuple[bool, bool | None] | None] = []
    for i, task in enumerate(lesson.tasks):
        if i not in given:
            results.append(None)
            continue
        question, answers = progress.questions.get(task.name), progress.answers.get(task.name)
        right = question.verdict(answers[0]) if question is not None and answers else None
        results.append((task.name in progress.done, right))
    return marks_of(results)


def remember(lesson: Lesson, kept: Mapping[str, Any]) -> None:
    """Count tasks as done and words as learnt which this browser has kept from another session.

    What was answered then came first, so it takes the place of what has been answered since. The
    browser may have kept less, or anything else: what is none of it is passed over.
    """
    progress = progress_in(lesson)
    done, words, answers = (kept.get(name) for name in ("done", "terms", "answers"))
    if isinstance(done, list):
        progress.done |= {t.name: "" for t in lesson.tasks if t.name in done} | progress.done
    if isinstance(words, list):
        progress.words = tuple(word for word in words if isinstance(word, str) and word in GLOSSARY)
    kept_answers: Mapping[str, Any] = answers if isinstance(answers, Mapping) else {}
    for task in lesson.tasks:
        answered = _answered(kept_answers.get(task.name)) if task.asks is not None else None
        if answered is not None:
            progress.questions[task.name], progress.answers[task.name] = answered


def _answered(kept: object) -> tuple[Question, list[str]] | None:
    """Return a question and the answers to it as the browser has kept them; None if it has not."""
    match kept:
        case {"options": [*options], "answer": answer, "reason": str(reason), "given": [*given]}:
            texts = isinstance(answer, str) and all(isinstance(each, str) for each in options)
            if not (texts and given and answer in options and all(g in options for g in given)):
                return None
            if len(set(given)) < len(given) or len(set(options)) < 2:
                return None
            return choice(tuple(options), str(answer), reason), given
        case _:
            return None


def offer_reset() -> None:
    """Show the button with which somebody else goes on at the same device."""
    if st.button(
        "Reset progress",
        icon=":material/restart_alt:",
        key="reset_progress.open",
        type="tertiary",
        help="For whoever goes on at this device: begin as if nobody had been here.",
    ):
        st.dialog("Reset progress")(_confirm)()


def _confirm() -> None:
    st.markdown(
        "Is somebody else going on at this device? Then the tasks that are done, the answers, the "
        "names that were typed, and what was chosen on every page are forgotten, also by this "
        "browser, and a room is left. This page begins again. Nothing can be brought back."
    )
    with st.container(horizontal=True):
        done = st.button(
            "Forget everything", key="reset_progress.yes", type="primary", on_click=forget
        )
        if st.button("Cancel", key="reset_progress.no") or done:
            st.rerun()
