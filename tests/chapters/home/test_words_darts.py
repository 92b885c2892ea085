"""What is said of the darts, with the numbers that it must hold."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.chapters.home.darts import (
    LARGEST_FRACTION,
    ByHand,
    Corrected,
    corrected_height,
    long_run_spread,
    play,
    spread,
)
from nnviz.chapters.home.questions import next_throw_questions
from nnviz.chapters.home.words_darts import (
    cm,
    darts_working,
    describe,
    fraction_effect,
    missed,
    wind_effect,
)
from tests.computed import PRINTED, computations

FIRST = ByHand(210, 12)


@pytest.mark.parametrize(
    ("miss", "told"),
    [
        (4.468, "4.47 cm too high"),
        (-0.5, "0.5 cm too low"),
        (1e-14, "exactly in the bull's-eye"),
        (0.0, "exactly in the bull's-eye"),
    ],
)
def test_a_miss_has_a_size_and_a_side(miss, told):
    assert missed(miss) == told


def test_before_the_first_throw_the_hand_is_described():
    assert describe(play([]), (210.0, 12.5), None) == (
        "The hand is 210 cm above the floor and throws level, at 12.5 metres a second. "
        "The bull's-eye is at 173 cm. Throw!"
    )


def test_a_throw_is_told_with_the_hand_that_follows():
    # 2.37 m at 12 m/s: the dart falls 19.133 cm; 210 - 19.133 - 173 = 17.867.
    assert describe(play([FIRST]), (210, 12), 210 - 0.5 * 17.867) == (
        "Throw 1 hit 17.87 cm too high. So the next hand is 8.93 cm lower, at 201.1 cm instead of "
        "210 cm."
    )


def test_a_dart_beside_the_board_and_one_that_is_lost():
    assert "beside the board" in describe(play([ByHand(220, 12)]), (0, 0), 200.0)
    game = play([FIRST, *[Corrected(2.5)] * 20])
    assert describe(game, (0, 0), None) == (
        "Throw 7 met the ceiling before the wall. So there is no miss to correct by: go back, "
        "start again, or move the hand."
    )


def test_a_hand_that_is_not_corrected_stays():
    assert describe(play([FIRST]), (210, 12), 210.0).endswith("The hand stays where it is.")


def test_small_corrections_are_told_apart():
    game = play([FIRST, *[Corrected(0.5)] * 11])
    following = corrected_height(game.heights[-1], game.misses[-1], 0.5)
    before, after = re.findall(
        r"([\d.]+) cm instead of ([\d.]+) cm", describe(game, (0, 0), following)
    )[0]
    assert before != after


@given(st.floats(0, LARGEST_FRACTION), st.floats(-172, 172))
def test_a_fraction_is_told_with_throws_that_a_game_confirms(fraction, miss):
    told = fraction_effect(fraction, miss)
    count = re.search(r"it takes (\d+) throws", told)
    n = int(count[1]) if count else 1 if "the next throw is" in told else None
    factor = 1 - fraction
    if n is not None:
        assert abs(miss * factor**n) <= 1 + 1e-6
        assert abs(miss * factor ** (n - 1)) > 1 - 1e-6
    elif "within 1 cm already" in told:
        assert abs(miss) <= 1
    elif "more than a thousand" in told:
        assert abs(miss * factor**1000) > 1 - 1e-6
    else:
        assert "no throw comes within 1 cm" in told
        assert abs(factor) >= 1


def test_with_wind_no_number_of_throws_is_promised():
    told = fraction_effect(1, 17.9, wind=2)
    assert told == "Without wind: one correction by the whole miss hits the bull's-eye."


def test_the_wind_is_told_with_both_spreads():
    game = play([ByHand(192, 12), *[Corrected(1)] * 29], wind=2, seed=3)
    told = wind_effect(game, 1, 2)
    assert "chases the last gust" in told
    assert f"spread by {cm(long_run_spread(1, 2))} cm, 1.414 times" in told
    assert told.endswith(f"Your last 20 throws spread by {cm(spread(game.misses[-20:]))} cm.")
    assert "averages over many gusts" in wind_effect(game, 0.2, 2)
    assert "never settle" in wind_effect(game, 2.1, 2)
    assert "as the gusts do" in wind_effect(play([FIRST], wind=2), 0, 2)
    assert wind_effect(game, 1, 0) == ""


def test_the_working_ends_in_the_numbers_of_the_game():
    game = play([FIRST], wind=0)
    formulas = [line for _, lines in darts_working(game, 0.5, 0) for line in lines]
    assert any(line.endswith(r"= 19.13\,\text{cm}") for line in formulas)
    assert any(line.endswith("210 - 19.13 - 173 = 17.87") for line in formulas)
    assert any(line.endswith(r"210 - 0.5 \cdot 17.87 = 201.1") for line in formulas)
    blown = play([FIRST], wind=2)
    formulas = [line for _, lines in darts_working(blown, 1, 2) for line in lines]
    assert any("(wind)" in line for line in formulas)
    assert formulas[-1].endswith("= 2.828")


HITS = re.compile(
    rf"hit ({PRINTED}) cm .* hand is ({PRINTED}) cm .*, at ({PRINTED}) cm instead of ({PRINTED}) cm"
)


def test_what_is_printed_computes_to_what_is_printed():
    draws = np.random.default_rng(0)
    texts, told, spreads = [], [], []
    for n in range(60):
        height, speed = (round(draws.uniform(*each), n % 4) for each in ((150, 230), (8, 20)))
        fraction, wind = round(draws.uniform(0.05, 1.95), 2), round(draws.uniform(1, 9), 2)
        throws = [ByHand(height, speed), *[Corrected(fraction)] * (n % 3)]
        for blown in (0.0, wind):
            game = play(throws, wind=blown)
            hand, miss = float(game.heights[-1]), float(game.misses[-1])
            texts += [line for _, lines in darts_working(game, fraction, blown) for line in lines]
            following = corrected_height(hand, miss, fraction)
            sentence = describe(game, (height, speed), following)
            if found := HITS.findall(sentence):
                hit, move, after, before = found[0]
                way = "-" if following < hand else "+"
                told.append(f"{fraction} * {hit} = {move}")
                texts.append(f"{before} {way} {move} = {after}")
            for question in next_throw_questions(miss, fraction)[:-1]:
                left, part = re.findall(rf"leaves (1 − .*) = ({PRINTED}) of", question.reason)[0]
                texts.append(f"{left} = {part}")
                hit = re.findall(rf"hit ({PRINTED}) cm", question.prompt)
                after = re.findall(rf"hits ({PRINTED}) cm", question.reason)
                told += [
                    f"{part.lstrip('−')} * {x} = {y}" for x, y in zip(hit, after, strict=False)
                ]
        effect = wind_effect(game, fraction, wind)
        for kept, times in re.findall(rf"spread by ({PRINTED}) cm, ({PRINTED}) times", effect):
            gusts = re.findall(rf"Gusts spread by ({PRINTED}) cm", effect)[0]
            spreads.append(f"{gusts} * {times} = {kept}")
    for each, significant in ((texts, 4), (told, 3), (spreads, 3)):
        n, wrong = computations(each, significant)
        assert wrong == []
        assert n >= 50
