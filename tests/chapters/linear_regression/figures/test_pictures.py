"""The pictures of linear regression, as values."""

import numpy as np
import pytest

from nnviz.chapters.linear_regression.descent import descend, regression_plan
from nnviz.chapters.linear_regression.figures.descent import descent_picture
from nnviz.chapters.linear_regression.figures.hand import hand_picture
from nnviz.chapters.linear_regression.figures.solid import Sheet, solid_picture
from nnviz.chapters.linear_regression.figures.squares import Squares
from nnviz.chapters.linear_regression.figures.tracks import (
    SINGLES,
    bowl_plane,
    bowl_shades,
    descent_tracks,
    log_errors,
)
from nnviz.chapters.linear_regression.houses import houses
from nnviz.chapters.linear_regression.regression import least_squares
from nnviz.chart.network_tracks import SurfaceTrack
from nnviz.chart.tracks import DotTrack, LineTrack, ReadoutTrack, TrailTrack, by_parameters
from nnviz.data.sample import Sample

HOUSES = houses(20, 30.0, 0)
PUT = (1.0, 0.0, 200.0)
ANSWER = least_squares(HOUSES.X, HOUSES.y)


def run_of(rate=0.1, scale=True, updates=60, sample=HOUSES):
    return descend(regression_plan(sample, rate, standardise=scale), PUT, updates)


def traces(picture):
    return {trace.name: trace for trace in picture.figure.data}


@pytest.mark.parametrize("feature", [0, 1])
def test_the_plane_by_hand_has_its_squares_and_rows(feature):
    squares = Squares(HOUSES, feature)
    shown = traces(hand_picture(Sheet(HOUSES, PUT), squares))
    outlines = squares.outlines(np.array(PUT))
    np.testing.assert_array_equal(shown["squared errors"].x, outlines[:, 0])
    np.testing.assert_array_equal(shown["squared errors"].y, outlines[:, 1])
    assert shown["squared errors"].fill == "toself"
    said = np.array(shown["what the plane says"].y).reshape(20, 3)[:, 0]
    np.testing.assert_allclose(said, HOUSES.X[:, 0] + 200)
    assert "least squares" not in shown


def test_on_the_screen_a_square_is_as_wide_as_high():
    squares = Squares(HOUSES, 0)
    for picture in (
        hand_picture(Sheet(HOUSES, PUT), squares), descent_picture(run_of(), squares)
    ):  # fmt: skip
        axis = picture.figure.layout.yaxis
        # Plotly: a unit upright is so many times as long as one across.
        assert axis.scaleanchor == "x"
        assert axis.scaleratio == squares.side


def test_the_bowl_is_not_squeezed():
    assert descent_picture(run_of(), Squares(HOUSES, 0)).figure.layout.yaxis2.scaleanchor == "x2"


def test_in_three_dimensions_a_line_goes_from_each_row_to_the_plane():
    picture = solid_picture(Sheet(HOUSES, PUT, ANSWER), turn=90)
    misses = traces(picture)["how far off"]
    ends = np.array(misses.z, dtype=float).reshape(20, 3)
    np.testing.assert_array_equal(ends[:, 0], HOUSES.y)
    np.testing.assert_allclose(ends[:, 1], HOUSES.X[:, 0] + 200)
    edge = traces(picture)["least squares"]
    for x, y, z in zip(edge.x, edge.y, edge.z, strict=True):
        assert z == pytest.approx(ANSWER.weights @ [x, y] + ANSWER.bias)
    assert (
        picture.figure.layout.scene.camera
        != solid_picture(Sheet(HOUSES, PUT)).figure.layout.scene.camera
    )


def test_every_mark_is_explained():
    squares = Squares(HOUSES, 0)
    for picture, words in (
        (hand_picture(Sheet(HOUSES, PUT, ANSWER), squares),
         ("price", "what the plane says", "squared error", "at the mean age", "least squares",
          "how far off")),
        (descent_picture(run_of(), squares),
         ("price", "squared error", "their way", "start", "least squares", "clear is low",
          "mean squared error")),
    ):  # fmt: skip
        text = " ".join(note.text for note in picture.figure.layout.annotations)
        for word in words:
            assert word in text
        narrow = " ".join(note["text"] for note in picture.narrow["annotations"])
        assert narrow == text


def test_names_of_a_file_are_no_markup():
    sample = Sample(HOUSES.X, HOUSES.y, ("<b>x</b>", "<a href='y'>y</a>"), (), "<i>t</i>")
    run = run_of(sample=sample)
    for picture in (
        hand_picture(Sheet(sample, PUT, ANSWER), Squares(sample, 1)),
        descent_picture(run, Squares(sample, 0)),
        solid_picture(Sheet(sample, PUT)),
    ):
        written = picture.figure.to_json()
        for tag in (
            "<b>x",
            "\\u003cb\\u003ex",
            "<a href",
            "\\u003ca href",
            "<i>t",
            "\\u003ci\\u003et",
        ):
            assert tag not in written


def by_kind(tracks, kind):
    return [track for track in tracks.tracks if type(track) is kind]


def test_tracks_are_the_run():
    run = run_of()
    squares = Squares(HOUSES, 0)
    tracks = descent_tracks(run, squares)
    assert tracks.last == 60
    outlines, line, said = by_kind(tracks, LineTrack)
    np.testing.assert_allclose(outlines.values, squares.outlines(run.in_units))
    np.testing.assert_allclose(line.values, squares.line(run.in_units))
    np.testing.assert_allclose(
        said.values.reshape(61, 20, 3, 2)[:, :, 0, 1], squares.answers(run.in_units)
    )
    way, course = by_kind(tracks, TrailTrack)
    np.testing.assert_array_equal(way.values, run.parameters)
    assert way.made == by_parameters(np.zeros(3), np.eye(3)[:2])
    np.testing.assert_allclose(10 ** course.values[:, 1], run.errors)
    assert [dot.values.tolist() for dot in by_kind(tracks, DotTrack)] == [
        way.values.tolist(), course.values.tolist()
    ]  # fmt: skip
    readouts = {track.label: track.values for track in by_kind(tracks, ReadoutTrack)}
    np.testing.assert_array_equal(readouts["weight of area"], run.in_units[:, 0])
    np.testing.assert_array_equal(readouts["bias"], run.in_units[:, 2])
    np.testing.assert_array_equal(readouts["mean squared error"], run.errors)


def test_a_long_run_travels_coarsely_and_its_beginning_singly():
    run = run_of(updates=5000)
    tracks = descent_tracks(run, Squares(HOUSES, 0))
    coarse, single = [t for t in by_kind(tracks, LineTrack) if t.slot == "squares"]
    assert (coarse.stride, coarse.until) == (20, None)
    assert (single.stride, single.until, len(single.values)) == (1, SINGLES, SINGLES + 1)
    np.testing.assert_allclose(coarse.values[3], single.values[60])


def test_the_ground_is_the_error_at_every_moment():
    for updates in (60, 5_000):
        run = run_of(0.3, updates=updates)
        tracks = descent_tracks(run, Squares(HOUSES, 0))
        (ground,) = by_kind(tracks, SurfaceTrack)
        np.testing.assert_array_equal(ground.values, run.parameters)
        assert (ground.start, ground.stride, ground.until) == (0, 1, None)
        assert ground.rows["targets"] == run.plan.train_targets[:, 0].tolist()
        np.testing.assert_array_equal(ground.shades, bowl_shades(run, bowl_plane(run)))


def test_a_run_that_diverges_is_drawn_all_the_same():
    run = run_of(scale=False, updates=200)
    picture = descent_picture(run, Squares(HOUSES, 0))
    for track in descent_tracks(run, Squares(HOUSES, 0)).tracks:
        assert not np.isnan(track.values).all()
    low, high = picture.figure.layout.yaxis3.range
    assert low < np.log10(run.answer.error) < np.log10(run.errors[0]) < high
    assert high < np.log10(run.errors[0]) + 14
    assert len(picture.figure.layout.yaxis3.tickvals) >= 3


def test_ticks_say_errors_and_stand_at_their_powers():
    axis = descent_picture(run_of(), Squares(HOUSES, 0)).figure.layout.yaxis3
    for place, text in zip(axis.tickvals, axis.ticktext, strict=True):
        assert 10**place == pytest.approx(float(text), rel=0.05)


def test_an_error_of_nought_has_no_power():
    assert log_errors(np.array([100.0, 0.0]))[0] == 2
    assert np.isnan(log_errors(np.array([0.0]))[0])
