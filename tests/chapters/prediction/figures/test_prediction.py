"""The picture of a row on its way through a neuron, as values."""

import math

import numpy as np
import pytest

from nnviz.chapters.prediction.decision import flip_coins
from nnviz.chapters.prediction.figures.prediction import (
    ROW,
    coins_track,
    prediction_picture,
    prediction_tracks,
)
from nnviz.chart import theme
from nnviz.chart.tracks import DotTrack, LineTrack
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.network import Layer, Network
from nnviz.nn.trace import trace_update
from nnviz.text.digits import digits
from nnviz.walkthrough.figures.tracks import BoardTrack, CardTrack, FlightTrack
from nnviz.walkthrough.steps import Step, forward_steps


def case(activation="sigmoid", bias=0.0):
    network = Network((Layer(np.array([[1.45], [-0.66]]), [bias], activation),))
    trace = trace_update(network, (1.66, 1.56), 1, learning_rate=0)
    return trace, (Step("take"), *forward_steps(network, every_term=True))


def tracks(activation="sigmoid", threshold=0.5, bias=0.0):
    trace, steps = case(activation, bias)
    flips = flip_coins(float(trace.prediction[0]), 0) if activation == "sigmoid" else None
    return trace, prediction_tracks(trace, threshold, flips, steps, ("",) * (len(steps) + 1))


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_point_and_tangent_appear_when_they_are_computed(activation):
    trace, made = tracks(activation)
    layer = trace.layers[0]
    z, a = layer.pre_activations[0], layer.activations[0]
    drop, tangent = (t.values for t in made.tracks if isinstance(t, LineTrack))
    on_axis, point = (t.values for t in made.tracks if isinstance(t, DotTrack))
    assert np.isnan(on_axis[:3]).all()
    assert np.isnan(point[:4]).all()
    assert np.isnan(tangent[:4]).all()
    assert np.isfinite(on_axis[3:]).all()
    np.testing.assert_array_equal(point[4:], [[z, a]] * 2)
    np.testing.assert_array_equal(drop[3:, 1], [[z, a]] * 3)
    (x0, y0), (x1, y1) = tangent[4]
    assert (y1 - y0) / (x1 - x0) == pytest.approx(layer.dactivations_dpre_activations[0])
    assert (x0 + x1) / 2 == pytest.approx(z)


@pytest.mark.parametrize(("threshold", "answer"), [(0.5, "1 ✓"), (0.9, "0 ✗")])
def test_the_answer_comes_last(threshold, answer):
    trace, made = tracks(threshold=threshold)
    board = next(t for t in made.tracks if isinstance(t, BoardTrack))
    names = [item.name for item in board.items]
    texts = [board.texts[i] for i in board.values[:, names.index("answer"), 0]]
    assert texts[:-1] == ["~answer\n*?"] * 5
    assert texts[-1] == f"~answer\n*{answer}"
    decide = {board.texts[i] for i in board.values[:, names.index("decide"), 0]}
    assert decide == {f"~threshold\n*≥ {digits(threshold)}"}
    cards = next(t for t in made.tracks if isinstance(t, CardTrack)).cards
    assert cards[-1].result == answer[0]
    assert cards[-1].numbers == f"1 if 0.7986 ≥ {digits(threshold)} else 0"
    assert cards[-2].exact == repr(float(trace.prediction[0]))


def test_without_a_probability_there_are_no_coins():
    trace, steps = case("tanh")
    picture = prediction_picture(trace, 0.5, None, steps)
    assert "only<br>a sigmoid’s prediction" in picture.figure.layout.annotations[0].text
    _, made = tracks("tanh")
    assert not [t for t in made.tracks if t.axes == "x3y3"]
    assert len(made.tracks) < len(tracks("sigmoid")[1].tracks)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_boxes_fill_one_after_the_other(activation):
    trace, made = tracks(activation, bias=-2.0)
    layer = trace.layers[0]
    board = next(t for t in made.tracks if isinstance(t, BoardTrack))
    names = [item.name for item in board.items]

    def column(name):
        texts = [board.texts[i] for i in board.values[:, names.index(name), 0]]
        return [text.partition("\n*")[2] for text in texts]

    first = 1.66 * 1.45
    z, a = digits(layer.pre_activations[0]), digits(layer.activations[0])
    so_far = [f"{digits(first)} …", f"{digits(first - 0.66 * 1.56)} …"]
    assert column("z.0.0") == ["?", *so_far, z, z, z]
    assert column("a.0.0") == ["?"] * 4 + [a, a]
    assert column("input.0") == ["1.66"] * 6
    assert column("target") == ["1"] * 6
    assert column("bias.0.0") == ["−2"] * 6
    told = board.exact[board.values[5, names.index("a.0.0"), 0]]
    assert told == f"now {float(layer.activations[0])!r}"


def test_close_numbers_are_told_apart_on_the_card():
    trace, _ = case()
    threshold = float(trace.prediction[0]) + 1e-9
    _, made = tracks(threshold=threshold)
    card = next(t for t in made.tracks if isinstance(t, CardTrack)).cards[-1]
    assert card.numbers == "1 if 0.7985731 ≥ 0.79857311 else 0"
    assert card.result == "0"


def test_the_prediction_travels_to_the_threshold():
    _, made = tracks()
    board = next(t for t in made.tracks if isinstance(t, BoardTrack))
    flights = next(t for t in made.tracks if isinstance(t, FlightTrack))
    (flight,) = flights.groups[flights.values[-1]]
    ends = [board.items[i].name for i in (flight.start, flight.end)]
    assert (flight.text, ends) == ("0.7986", ["a.0.0", "decide"])


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_box_and_arrow_that_can_be_clicked_says_what_it_is(activation):
    _, made = tracks(activation)
    board = next(t for t in made.tracks if isinstance(t, BoardTrack))
    about = {item.name: item.about for item in board.items if item.name}
    assert all(about.values())
    assert {item.name for item in board.items if item.closed} <= set(about)
    assert about["a.0.0"] == f"prediction: what the activation {activation} makes of layer_1."
    assert about["decide"] != about["answer"]


def test_an_answer_is_right_where_it_is_the_target():
    network = case()[0].network
    for target, sign in ((0.0, "✗"), (1.0, "✓"), (0.5, "✗")):
        trace = trace_update(network, (1.66, 1.56), target, learning_rate=0)
        made = prediction_tracks(trace, 0.5, None, case()[1], ("",) * 6)
        board = next(t for t in made.tracks if isinstance(t, BoardTrack))
        assert f"~answer\n*1 {sign}" in board.texts


def test_coins_come_with_the_prediction():
    (coins,) = (t for t in tracks()[1].tracks if t.axes == "x3y3")
    assert [bool(each.any()) for each in coins.values] == [False] * 4 + [True] * 2


def track(probability=0.871, seed=5):
    flips = flip_coins(probability, seed)
    return flips, coins_track(flips, 6, 4, axes="x3y3")


def test_coins_lie_there_once_the_prediction_is_known():
    flips, coins = track()
    assert not coins.values[:4].any()
    np.testing.assert_array_equal(coins.values[4], coins.values[5])
    np.testing.assert_array_equal(coins.values[4, :-1, 1], flips.came_up + 1)
    assert coins.values[4, -1].tolist() == [1, 0]
    assert coins.axes == "x3y3"


def test_squares_are_1_and_circles_0_each_in_the_colour_of_its_class():
    flips, coins = track()
    *items, _ = coins.items
    assert [len(item.wide.points) == 4 for item in items] == flips.came_up.tolist()
    fills = [coins.looks[look].fill for look in coins.values[4, :-1, 1]]
    assert fills == [theme.CLASS_COLOURS[int(came)] for came in flips.came_up]


def test_they_lie_in_rows_of_ten_and_none_touches_another():
    _, coins = track()
    *items, count = coins.items
    places = [item.wide.text for item in items]
    assert places == [(i % ROW, i // ROW) for i in range(100)]
    for (x, y), item in zip(places, items, strict=True):
        for px, py in item.wide.points:
            assert math.hypot(px - x, py - y) < 0.5
    assert count.start
    assert count.wide.text[0] > ROW - 0.5


@pytest.mark.parametrize("probability", [0.0, 8.242e-37, 0.5, 0.871, 1.0])
def test_the_count_names_both_signs_and_fits_beside_the_coins(probability):
    flips, coins = track(probability)
    _, told = coins.texts
    squares, circles = (line[1:] for line in told.split("\n")[2:])
    assert squares == f"■ {flips.came_up.sum()} came up 1"
    assert circles == f"● {(~flips.came_up).sum()} came up 0"
    # About 27 small letters have room.
    assert max(len(line) - 1 for line in told.split("\n")) <= 27


def test_the_count_names_the_probability():
    assert (
        track(0.7985731042296965)[1]
        .texts[1]
        .startswith("~100 coin flips, each 1 with\n~probability 0.7986\n")
    )
