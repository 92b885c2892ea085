"""Many runs at once: the very errors of the single runs, at the tutorial's own points."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.record_neuron import train_as_in_the_tutorial
from nnviz.chapters.compare_runs.sweep import (
    MOST_RATES,
    MOST_SEEDS,
    Sweep,
    error_curves,
    noted_steps,
    spaced_rates,
)
from nnviz.data.tutorial import eight_rows
from nnviz.nn.rng import LARGEST_SEED
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.record import record
from nnviz.training.timeline import Timeline
from tests.runs import timeline_of


def base_of(**choices):
    return timeline_of(**{"steps": 1_000, "record_every": 50, **choices})


BASE = base_of()
MODELS = [
    {},
    {"features": ("sin x1",)},
    {"features": ("x1^2", "x1*x2"), "standardise": True},
    {"hidden": ((4, "tanh"),), "standardise": True},
    {"hidden": ((8, "relu"),)},
    {"hidden": ((3, "linear"), (2, "sigmoid"))},
    {"order": "shuffled"},
    {"order": "in turn", "hidden": ((2, "tanh"),)},
    {"loss": "binary_cross_entropy"},
]


def of_record(base, rate, seed):
    """Return the errors of one run at the noted steps, as the recorder has them."""
    run = record(Sweep(base, (rate,), seed).timeline(rate, seed))
    errors = np.full(base.steps + 1, np.inf)
    errors[: run.last_step + 1] = run.cumulative_errors_between(0, run.last_step)
    return errors[noted_steps(base)]


@pytest.mark.parametrize("model", MODELS, ids=repr)
@pytest.mark.parametrize("rate", [0.01, 0.7])
def test_the_errors_are_those_of_the_recorded_runs(model, rate):
    base = base_of(**model)
    curves = error_curves(base, rate, range(3, 6))
    expected = [of_record(base, rate, seed) for seed in range(3, 6)]
    np.testing.assert_allclose(curves, expected, rtol=1e-12)


@pytest.mark.parametrize("steps", [1, 2, 49, 50, 51, 101])
def test_any_number_of_updates_will_do(steps):
    base = base_of(steps=steps)
    (curve,) = error_curves(base, 0.1, range(9, 10))
    np.testing.assert_allclose(curve, of_record(base, 0.1, 9), rtol=1e-12)
    assert noted_steps(base)[-1] == steps


def test_the_errors_are_those_of_the_tutorials_loop():
    data = eight_rows()
    base = base_of(record_every=100)
    curves = error_curves(base, 0.1, range(40, 43))
    for seed, curve in zip(range(40, 43), curves, strict=True):
        np.random.seed(seed)
        _, _, errors = train_as_in_the_tutorial(data.X, data.y, 0.1, base.steps)
        np.testing.assert_allclose(curve[1:-1], errors, rtol=1e-9)


def test_the_notes_are_taken_where_the_tutorial_takes_them():
    base = base_of(steps=10_000, record_every=100)
    steps = noted_steps(base).tolist()
    assert (steps[:3], steps[-3:]) == ([0, 1, 101], [9_801, 9_901, 10_000])
    assert len(steps) == 102
    assert Sweep(base, (0.1,)).judged_step == 9_901
    assert Sweep(base, (0.1,), at_end=True).judged_step == 10_000


@pytest.mark.parametrize("rate", [1.0, 50.0])
def test_a_run_that_diverges_is_infinite_from_there(rate):
    base = base_of(output="linear")
    curves = error_curves(base, rate, range(4))
    assert np.isinf(curves[:, -1]).all()
    assert np.isfinite(curves[:, 0]).all()
    for seed, curve in enumerate(curves):
        expected = of_record(base, rate, seed)
        np.testing.assert_allclose(curve, expected, rtol=1e-12)


def test_large_parameters_are_no_divergence():
    # Weights near 1e13: harmful, and finite all the same.
    base = base_of(rows=1e11 * eight_rows().X, targets=eight_rows().y)
    curves = error_curves(base, 100.0, range(3))
    assert np.isfinite(curves).all()
    expected = [of_record(base, 100.0, seed) for seed in range(3)]
    np.testing.assert_allclose(curves, expected, rtol=1e-12)


def test_nobody_can_change_what_is_shared():
    curves = error_curves(BASE, 0.1, range(2))
    with pytest.raises(ValueError, match="read-only"):
        curves[0, 0] = 0.0


def test_a_sweep_names_its_runs():
    sweep = Sweep(BASE, [0.01, 0.1], first_seed=5, n_seeds=3)
    assert list(sweep.seeds) == [5, 6, 7]
    assert sweep.n_runs == 6
    assert sweep.timeline(0.1, 7) == base_of(learning_rate=0.1, seed=7)
    assert hash(sweep) == hash(Sweep(BASE, (0.01, 0.1), 5, 3))


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        ({"learning_rates": ()}, "number of learning rates must be between 1 and 20, not 0"),
        ({"learning_rates": np.arange(1.0, 22.0)}, "must be between 1 and 20, not 21"),
        ({"learning_rates": (0.1, 0.1)}, "learning_rates must rise from each to the next"),
        ({"learning_rates": (0.2, 0.1)}, "learning_rates must rise from each to the next"),
        ({"learning_rates": (-0.1,)}, "a learning rate must be between 0 and 100"),
        ({"learning_rates": (101,)}, "a learning rate must be between 0 and 100"),
        ({"learning_rates": (np.nan,)}, "a learning rate must"),
        ({"n_seeds": 0}, "n_seeds must be between 1 and 300, not 0"),
        ({"n_seeds": 301}, "n_seeds must be between 1 and 300, not 301"),
        ({"first_seed": LARGEST_SEED, "n_seeds": 2}, "first_seed must be between 0 and"),
        ({"learning_rates": (1, 2, 3, 4), "n_seeds": 251}, "251 seeds make 1,004 runs"),
        ({"base": base_of(steps=10_001)}, "steps of a run must be between 1 and 10,000"),
        ({"base": base_of(rate_changes=((5, 0.1),))}, "base must never change"),
    ],
)
def test_what_cannot_be_done_is_said(choices, sentence):
    with pytest.raises(ValueError, match=sentence):
        Sweep(**{"base": BASE, "learning_rates": (0.1,), **choices})


def test_batches_and_other_optimizers_are_refused():
    for hyperparameters in (
        Hyperparameters(batch_size=1),
        Hyperparameters(batch_size=1, order="tutorial", optimizer="adam"),
    ):
        plan = replace(BASE.plan, hyperparameters=hyperparameters)
        with pytest.raises(ValueError, match="one-row updates by plain gradient descent"):
            Sweep(Timeline.of(plan, 100, 10), (0.1,))
    with pytest.raises(ValueError, match="record_every of a run must be at least 1"):
        Sweep(base_of(record_every=0), (0.1,))


def test_the_most_that_is_allowed_is_allowed():
    assert Sweep(BASE, tuple(range(1, MOST_RATES + 1)), n_seeds=50).n_runs == 1_000
    last = Sweep(BASE, (0.1,), LARGEST_SEED - MOST_SEEDS + 1, MOST_SEEDS).seeds[-1]
    assert last == LARGEST_SEED
    assert error_curves(BASE, 0.1, range(last, last + 1)).shape == (1, 22)


def test_rates_are_a_factor_apart_and_can_be_typed():
    assert spaced_rates(0.001, 10, 9) == (
        0.001, 0.00316, 0.01, 0.0316, 0.1, 0.316, 1.0, 3.16, 10.0,
    )  # fmt: skip
    assert spaced_rates(0.1, 0.1, 5) == (0.1,)
    assert spaced_rates(0.1, 10, 1) == (0.1,)
    assert spaced_rates(0.1, np.nextafter(0.1, 1), 3) == (0.1, np.nextafter(0.1, 1))
    with pytest.raises(ValueError, match="low must not be above high, but 1 is"):
        spaced_rates(1, 0.5, 3)


@given(st.floats(1e-3, 10), st.floats(1e-3, 10), st.integers(1, MOST_RATES))
def test_rates_rise_within_their_limits(one, other, n_rates):
    low, high = sorted((one, other))
    rates = spaced_rates(low, high, n_rates)
    assert rates[0] == low
    assert n_rates == 1 or rates[-1] == high
    assert list(rates) == sorted(set(rates))
    if high / low > 1.01:
        assert len(rates) == n_rates
        steps = np.diff(np.log(rates))
        np.testing.assert_allclose(steps, np.log(high / low) / max(n_rates - 1, 1), atol=0.012)
    Sweep(BASE, rates)
