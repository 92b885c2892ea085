"""One last bit of the start: what becomes of it, by plain Python."""

from dataclasses import replace
from math import exp, inf, nextafter

import numpy as np
import pytest

from nnviz.training.export.script import script
from nnviz.training.record import record
from nnviz.training.sensitivity import (
    Perturbation,
    Sensitivity,
    perturbations,
    seconds_of_perturbations,
    sensitivity,
)
from nnviz.training.timeline import Stage, Timeline
from tests.clean_process import output
from tests.deep_timelines import TIMELINES, once
from tests.runs import plan_of, run_of
from tests.training.export.test_script import numbers_of


def train(**choices):
    return run_of(**{"steps": 3000, **choices})


def walked(run, parameters):
    """Return the neuron's parameters after the whole run."""
    w1, w2, b = parameters
    rows, sample = run.picks(run.first_step, run.last_step).tolist(), run.plan.sample
    for step, row in enumerate(rows, run.first_step):
        (x1, x2), target = sample.X[row].tolist(), float(sample.y[row])
        z = w1 * x1 + w2 * x2 + b
        s = exp(-abs(z))
        prediction = (1.0 if z >= 0 else s) / (1.0 + s)
        rate = run.learning_rate_at(step)
        change = rate * (2.0 * (prediction - target) * (s / ((1 + s) * (1 + s))))
        w1, w2, b = w1 - change * x1, w2 - change * x2, b - change
    return [w1, w2, b]


def apart(parameters):
    """Return parameters moved by their last bit, down and up in turn, but for zeros."""
    return [v and nextafter(v, inf if k % 2 else -inf) for k, v in enumerate(parameters)]


def perturbed(history, step):
    """Return the perturbed parameters at a step."""
    return perturbations(history, step)[-1].parameters_at(step)


@pytest.mark.parametrize(
    "choices",
    [
        *({"learning_rate": rate, "seed": 7} for rate in (1.0, 4.8)),
        {"learning_rate": 1.0, "rate_changes": ((70, 2.0), (2000, 1.0))},
        {"learning_rate": 1.0, "begin": (40, (-0.5, 0.3, 0.25))},
    ],
    ids=repr,
)
def test_the_difference_is_that_of_two_runs_by_hand(choices):
    run = train(**choices)
    begun = run.parameters[0].tolist()
    ours, theirs = walked(run, begun), walked(run, apart(begun))
    assert ours != theirs
    expected = max(abs(a - b) / max(abs(a), abs(b)) for a, b in zip(ours, theirs, strict=True))
    assert sensitivity(run, 3000) == Sensitivity(3000, expected)


def test_the_tutorials_run_is_calm_and_a_large_rate_chaotic():
    calm = sensitivity(train(), 3000)
    assert calm.difference < 1e-14
    assert not calm.chaotic
    assert calm.digits_kept == 9
    wild = sensitivity(train(learning_rate=4.8), 3000)
    assert wild.difference > 1e-2
    assert wild.chaotic
    assert wild.digits_kept == 0


def test_at_the_start_it_is_one_last_bit():
    run = train(learning_rate=4.8)
    assert 0 < sensitivity(run, 0).difference <= 2.0**-52
    branch = train(learning_rate=4.8, begin=(700, run.parameters_at(700).tolist()))
    assert 0 < sensitivity(branch, 700).difference <= 2.0**-52


def test_what_a_large_step_rounds_away_is_made_again():
    # After two updates the parameters are so large that both runs are one; PyTorch, which rounds
    # every update in its own way, ends with other digits from the first on.
    chosen = {
        "features": ("x2^2", "x1*x2"), "standardise": True, "loss": "binary_cross_entropy",
        "order": "in turn", "learning_rate": 13.5, "seed": 84, "steps": 2000,
    }  # fmt: skip
    run = train(**chosen)
    once = train(**chosen, begin=(0, np.nextafter(run.parameters_at(0), inf).tolist()))
    assert once.parameters_at(2000).tolist() == run.parameters_at(2000).tolist()
    assert sensitivity(run, 2000).chaotic


def test_the_perturbed_run_starts_one_bit_away_and_is_never_one_with_the_run():
    for run in (
        train(features=("sin x1",)),
        train(hidden=((4, "tanh"),), order="shuffled", steps=20_000),
        train(features=("sin x1",), begin=(9, (0.1, 0.2, 0.3, 0.4), 2)),
    ):
        (moved,) = perturbations(run)
        assert moved.parameters[0].tolist() == apart(run.parameters[0].tolist())
        assert set(run.recorded_steps) <= set(moved.steps)
        ours = np.array([run.parameters_at(step) for step in moved.steps.tolist()])
        assert (ours != moved.parameters).any(axis=1).all()


def test_a_dead_unit_is_not_taken_for_chaos():
    # Its bias starts at 0 and stays there; the float64 next to 0 would be wholly another number.
    dead = (0, (-1.0, -1.0, 0.0, 0.5, 0.25), 2)
    run = train(hidden=((1, "relu"),), begin=dead)
    assert run.parameters_at(3000)[2] == 0
    assert sensitivity(run, 3000).digits_kept == 9


def test_a_perturbed_run_that_leaves_float64_is_infinitely_far():
    run = train()
    gone = Perturbation(
        run.segments[0], np.array([0]), np.full((1, 3), np.nan), np.empty((1, 0, 3))
    )
    found = sensitivity(run, 3000, moved=(gone,))
    assert found.difference == inf
    assert found.chaotic


def test_a_perturbation_made_before_gives_the_same():
    run = train(learning_rate=1.0, seed=7)
    (moved,) = perturbations(run)
    for step in (0, 1, 500, 777, 3000):
        assert sensitivity(run, step, moved=(moved,)) == sensitivity(run, step)


def test_what_was_chaotic_before_a_branch_is_so_after_it():
    # A script repeats a branch with all that came before it.
    wild, calm = plan_of(learning_rate=4.8), plan_of(learning_rate=0.01)
    for plan, by_hand in ((plan_of(features=("sin x1",)), ()), (calm, ((2, 0.5),))):
        stages = (Stage(0, wild), Stage(1500, plan), Stage(1500, plan, by_hand))
        whole = record(Timeline(stages, 1600, 100))
        assert [run.first_step for run in whole.runs] == [0, 1500]
        assert sensitivity(whole, 1600).chaotic
        assert not sensitivity(whole.runs[-1], 1600).chaotic
    # Where all is set by hand, nothing is left of it.
    by_hand = ((0, 0.1), (1, 0.2), (2, 0.3))
    anew = record(Timeline((Stage(0, wild), Stage(1500, calm, by_hand)), 1600, 100))
    assert sensitivity(anew, 1600) == sensitivity(anew.runs[-1], 1600)


@pytest.mark.parametrize(
    ("difference", "digits_kept"),
    [(0.0, 9), (1e-11, 9), (2e-11, 8), (9e-9, 6), (9e-6, 3), (2e-5, 2), (0.02, 0), (inf, 0)],
)
def test_two_digits_are_left_to_the_rounding_of_every_update(difference, digits_kept):
    found = Sensitivity(5, difference)
    assert found.digits_kept == digits_kept
    assert found.chaotic == (digits_kept < 3)


def test_a_step_outside_the_run_is_refused():
    with pytest.raises(ValueError, match="between 0 and 3,000"):
        sensitivity(train(), 3001)


def test_only_a_run_is_taken():
    with pytest.raises(TypeError, match="Record"):
        sensitivity(plan_of(), 3)
    with pytest.raises(TypeError, match="Record"):
        perturbations(plan_of())


def test_a_run_of_one_update_and_one_that_ends_early():
    assert sensitivity(train(steps=1), 1).digits_kept == 9
    run = train(output="linear", learning_rate=1.0)
    assert run.diverged_at is not None
    assert not np.isnan(sensitivity(run, run.last_step).difference)


CALM = ("optimiser adam", "dropout", "regression", "other layers", "by hand", "penalties")
ZEROS = {"hidden": ((5, "sigmoid"),), "initialisation": "zeros"}
WILD = {
    "a large rate": once(2000, learning_rate=3.0, batch_size=5),
    "momentum": once(2000, optimizer="momentum", learning_rate=1.0, batch_size=5),
    "rmsprop": once(2000, optimizer="rmsprop", learning_rate=0.3, batch_size=5),
    "equal units": once(
        6000, optimizer="adam", learning_rate=0.02, batch_size=5, architecture=ZEROS
    ),
}


def difference(timeline, step, folder):
    """Return how far the parameters that a script prints are from those of the record."""
    numbers = numbers_of(output(script(timeline, step), folder))
    layers = [np.ravel(value) for name, value in numbers.items() if name.startswith("layer")]
    theirs, ours = np.concatenate(layers), record(timeline).parameters_at(step)
    sizes = np.maximum(np.abs(theirs), np.abs(ours))
    return np.max(np.abs(theirs - ours) / np.where(sizes > 0, sizes, 1.0))


@pytest.mark.parametrize("name", [*CALM, *WILD])
def test_as_many_digits_agree_as_is_said(name, tmp_path):
    timeline = {**TIMELINES, **WILD}[name]
    history = record(timeline)
    found = sensitivity(history, history.last_step)
    assert found.digits_kept == 9 if name in CALM else found.chaotic
    if name in WILD:
        # It is not called chaotic for nothing.
        assert difference(timeline, history.last_step, tmp_path) > 1e-6
    else:
        assert difference(timeline, history.last_step, tmp_path) < 1e-9


@pytest.mark.parametrize("name", ["optimiser adam", "other layers", "other rows", "by hand"])
def test_the_perturbed_training_makes_the_same_updates(name, monkeypatch):
    # Were it not moved, it would be the training itself, to the last bit.
    monkeypatch.setattr("nnviz.training.sensitivity._apart", lambda theirs, ours: theirs)
    history = record(TIMELINES[name])
    for step in (0, 1, 59, 60, 61, 120, 177, history.last_step):
        expected = history.parameters_at(step).tolist()
        assert perturbed(history, step).tolist() == expected


def test_a_network_starts_one_last_bit_away_and_leaves_zeros_alone():
    history = record(once())
    ours, theirs = history.parameters_at(0), perturbed(history, 0)
    moved = np.abs(theirs - ours)
    assert (moved == np.where(ours == 0, 0.0, moved)).all()
    assert (moved[ours != 0] > 0).all()
    assert (moved <= np.spacing(np.abs(ours))).all()
    assert sensitivity(history, 0).difference < 2.3e-16


def test_a_perturbed_training_that_has_met_the_training_is_moved_again():
    # All parameters are set by hand, whatever they have been.
    stages = TIMELINES["by hand"].stages
    values = tuple((k, 0.1 * (k + 1)) for k in range(25))
    history = record(Timeline((stages[0], replace(stages[1], by_hand=values)), 100))
    assert (perturbed(history, 60) != history.parameters_at(60)).all()


def test_what_it_takes_grows_with_the_updates():
    history = record(once(2000, batch_size=5))
    times = [seconds_of_perturbations(history, step) for step in (0, 1000, 2000)]
    assert 0 == times[0] < times[1] < times[2] < 0.1
