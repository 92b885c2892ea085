"""What the network makes of a grid, in words."""

from collections.abc import Sequence

from nnviz.chapters.rules_or_learning.grids import Grid, RuleSet, answers, cell_name
from nnviz.chapters.rules_or_learning.rules import forbidding
from nnviz.chapters.rules_or_learning.verdicts import Verdict, n_right


def percent(share: float) -> str:
    """Return a share as percent; what is not quite all or nothing does not look like it."""
    if 0.995 <= share < 1.0:
        return "over 99 %"
    if 0.0 < share < 0.005:
        return "under 1 %"
    return f"{100 * share:.0f} %"


def games_told(n_games: int) -> str:
    """Return so many solved games, in words."""
    return "1 solved game" if n_games == 1 else f"{n_games} solved games"


def learned_told(
    grid: Grid, judged: Sequence[Verdict | None], n_games: int, step: int, rule_set: RuleSet
) -> str:
    """Say how good the network's first choices are on this grid, and name its worst mistake.

    Parameters
    ----------
    grid : Grid
    judged : sequence of (Verdict or None)
        One for each cell.
    n_games, step : int
        What it has learned from, and how many updates.
    rule_set : RuleSet
    """
    after = f"The network, after {step} updates on {games_told(n_games)},"
    right, asked = n_right(judged)
    if not asked:
        return f"{after} has no empty cell to answer."
    choices = [(verdict, cell) for cell, verdict in enumerate(judged) if verdict is not None]
    if not len(answers(grid, rule_set.name)):
        told = f"{after} is asked about a grid that has no answer."
    else:
        told = f"{after} has {right} of {asked} empty cells right."
    broken = [each for each in choices if each[0].kind == "forbidden"]
    if broken:
        verdict, cell = max(broken, key=lambda each: each[0].probability)
        return f"{told} {mistake_told(grid, cell, verdict, rule_set)}"
    wrong = [each for each in choices if each[0].kind == "wrong"]
    if wrong:
        verdict, cell = max(wrong, key=lambda each: each[0].probability)
        return (
            f"{told} Its surest mistake: {verdict.digit} in {cell_name(cell)}, with "
            f"{percent(verdict.probability)}."
        )
    return told


def mistake_told(grid: Grid, cell: int, verdict: Verdict, rule_set: RuleSet) -> str:
    """Name a mistake that no rule would make, and the cell that forbids it."""
    found = forbidding(grid, cell, verdict.digit, rule_set)
    if found is None:
        return ""
    unit, other = found
    return (
        f"A mistake that the rules never make: it gives {percent(verdict.probability)} to "
        f"{verdict.digit} in {cell_name(cell)}, although {unit.name} already has a "
        f"{verdict.digit} ({cell_name(other)})."
    )
