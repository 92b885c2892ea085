"""What is seen of a history: every step has a piece, and every piece is true."""

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nnviz.chapters.deeper_networks.record_view import NEAR, near, view
from nnviz.data import toys
from nnviz.data.sample import Sample
from nnviz.nn.architecture import Architecture
from nnviz.nn.rng import generator
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.plan import Plan
from nnviz.training.record import record
from nnviz.training.scores import Scores, scores
from nnviz.training.timeline import Stage, Timeline

START = Plan(
    toys.make("circle", 30, 0.2, 1),
    Architecture(hidden=((3, "tanh"),)),
    Hyperparameters(learning_rate=0.1, batch_size=5),
)


def wider(plan, units):
    return replace(plan, architecture=replace(plan.architecture, hidden=((units, "tanh"),)))


def faster(plan, rate):
    return replace(plan, hyperparameters=replace(plan.hyperparameters, learning_rate=rate))


def same(a, b):
    for each in fields(Scores):
        np.testing.assert_array_equal(getattr(a, each.name), getattr(b, each.name))


def check_piece(piece, stretch):
    """A piece shows what its stretch had, at the moments that it names."""
    assert piece.plan == stretch.plan
    assert stretch.first <= piece.first <= piece.last <= stretch.last
    steps = piece.steps
    assert steps.tolist() == list(range(piece.first, piece.last + 1, piece.stride))
    every = [stretch.parameters_at(step) for step in steps.tolist()]
    np.testing.assert_array_equal(piece.parameters, every)
    same(piece.scores, scores(piece.plan, np.array(every)))


def check(seen, history):
    assert seen.record is history
    assert seen.last_step == history.last_step
    assert (seen.pieces[0].first, seen.pieces[-1].last) == (0, history.last_step)
    for before, after in zip(seen.pieces, seen.pieces[1:], strict=False):
        assert before.last == after.first
    for piece in seen.pieces:
        (stretch,) = (s for s in history.segments if s.plan is piece.plan)
        check_piece(piece, stretch)
        # No piece of a single step, where there is more of its stretch.
        assert piece.first < piece.last or piece.first == stretch.first
    for step in range(history.last_step + 1):
        piece = seen.piece_at(step)
        assert piece.first <= step <= piece.last
        assert piece.plan is history.plan_at(step)


@st.composite
def timelines(draw):
    steps = draw(st.integers(1, 1_500))
    begins = sorted(draw(st.sets(st.integers(1, 1_500), max_size=3)))
    stages = [Stage(0, START)]
    for k, step in enumerate(begins):
        stages.append(Stage(step, wider(START, 4 + k)))
    return Timeline(tuple(stages), steps)


@given(timelines(), st.booleans())
@settings(max_examples=40)
@example(Timeline.of(START, 1), False)
@example(Timeline.of(START, 1), True)
@example(Timeline((Stage(0, START), Stage(100, wider(START, 4))), 1_000), False)
@example(Timeline((Stage(0, START), Stage(99, wider(START, 4))), 1_000), False)
def test_every_step_is_in_a_piece_and_every_piece_is_true(timeline, quick):
    history = record(timeline)
    check(view(history, quick=quick), history)


@pytest.mark.parametrize("quick", [False, True])
@pytest.mark.parametrize("steps", [50, 999, 10_000, 100_000])
def test_how_many_moments_are_shown(quick, steps):
    seen = view(record(Timeline.of(START, steps)), quick=quick)
    moments = 120 if quick else 480
    n_series = sum(len(piece.parameters) for piece in seen.pieces)
    assert min(steps, 0.6 * moments) <= n_series <= 1.5 * moments
    early, late = seen.pieces
    assert (early.first, early.last, late.last) == (0, steps // 10 + (steps == 999), steps)
    if steps > 1_000:  # the beginning is seen more finely
        assert 4 <= late.stride / early.stride <= 6
    # What is not shown at the end of a piece is less than one stride.
    for piece in seen.pieces:
        assert piece.last - piece.steps[-1] < piece.stride


def test_of_many_rows_fewer_moments_are_shown():
    X = generator(0, "rows").normal(size=(50_000, 2))
    plan = replace(START, sample=Sample(X, (X[:, 0] * X[:, 1] > 0).astype(float)))
    seen = view(record(Timeline.of(plan, 1_000)))
    n_moments = sum(len(piece.parameters) for piece in seen.pieces)
    # 6 units: 100 moments are 30 million activations.
    assert 60 <= n_moments <= 150


def runaway():
    plan = Plan(
        toys.make("plane", 30, 0.2, 1),
        Architecture(hidden=(), output="linear", loss="squared_error"),
        Hyperparameters(learning_rate=0.01, batch_size=4),
    )
    return record(Timeline((Stage(0, plan), Stage(40, faster(plan, 3.0))), 3_000))


def test_a_history_that_diverges_is_seen_to_its_end():
    history = runaway()
    assert history.diverged_at is not None
    check(view(history), history)
    check(view(history, quick=True), history)
    assert np.isfinite(view(history).pieces[-1].scores.train_loss).all()


def test_the_last_step_of_a_stretch_is_its_own():
    by_hand = Stage(60, START, ((0, 5.0),))
    history = record(Timeline((Stage(0, START), by_hand), 100))
    before, after = view(history).pieces[-2:]
    assert (before.last, after.first) == (60, 60)
    assert before.parameters[-1][0] != 5.0
    assert after.parameters[0][0] == 5.0


@given(timelines(), st.integers(0, 1_500), st.sampled_from([None, 0, 3, 40]))
@settings(max_examples=40)
def test_near_a_step_every_update_is_shown(timeline, step, reach):
    history = record(timeline)
    step = min(step, timeline.steps)
    choice = {} if reach is None else {"reach": reach}
    reach = NEAR if reach is None else reach
    piece = near(history, step, **choice)
    stretch = history.segment_at(step)
    check_piece(piece, stretch)
    assert piece.stride == 1
    assert piece.first == max(stretch.first, step - reach)
    assert piece.last == min(stretch.last, step + reach)
    found = piece.parameters[step - piece.first]
    np.testing.assert_array_equal(found, history.parameters_at(step))


@pytest.mark.parametrize("step", [-1, 101, 2.5])
def test_near_no_step_is_refused(step):
    with pytest.raises((TypeError, ValueError), match="step must be"):
        near(record(Timeline.of(START, 100)), step)


@given(timelines(), st.integers(0, 1_600))
@settings(max_examples=40)
def test_the_series_since_a_step(timeline, step):
    whole = view(record(timeline))
    later = whole.since(step)
    kept = [piece for piece in whole.pieces if piece.last > step]
    assert len(later.pieces) == len(kept)
    for piece, old in zip(later.pieces, kept, strict=True):
        assert (piece.plan, piece.last, piece.stride) == (old.plan, old.last, old.stride)
        shown = old.steps >= step
        if not shown.any():  # beyond the last moment of the piece: that one
            shown[-1] = True
        assert piece.steps.tolist() == old.steps[shown].tolist()
        np.testing.assert_array_equal(piece.parameters, old.parameters[shown])
        for each in fields(Scores):
            expected = getattr(old.scores, each.name)[shown]
            np.testing.assert_array_equal(getattr(piece.scores, each.name), expected)


def test_since_a_step_behind_the_last_moment_that_is_shown():
    whole = view(record(Timeline.of(START, 9_999)))
    (old,) = whole.pieces[1:]
    assert old.steps[-1] < 9_998
    (piece,) = whole.since(9_998).pieces
    assert (piece.first, piece.last) == (old.steps[-1], 9_999)
    np.testing.assert_array_equal(piece.parameters, old.parameters[-1:])
    assert whole.since(9_999).pieces == ()


def test_nothing_of_a_view_can_be_changed():
    (piece, *_) = view(record(Timeline.of(START, 50))).pieces
    for array in (
        piece.parameters,
        piece.scores.train_loss,
    ):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0
