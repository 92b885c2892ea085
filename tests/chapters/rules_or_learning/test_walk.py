"""Filling a Sudoku: rules before search, search only where it must, hands, and back exactly."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.chapters.rules_or_learning.grids import RULE_SETS, solved_grids
from nnviz.chapters.rules_or_learning.puzzles import puzzle, thinned
from nnviz.chapters.rules_or_learning.walk import (
    MACHINE,
    by_hand,
    read_moves,
    solve,
    solving,
    start,
    walk,
)
from nnviz.nn.rng import generator
from tests import sudoku_oracle

BOXES = RULE_SETS["boxes"]
FAILING = tuple(int(d) for d in "0030000000420403")  # without boxes: a guess leads nowhere


def sample_of_minimal_puzzles(rules, n):
    """Yield puzzles that no clue can be left out of: of every solved grid, and then of some."""
    rng, grids = generator(6, "minimal puzzles of the tests"), solved_grids(rules)
    for i in range(n):
        answer = grids[i] if i < len(grids) else grids[rng.integers(len(grids))]
        yield (
            tuple(answer.tolist()),
            thinned(tuple(answer.tolist()), rules, 0, rng.permutation(16).tolist()),
        )


def test_all_288_grids_are_solved_from_minimal_puzzles_and_rules_come_first():
    solved = set()
    for answer, clues in sample_of_minimal_puzzles("boxes", 288):
        assert sudoku_oracle.answers(clues, boxes=True) == [answer]
        for left_out in range(16):
            if clues[left_out]:
                fewer = [0 if cell == left_out else d for cell, d in enumerate(clues)]
                assert len(sudoku_oracle.answers(fewer, boxes=True, most=2)) == 2
        states = list(solving(clues, BOXES))
        assert states[-1].grid == answer
        assert states[-1].solved(BOXES)
        solved.add(answer)
        for before, after in pairwise(states):
            assert sudoku_oracle.rule_applies(before.grid, True) == (after.step.kind == "rule")
    assert len(solved) == 288


def test_every_puzzle_with_one_answer_is_solved_without_search():
    # Of each irreducible puzzle that a renaming of digits does not make of another one; adding a
    # clue never takes a rule away, so this holds for all puzzles with one answer.
    grids = np.array([g for g in solved_grids("boxes") if g[:4].tolist() == [1, 2, 3, 4]])
    every = solved_grids("boxes")
    shown = (np.arange(2**16)[:, np.newaxis] >> np.arange(16)) & 1
    n_irreducible = 0
    for answer in grids:
        # For each set of shown cells: how many grids agree with this one there.
        agree = ((every != answer).astype(float) @ shown.T == 0).sum(axis=0)
        one = agree == 1
        irreducible = one.copy()
        for cell in range(16):
            here = np.flatnonzero(shown[:, cell])
            irreducible[here] &= ~one[here ^ (1 << cell)]
        for mask in np.flatnonzero(irreducible):
            n_irreducible += 1
            if n_irreducible % 16 == 0:  # one in sixteen: all of them take a minute
                states = list(solving(np.where(shown[mask], answer, 0).tolist(), BOXES))
                assert states[-1].grid == tuple(answer.tolist())
                assert all(state.step.kind == "rule" for state in states[1:])
    assert n_irreducible * 24 == 85_632


def test_search_is_only_where_no_rule_applies_and_finds_an_answer():
    kinds = set()
    for rules in RULE_SETS:
        boxes = rules == "boxes"
        for clues in [puzzle(rules, "several answers", number) for number in range(40)]:
            states = list(solving(clues, RULE_SETS[rules]))
            for before, after in pairwise(states):
                kinds.add(after.step.kind)
                if after.step.kind == "guess":
                    assert not sudoku_oracle.rule_applies(before.grid, boxes, before.excluded)
            assert states[-1].grid in sudoku_oracle.answers(clues, boxes)
    assert {"rule", "guess"} <= kinds


def test_a_guess_that_leads_nowhere_is_taken_back_whole():
    rules = RULE_SETS["no boxes"]
    states = list(solving(FAILING, rules))
    kinds = [state.step.kind for state in states[1:]]
    at = kinds.index("take back") + 1
    guess = max(i for i in range(at) if kinds[i - 1] == "guess" and i > 0)
    back = states[at]
    assert back.grid == states[guess - 1].grid
    assert back.authors == states[guess - 1].authors
    assert (states[guess].step.cell, states[guess].step.digit) in back.excluded
    assert back.step.reason is not None
    assert states[-1].grid in sudoku_oracle.answers(FAILING, boxes=False)


def test_clues_without_an_answer_end_in_a_contradiction():
    end = solve((1, 0, 0, 1, *[0] * 12), BOXES)
    assert not end.full
    assert end.conflict(BOXES).kind == "twice"
    assert not end.guesses


def test_hands_set_change_and_erase_but_not_clues():
    clues = puzzle("boxes", "eight clues", 0)
    empty = clues.index(0)
    states = walk(clues, [by_hand(empty, 1), by_hand(empty, 2), by_hand(empty, 0)], BOXES)
    assert [state.grid[empty] for state in states] == [0, 1, 2, 0]
    assert [state.step.kind for state in states[1:]] == ["hand", "hand", "erase"]
    assert states[2].authors[empty] == "hand"
    clue = next(cell for cell in range(16) if clues[cell])
    assert len(walk(clues, [by_hand(clue, 0)], BOXES)) == 1


def test_changing_a_digit_ends_what_search_had_ruled_out():
    rules = RULE_SETS["no boxes"]
    states = list(solving(FAILING, rules))
    at = next(i for i, s in enumerate(states) if s.excluded and {"rule", "guess"} & {*s.authors})
    set_cell = next(c for c in range(16) if states[at].authors[c] not in ("", "clue"))
    moves = [MACHINE] * at + [by_hand(set_cell, 0)]
    after = walk(FAILING, moves, rules)[-1]
    assert states[at].excluded
    assert not after.excluded
    assert not after.guesses


def test_a_wrong_digit_of_ones_own_stops_the_rules_with_a_reason():
    clues = puzzle("boxes", "four clues", 0)
    (answer,) = sudoku_oracle.answers(clues, boxes=True)
    n_unseen = 0
    for cell in (cell for cell in range(16) if not clues[cell]):
        for wrong in {1, 2, 3, 4} - {answer[cell]}:
            states = walk(clues, [by_hand(cell, wrong), *[MACHINE] * 60], BOXES)
            n_unseen += states[1].conflict(BOXES) is None
            assert states[-1].conflict(BOXES) is not None
            assert len(states) < 40
    assert n_unseen > 3  # some are only found out after more rules have been fired


MOVES = st.lists(
    st.one_of(
        st.just(MACHINE), st.builds(by_hand, st.integers(0, 15), st.integers(0, 4))
    ),
    max_size=25,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(MOVES, st.integers(0, 5), st.sampled_from(["boxes", "no boxes"]))
def test_going_back_is_exact(moves, number, rules):
    clues = puzzle(rules, "several answers", number)
    made = []
    for move in moves:  # leave out what cannot be made
        if len(walk(clues, [*made, move], RULE_SETS[rules])) == len(made) + 2:
            made.append(move)
    states = walk(clues, made, RULE_SETS[rules])
    assert len(states) == len(made) + 1
    for i in range(len(made)):
        assert walk(clues, made[:i], RULE_SETS[rules])[-1] == states[i]
    assert read_moves("".join(made)) == tuple(made)


@pytest.mark.parametrize("text", ["x3", "a", "a5", "++b", "3a"])
def test_moves_that_cannot_be_read_are_refused(text):
    with pytest.raises(ValueError, match="moves such as"):
        read_moves(text)


def test_the_start_holds_the_clues_alone():
    clues = puzzle("boxes", "eight clues", 3)
    assert start(clues).authors == tuple("clue" if digit else "" for digit in clues)
