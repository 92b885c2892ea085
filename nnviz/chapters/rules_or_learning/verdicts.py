"""First choices of the network: whether they are right, and where it is sure and wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from nnviz.chapters.rules_or_learning.games import Puzzles
from nnviz.chapters.rules_or_learning.grids import Grid, IntArray, RuleSet, Unit
from nnviz.chapters.rules_or_learning.rules import forbidding
from nnviz.nn.checks import FloatArray, number

SURE: Final = 0.9
"""Probability from which a network counts as sure."""

UNJUDGED: Final = "unjudged"
"""The kind of a `Verdict` that is kept from the person."""


@dataclass(frozen=True)
class Verdict:
    """The network's first choice for one empty cell, judged."""

    digit: int  # the most probable one
    probability: float
    # "right": an answer of the puzzle has it there. "wrong": none has. "forbidden": wrong, and a
    # rule shows it at a glance, see `UNJUDGED`. "open": the grid has no answer to compare it with
    kind: str


def verdicts(
    grid: Grid, prediction: FloatArray, possible: IntArray, rule_set: RuleSet
) -> tuple[Verdict | None, ...]:
    """Judge the network's first choice for every empty cell; None for filled ones.

    ``prediction``, shape (16, 4), holds the network's probabilities, ``possible``, shape
    (n_answers, 16), the solved grids that agree with the grid.
    """

    def judged(cell: int) -> Verdict:
        digit = int(prediction[cell].argmax()) + 1
        if forbidding(grid, cell, digit, rule_set) is not None:
            kind = "forbidden"
        elif not len(possible):
            kind = "open"
        else:
            kind = "right" if (possible[:, cell] == digit).any() else "wrong"
        return Verdict(digit, float(prediction[cell, digit - 1]), kind)

    return tuple(None if filled else judged(cell) for cell, filled in enumerate(grid))


def n_right(judged: Sequence[Verdict | None]) -> tuple[int, int]:
    """Return how many first choices are right, and how many there are."""
    choices = [verdict for verdict in judged if verdict is not None]
    return sum(verdict.kind == "right" for verdict in choices), len(choices)


@dataclass(frozen=True)
class Mistake:
    """A digit that the network prefers, although a rule forbids it at the first glance."""

    puzzle: Grid
    # cell, digit: the network's first choice, and where
    cell: int
    digit: int
    probability: float  # the predicted probability of that digit
    unit: Unit  # a unit that holds the digit already
    other: int  # the cell of the unit that holds it


def confident_mistakes(
    puzzles: Puzzles, prediction: FloatArray, rule_set: RuleSet, at_least: float = SURE
) -> tuple[Mistake, ...]:
    """Return forbidden digits that a network is sure of, over many puzzles, the surest first.

    ``prediction``, shape (n_puzzles, 16, 4), holds its probabilities; from ``at_least``, 0.25 to 1,
    it counts as sure.
    """
    at_least, found = number(at_least, "at_least", 0.25, 1.0), []
    for cells, probabilities in zip(puzzles.puzzles.tolist(), prediction, strict=True):
        grid = tuple(cells)
        for cell, probability in enumerate(probabilities.max(axis=1).tolist()):
            digit = int(probabilities[cell].argmax()) + 1
            if grid[cell] or probability < at_least:
                continue
            forbidden = forbidding(grid, cell, digit, rule_set)
            if forbidden is not None:
                found.append(Mistake(grid, cell, digit, probability, *forbidden))
    return tuple(sorted(found, key=lambda mistake: -mistake.probability))


def n_sure_and_wrong(puzzles: Puzzles, prediction: FloatArray) -> int:
    """Return how many empty cells get a wrong digit of which the network is sure."""
    wrong = prediction.argmax(axis=2) + 1 != puzzles.answers
    sure = prediction.max(axis=2) >= SURE
    return int((wrong & sure & (puzzles.puzzles == 0)).sum())
