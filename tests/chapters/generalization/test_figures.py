"""The pictures of the page "Generalization", as values."""

import json
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.chapters.generalization.distribution_shift import HOME, DistributionShift, shift_plan
from nnviz.chapters.generalization.early_stop import early_stop
from nnviz.chapters.generalization.figures.capacity import capacity_picture, run_at
from nnviz.chapters.generalization.figures.shift import FARTHEST, centre_of_test_rows, shift_picture
from nnviz.chapters.generalization.figures.stopping import (
    one_run_picture,
    stopping_picture,
    stopping_tracks,
    strength_at,
)
from nnviz.chapters.generalization.prediction_map import plot_range, prediction_map
from nnviz.chapters.generalization.studies import by_capacity, by_penalty
from nnviz.chart import theme
from nnviz.chart.network_tracks import network_form
from nnviz.chart.study_marks import SPREAD, TEST, TRAIN, nearest, place
from nnviz.data.toys import make
from nnviz.nn.architecture import Architecture
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.learning_curve import learn
from nnviz.training.maps.network_maps import answer_maps
from nnviz.training.plan import Plan
from nnviz.training.record import record
from nnviz.training.study import learnings
from nnviz.training.study_results import results
from nnviz.training.timeline import Timeline
from tests.colours import HOUSE, of_picture

EPOCHS = 40


@cache
def plan(hidden=((8, "tanh"), (8, "tanh"))):
    return Plan(
        make("gauss", 40, 1.0, 0),
        Architecture(hidden=hidden),
        Hyperparameters("adam", 0.03, 10),
        0.5,
        0,
    )


@cache
def grown(n_done=None):
    study = by_capacity(plan(), epochs=EPOCHS, n_repeats=3)
    made = dict(learnings(study))
    return results(study, dict(list(made.items())[:n_done]))


@cache
def penalised():
    study = by_penalty(plan(), epochs=EPOCHS, n_repeats=3)
    return results(study, dict(learnings(study)))


@cache
def history(of):
    return record(Timeline.of(of, EPOCHS * of.updates_per_epoch))


def at_end(of):
    return history(of).parameters_at(history(of).last_step)


def prediction(of):
    return prediction_map(of, at_end(of), plot_range(of.sample))


def world(by=HOME, learned_at=HOME):
    return DistributionShift(
        plan(), by, learned_at, at_end(shift_plan(plan(), learned_at)), at_end(plan())
    )


def capacity_study(measured, run=(5, 1)):
    return capacity_picture(measured, run, prediction(measured.study.plan_of(*run)))


def stopping(measured, run=(0, 1), patience=5, *, hide_answer=False):
    of = measured.study.plan_of(*run)
    learning = learn(of, EPOCHS)
    stop = early_stop(learning, patience)
    return stopping_picture(measured, run, learning, stop, prediction(of), hide_answer=hide_answer)


def shift(of, *, hide_answer=False):
    plane = plot_range(of.home.sample, 5.0)
    return shift_picture(
        prediction_map(of.plan, of.parameters, plane, of.test), of, hide_answer=hide_answer
    )


PICTURES = {
    "ladder": lambda: capacity_study(grown()),
    "some of it": lambda: capacity_study(grown(4)),
    "nothing": lambda: capacity_study(grown(0)),
    "stopping": lambda: stopping(penalised()),
    "asked": lambda: stopping(penalised(), hide_answer=True),
    "shift": lambda: shift(world((1.0, 2.0))),
    "retrained": lambda: shift(world((1.0, 2.0), (0.0, 1.0))),
}


def named(picture, name):
    (trace,) = [each for each in picture.figure.data if each.name == name]
    return trace


@pytest.mark.parametrize("name", PICTURES)
def test_colours_are_the_houses_and_every_mark_is_named(name):
    picture = PICTURES[name]()
    assert of_picture(picture) <= HOUSE | {"none", "lines"}
    for trace in picture.figure.data:
        assert trace.name or list(trace.x) == [None]
        assert trace.hoverinfo == "skip" or trace.hovertemplate
    json.loads(picture.figure.to_json())


@pytest.mark.parametrize("name", PICTURES)
def test_a_narrow_screen_has_one_subplot_below_the_other(name):
    picture = PICTURES[name]()
    layout = picture.figure.layout
    axes = [key for key in layout.to_plotly_json() if key.startswith("yaxis")]
    assert all(key in picture.narrow for key in axes)
    domains = sorted(picture.narrow[key]["domain"] for key in axes)
    for below, above in pairwise(domains):
        assert below[1] < above[0] - 0.1
    assert picture.narrow["height"] > layout.height
    assert len(picture.narrow["annotations"]) == len(layout.annotations)


def test_medians_and_bands_are_those_of_the_results():
    picture = capacity_study(grown())
    for look, name in ((TRAIN, "train_error"), (TEST, "test_error")):
        band = grown().band(name)
        line = named(picture, f"median, {look.name}")
        np.testing.assert_array_equal(line.y, band.median)
        assert (line.line.color, line.line.dash) == (look.colour, look.dash)
        area = named(picture, f"the middle half, {look.name}")
        np.testing.assert_array_equal(area.y, [*band.low, *band.high[::-1]])
    assert (TRAIN.dash, TRAIN.symbol) != (TEST.dash, TEST.symbol)


def test_every_run_is_a_dot_and_says_what_it_is():
    measured = grown()
    dots = named(capacity_study(measured), "each run, test rows")
    assert len(dots.x) == 7 * 3
    np.testing.assert_array_equal(dots.y, measured.values("test_error").ravel())
    train, test = (round(measured.values(f"{rows}_error")[5, 1] * 20) for rows in ("train", "test"))
    assert dots.text[5 * 3 + 1] == (
        f"hidden 8-8, seed 1<br>{train} of 20 training rows wrong<br>"
        f"{test} of 20 test rows wrong<br>click: open this network"
    )


def test_the_opened_run_has_rings_and_its_ground():
    picture = capacity_study(grown())
    rings = [each for each in picture.figure.data if each.name == "the opened run"]
    errors = [grown().values(name)[5, 1] for name in ("train_error", "test_error")]
    assert [float(ring.y[0]) for ring in rings] == errors
    of = grown().study.plan_of(5, 1)
    answers = answer_maps(of, at_end(of)[np.newaxis], plot_range(of.sample))[0]
    ground = named(picture, "what the network answers")
    np.testing.assert_allclose(ground.z, answers / 255, atol=1e-6)
    wrong = named(picture, "wrong")
    assert len(wrong.x) == round((errors[0] + errors[1]) * 20)


def test_of_a_network_that_has_not_come_only_its_rows_are_seen():
    names = {each.name for each in capacity_study(grown(0)).figure.data}
    assert "test rows of class 1" in names
    assert not names & {"what the network answers", "undecided", "wrong"}


def test_a_click_on_a_dot_opens_its_run():
    measured = grown()
    for look, name in ((TRAIN, "train_error"), (TEST, "test_error")):
        values = measured.values(name)
        for run in [(0, 0), (3, 2), (6, 1)]:
            found = run_at(measured, place(look, *run, 3), float(values[run]))
            assert found == run
    assert run_at(measured, 3.0, 0.5 if measured.values("test_error").max() <= 0.5 else 1.0) is None
    loss = penalised().values("test_loss")
    assert strength_at(penalised(), place(TEST, 2, 1, 3), float(loss[2, 1])) == (2, 1)


@given(st.integers(1, 20), st.data())
def test_dots_of_one_variant_never_reach_into_the_next(n_repeats, data):
    repeat = data.draw(st.integers(0, n_repeats - 1))
    assert -0.4 < place(TRAIN, 4, repeat, n_repeats) - 4 <= -SPREAD[0] + 1e-9
    assert SPREAD[0] - 1e-9 <= place(TEST, 4, repeat, n_repeats) - 4 < 0.4


def test_the_nearest_is_found_in_pixels_and_missing_runs_never():
    values = np.array([[0.1, np.nan], [np.inf, 0.3]])
    find = nearest([(TEST, values)], (place(TEST, 1, 1, 2), 0.3), (2.0, 1.0), (200.0, 100.0))
    assert find == (1, 1)
    # 27 px to the right of it is too far.
    beyond = place(TEST, 1, 1, 2) + 0.27
    assert nearest([(TEST, values)], (beyond, 0.3), (2.0, 1.0), (200.0, 100.0)) is None


def test_no_run_lies_above_the_axis():
    picture = stopping(penalised())
    layout = picture.figure.layout
    loss = penalised().values("test_loss")
    assert layout.yaxis2.range[1] > loss.max()
    assert layout.yaxis.range[1] > named(picture, "test rows").y.max()
    assert capacity_study(grown()).figure.layout.yaxis.range[1] > grown().values("test_error").max()


def test_the_stop_is_where_patience_ends_and_the_diamond_at_the_lowest():
    learning = learn(penalised().study.plan_of(0, 1), EPOCHS)
    stop = early_stop(learning, 5)
    picture = stopping(penalised())
    (line,) = picture.figure.layout.shapes
    assert stop.stop is not None
    assert line.x0 == line.x1 == stop.stop.epoch
    lowest = named(picture, "lowest")
    assert (lowest.x[0], lowest.y[0]) == (learning.best_epoch, learning.test_loss.min())
    legend = picture.figure.layout.annotations[0].text
    assert f"at epoch {learning.best_epoch}" in legend
    assert f"patience ends, epoch {stop.stop.epoch}" in legend
    assert not stopping(penalised(), patience=2000).figure.layout.shapes


def test_a_secret_run_leaves_no_trace():
    picture = stopping(penalised(), hide_answer=True)
    assert picture.tracks is None
    assert not picture.figure.layout.shapes
    names = {each.name for each in picture.figure.data}
    assert not names & {"lowest", "training rows", "test rows"}


def test_what_moves_is_every_epoch_of_the_run():
    learning = learn(plan(), EPOCHS)
    every = history(plan()).parameters_every(plan().updates_per_epoch, 0, history(plan()).last_step)
    tracks = stopping_tracks(learning, every)
    assert tracks.last == EPOCHS
    ground, trail, train, train_loss, n_train, trail_test, test, test_loss, n_test = tracks.tracks
    assert (trail.kind, trail_test.kind) == ("trail", "trail")
    np.testing.assert_array_equal(trail.values, train.values)
    np.testing.assert_array_equal(trail_test.values, test.values)
    np.testing.assert_array_equal(ground.values, every)
    assert (ground.network, ground.axes) == (network_form(plan()), "x3y3")
    # Ground, dots and numbers are of the same epochs.
    assert {(t.start, t.stride, len(t.values)) for t in tracks.tracks} == {(0, 1, 41)}
    np.testing.assert_allclose(train.values, learning.train_loss, rtol=5e-4)
    np.testing.assert_allclose(test.values, learning.test_loss, rtol=5e-4)
    np.testing.assert_array_equal(train_loss.values, learning.train_loss)
    np.testing.assert_array_equal(test_loss.values, learning.test_loss)
    for track, error in ((n_train, learning.train_error), (n_test, learning.test_error)):
        np.testing.assert_allclose(track.values, error * 20)
        assert (track.label, track.after) == ("wrong", " of 20")


def test_the_curve_goes_through_now_and_both_networks_have_one():
    now = world((1.0, 2.0), (0.0, 1.0))
    picture = shift(now)
    line, here = named(picture, "this network"), named(picture, "now")
    assert float(here.y[0]) == now.n_correct() / 20
    assert float(here.x[0]) == pytest.approx(np.hypot(1, 2))
    np.testing.assert_array_equal(line.y, now.curve(FARTHEST).accuracy)
    first = named(picture, "the network that learned at home")
    np.testing.assert_array_equal(first.y, now.home_curve(FARTHEST).accuracy)
    assert line.line.dash != first.line.dash
    names = {each.name for each in shift(world((1.0, 2.0))).figure.data}
    assert "the network that learned at home" not in names
    assert "this network" not in {each.name for each in shift(now, hide_answer=True).figure.data}


def test_rows_stand_where_they_are_and_training_rows_where_they_were_learned():
    now = world((1.0, 2.0), (0.0, 1.0))
    picture = shift(now)
    sample, split = plan().sample, plan().split
    for rows, part, by in ((split.test, "test", (1.0, 2.0)), (split.train, "training", (0.0, 1.0))):
        for k in (0, 1):
            own = rows[sample.y[rows] == k]
            trace = named(picture, f"{part} rows of class {k}")
            np.testing.assert_allclose(trace.x, sample.X[own, 0] + by[0])
            np.testing.assert_allclose(trace.y, sample.X[own, 1] + by[1])
            assert trace.marker.symbol == theme.CLASS_SYMBOLS[k]
    home = named(picture, "home")
    assert (home.x[0], home.y[0]) == centre_of_test_rows(now)
    way = named(picture, "the way from home")
    assert way.x[1] - way.x[0] == pytest.approx(1.0)
    assert way.y[1] - way.y[0] == pytest.approx(2.0)


def test_one_run_alone_shows_what_is_to_come_only_if_asked():
    learning = learn(plan(), EPOCHS)
    shown = prediction_map(plan(), history(plan()).parameters_at(0), plot_range(plan().sample))
    with_future = one_run_picture(learning, shown, ahead=True).figure
    without = one_run_picture(learning, shown, ahead=False).figure
    curves = [each for each in with_future.data if each.name in ("training rows", "test rows")]
    np.testing.assert_allclose(curves[1].y, learning.test_loss, rtol=1e-6)
    assert not [each for each in without.data if each.name in ("training rows", "test rows")]
    assert with_future.layout.yaxis.range == without.layout.yaxis.range


def test_the_plane_of_a_moved_world_stands_alone_with_its_count():
    moved = world((1.0, 0.5))
    shown = prediction_map(moved.plan, moved.parameters, plot_range(moved.home.sample), moved.test)
    figure = shift_picture(shown, moved, curve=False).figure
    assert f"{moved.n_correct()} of {moved.n_rows} right: " in figure.layout.annotations[0].text
    assert {each.xaxis or "x" for each in figure.data} == {"x"}
