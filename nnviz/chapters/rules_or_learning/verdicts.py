"""What the network would fill in, cell by cell, and whether that is right."""

from collections.abc import Sequence
from dataclasses import dataclass

from nnviz.chapters.rules_or_learning.grids import Grid, IntArray, RuleSet
from nnviz.chapters.rules_or_learning.rules import forbidding
from nnviz.nn.checks import FloatArray


@dataclass(frozen=True)
class Verdict:
    """The network's first choice for one empty cell.

    Attributes
    ----------
    digit : int
        The most probable one.
    probability : float
    kind : str
        "right": an answer of the puzzle has it there. "wrong": none has. "forbidden": wrong, and
        a rule shows it at a glance. "open": the grid has no answer at all to hold it against.
    """

    digit: int
    probability: float
    kind: str


def verdicts(
    grid: Grid, answer: FloatArray, possible: IntArray, rule_set: RuleSet
) -> tuple[Verdict | None, ...]:
    """Judge the network's first choice for every empty cell; None for filled ones.

    Parameters
    ----------
    grid : Grid
    answer : ndarray, shape (16, 4)
        The network's probabilities.
    possible : ndarray of int, shape (n_answers, 16)
        The solved grids that agree with the grid.
    rule_set : RuleSet
    """
    judged: list[Verdict | None] = []
    for cell, filled in enumerate(grid):
        if filled:
            judged.append(None)
            continue
        digit = int(answer[cell].argmax()) + 1
        if forbidding(grid, cell, digit, rule_set) is not None:
            kind = "forbidden"
        elif not len(possible):
            kind = "open"
        else:
            kind = "right" if (possible[:, cell] == digit).any() else "wrong"
        judged.append(Verdict(digit, float(answer[cell, digit - 1]), kind))
    return tuple(judged)


def n_right(judged: Sequence[Verdict | None]) -> tuple[int, int]:
    """Return how many first choices are right, and how many there are."""
    choices = [verdict for verdict in judged if verdict is not None]
    return sum(verdict.kind == "right" for verdict in choices), len(choices)
