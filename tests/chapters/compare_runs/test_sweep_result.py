"""Counts and quartiles of many runs, by hand and against NumPy and the tutorial's figures."""

import numpy as np
import pytest

from nnviz.chapters.compare_runs.sweep import Sweep, SweepResult, error_curves
from tests.runs import timeline_of

BASE = timeline_of(steps=2, record_every=1)  # noted at 0, 1, 2 and 2


def result(errors, *, at_end=False, other=0.0):
    """Return a result whose judged errors are these, shape (n_rates, n_seeds)."""
    errors = np.array(errors, dtype=float)
    sweep = Sweep(BASE, tuple(range(1, len(errors) + 1)), 0, errors.shape[1], at_end)
    curves = np.repeat(np.where(np.isnan(errors), np.nan, other)[:, :, None], 4, axis=2)
    curves[:, :, -1 if at_end else -2] = errors
    return SweepResult(sweep, curves)


NAN, INF = np.nan, np.inf
MIXED = [[1.9, 2.0, 2.1, NAN], [NAN, NAN, NAN, NAN], [3.0, INF, 1.0, 2.5]]


@pytest.mark.parametrize("at_end", [False, True])
def test_worse_is_above_the_guess_and_diverged_is_worse(at_end):
    mixed = result(MIXED, at_end=at_end)
    assert mixed.guess == 2.0
    assert mixed.n_done.tolist() == [3, 0, 4]
    assert mixed.n_worse.tolist() == [1, 0, 3]
    assert mixed.n_diverged.tolist() == [0, 0, 1]
    np.testing.assert_array_equal(mixed.share_worse, [1 / 3, NAN, 3 / 4])
    np.testing.assert_array_equal(mixed.errors, MIXED)


def test_the_tutorials_run_of_300_seeds():
    base = timeline_of()
    sweep = Sweep(base, (0.1,), 0, 300)
    curves = error_curves(base, 0.1, sweep.seeds)[np.newaxis]
    noted = SweepResult(sweep, curves)
    assert (int(noted.n_worse[0]), int(noted.n_done[0])) == (164, 300)
    assert noted.summary(0)[2] == pytest.approx(2.0165958030042006, rel=1e-9)
    # 99 updates later, at the very end, some have changed sides.
    end = SweepResult(Sweep(base, (0.1,), 0, 300, at_end=True), curves)
    assert int(end.n_worse[0]) == 156
    assert end.summary(0)[2] == pytest.approx(2.0105100157784848, rel=1e-9)


@pytest.mark.parametrize("n_seeds", [1, 2, 5, 50, 51])
def test_quartiles_are_numpys(n_seeds):
    sweep = Sweep(BASE, (0.1, 1.0), 0, n_seeds)
    curves = np.random.default_rng(n_seeds).random((2, n_seeds, 4))
    made = SweepResult(sweep, curves)
    for rate in (0, 1):
        expected = np.quantile(curves[rate], [0.25, 0.5, 0.75], axis=0)
        np.testing.assert_allclose(made.quartiles(rate), expected, rtol=1e-14)
        five = np.quantile(curves[rate, :, -2], [0, 0.25, 0.5, 0.75, 1])
        np.testing.assert_allclose(made.summary(rate), five, rtol=1e-14)


def test_quartiles_are_of_what_has_been_made():
    mixed = result(MIXED)
    np.testing.assert_allclose(mixed.summary(0), [1.9, 1.95, 2.0, 2.05, 2.1])
    assert np.isnan(mixed.summary(1)).all()
    assert np.isnan(mixed.quartiles(1)).all()
    # 1, 2.5, 3, infinity: the upper quartile lies between 3 and infinity.
    np.testing.assert_array_equal(mixed.summary(2), [1.0, 2.125, 2.75, INF, INF])
    assert np.isinf(result([[INF, INF]]).summary(0)).all()


def test_runs_can_be_left_out_without_touching_the_others():
    mixed = result(MIXED)
    rest = mixed.without((0,))
    assert rest.n_done.tolist() == [0, 0, 4]
    assert mixed.n_done.tolist() == [3, 0, 4]


def test_nobody_can_change_a_result():
    mixed = result(MIXED)
    for values in (mixed.curves, mixed.errors):
        with pytest.raises(ValueError, match="read-only"):
            values[0] = 0.0


def test_the_curves_must_be_those_of_the_sweep():
    with pytest.raises(ValueError, match=r"curves must have shape \(1, 2, 4\), but have \(1, 2, 3"):
        SweepResult(Sweep(BASE, (0.1,), 0, 2), np.zeros((1, 2, 3)))


def test_the_share_of_rising_notes_is_counted_between_the_notes_of_the_tutorial():
    # Noted at 0, 1, 2 and 2: only from the second to the third is there a step between notes.
    curves = np.array([[[9, 1, 2, 0], [0, 2, 1, 5], [0, 1, 1, 2], [NAN] * 4]])
    result = SweepResult(Sweep(BASE, (0.1,), 0, 4), curves)
    assert result.share_rising(0) == 1 / 3
    assert np.isnan(result.without((0,)).share_rising(0))
    once = timeline_of(steps=1)
    assert np.isnan(SweepResult(Sweep(once, (0.1,)), np.ones((1, 1, 3))).share_rising(0))
