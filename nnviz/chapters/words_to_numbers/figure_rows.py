"""The rows in which a sentence is taken apart: its words, what is left over, the bias, the sum."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from nnviz.chapters.words_to_numbers.figure_labels import label
from nnviz.chapters.words_to_numbers.learning import WordsRun
from nnviz.chapters.words_to_numbers.prediction import (
    AnswersOverTime,
    WordsAnswer,
    over_time,
    take_apart,
)
from nnviz.nn.checks import FloatArray, freeze

MOST_ROWS: Final = 12
"""Words of a sentence with a row of their own; the others share one."""

_MOST_UNKNOWN: Final = 3
_SMALLEST_REACH: Final = 4.0


@dataclass(frozen=True, eq=False)
class Rows:
    """A sentence over the steps of a run.

    Attributes
    ----------
    answer : WordsAnswer
        At the end of the run.
    course : AnswersOverTime
    names : tuple of str
        Of the rows, from the top, as labels.
    values : ndarray, shape (n_steps, n_rows)
        What each row adds; the last is the sum.
    reach : float
        No value is farther from 0, at any step.
    """

    answer: WordsAnswer
    course: AnswersOverTime
    names: tuple[str, ...]
    values: FloatArray
    reach: float

    def __post_init__(self) -> None:
        freeze(self)

    @property
    def told(self) -> str:
        """What the title adds: the words that the neuron does not know."""
        unknown = self.answer.unknown
        if not unknown:
            return ""
        shown = ", ".join(label(word, 12) for word in unknown[:_MOST_UNKNOWN])
        more = len(unknown) - _MOST_UNKNOWN
        return f"<br>not known: {shown}{f' and {more} more' if more > 0 else ''}"


def rows_of(run: WordsRun, sentence: str) -> Rows:
    """Return a sentence as rows; where it has many words, those that weigh least share one."""
    answer, course = take_apart(run, run.last_step, sentence), over_time(run, sentence)
    n = len(answer.parts)
    own = list(range(n))
    if n > MOST_ROWS:
        heaviest = sorted(own, key=lambda k: -abs(answer.parts[k].product))[: MOST_ROWS - 1]
        own = sorted(heaviest)
    names = [_name(answer, k) for k in own]
    values = [course.products[:, own]]
    if len(own) < n:
        rest = [k for k in range(n) if k not in own]
        names.append(f"{len(rest)} others")
        values.append(course.products[:, rest].sum(axis=1, keepdims=True))
    values += [course.bias[:, np.newaxis], course.z[:, np.newaxis]]
    together = np.hstack(values)
    reach = max(_SMALLEST_REACH, scale_of(together))
    return Rows(answer, course, (*names, "bias", "<b>sum</b>"), together, reach)


def _name(answer: WordsAnswer, k: int) -> str:
    part = answer.parts[k]
    return f"{part.count:.0f} × {label(part.word, 12)}"


def scale_of(values: FloatArray) -> float:
    """Return where an axis ends that holds all values, with some room."""
    return 1.08 * max(float(np.abs(values).max(initial=0.0)), 1e-9)
