"""A lesson as data: tasks in an order, each with what to do, what is in sight and when it is done.

Every chapter has its lesson in one file, ``nnviz/chapters/<chapter>/lesson.py``, and an author
needs no other file to change it. `nnviz.site.lesson` shows it.

Texts may hold ``**bold**`` and ``[[learning rate]]``: a word of `nnviz.text.glossary`, which is
explained where it stands. ``[[rates|learning rate]]`` shows another form of it.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, Literal

from nnviz.text.numbers import whole
from nnviz.text.question import Question

State = Mapping[str, Any]
"""The choices of a page by their names, and `ANSWER`: what a task's predicate is asked about."""

ANSWER: Final = "answer"
"""The name in a `State` of what the learner answered to the task's question; empty for nothing."""

Kind = Literal["try", "predict", "find", "say"]

Text = str | Callable[[State], str]
"""A text, or a function that writes it with the learner's own numbers."""

_TERM: Final = re.compile(r"\[\[(?:([^\]|]*)\|)?([^\]|]*)\]\]")


@dataclass(frozen=True, kw_only=True)
class Task:
    """One task of a lesson.

    Attributes
    ----------
    name : str
        Its short name, which stays when other tasks come before it: progress is kept under it.
    kind : {"try", "predict", "find", "say"}
        Do something; answer before the picture tells; reach a goal; choose the right explanation.
    does : str
        What to do, in one or two short sentences.
    understood : str or callable
        What has just been understood, in one sentence that introduces its word.
    shows : tuple of str
        The parts of the page that are in sight besides the picture, by the names that its views
        give to `nnviz.site.frame.hidden`.
    done : callable or None
        Returns whether a state of the page fulfils the task. A question alone needs none.
    asks : callable or None
        Returns the question of the task, made from the state it starts with.
    then : str
        What to do when the question is answered, if the task also has ``done``.
    reveals : tuple of str
        The parts that come in sight with the answer.
    start : mapping
        The choices with which the task starts; the others start at their defaults.
    carries : tuple of str
        The choices that stay as the task before has left them, if the learner comes from there.
    hint : str
        Help, on request.
    """

    name: str
    kind: Kind
    does: str
    understood: Text
    shows: tuple[str, ...] = ()
    done: Callable[[State], bool] | None = None
    asks: Callable[[State], Question] | None = None
    then: str = ""
    reveals: tuple[str, ...] = ()
    start: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    carries: tuple[str, ...] = ()
    hint: str = ""

    def __post_init__(self) -> None:
        if self.done is None and self.asks is None:
            raise ValueError(f"The task {self.name!r} needs done or asks: nothing could end it.")
        if (self.kind in ("predict", "say")) != (self.asks is not None):
            raise ValueError(f"The task {self.name!r} must ask if it is to predict or say.")
        if bool(self.then) != (self.asks is not None and self.done is not None):
            raise ValueError(f"The task {self.name!r} needs then if it asks and goes on after it.")

    def fulfilled(self, state: State) -> bool:
        """Return whether a state, the answer included, fulfils the task."""
        if self.asks is not None and not state[ANSWER]:
            return False
        return self.done is None or self.done(state)


@dataclass(frozen=True)
class Lesson:
    """The lesson of a chapter.

    Attributes
    ----------
    page : str
        The page's short name.
    why : str
        What this is and why it matters, in one sentence.
    tasks : tuple of Task
        Three to five, in order: five to eight minutes in all; or eight for two such parts.
    summary : str or callable
        What was learnt, in two sentences with the learner's own numbers.
    fixed : tuple of str
        The choices that its sentences take for granted: no task offers to change them.
    """

    page: str
    why: str
    tasks: tuple[Task, ...]
    summary: Text
    fixed: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        names = [task.name for task in self.tasks]
        if not names or len(set(names)) < len(names):
            raise ValueError(f"The tasks of {self.page!r} need names that differ, not {names}.")

    def first_open(self, done: Collection[str]) -> int:
        """Return the number of the first task that is not among those done; 0 if all are."""
        numbers = (i for i, task in enumerate(self.tasks, 1) if task.name not in done)
        return next(numbers, 0)

    def only(self, indices: Iterable[int]) -> list[Task]:
        """Return some of the tasks, by their indices."""
        return [self.tasks[i] for i in indices]

    def carried(self, start: int, to: int) -> frozenset[str]:
        """Return the choices that stay when a learner goes on from a task to a later one."""
        names = [frozenset(task.carries) for task in self.tasks[start + 1 : to + 1]]
        return frozenset.intersection(*names) if names else frozenset()

    def check(self, index: int, state: State, defaults: State) -> None:
        """Raise ValueError if a fixed choice is not as a task starts; index n is the end."""
        begun = {**defaults, **self.tasks[min(index, len(self.tasks) - 1)].start}
        for name in self.fixed:
            if state[name] != begun[name]:
                raise ValueError(f"This task needs {name} to be {begun[name]!r}.")

    def idea(self, state: State) -> str:
        """Return the first sentence of the summary as it is read, without its marks."""
        read = "".join(piece for piece, _ in pieces(written(self.summary, state)))
        return re.split(r"(?<=[.!?]) ", read.replace("**", ""))[0]


def chosen_tasks(text: str, n: int) -> tuple[int, ...]:
    """Return which of n tasks a text such as ``1,3-5`` chooses, as indices in their order.

    Raises ValueError with the middle of a sentence if it is none such.
    """
    chosen: set[int] = set()
    for part in text.split(","):
        first, has_end, last = part.partition("-")
        numbers = [whole(each, 1, n) for each in ((first, last) if has_end else (first,))]
        if numbers[0] > numbers[-1]:
            raise ValueError(f"{numbers[0]} does not come before {numbers[-1]}")
        chosen |= set(range(numbers[0] - 1, numbers[-1]))
    return tuple(sorted(chosen))


def written(text: Text, state: State) -> str:
    """Return a text, written for a state if it is a function."""
    return text if isinstance(text, str) else text(state)


def pieces(text: str) -> list[tuple[str, str]]:
    """Return the pieces of a text, each with the word of the glossary that it stands for, or ""."""
    found: list[tuple[str, str]] = []
    end = 0
    for match in _TERM.finditer(text):
        found += [(text[end : match.start()], ""), (match[1] or match[2], match[2])]
        end = match.end()
    return [(piece, term) for piece, term in (*found, (text[end:], "")) if piece]


def terms(*texts: str) -> list[str]:
    """Return the words of the glossary that some texts use, each once, in order."""
    return list(dict.fromkeys(term for text in texts for _, term in pieces(text) if term))
