"""What the network's first choices are worth, by brute force."""

import numpy as np
import pytest

from nnviz.chapters.rules_or_learning.grids import RULE_SETS, answers
from nnviz.chapters.rules_or_learning.puzzles import KINDS, puzzle
from nnviz.chapters.rules_or_learning.verdicts import n_right, verdicts
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
