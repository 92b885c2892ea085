"""Darts, held to a simulated flight, to throws by brute force, and to cases worked by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.chapters.home.darts import (
    BULLSEYE,
    DISTANCE,
    GRAVITY,
    LARGEST_FRACTION,
    MOST_THROWS,
    ByHand,
    Corrected,
    dart_regime,
    fall,
    is_lost,
    long_run_spread,
    path,
    play,
    read_throws,
    spread,
    throws_until,
    write_throws,
)

FRACTIONS = st.floats(0, LARGEST_FRACTION)
HANDS = st.builds(ByHand, st.floats(130, 250), st.floats(5, 20))


def flight(height, speed, ticks=20_000):
    """Let a dart fly in small steps of time; return where it meets the wall, in cm."""
    tick = DISTANCE / (100 * speed) / ticks
    falling = 0.0
    for _ in range(ticks):
        height -= tick * (falling + GRAVITY * tick / 2)
        falling += GRAVITY * tick
    return height


@pytest.mark.parametrize("speed", [5, 8.5, 12, 20])
def test_a_dart_falls_as_far_as_one_that_flies_tick_by_tick(speed):
    assert 210 - fall(speed) == pytest.approx(flight(210, speed), abs=1e-6)


def test_the_fall_worked_by_hand():
    # 2.37 m at 10 m/s take 0.237 s; 9.81 * 0.237^2 / 2 = 0.27551 m.
    assert fall(10) == pytest.approx(27.550894, abs=1e-6)


@given(HANDS, st.floats(-5, 5))
def test_the_path_begins_at_the_hand_and_ends_where_the_dart_hits(hand, gust):
    way, above = path(hand.height, hand.speed, gust)
    assert (way[0], way[-1], above[0]) == (0, DISTANCE, hand.height)
    assert above[-1] == pytest.approx(hand.height - fall(hand.speed) + gust, abs=1e-9)


@given(HANDS, st.lists(FRACTIONS, max_size=30))
def test_every_correction_multiplies_the_miss_by_one_minus_the_fraction(hand, fractions):
    game = play([hand, *map(Corrected, fractions)])
    # By brute force, each throw flown again from the height that the table gives.
    for i, (height, speed, miss) in enumerate(
        zip(game.heights, game.speeds, game.misses, strict=True)
    ):
        assert miss == pytest.approx(height - fall(speed) - BULLSEYE, abs=1e-9)
        if i:
            assert miss == pytest.approx((1 - fractions[i - 1]) * game.misses[i - 1], abs=1e-9)
            assert dart_regime(fractions[i - 1]).factor == 1 - fractions[i - 1]
    if len(game) <= len(fractions):
        assert game.lost
        assert is_lost(game.misses[-1])


@given(HANDS, st.lists(FRACTIONS, min_size=1, max_size=20), st.floats(0, 10), st.integers(0, 99))
def test_what_is_corrected_is_the_miss_with_the_gust_in_it(hand, fractions, wind, seed):
    game = play([hand, *map(Corrected, fractions)], wind=wind, seed=seed)
    aims = game.misses - game.gusts
    for i in range(1, len(game)):
        expected = aims[i - 1] - fractions[i - 1] * game.misses[i - 1]
        assert aims[i] == pytest.approx(expected, abs=1e-9)
    assert game.hits == pytest.approx(BULLSEYE + game.misses)


def test_the_gusts_of_a_seed_stay_however_many_throws_follow():
    few = play([ByHand(210, 12)] * 3, wind=2, seed=5)
    many = play([ByHand(210, 12)] * MOST_THROWS, wind=2, seed=5)
    assert (few.gusts == many.gusts[:3]).all()
    assert np.std(many.gusts) == pytest.approx(2, rel=0.15)
    assert (play([ByHand(210, 12)] * 3, wind=2, seed=6).gusts != few.gusts).all()
    assert not play([ByHand(210, 12)] * 3, seed=5).gusts.any()


def test_a_throw_by_hand_begins_anew_in_the_middle_of_a_game():
    game = play([ByHand(210, 12), Corrected(0.5), ByHand(190, 9), Corrected(1)])
    assert game.heights[2] == 190
    assert game.speeds.tolist() == [12, 12, 9, 9]
    assert np.isnan(game.fractions).tolist() == [True, False, True, False]
    assert game.misses[3] == pytest.approx(0, abs=1e-9)


def test_a_game_ends_where_there_is_no_miss_to_correct_by():
    throws = [ByHand(210, 12), *[Corrected(2.5)] * 30]
    game = play(throws)
    # 17.86 * 1.5^n is 173 or more from n = 6 on.
    assert len(game) == 7
    assert game.lost
    assert len(play([*throws[:7], ByHand(200, 12), Corrected(1)])) == 9
    assert not play([]).lost


@given(st.floats(-170, 170), FRACTIONS, st.floats(0.1, 5))
def test_throws_are_counted_as_a_game_would(miss, fraction, within):
    n = throws_until(miss, fraction, within, at_most=60)
    misses = [miss]
    while abs(misses[-1]) > within and not is_lost(misses[-1]) and len(misses) <= 60:
        misses.append((1 - fraction) * misses[-1])
    if n is None:
        assert abs(misses[-1]) > within * (1 - 1e-9)
    else:
        assert n == pytest.approx(len(misses) - 1, abs=1)
        assert abs(miss * (1 - fraction) ** n) <= within * (1 + 1e-9)


@pytest.mark.parametrize("fraction", [0, 0.2, 1, 1.7])
def test_the_long_run_spread_is_what_many_throws_come_to(fraction):
    gusts = np.random.default_rng(1).standard_normal(200_000)
    aim, misses = 0.0, np.empty(len(gusts))
    for i, gust in enumerate(gusts):
        misses[i] = aim + 3 * gust
        aim -= fraction * misses[i]
    assert long_run_spread(fraction, 3) == pytest.approx(np.std(misses[100:]), rel=0.02)


def test_the_spread_of_games_comes_to_it_as_well():
    spreads = [
        spread(play([ByHand(192, 12), *[Corrected(1)] * 199], wind=2, seed=seed).misses)
        for seed in range(20)
    ]
    assert np.mean(spreads) == pytest.approx(2 * math.sqrt(2), rel=0.03)


def test_from_a_fraction_of_two_on_the_hand_never_settles():
    assert long_run_spread(2, 1) == math.inf
    assert long_run_spread(2.4, 0) == 0


@pytest.mark.parametrize(
    ("fraction", "name"),
    [
        (0, "stands still"),
        (0.05, "creeps"),
        (0.5, "converges"),
        (1, "one step"),
        (1.5, "zig-zags"),
        (2, "for ever"),
        (2.2, "diverges"),
    ],
)
def test_a_fraction_behaves_as_it_is_told(fraction, name):
    regime = dart_regime(fraction)
    assert regime.name == name
    misses = play([ByHand(200, 12), *[Corrected(fraction)] * 10]).misses
    sizes = np.abs(misses)
    sides = np.sign(misses[1:]) * np.sign(misses[:-1])
    behaves = {
        "stands still": np.ptp(misses) < 1e-9,
        "creeps": sizes[-1] > sizes[0] / 2 and (np.diff(sizes) < 0).all() and (sides > 0).all(),
        "converges": sizes[-1] < 0.1 and (sides > 0).all(),
        "one step": (sizes[1:] < 1e-9).all(),
        "zig-zags": sizes[-1] < 0.1 and (sides < 0).all(),
        "for ever": np.ptp(sizes) < 1e-9 and (sides < 0).all(),
        "diverges": (np.diff(sizes) > 0).all() and (sides < 0).all(),
    }
    assert [told for told, holds in behaves.items() if holds] == [name]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (lambda: play([Corrected(1)]), "the first throw must be by hand"),
        (lambda: play([ByHand(210, 12)] * (MOST_THROWS + 1)), "at most 200"),
        (lambda: play([ByHand(210, 12), 0.5]), "must be a ByHand or a Corrected"),
        (lambda: play([], wind=-1), "wind must be between 0 and 10"),
        (lambda: play([], seed=-1), "seed must be"),
        (lambda: ByHand(210, 0), "speed must be between 5 and 20"),
        (lambda: ByHand(math.nan, 12), "height must be a finite number"),
        (lambda: Corrected(2.6), "fraction must be between 0 and 2.5"),
        (lambda: fall(0), "speed must be at least"),
        (lambda: dart_regime(-0.1), "fraction must be between 0 and 2.5, not −0.1"),
        (lambda: spread(np.array([1.0])), "at least two"),
    ],
)
def test_what_does_not_fit_is_refused_in_a_sentence(wrong, sentence):
    with pytest.raises((TypeError, ValueError), match=sentence):
        wrong()


def test_a_game_cannot_be_changed():
    with pytest.raises(ValueError, match="read-only"):
        play([ByHand(210, 12)]).misses[0] = 0


ANY_HANDS = st.builds(ByHand, st.floats(-100, 450), st.floats(5, 20))
CORRECTED = st.builds(Corrected, st.floats(0, LARGEST_FRACTION))


@given(ANY_HANDS, st.lists(ANY_HANDS | CORRECTED | st.just(Corrected(0.5)), max_size=40))
def test_throws_come_back_from_their_text(first, others):
    throws = (first, *others)
    assert read_throws(write_throws(throws)) == throws


def test_equal_throws_in_a_row_are_written_once():
    throws = [ByHand(210, 12), *[Corrected(0.5)] * 10, Corrected(1)]
    assert write_throws(throws) == "210@12,0.5*10,1"
    assert write_throws(()) == ""
    assert read_throws("") == ()
    assert len(read_throws(f"210@12*{MOST_THROWS}")) == MOST_THROWS


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("210@", "is not a throw"),
        ("@12", "is not a throw"),
        ("nan@12", "is not a throw"),
        ("210@99", "is not a throw"),
        ("210@12,3", "is not a throw"),
        ("210@12,-0.5", "is not a throw"),
        ("210@12,,", "is not a throw"),
        ("210@12,0.5*x", "is not a throw"),
        ("210@12,0.5*0", "200 throws at the most"),
        ("210@12,0.5*200", "200 throws at the most"),
        ("210@12*99999999999", "200 throws at the most"),
        ("0.5", "the first throw must be by hand"),
        ("x" * 1000, "“xxxxxxxxxxxxxxxxxxxx…” is not a throw"),
    ],
)
def test_what_is_no_throw_is_told(text, reason):
    with pytest.raises(ValueError, match=reason):
        read_throws(text)


@given(st.text(max_size=30))
def test_any_text_is_throws_or_refused_in_a_sentence(text):
    try:
        throws = read_throws(text)
    except ValueError:
        return
    assert all(isinstance(throw, ByHand | Corrected) for throw in throws)
    assert read_throws(write_throws(throws)) == throws
