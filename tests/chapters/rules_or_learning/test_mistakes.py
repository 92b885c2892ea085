"""Confident mistakes: forbidden at a glance, sure, and the surest first."""

from itertools import pairwise

import numpy as np
import pytest

from nnviz.chapters.rules_or_learning.grids import RULE_SETS, solved_grids
from nnviz.chapters.rules_or_learning.learning import Lesson, learned, unseen_puzzles
from nnviz.chapters.rules_or_learning.mistakes import (
    confident_mistakes,
    mistakes_in,
    n_sure_and_wrong,
)
from nnviz.chapters.rules_or_learning.network import probabilities
from nnviz.chapters.rules_or_learning.puzzles import Puzzles
from tests import sudoku_oracle

BOXES = RULE_SETS["boxes"]


def test_a_mistake_names_what_forbids_it():
    grid = (1, *[0] * 15)
    answer = np.full((16, 4), 0.25)
    answer[3] = (0.94, 0.02, 0.02, 0.02)  # 1, and a 1 stands in its row
    answer[5] = (0.97, 0.01, 0.01, 0.01)  # 1, and a 1 stands in its box
    answer[1] = (0.1, 0.7, 0.1, 0.1)  # 2: nothing against it
    answer[15] = (0.99, 0.0, 0.01, 0.0)  # 1: nothing against it
    found = mistakes_in(grid, answer, BOXES)
    assert [(m.cell, m.digit, m.unit.name, m.other) for m in found if m.probability > 0.5] == [
        (5, 1, "the top left box", 0),
        (3, 1, "row 1", 0),
    ]
    without = mistakes_in(grid, answer, RULE_SETS["no boxes"])
    assert 5 not in [mistake.cell for mistake in without]


@pytest.mark.parametrize("rules", RULE_SETS)
def test_over_many_puzzles_they_are_those_of_brute_force(rules):
    every = solved_grids(rules)
    unseen = unseen_puzzles(every)
    answer = probabilities(learned(every, Lesson(64)).parameters, unseen.puzzles)
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
