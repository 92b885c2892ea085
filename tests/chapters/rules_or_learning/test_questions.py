"""Questions of the page: what is right is what the core does next."""

import numpy as np
import pytest

from nnviz.chapters.rules_or_learning.grids import RULE_SETS, solved_grids
from nnviz.chapters.rules_or_learning.learning import Config, Measured
from nnviz.chapters.rules_or_learning.puzzles import KINDS, puzzle
from nnviz.chapters.rules_or_learning.questions import (
    all_games_question,
    next_step_question,
    unseen_question,
)
from nnviz.chapters.rules_or_learning.study import LADDER, REPEATS, GamesStudy, GamesTrials
from nnviz.chapters.rules_or_learning.walk import solving, start

BOXES = RULE_SETS["boxes"]


def test_the_cells_that_take_one_digit_only_are_counted_in_every_state():
    seen = set()
    for rules, rule_set in RULE_SETS.items():
        for kind in KINDS:
            for number in range(5):
                for state in solving(puzzle(rules, kind, number), rule_set):
                    question = next_step_question(state, rule_set)
                    if state.full:
                        assert question is None
                        continue
                    single = []
                    for cell in range(16):
                        units = [unit.cells for unit in rule_set.units if cell in unit.cells]
                        left = {1, 2, 3, 4} - {state.grid[c] for unit in units for c in unit}
                        if not state.grid[cell] and len(left) == 1:
                            single.append(f"{left.pop()} in row {cell // 4 + 1}, column "
                                          f"{cell % 4 + 1}")  # fmt: skip
                    answer = ("none", "1", "2", "3", "4 or more")[min(len(single), 4)]
                    assert [question.verdict(option) for option in question.options] == [
                        option == answer for option in question.options
                    ]
                    assert all(place in question.reason for place in single)
                    assert ("No empty cell" in question.reason) == (not single)
                    seen.add(answer)
    assert len(seen) == 5


def test_another_grid_is_another_question():
    abouts = {
        next_step_question(start(puzzle("boxes", "four clues", n)), BOXES).about for n in range(9)
    }
    assert len(abouts) == 9


@pytest.mark.parametrize(
    ("unseen", "answer"),
    [(0.97, "at most 5 in 100 fewer"), (0.95, "at most 5 in 100 fewer"),
     (0.949, "over 5, up to 20 in 100 fewer"), (0.8, "over 5, up to 20 in 100 fewer"),
     (0.6, "over 20, up to 50 in 100 fewer"), (0.3, "over 50 in 100 fewer")],
)  # fmt: skip
def test_how_much_worse_on_games_never_seen(unseen, answer):
    measured = Measured(np.array([0]), np.array([1.0]), np.array([1.0]), np.array([unseen]))
    question = unseen_question(Config(8), measured, BOXES)
    assert question.answer == answer
    assert f"There it has {100 * unseen:.1f}% right" in question.reason
    assert f": {100 - 100 * unseen:.3g} in 100 fewer." in question.reason


def test_the_most_games_are_asked_about_when_all_are_known():
    assert (
        all_games_question(GamesTrials.of(GamesStudy("boxes", 0), {(0, 0): 0.3}), BOXES, 0) is None
    )
    for share, answer in ((1.0, "all of them"), (0.96, "over 95"), (0.86, "70 to 95"),
                          (0.5, "under 70")):  # fmt: skip
        study = GamesTrials.of(
            GamesStudy("boxes", 0), dict.fromkeys(GamesStudy("boxes", 0).trials(), share)
        )
        assert all_games_question(study, BOXES, 0).answer.startswith(answer)
    assert len(LADDER) * REPEATS == 45
    assert len(solved_grids("boxes")) == 288
