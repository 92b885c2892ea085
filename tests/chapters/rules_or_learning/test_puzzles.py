"""Puzzles have the answers they should have; games that are held out stay so."""

import numpy as np
import pytest

from nnviz.chapters.rules_or_learning.games import held_out, puzzles_of, trained_on
from nnviz.chapters.rules_or_learning.grids import RULE_SETS, solved_grids
from nnviz.chapters.rules_or_learning.puzzles import KINDS, puzzle, thinned
from nnviz.nn.rng import generator
from tests import sudoku_oracle


def as_set(grids):
    return {tuple(grid) for grid in np.asarray(grids).tolist()}


@pytest.mark.parametrize("rules", RULE_SETS)
def test_held_out_games_are_a_quarter_and_never_among_the_others(rules):
    every = solved_grids(rules)
    out = as_set(held_out(every))
    assert len(out) == len(every) // 4
    for seed in range(20):
        games = trained_on(every, 216, seed)
        assert len(as_set(games)) == 216
        assert not out & as_set(games)
        assert as_set(trained_on(every, 30, seed)) <= as_set(games)
    assert as_set(trained_on(every, 30, 0)) != as_set(trained_on(every, 30, 1))
    with pytest.raises(ValueError, match="n_games must be between"):
        trained_on(solved_grids("boxes"), 217, 0)


@pytest.mark.parametrize("rules", RULE_SETS)
def test_puzzles_to_learn_from_have_one_answer_each(rules):
    every = solved_grids(rules)
    games = every[::37]
    made = puzzles_of(games, every, 5, rng=generator(1, "test"))
    assert len(made.puzzles) == 5 * len(games)
    for clues, answer in zip(made.puzzles.tolist(), made.answers.tolist(), strict=True):
        assert sudoku_oracle.answers(clues, rules == "boxes") == [tuple(answer)]
        assert 4 <= clues.count(0) <= 10
    assert len(as_set(made.puzzles)) > 0.9 * len(made.puzzles)


@pytest.mark.parametrize("rules", RULE_SETS)
@pytest.mark.parametrize("kind", KINDS)
def test_puzzles_of_the_page_are_games_never_trained_on(rules, kind):
    out = as_set(held_out(solved_grids(rules)))
    for number in range(12):
        clues = puzzle(rules, kind, number)
        assert clues == puzzle(rules, kind, number)
        found = sudoku_oracle.answers(clues, rules == "boxes")
        if kind == "several answers":
            assert 2 <= len(found) <= 4
        else:
            assert len(found) == 1
        assert out & set(found)
        if kind == "eight clues":
            assert 8 <= 16 - clues.count(0) <= 8


def test_an_irreducible_puzzle_needs_each_of_its_clues():
    answer = tuple(solved_grids("no boxes")[100].tolist())
    clues = thinned(answer, "no boxes", 0, generator(0, "test").permutation(16).tolist())
    for cell in range(16):
        fewer = [0 if other == cell else digit for other, digit in enumerate(clues)]
        n_answers = len(sudoku_oracle.answers(fewer, boxes=False))
        assert n_answers == 1 if not clues[cell] else n_answers > 1
