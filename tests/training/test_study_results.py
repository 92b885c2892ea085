"""The middle of many runs, against NumPy's quantiles and by hand."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.data.toys import make
from nnviz.nn.architecture import Architecture
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.learning_curve import MEASURES
from nnviz.training.plan import Plan
from nnviz.training.study import Study, Variant, learnings
from nnviz.training.study_results import band, results

GAUSS = make("gauss", 30, 0.8, 1)
CALM = Plan(GAUSS, Architecture(hidden=()), Hyperparameters(), 0.5, 7)
WILD = Plan(
    make("plane", 30, 0.1, 1),
    Architecture(hidden=((2, "linear"),), output="linear", loss="squared_error"),
    Hyperparameters(learning_rate=100.0),
    0.5,
    7,
)
STUDY = Study((Variant("calm", CALM), Variant("wild", WILD)), epochs=30, n_repeats=4)
MADE = dict(learnings(STUDY))


@given(
    values=st.lists(st.floats(-100, 100) | st.just(np.nan), min_size=1, max_size=9),
)
def test_a_band_is_numpys_quantiles_of_the_runs_there_are(values):
    there = [value for value in values if not np.isnan(value)]
    found = band(np.array(values))
    assert found.n == len(there)
    if there:
        for part, share in ((found.low, 0.25), (found.median, 0.5), (found.high, 0.75)):
            assert part == pytest.approx(np.quantile(there, share), abs=1e-9)
    else:
        assert np.isnan([found.low, found.median, found.high]).all()


def test_runs_beyond_float64_count_as_the_worst():
    found = band(np.array([[1.0, np.inf, 2.0, 3.0, np.nan], [np.inf, 1.0, np.inf, np.inf, np.inf]]))
    np.testing.assert_array_equal(found.low, [1.75, np.inf])
    np.testing.assert_array_equal(found.median, [2.5, np.inf])
    np.testing.assert_array_equal(found.high, [np.inf, np.inf])
    np.testing.assert_array_equal(found.n, [4, 5])


def test_values_are_those_of_the_runs():
    found = results(STUDY, MADE)
    assert found.n_done == 8
    for measure in MEASURES:
        for k in range(4):
            learning = MADE[0, k]
            curve = getattr(learning, measure)
            assert found.values(measure)[0, k] == curve[-1]
            assert found.values(measure, "best")[0, k] == curve[learning.best_epoch]
            np.testing.assert_array_equal(found.curves(0, measure)[k], curve)
        middle = np.median([getattr(MADE[0, k], measure)[-1] for k in range(4)])
        assert found.band(measure).median[0] == pytest.approx(middle)


def test_a_diverged_run_is_infinite_from_there():
    found = results(STUDY, MADE)
    assert found.n_diverged == (0, 4)
    assert np.isinf(found.values("test_loss")[1]).all()
    assert np.isinf(found.band("train_error").median[1])
    curve, learning = found.curves(1, "train_loss")[0], MADE[1, 0]
    assert np.isfinite(curve[: learning.last_epoch + 1]).all()
    assert np.isinf(curve[learning.last_epoch + 1 :]).all()


def test_what_has_not_been_made_is_left_out():
    some = results(STUDY, {(0, 1): MADE[0, 1]})
    assert some.n_done == 1
    values = some.values("test_loss")
    assert np.isnan(values).sum() == 7
    assert some.band("test_loss").median[0] == values[0, 1] == MADE[0, 1].test_loss[-1]
    assert some.band("test_loss").n.tolist() == [1, 0]
    assert np.isnan(some.curves(0, "test_loss")[0]).all()
    assert results(STUDY, {}).n_done == 0


def test_how_many_end_with_all_training_rows_right():
    easy = Plan(make("gauss", 30, 0, 1), Architecture(hidden=()), Hyperparameters(), 0.5, 7)
    hard = Plan(make("xor", 30, 0, 1), Architecture(hidden=()), Hyperparameters(), 0.5, 7)
    study = Study((Variant("easy", easy), Variant("hard", hard)), epochs=50, n_repeats=3)
    assert results(study, dict(learnings(study))).n_all_right() == (3, 0)


def test_what_is_refused():
    with pytest.raises(ValueError, match=r"the run \(2, 0\) is not of this study"):
        results(STUDY, {(2, 0): MADE[0, 0]})
    with pytest.raises(ValueError, match=r"the run \(0, 0\) is not of this study"):
        results(STUDY, {(0, 0): SimpleNamespace(epochs=31)})
    found = results(STUDY, MADE)
    with pytest.raises(ValueError, match="measure must be one of train_error"):
        found.values("loss")
    with pytest.raises(ValueError, match="at must be one of end, best"):
        found.values("test_loss", "start")
    with pytest.raises(ValueError, match="variant must be between 0 and 1, not 2"):
        found.curves(2, "test_loss")
