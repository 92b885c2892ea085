"""Questions about a game that rules fill, and that a network has learned."""

from typing import Final

import numpy as np

from nnviz.chapters.rules_or_learning.grids import N_CELLS, RuleSet, cell_name, grid_text
from nnviz.chapters.rules_or_learning.learning import Config, Measured
from nnviz.chapters.rules_or_learning.rules import candidates
from nnviz.chapters.rules_or_learning.study import LADDER, GamesTrials
from nnviz.chapters.rules_or_learning.walk import State
from nnviz.chapters.rules_or_learning.words import solved_games
from nnviz.text.digits import joined, percent, told_apart
from nnviz.text.question import Question

_HOW_MANY: Final = ("none", "1", "2", "3", "4 or more")
_GAPS: Final = (0.05, 0.2, 0.5)
_FEWER: Final = (
    "at most 5 in 100 fewer",
    "over 5, up to 20 in 100 fewer",
    "over 20, up to 50 in 100 fewer",
    "over 50 in 100 fewer",
)
_MOST: Final = (0.95, 0.7)


def next_step_question(state: State, rule_set: RuleSet) -> Question | None:
    """Return the question how far the simpler rule gets, or None where the grid is full.

    It is asked of the grid alone, and not which rule comes next: mostly both can.
    """
    if state.full:
        return None
    fitting = {cell: candidates(state.grid, cell, rule_set) for cell in range(N_CELLS)}
    single = [(cell, digits[0]) for cell, digits in fitting.items() if len(digits) == 1]
    places = joined(f"{digit} in {cell_name(cell)}" for cell, digit in single)
    return Question(
        "In how many empty cells does only one digit fit, because the other three stand in the "
        f"same {rule_set.kinds}?",
        _HOW_MANY,
        _HOW_MANY[min(len(single), 4)],
        f"It is {places}." if single else "No empty cell takes one digit only.",
        f"next {rule_set.name} {grid_text(state.grid)}",
    )


def unseen_question(config: Config, measured: Measured, rule_set: RuleSet) -> Question:
    """Return the question how much worse a network does on games that it has not seen."""
    known, unseen = float(measured.train_right[-1]), float(measured.unseen_right[-1])
    # Both are fractions of small numbers: what is left behind them is rounding.
    gap = round(known - unseen, 12)
    fewer, *_ = told_apart(100 * gap, *(100 * limit for limit in _GAPS), at_least=3)
    told_known, told_unseen = percent(known, unseen, decimals=1)
    difference = f"{fewer} in 100 fewer" if gap > 0 else "no fewer"
    return Question(
        f"Of the puzzles it learned from, this network ({solved_games(config.n_games)}) answers "
        f"{told_known} of the empty cells right. And in games never seen?",
        _FEWER,
        _FEWER[sum(gap > limit for limit in _GAPS)],
        f"There it has {told_unseen} right: {difference}.",
        f"unseen {rule_set.name} {config}",
    )


def all_games_question(made: GamesTrials, rule_set: RuleSet, seed: int) -> Question | None:
    """Return the question whether the most games make a network as good as the rules.

    None as long as a training is missing.
    """
    if not made.complete:
        return None
    best = float(made.band(-1).median)
    options = ("all of them", "over 95 in 100", "70 to 95 in 100", "under 70 in 100")
    answer = options[0 if best == 1.0 else 1 if best > _MOST[0] else 2 if best >= _MOST[1] else 3]
    median, _, _, least = percent(best, *_MOST, float(np.min(made.repeats(-1))))
    return Question(
        f"The rules fill every puzzle that has one answer. Networks that learned {LADDER[-1]} "
        "games: how many cells of games never seen are right?",
        options,
        answer,
        f"The median is {median}; the least of {made.study.shape[0]} trainings has {least}.",
        f"all games {rule_set.name} {seed}",
    )
