"""First choices and confident mistakes, judged by brute force."""

from itertools import pairwise

import numpy as np
import pytest

from nnviz.chapters.rules_or_learning.games import Puzzles
from nnviz.chapters.rules_or_learning.grids import RULE_SETS, answers, solved_grids
from nnviz.chapters.rules_or_learning.learning import Config, learned, probabilities, unseen_puzzles
from nnviz.chapters.rules_or_learning.puzzles import KINDS, puzzle
from nnviz.chapters.rules_or_learning.verdicts import (
    confident_mistakes,
    n_right,
    n_sure_and_wrong,
    verdicts,
)
from nnviz.nn.rng import generator
from tests import sudoku_oracle


@pytest.mark.parametrize("rules", RULE_SETS)
@pytest.mark.parametrize("kind", KINDS)
def test_first_choices_are_judged_like_brute_force(rules, kind):
    seen = set()
    for number in range(15):
        clues = puzzle(rules, kind, number)
        answer = generator(number, "test").dirichlet(np.ones(4), size=16)
        judged = verdicts(clues, answer, answers(clues, rules), RULE_SETS[rules])
        solved = sudoku_oracle.answers(clues, rules == "boxes")
        for cell, verdict in enumerate(judged):
            assert (verdict is None) == (clues[cell] > 0)
            if verdict is None:
                continue
            assert verdict.probability == answer[cell].max() == answer[cell, verdict.digit - 1]
            if any(grid[cell] == verdict.digit for grid in solved):
                kind_is = "right"
            elif sudoku_oracle.fits(clues, cell, verdict.digit, rules == "boxes"):
                kind_is = "wrong"
            else:
                kind_is = "forbidden"
            assert verdict.kind == kind_is
            seen.add(kind_is)
        n_good = sum(v is not None and v.kind == "right" for v in judged)
        assert n_right(judged) == (n_good, clues.count(0))
    assert {"right", "forbidden"} <= seen


def test_a_grid_without_answers_leaves_the_rest_open():
    clues = (1, 0, 0, 0, 0, 1, *[0] * 10)
    answer = np.tile([0.1, 0.2, 0.3, 0.4], (16, 1))
    answer[2] = (0.7, 0.1, 0.1, 0.1)  # a 1 in the row of a 1
    judged = verdicts(clues, answer, answers(clues, "boxes"), RULE_SETS["boxes"])
    assert judged[2].kind == "forbidden"
    assert {v.kind for v in judged if v is not None} == {"forbidden", "open"}


BOXES = RULE_SETS["boxes"]


def test_a_mistake_names_what_forbids_it():
    grid = (1, *[0] * 15)
    answer = np.full((1, 16, 4), 0.25)
    answer[0, 3] = (0.94, 0.02, 0.02, 0.02)  # 1, and a 1 stands in its row
    answer[0, 5] = (0.97, 0.01, 0.01, 0.01)  # 1, and a 1 stands in its box
    answer[0, 1] = (0.1, 0.7, 0.1, 0.1)  # 2: nothing against it
    answer[0, 15] = (0.99, 0.0, 0.01, 0.0)  # 1: nothing against it
    puzzles = Puzzles(np.array([grid]), np.array([grid]))
    found = confident_mistakes(puzzles, answer, BOXES, at_least=0.5)
    assert [(m.cell, m.digit, m.unit.name, m.other) for m in found] == [
        (5, 1, "the top left box", 0),
        (3, 1, "row 1", 0),
    ]
    without = confident_mistakes(puzzles, answer, RULE_SETS["no boxes"], at_least=0.5)
    assert 5 not in [mistake.cell for mistake in without]


@pytest.mark.parametrize("rules", RULE_SETS)
def test_over_many_puzzles_they_are_those_of_brute_force(rules):
    every = solved_grids(rules)
    unseen = unseen_puzzles(every)
    answer = probabilities(learned(every, Config(64)), unseen.puzzles)
    found = confident_mistakes(unseen, answer, RULE_SETS[rules])
    by_hand, sure_and_wrong = set(), 0
    for clues, solved, cells in zip(
        unseen.puzzles.tolist(), unseen.answers.tolist(), answer, strict=True
    ):
        for cell in range(16):
            says = int(cells[cell].argmax()) + 1
            if clues[cell] or cells[cell].max() < 0.9:
                continue
            sure_and_wrong += says != solved[cell]
            if not sudoku_oracle.fits(clues, cell, says, rules == "boxes"):
                by_hand.add((tuple(clues), cell, says))
    assert {(m.puzzle, m.cell, m.digit) for m in found} == by_hand
    assert len(found) > 20
    assert n_sure_and_wrong(unseen, answer) == sure_and_wrong > len(found)
    assert all(a.probability >= b.probability for a, b in pairwise(found))


def test_a_network_without_mistakes_has_none():
    every = solved_grids("boxes")[:1]
    clues = np.where(np.arange(16) % 2, every, 0)
    right = (every[:, :, np.newaxis] == np.arange(1, 5)).astype(float)
    assert confident_mistakes(Puzzles(clues, every.copy()), right, BOXES) == ()
    assert n_sure_and_wrong(Puzzles(clues, every.copy()), right) == 0
