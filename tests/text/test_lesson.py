"""Lessons as data: what a task demands of its author, and how its texts are cut."""

import pytest

from nnviz.text.lesson import ANSWER, Lesson, Task, pieces, terms
from nnviz.text.question import Question


def ask(_state: object) -> Question:
    return Question("", ("yes", "no"), "yes", "Because.", "it")


def test_a_task_must_be_able_to_end_as_its_kind_says() -> None:
    with pytest.raises(ValueError, match="nothing could end it"):
        Task(name="a", kind="try", does="Do.", understood="Done.")
    with pytest.raises(ValueError, match="must ask"):
        Task(name="a", kind="predict", does="Do.", understood="Done.", done=bool)
    with pytest.raises(ValueError, match="needs then"):
        Task(name="a", kind="predict", does="Do.", understood="Done.", done=bool, asks=ask)


def test_a_question_comes_before_what_is_to_be_done() -> None:
    task = Task(
        name="a", kind="predict", does="Do.", understood="Done.", then="Go.", asks=ask,
        done=lambda state: state["n"] > 2,
    )  # fmt: skip
    assert not task.fulfilled({"n": 3, ANSWER: ""})
    assert not task.fulfilled({"n": 2, ANSWER: "no"})
    assert task.fulfilled({"n": 3, ANSWER: "no"})


def test_a_text_is_cut_into_words_to_explain_and_others() -> None:
    assert pieces("A [[weight]] and [[rates|learning rate]].") == [
        ("A ", ""), ("weight", "weight"), (" and ", ""), ("rates", "learning rate"), (".", ""),
    ]  # fmt: skip
    assert terms("[[b]] [[a]] [[b]]", "[[c|a]]") == ["b", "a"]


def test_tasks_of_a_lesson_have_names_of_their_own() -> None:
    task = Task(name="a", kind="try", does="Do.", understood="Done.", done=bool)
    with pytest.raises(ValueError, match="names that differ"):
        Lesson("page", "Why.", (task, task), "Done.")
    with pytest.raises(ValueError, match="names that differ"):
        Lesson("page", "Why.", (), "Done.")
