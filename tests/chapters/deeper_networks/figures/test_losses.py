"""The losses of a training: curves, their axis, and marks of what happened on the way."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.chapters.deeper_networks.figures.losses import (
    LossMark,
    Strand,
    loss_range,
    loss_traces,
    loss_words,
    mark_shapes,
    mark_traces,
    thinned,
)
from nnviz.chapters.deeper_networks.record_view import RecordView
from nnviz.chart.strands import STROKES
from tests.deep_views import plan, seen
from tests.traces import checked

loss_traces = checked(loss_traces)
mark_traces = checked(mark_traces)


@pytest.fixture(scope="module")
def view():
    made = plan()
    return seen(
        (0, made),
        (30, replace(made, hyperparameters=replace(made.hyperparameters, learning_rate=0.01))),
    )


def with_losses(view, train):
    """Return the view with other training losses in its first piece."""
    piece = view.pieces[0]
    scores = replace(piece.scores, train_loss=np.resize(train, len(piece.scores.train_loss)))
    return RecordView(view.record, (replace(piece, scores=scores), *view.pieces[1:]))


def test_the_followed_line_shows_training_and_test_and_another_one_training_only(view):
    followed = loss_traces(Strand(STROKES[0], view), followed=True)
    other = loss_traces(Strand(STROKES[1], view), followed=False)
    assert len(followed) == 2 * len(view.pieces)
    assert len(other) == len(view.pieces)
    assert {trace.line.dash for trace in followed} == {"solid", "dot"}
    assert {trace.line.dash for trace in other} == {STROKES[1].dash}
    assert {trace.line.color for trace in other} == {STROKES[1].colour}
    for trace in (*followed, *other):
        assert (trace.xaxis, trace.yaxis) == ("x3", "y3")
        assert "update" in trace.hovertemplate
    for piece, train, test in zip(view.pieces, followed[::2], followed[1::2], strict=True):
        np.testing.assert_array_equal(train.x, piece.steps)
        np.testing.assert_allclose(train.y, piece.scores.train_loss, rtol=5e-4)
        np.testing.assert_allclose(test.y, piece.scores.test_loss, rtol=5e-4)


def test_a_long_curve_is_thinned_and_keeps_its_ends(view):
    piece = view.pieces[0]
    long = replace(piece, parameters=np.zeros((1_001, 1)))
    loss = np.arange(1_001.0)
    points = thinned(long, loss)
    assert len(points) < 400
    assert points[0].tolist() == [piece.first, 0.0]
    assert points[-1].tolist() == [piece.first + 1_000 * piece.stride, 1_000.0]
    np.testing.assert_array_equal(points[:, 0], piece.first + piece.stride * points[:, 1])


def test_the_axis_begins_at_zero_and_holds_every_loss(view):
    strand = Strand(STROKES[0], view)
    (low, high), cut = loss_range([strand], log=False)
    highest = max(max(p.scores.train_loss.max(), p.scores.test_loss.max()) for p in view.pieces)
    assert (low, cut) == (0.0, False)
    assert highest < high <= 1.1 * highest
    (low, high), cut = loss_range([strand], log=True)
    lowest = min(min(p.scores.train_loss.min(), p.scores.test_loss.min()) for p in view.pieces)
    assert 10**low < lowest
    assert 10**high > highest
    assert not cut


def test_a_loss_that_explodes_is_cut_off_and_the_legend_says_it(view):
    strand = Strand(STROKES[0], with_losses(view, [0.7, 1e200, 0.7, 0.7]))
    (low, high), cut = loss_range([strand], log=False)
    assert (low, cut) == (0.0, True)
    assert high < 10
    assert "cut off" in loss_words([strand], (), cut=True, separator=" ")
    (low, high), cut = loss_range([strand], log=True)
    assert 200 < high < 201
    assert not cut


def test_without_a_finite_loss_there_is_an_axis_all_the_same(view):
    nowhere = with_losses(view, [np.nan])
    nowhere = RecordView(view.record, nowhere.pieces[:1])
    piece = nowhere.pieces[0]
    scores = replace(piece.scores, test_loss=np.full(len(piece.scores.test_loss), np.nan))
    nowhere = RecordView(view.record, (replace(piece, scores=scores),))
    strand = Strand(STROKES[0], nowhere)
    assert loss_range([strand], log=False) == ([0.0, 1.0], False)
    assert loss_range([strand], log=True)[0][0] < loss_range([strand], log=True)[0][1]


def test_letters_of_marks_stand_above_the_curves_and_not_on_each_other():
    steps = (0, 10, 30, 900, 2_000)
    marks = [LossMark(step, str(k), "") for k, step in enumerate(steps)]
    labels = [shape["label"] for shape in mark_shapes(marks, 2_000)]
    assert [each["text"] for each in labels] == ["<b>0 1 2</b>", "<b></b>", "<b></b>",
                                                 "<b>3</b>", "<b>4</b>"]  # fmt: skip
    assert {each["yanchor"] for each in labels} == {"bottom"}


def test_marks_stand_at_their_steps_and_say_what_happened():
    marks = (LossMark(10, "1", "rate <i>0.1</i>"), LossMark(1_500, "■", "stopped early"))
    shapes = mark_shapes(marks, 2_000)
    assert [shape["x0"] for shape in shapes] == [shape["x1"] for shape in shapes] == [10, 1_500]
    assert "<b>1</b>" in shapes[0]["label"]["text"]
    (trace,) = mark_traces(marks, 0.0, 2.0)
    assert set(trace.x) == {10, 1_500}
    assert 0 < min(trace.y) < max(trace.y) < 2
    told = dict(zip(trace.x, trace.text, strict=True))
    assert told[1_500] == "<b>update 1,500</b><br>stopped early"
    assert "<i>" not in told[10]
    assert mark_traces((), 0, 1) == []


def test_the_legend_names_lines_only_where_there_are_several(view):
    strands = [Strand(stroke, view) for stroke in STROKES[:2]]
    alone = loss_words(strands[:1], (), cut=False, separator="|").split("|")
    assert alone == ["<b>loss</b>", "─── training", "┈┈┈ test"]
    both = loss_words(strands, (LossMark(1, "1", ""),), cut=False, separator="|")
    assert "A ───" in both
    assert "B ╌╌╌" in both
    assert "change" in both
    untested = seen((0, plan(test_fraction=0.0)))
    strand = Strand(STROKES[0], untested)
    assert "test" not in loss_words([strand], (), cut=False, separator="|")
