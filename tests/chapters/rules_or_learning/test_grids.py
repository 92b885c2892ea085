"""Grids and rule sets: every solved grid there is, and only those."""

import numpy as np
import pytest

from nnviz.chapters.rules_or_learning.grids import (
    EMPTY,
    RULE_SETS,
    answers,
    cell_name,
    checked_grid,
    grid_text,
    solved_grids,
)
from tests import sudoku_oracle


@pytest.mark.parametrize(("rules", "n"), [("boxes", 288), ("no boxes", 576)])
def test_all_solved_grids_are_those_of_a_search(rules, n):
    by_search = sudoku_oracle.answers(EMPTY, rules == "boxes")
    assert len(by_search) == n
    assert [tuple(grid) for grid in solved_grids(rules).tolist()] == sorted(by_search)


@pytest.mark.parametrize("rules", RULE_SETS)
def test_a_cell_sees_what_shares_a_unit_with_it(rules):
    for cell in range(16):
        seen = RULE_SETS[rules].seen_from(cell)
        assert set(seen) == sudoku_oracle.neighbours(cell, rules == "boxes")
        assert len(seen) == (7 if rules == "boxes" else 6)


def test_the_answers_of_clues_are_those_of_a_search():
    rng = np.random.default_rng(3)
    for _ in range(40):
        clues = np.where(rng.random(16) < 0.3, rng.integers(1, 5, 16), 0).tolist()
        for rules in RULE_SETS:
            found = [tuple(grid) for grid in answers(clues, rules).tolist()]
            assert found == sorted(sudoku_oracle.answers(clues, rules == "boxes"))


def test_names_and_texts():
    assert cell_name(0) == "row 1, column 1"
    assert cell_name(11) == "row 3, column 4"
    assert RULE_SETS["boxes"].units_of(6)[-1].name == "the top right box"
    assert grid_text((1, 0, 4, *[0] * 13)) == "1040000000000000"
    with pytest.raises(ValueError, match="16 cells"):
        checked_grid([1, 2])
    with pytest.raises(ValueError, match="between 0 and 4"):
        checked_grid([5] * 16)
    with pytest.raises(ValueError, match="rules must be one of"):
        solved_grids("hexagons")


def test_what_everybody_shares_cannot_be_changed():
    with pytest.raises(ValueError, match="read-only"):
        solved_grids("boxes")[0, 0] = 3
