"""One input and a number: the predictions are a curve, each training row has its residual."""

import numpy as np

from nnviz.chapters.deeper_networks.figures.tracks import network_tracks
from nnviz.chapters.deeper_networks.record_view import view
from nnviz.chapters.deeper_networks.settings import OWN, Settings
from nnviz.chart.strands import Stroke
from nnviz.data.sample import Sample, moved, with_point
from nnviz.training.maps.plot_range import plane_of
from nnviz.training.record import record
from nnviz.training.timeline import Timeline

X = np.linspace(0.0, 5.0, 30)
SAMPLE = Sample(X[:, np.newaxis], np.sin(X), ("x",), (), "y")


def test_curve_and_residuals_are_made_of_the_parameters_of_the_steps():
    plan = Settings(data=OWN, inputs=("x1",), test=0.2).plan(SAMPLE)
    plane = plane_of(SAMPLE, None)
    assert (plane.y_low < -0.9, plane.y_high > 0.9) == (True, True)
    for piece in view(record(Timeline.of(plan, 200))).pieces:
        found = network_tracks(
            piece, Stroke("A", "#000000", "solid"), shown=plan, plane=plane, until=None, last=200
        ).tracks
        (curve,) = (track for track in found if track.slot == "boundary")
        (residuals,) = (track for track in found if track.slot == "residuals")
        for track in (curve, residuals):
            assert track.values is piece.parameters
            assert (track.start, track.stride) == (piece.first, piece.stride)
            assert (track.mean, track.scale) == plan.target_scale
        assert curve.rows == ()
        rows = np.sort(plan.split.train)
        np.testing.assert_array_equal(residuals.rows, SAMPLE.plane[rows])


def test_a_point_of_the_curve_is_moved_in_x_and_in_y():
    other = moved(SAMPLE, 3, 1.5, 0.25)
    assert (other.X[3, 0], other.y[3]) == (1.5, 0.25)
    more = with_point(SAMPLE, 2.0, 0.75, 0.0)
    assert (more.X[-1, 0], more.y[-1]) == (2.0, 0.75)
    assert more.plane_names == ("x", "y")
