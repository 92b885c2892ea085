"""The curve of an activation, as values."""

import math

import numpy as np
import pytest

from nnviz.chapters.prediction.figures.activation import (
    curve_axes,
    curve_ranges,
    curve_traces,
    curve_tracks,
)
from nnviz.chart.tracks import DotTrack, LineTrack
from nnviz.nn.activations import ACTIVATIONS
from nnviz.text.digits import digits
from nnviz.walkthrough.figures.tracks import BoardTrack
from tests.traces import checked

curve_traces = checked(curve_traces)

FAR = [0.0, 1.9, -5.9, 6.0, 7.0, -83.1, -400.0, 1001.0, 20_100.0, -20_100.0, 3e6]


def made(activation, z):
    """Return the tracks of 6 steps in which z is known from 3 on and the prediction from 4 on."""
    a = float(ACTIVATIONS[activation].value(z))
    return a, curve_tracks(activation, z, a, 6, z_at=3, a_at=4, axes="2")


def values(tracks, kind):
    return [track.values for track in tracks if isinstance(track, kind)]


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_axes_show_the_point(activation):
    for z in FAR:
        (x_low, x_high), (y_low, y_high) = curve_ranges(activation, z)
        assert x_low <= z <= x_high
        assert y_low < float(ACTIVATIONS[activation].value(z)) < y_high
        axes = curve_axes(activation, z, "2", ((0.5, 1), (0, 1)))
        assert axes["xaxis2"]["range"] == (x_low, x_high)
        assert axes["xaxis2"]["domain"] == [0.5, 1]
        assert axes["yaxis2"]["range"] == (y_low, y_high)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_axes_hold_still_until_z_outgrows_them(activation):
    still = {curve_ranges(activation, z) for z in np.linspace(-6, 6, 49)}
    assert len(still) == 1
    wider = [curve_ranges(activation, z)[0][1] for z in (6, 6.01, 12.1, 31, 61, 121, 301, 1e4 + 1)]
    assert wider == sorted(set(wider))


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_curve_is_the_activation_from_edge_to_edge(activation):
    for z in FAR:
        line, curve = curve_traces(activation, z, 0.3, axes="2")
        (low, high), _ = curve_ranges(activation, z)
        xs, ys = np.array(curve.x), np.array(curve.y, dtype=float)
        assert (xs[0], xs[-1]) == (low, high)
        np.testing.assert_array_equal(ys, ACTIVATIONS[activation].value(xs))
        assert tuple(line.x) == (low, high)
        assert tuple(line.y) == (0.3, 0.3)
        assert {curve.xaxis, line.xaxis} == {"x2"}
        assert "threshold 0.3" in line.hovertemplate


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_tangent_touches_the_curve_with_its_slope_and_is_long_enough_to_see(activation):
    for z in FAR:
        a, tracks = made(activation, z)
        _, tangent = values(tracks, LineTrack)
        (x0, y0), (x1, y1) = tangent[4]
        slope = float(ACTIVATIONS[activation].derivative(z))
        assert (y1 - y0) / (x1 - x0) == pytest.approx(slope, rel=1e-9, abs=1e-12)
        assert ((x0 + x1) / 2, (y0 + y1) / 2) == pytest.approx((z, a))
        (x_low, x_high), (y_low, y_high) = curve_ranges(activation, z)
        seen = math.hypot((x1 - x0) / (x_high - x_low), (y1 - y0) / (y_high - y_low))
        assert seen == pytest.approx(0.44)  # of the picture, whatever its scale


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_nothing_appears_before_it_is_computed(activation):
    z = 1.3774
    a, tracks = made(activation, z)
    drop, tangent = values(tracks, LineTrack)
    on_axis, point = values(tracks, DotTrack)
    (slope,) = values(tracks, BoardTrack)
    for early, known_at in ((drop, 3), (on_axis, 3), (tangent, 4), (point, 4)):
        assert np.isnan(early[:known_at]).all()
        assert np.isfinite(early[known_at:]).all()
    assert slope[:, 0, 0].tolist() == [0, 0, 0, 0, 1, 1]
    bottom = curve_ranges(activation, z)[1][0]
    np.testing.assert_array_equal(on_axis[3:], [[z, bottom]] * 3)
    np.testing.assert_array_equal(point[4:], [[z, a]] * 2)
    np.testing.assert_array_equal(drop[3:], [[[z, bottom], [z, a]]] * 3)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_slope_is_told_in_few_letters_and_in_full_on_hover(activation):
    for z in FAR:
        _, tracks = made(activation, z)
        (board,) = (track for track in tracks if isinstance(track, BoardTrack))
        slope = float(ACTIVATIONS[activation].derivative(z))
        name, told = board.texts[1].split("\t")
        assert name == "~slope here"
        assert told[1:] in (digits(slope), digits(slope, 2))
        assert len(told) <= 1 + len("−1.1 × 10⁻¹²³")
        assert board.exact[1] == repr(slope)
