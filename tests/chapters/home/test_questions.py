"""The questions of the home page: the right answer, and where it comes from."""

import re

import numpy as np
import pytest

from nnviz.chapters.home.darts import ByHand, Corrected, fall, play
from nnviz.chapters.home.four_steps import MOST_STEPS, walk
from nnviz.chapters.home.questions import darts_questions, four_steps_questions
from nnviz.chapters.home.words_four_steps import explain
from nnviz.data import tutorial
from nnviz.data.tutorial import first_neuron
from nnviz.nn.network import Layer, Network
from tests.reading import read

ROW, TARGET = tutorial.SECOND_ROW, tutorial.SECOND_TARGET


def answers(moment):
    return [question.answer for question in four_steps_questions(moment)]


def neuron(weights, bias):
    return Network((Layer(np.array(weights, float)[:, None], np.array([float(bias)]), "sigmoid"),))


def error(parameters, target):
    """Compute the error of the row by the formula, without the core."""
    *weights, bias = parameters
    return (1 / (1 + np.exp(-(np.dot(ROW, weights) + bias))) - target) ** 2


def step(parameters, target, learning_rate=1.0, width=1e-6):
    """Step down the slope that differences give."""
    moved = np.array(parameters)
    for i in range(len(moved)):
        check_derivative = width * np.eye(len(moved))[i]
        rise = error(parameters + check_derivative, target) - error(
            parameters - check_derivative, target
        )
        moved[i] -= learning_rate * rise / (2 * width)
    return moved


@pytest.mark.parametrize("n_steps", [0, 3, 4, 7, 8, 11, 15, 100, MOST_STEPS])
def test_the_answers_are_what_a_step_down_the_slope_does(n_steps):
    moment = walk(first_neuron(), ROW, TARGET, n_steps)
    before = moment.following.network.parameters()
    after, turned = step(before, TARGET), step(before, 1 - TARGET)
    old, new = error(before, TARGET), error(after, TARGET)
    change = np.abs(after - before)
    assert answers(moment) == [
        "lower" if new < old else "higher",
        "up" if after[1] > before[1] else "down",
        "weights_1[0]" if change[0] > change[1] else "weights_1[1]",
        "less than half" if new < old / 2 else "half or more",
        "up" if turned[1] > before[1] else "down",
    ]


def test_how_much_is_left_has_no_single_answer():
    given = {answers(walk(first_neuron(), ROW, TARGET, 4 * n))[3] for n in range(4)}
    assert given == {"less than half", "half or more"}


def test_nothing_moves_at_rate_0():
    moment = walk(first_neuron(), ROW, TARGET, 0, learning_rate=0)
    assert answers(moment) == ["the same", "nowhere", "both the same", "half or more", "nowhere"]


def test_another_row_has_other_answers():
    moment = walk(neuron([0.5, 0.5], 0), [1, -2], 1, 0)
    assert answers(moment)[1:3] == ["down", "weights_1[1]"]
    assert "lies below the target 1, so the sum must get larger" in (
        four_steps_questions(moment)[1].reason
    )


def test_the_reasons_give_the_numbers_of_the_moment():
    first, direction, larger, left, _ = four_steps_questions(walk(first_neuron(), ROW, TARGET, 3))
    assert first.reason.endswith("So the error goes from 0.7587 to 0.3849.")
    assert direction.reason.endswith("weights_1[1] goes from −0.66 to −0.9536.")
    assert larger.reason.endswith("weights_1[0] moves by 0.3914 and weights_1[1] by 0.2936.")
    assert left.reason == "0.3849 is left of 0.7587. That is 50.7 of every 100 parts."


def test_a_question_stays_the_same_until_the_adjustment_is_made():
    about = [
        [question.about for question in four_steps_questions(walk(first_neuron(), ROW, TARGET, n))]
        for n in (0, 3, 4, 7, 8)
    ]
    assert about[0] == about[1] != about[2] == about[3] != about[4]
    assert len(set(about[0])) == 5


FRACTIONS = (0, 0.001, 0.05, 0.3, 0.5, 0.95, 1, 1.05, 1.5, 1.95, 2, 2.2, 2.5)


def questions(game, fraction, by_hand=False):
    return {q.about.split()[0]: q for q in darts_questions(game, fraction, by_hand=by_hand)}


@pytest.mark.parametrize("height", [200.0, 180.0])
@pytest.mark.parametrize("fraction", FRACTIONS)
def test_the_next_throw_falls_on_the_side_that_is_the_answer(height, fraction):
    game = play([ByHand(height, 12)])
    following = play([ByHand(height, 12), Corrected(fraction)]).misses[-1]
    names = {1: "too high", 0: "exactly in the bull's-eye", -1: "too low"}
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


def test_what_nearly_hits_is_not_called_a_hit():
    game = play([ByHand(200.0, 12)])
    asked = {q.about.partition(" ")[0]: q for q in darts_questions(game, 0.9999, by_hand=False)}
    assert asked["side"].answer in ("too high", "too low")
    assert "0.9999 of the miss" in asked["side"].prompt
    assert "0.0001 of the miss" in asked["side"].reason


def test_a_dart_that_meets_the_floor_first_is_not_asked_about():
    game = play([ByHand(450.0, 20)])  # far too high, and 2.5 times as far to the other side
    assert not any(q.about.startswith("side") for q in darts_questions(game, 2.5, by_hand=False))


def test_a_tenth_is_left_after_one_throw_at_nine_tenths():
    for height in (190.0, 200.0, 213.7):
        asked = darts_questions(play([ByHand(height, 12)]), 0.9, by_hand=False)
        (size,) = [q for q in asked if q.about.startswith("size")]
        assert "throw 1 from here is the first" in size.reason


def test_every_round_is_told_with_numbers_that_support_it():
    """All four hundred steps: whichever comparison a sentence or a reason makes, it shows."""
    number = r"−?\d[\d.]*(?: × 10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?"
    for n_steps in range(0, MOST_STEPS + 1, 7):
        progress = walk(first_neuron(), ROW, TARGET, n_steps)
        error_question, *_, left, _ = four_steps_questions(progress)
        old, new = map(read, re.findall(f"error goes from ({number}) to ({number})\\.",
                                        error_question.reason)[0])  # fmt: skip
        assert error_question.answer == ("lower" if new < old else "higher")
        part = read(re.search(f"That is ({number}) of", left.reason)[1])
        assert left.answer == ("less than half" if part < 50 else "half or more")
        sentence = explain(progress).sentence
        if found := re.search(f"itself: ({number}), (down|up) from ({number}) in", sentence):
            now, before = read(found[1]), read(found[3])
            assert (found[2] == "down") == (now < before)
            assert now != before
