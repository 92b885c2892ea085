"""What every lesson must be: tasks that can be begun, are not done by themselves, and are short."""

import ast
import re
from importlib import import_module
from pathlib import Path
from typing import TypeGuard

import pytest

from nnviz.site.address import Address
from nnviz.text.glossary import GLOSSARY
from nnviz.text.lesson import ANSWER, Lesson, Task, pieces, terms, written

CHAPTERS = sorted(
    path.parent.name
    for path in (Path(__file__).resolve().parents[2] / "nnviz" / "chapters").glob("*/lesson.py")
)
MOST_WORDS = 32


def lesson_of(chapter: str) -> tuple[Lesson, Address]:
    """Return the lesson of a chapter, and its choices."""
    lesson: Lesson = import_module(f"nnviz.chapters.{chapter}.lesson").LESSON
    address: Address = import_module(f"nnviz.chapters.{chapter}.address").ADDRESS
    return lesson, address


def start_of(task: Task, address: Address) -> dict[str, object]:
    """Return the state in which a task begins."""
    return {**address.defaults, **task.start, ANSWER: ""}


def words_of(text: str) -> int:
    """Return how many words a text shows."""
    return len(re.findall(r"\w[\w’'-]*", "".join(shown for shown, _ in pieces(text))))


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_lesson_has_a_prediction_and_a_goal_among_a_few_tasks(chapter: str) -> None:
    lesson, _ = lesson_of(chapter)
    assert lesson.page == chapter
    # Words to numbers has two parts: counts, and vectors.
    assert 3 <= len(lesson.tasks) <= (8 if chapter == "words_to_numbers" else 5)
    assert {"predict", "find"} <= {task.kind for task in lesson.tasks}
    assert words_of(lesson.why) <= MOST_WORDS


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_fixed_choices_are_some_of_the_page_and_hold_as_each_task_begins(chapter: str) -> None:
    lesson, address = lesson_of(chapter)
    for index, task in enumerate((*lesson.tasks, lesson.tasks[-1])):
        state = start_of(task, address)
        lesson.check(index, state, address.defaults)
        for name in lesson.fixed:
            with pytest.raises(ValueError, match=f"needs {name} to be"):
                lesson.check(index, {**state, name: object()}, address.defaults)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_no_task_is_done_when_it_begins(chapter: str) -> None:
    lesson, address = lesson_of(chapter)
    for task in lesson.tasks:
        state = start_of(task, address)
        assert not task.fulfilled(state), task.name
        assert words_of(task.does) <= MOST_WORDS, task.name
        assert words_of(task.then) <= MOST_WORDS, task.name
        if task.kind == "find":
            assert task.hint, f"{task.name} is to be found: it needs a hint"
        if task.asks is None:
            continue
        question = task.asks(state)
        assert 2 <= len(question.options) <= 4, task.name
        for option in question.options:
            done_by_answer = task.fulfilled({**state, ANSWER: option})
            assert done_by_answer == (task.done is None), (task.name, option)
        assert words_of(question.reason) <= 2 * MOST_WORDS, task.name


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_start_can_be_written_into_a_link(chapter: str) -> None:
    lesson, address = lesson_of(chapter)
    for task in lesson.tasks:
        for name in task.carries:
            assert name in address.parameters, f"{task.name} carries over {name}"
        for name, value in task.start.items():
            parameter = address.parameters[name]
            assert parameter.parse(parameter.format(value)) == value, f"{task.name}: {name}"


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_word_to_explain_is_in_the_glossary(chapter: str) -> None:
    lesson, address = lesson_of(chapter)
    used = terms(lesson.why, *(task.does for task in lesson.tasks))
    for task in lesson.tasks:
        fixed = task.understood if isinstance(task.understood, str) else ""
        used += terms(fixed, task.hint, task.then)
    assert not set(used) - set(GLOSSARY)
    assert used, "a lesson introduces the words of its field"
    state = start_of(lesson.tasks[-1], address)
    assert not set(terms(written(lesson.summary, state))) - set(GLOSSARY)


def test_the_glossary_is_in_order_and_each_line_is_a_sentence() -> None:
    assert list(GLOSSARY) == sorted(GLOSSARY)
    for term, line in GLOSSARY.items():
        assert re.match(r"[A-Z].*\.$", line), term
        assert 3 <= words_of(line) <= 20, term


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_no_sentence_begins_with_a_small_letter(chapter: str) -> None:
    # The texts with the learner's numbers are seen in their source, joined where it breaks them.
    source = Path("nnviz/chapters", chapter, "lesson.py").read_text(encoding="utf-8")
    joined = re.sub(r'"\s*\n\s*f?"', "", source)
    assert not re.search(r'(?:understood=f?"|return \(\s*f?"|[.!?]"? )\[\[[a-z]', joined)


def test_no_text_of_a_chapter_names_a_shade_that_another_theme_turns_around() -> None:
    # What is dark on white paper is light on a dark ground.
    for path in sorted(Path("nnviz/chapters").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        texts = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)]
        read = [text for text in texts if isinstance(text, str) and " " in text.strip()]
        own = {ast.get_docstring(n, clean=False) for n in ast.walk(tree) if _has_docstring(n)}
        told = [text for text in read if text not in own]
        named = [text for text in told if re.search(r"\b(dark|black|white|pale)(er|est)?\b", text)]
        assert not named, (path, named)


def _has_docstring(node: ast.AST) -> TypeGuard[ast.Module | ast.ClassDef | ast.FunctionDef]:
    return isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
