"""Questions of the page: what is right is what the core does next."""

import numpy as np
import pytest

from nnviz.chapters.rules_or_learning.grids import RULE_SETS, solved_grids
from nnviz.chapters.rules_or_learning.learning import Config, Measured
from nnviz.chapters.rules_or_learning.puzzles import puzzle
from nnviz.chapters.rules_or_learning.questions import (
    all_games_question,
    next_step_question,
    unseen_question,
)
from nnviz.chapters.rules_or_learning.study import LADDER, REPEATS, configs, games_study
from nnviz.chapters.rules_or_learning.walk import by_hand, machine_step, solving, start, walk

BOXES = RULE_SETS["boxes"]


def test_the_next_step_is_asked_for_and_it_is_what_comes():
    seen = set()
    for rules in RULE_SETS:
        for number in range(8):
            for state in solving(puzzle(rules, "several answers", number), RULE_SETS[rules]):
                question = next_step_question(state, RULE_SETS[rules])
                if state.full:
                    assert question is None
                    continue
                step = machine_step(state, RULE_SETS[rules]).step
                words = {"only digit": "digit fits", "only place": "place fits"}
                name = step.deduction.rule if step.deduction else step.kind
                assert words.get(name, "search") in question.answer
                assert len(question.options) == 4
                seen.add(name)
    assert {"only digit", "only place", "guess"} <= seen


def test_a_contradiction_is_an_answer_as_well():
    clues = puzzle("boxes", "eight clues", 0)
    cell = clues.index(0)
    wrong = [walk(clues, [by_hand(cell, d)], BOXES)[-1] for d in (1, 2, 3, 4)]
    broken = next(state for state in wrong if state.conflict(BOXES))
    assert next_step_question(broken, BOXES).answer == "none: a contradiction"


def test_another_grid_is_another_question():
    abouts = {
        next_step_question(start(puzzle("boxes", "four clues", n)), BOXES).about for n in range(9)
    }
    assert len(abouts) == 9


@pytest.mark.parametrize(
    ("unseen", "answer"),
    [(0.97, "about as many"), (0.85, "up to 20 in 100 fewer"), (0.6, "20 to 50 fewer"),
     (0.3, "over 50 in 100 fewer")],
)  # fmt: skip
def test_how_much_worse_on_games_never_seen(unseen, answer):
    measured = Measured(np.array([0]), np.array([1.0]), np.array([1.0]), np.array([unseen]))
    question = unseen_question(Config(8), measured, BOXES)
    assert question.answer == answer
    assert f"{100 * unseen:.0f} %" in question.reason


def test_the_most_games_are_asked_about_when_all_are_known():
    assert all_games_question(games_study({(0, 0): 0.3}), BOXES, 0) is None
    for share, answer in ((1.0, "all of them"), (0.96, "over 95"), (0.86, "70 to 95"),
                          (0.5, "under 70")):  # fmt: skip
        study = games_study({place: share for place, _ in configs(0)})
        assert all_games_question(study, BOXES, 0).answer.startswith(answer)
    assert len(LADDER) * REPEATS == 45
    assert len(solved_grids("boxes")) == 288
