"""The questions about the darts, answered by throwing them."""

import numpy as np
import pytest

from nnviz.chapters.home.darts import ByHand, Corrected, fall, play
from nnviz.chapters.home.questions_darts import darts_questions

FRACTIONS = (0, 0.001, 0.05, 0.3, 0.5, 0.95, 1, 1.05, 1.5, 1.95, 2, 2.2, 2.5)


def questions(game, fraction, by_hand=False):
    return {q.about.split()[0]: q for q in darts_questions(game, fraction, by_hand=by_hand)}


@pytest.mark.parametrize("height", [200.0, 180.0])
@pytest.mark.parametrize("fraction", FRACTIONS)
def test_the_next_throw_falls_on_the_side_that_is_the_answer(height, fraction):
    game = play([ByHand(height, 12)])
    following = play([ByHand(height, 12), Corrected(fraction)]).misses[-1]
    names = {1: "too high", 0: "in the bull's-eye", -1: "too low"}
    expected = names[int(np.sign(following)) if abs(following) > 1e-9 else 0]
    assert questions(game, fraction)["side"].answer == expected


@pytest.mark.parametrize("fraction", FRACTIONS)
def test_the_throws_until_a_tenth_are_counted_in_a_game(fraction):
    first = ByHand(200, 12)
    misses = np.abs(play([first, *[Corrected(fraction)] * 199]).misses)
    small = np.flatnonzero(misses <= misses[0] / 10)
    answer = questions(play([first]), fraction)["size"].answer
    if len(small):
        assert answer == ("5 or fewer" if small[0] <= 5 else "more than 5")
    else:
        # At 0.001 it takes some 2,300 throws.
        assert answer == ("more than 5" if fraction == 0.001 else "it never will")


def test_twice_as_fast_falls_a_quarter():
    assert questions(play([]), 0.5)["faster"].answer == "a quarter as far"
    assert fall(20) == pytest.approx(fall(10) / 4)


def test_the_general_answers_are_what_games_show():
    asked = questions(play([]), 0.5)
    misses = {f: abs(play([ByHand(200, 12), Corrected(f)]).misses[-1]) for f in (0.5, 1, 1.5)}
    assert asked["best"].answer == f"{min(misses, key=misses.get):g}"

    def spread(f):
        games = (play([ByHand(192, 12), *[Corrected(f)] * 199], wind=3, seed=s) for s in range(5))
        return np.mean([np.std(game.misses[50:]) for game in games])

    assert asked["wind"].answer == ("0.2" if spread(0.2) < spread(1) else "1")


def test_nothing_is_asked_of_a_correction_that_will_not_be():
    general = {"faster", "best", "wind"}
    lost = play([ByHand(210, 12), *[Corrected(2.5)] * 20])
    hit = play([ByHand(210, 12), Corrected(1)])
    assert set(questions(play([]), 0.5)) == general
    assert set(questions(lost, 0.5)) == general
    assert set(questions(hit, 0.5)) == general
    assert set(questions(play([ByHand(210, 12)]), 0.5, by_hand=True)) == general
