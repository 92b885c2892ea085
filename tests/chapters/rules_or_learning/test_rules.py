"""The two rules and the contradictions, against brute force and by hand."""

import numpy as np
import pytest

from nnviz.chapters.rules_or_learning.grids import RULE_SETS, solved_grids
from nnviz.chapters.rules_or_learning.rules import candidates, contradiction, deductions, forbidding
from tests import sudoku_oracle

BOXES = RULE_SETS["boxes"]


def grid(text):
    return tuple(int(digit) for digit in text.replace(" ", ""))


def some_grids(n, seed=0):
    rng = np.random.default_rng(seed)
    for _ in range(n):
        rules = ("boxes", "no boxes")[rng.integers(2)]
        full = solved_grids(rules)[rng.integers(len(solved_grids(rules)))]
        yield rules, tuple(np.where(rng.random(16) < rng.uniform(0.2, 0.9), full, 0).tolist())


def test_only_one_digit_fits_lights_a_cell_for_each_other_digit():
    # 1 and 2 in its row, 3 in its column.
    found = next(deductions(grid("1200 0000 0030 0000"), BOXES))
    assert (found.rule, found.cell, found.digit, found.unit) == ("only digit", 2, 4, None)
    assert found.because == (0, 1, 10)


def test_only_one_place_fits_lights_what_blocks_the_other_places():
    # In the top left box row 1 and column 1 are blocked for 3.
    found = [d for d in deductions(grid("0030 0000 0000 3000"), BOXES) if d.cell == 5]
    in_box = next(d for d in found if d.unit.name == "the top left box")
    assert (in_box.rule, in_box.digit, in_box.because) == ("only place", 3, (2, 12))


def test_every_deduction_is_forced_and_its_reasons_suffice():
    n_seen = 0
    for rules, clues in some_grids(150):
        boxes = rules == "boxes"
        for found in deductions(clues, RULE_SETS[rules]):
            n_seen += 1
            # With nothing but the lit cells, the digit cannot be anything else.
            lit = [clues[cell] if cell in found.because else 0 for cell in range(16)]
            if found.rule == "only digit":
                others = set(range(1, 5)) - {found.digit}
                assert not any(sudoku_oracle.fits(lit, found.cell, d, boxes) for d in others)
            else:
                for cell in found.unit.cells:
                    if cell != found.cell and not lit[cell]:
                        assert not sudoku_oracle.fits(lit, cell, found.digit, boxes)
            assert all(clues[cell] for cell in found.because)
    assert n_seen > 300


def test_rules_are_found_exactly_where_brute_force_finds_one():
    outcomes = set()
    for rules, clues in some_grids(300, seed=1):
        found = next(deductions(clues, RULE_SETS[rules]), None)
        applies = sudoku_oracle.rule_applies(clues, rules == "boxes")
        assert (found is not None) == applies
        outcomes.add(applies)
    assert outcomes == {True, False}


def test_what_was_tried_in_vain_is_no_candidate_and_part_of_the_reason():
    clues = grid("1200 0000 0000 0000")
    assert candidates(clues, 2, BOXES) == (3, 4)
    excluded = frozenset({(2, 3)})
    assert candidates(clues, 2, BOXES, excluded) == (4,)
    found = next(deductions(clues, BOXES, excluded))
    assert (found.cell, found.digit, found.failed) == (2, 4, ((2, 3),))


@pytest.mark.parametrize(
    ("text", "kind", "cell", "digit", "because"),
    [
        ("1001 0000 0000 0000", "twice", None, 1, (0, 3)),
        ("1200 0030 0040 0000", "no digit", 2, None, (0, 1, 6, 10)),
        # Row 1 has two empty cells, and a box that has its 3 already blocks both.
        ("1200 0003 0000 0000", "no place", None, 3, (0, 1, 7)),
    ],
)
def test_contradictions_name_what_shows_them(text, kind, cell, digit, because):
    found = contradiction(grid(text), BOXES)
    assert (found.kind, found.cell, found.digit, found.because) == (kind, cell, digit, because)


def test_no_contradiction_is_seen_in_what_has_an_answer():
    for rules, clues in some_grids(200, seed=2):
        assert contradiction(clues, RULE_SETS[rules]) is None


def test_a_contradiction_means_that_there_is_no_answer():
    rng, n_seen = np.random.default_rng(5), 0
    for _ in range(200):
        clues = tuple(np.where(rng.random(16) < 0.4, rng.integers(1, 5, 16), 0).tolist())
        for rules in RULE_SETS:
            if contradiction(clues, RULE_SETS[rules]) is not None:
                n_seen += 1
                assert not sudoku_oracle.answers(clues, rules == "boxes", most=1)
    assert n_seen > 100


def test_what_forbids_a_digit():
    clues = grid("1000 0000 0030 0000")
    unit, other = forbidding(clues, 5, 1, BOXES)
    assert (unit.name, other) == ("the top left box", 0)
    assert forbidding(clues, 5, 1, RULE_SETS["no boxes"]) is None
    assert forbidding(clues, 5, 3, BOXES) is None
