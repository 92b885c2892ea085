"""Where a network that has learned the game is sure and wrong, and what the rules say of it."""

from dataclasses import dataclass
from typing import Final

from nnviz.chapters.rules_or_learning.grids import Grid, RuleSet, Unit
from nnviz.chapters.rules_or_learning.puzzles import Puzzles
from nnviz.chapters.rules_or_learning.rules import forbidding
from nnviz.nn.checks import FloatArray, number

SURE: Final = 0.9
"""Probability from which a network counts as sure."""


@dataclass(frozen=True)
class Mistake:
    """A digit that the network prefers, although a rule forbids it at the first glance.

    Attributes
    ----------
    puzzle : Grid
    cell, digit : int
        What the network would fill in, and where.
    probability : float
        What it gives that digit.
    unit : Unit
        In which the digit stands already.
    other : int
        The cell in which it stands.
    """

    puzzle: Grid
    cell: int
    digit: int
    probability: float
    unit: Unit
    other: int


def mistakes_in(grid: Grid, answer: FloatArray, rule_set: RuleSet) -> tuple[Mistake, ...]:
    """Return the cells of one grid whose most probable digit is forbidden, the surest first.

    Parameters
    ----------
    grid : Grid
    answer : ndarray, shape (16, 4)
        The network's probabilities.
    rule_set : RuleSet
    """
    found = []
    for cell, digit in enumerate(grid):
        if digit:
            continue
        says = int(answer[cell].argmax()) + 1
        forbidden = forbidding(grid, cell, says, rule_set)
        if forbidden is not None:
            found.append(Mistake(grid, cell, says, float(answer[cell, says - 1]), *forbidden))
    return tuple(sorted(found, key=lambda mistake: -mistake.probability))


def confident_mistakes(
    puzzles: Puzzles, answer: FloatArray, rule_set: RuleSet, at_least: float = SURE
) -> tuple[Mistake, ...]:
    """Return forbidden digits that a network is sure of, over many puzzles, the surest first.

    Parameters
    ----------
    puzzles : Puzzles
    answer : ndarray, shape (n_puzzles, 16, 4)
    rule_set : RuleSet
    at_least : float
        Probability from which it counts as sure, 0.25 to 1.
    """
    at_least = number(at_least, "at_least", 0.25, 1.0)
    found = [
        mistake
        for grid, probabilities in zip(puzzles.puzzles.tolist(), answer, strict=True)
        for mistake in mistakes_in(tuple(grid), probabilities, rule_set)
        if mistake.probability >= at_least
    ]
    return tuple(sorted(found, key=lambda mistake: -mistake.probability))


def n_sure_and_wrong(puzzles: Puzzles, answer: FloatArray, at_least: float = SURE) -> int:
    """Return how many empty cells get a wrong digit with at least that probability."""
    wrong = answer.argmax(axis=2) + 1 != puzzles.answers
    sure = answer.max(axis=2) >= at_least
    return int((wrong & sure & (puzzles.puzzles == 0)).sum())
