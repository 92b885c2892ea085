"""A row on its way: what appears on the curve, among the coins, and as the answer."""

import numpy as np
import pytest

from nnviz.activations import ACTIVATIONS
from nnviz.decision import flip_coins
from nnviz.figures.activation_curve import curve_ranges, curve_traces, curve_tracks
from nnviz.figures.board_tracks import BoardTrack, CardTrack
from nnviz.figures.coins import coins_track
from nnviz.figures.prediction import prediction_picture, prediction_tracks
from nnviz.figures.tracks import DotTrack, LineTrack
from nnviz.network import Layer, Network
from nnviz.sentences.digits import digits
from nnviz.steps import Step, forward_steps
from nnviz.trace import trace_update


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


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("z", [0.0, 1.9, -5.9, 7.0, -400.0, 2e4, 3e6])
def test_the_axes_show_the_point(activation, z):
    (x_low, x_high), (y_low, y_high) = curve_ranges(activation, z)
    assert x_low <= z <= x_high
    assert y_low <= float(ACTIVATIONS[activation].value(z)) <= y_high
    assert curve_ranges(activation, 1.0) == curve_ranges(activation, -3.0)  # they hold still
    for trace in curve_traces(activation, z, 0.5, axes="2"):
        assert np.isfinite(np.array(trace.y, dtype=float)).all()
    for track in curve_tracks(activation, z, 0.0, 6, z_at=3, a_at=4, axes="2"):
        assert len(track.values) == 6


def test_coins_lie_there_once_the_prediction_is_known():
    flips = flip_coins(0.871, 5)
    track = coins_track(flips, 6, 4, axes="x3y3")
    assert not track.values[:4].any()
    np.testing.assert_array_equal(track.values[4, :-1, 1], flips.came_up + 1)
    corners = [len(item.wide.points) for item in track.items[:-1]]
    assert [n == 4 for n in corners] == flips.came_up.tolist()  # squares are 1, circles are 0
    assert track.texts[1] == f"~100 coin flips at 0.871\n*{flips.n_ones} came up 1 ■"


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
