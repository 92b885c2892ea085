"""What is the matter with a run, against runs that are made to be so and the network itself."""

import numpy as np
import pytest

from nnviz.chapters.live_training.diagnosis import KINDS, Condition, conditions, conditions_of
from nnviz.data.tutorial import eight_rows
from nnviz.nn.network import gradients
from tests.runs import run_of

X = eight_rows().X


def train(**choices):
    return run_of(**{"steps": 2_000, **choices})


def starting_from(parameters, activation, n_units=2, **choices):
    """Return a run that begins with parameters set by hand."""
    begin = (0, tuple(float(value) for value in parameters), 2)
    return train(hidden=((n_units, activation),), begin=begin, **choices)


def kinds(run, step):
    return [condition.kind for condition in conditions(run, step)]


def only(run, step, kind):
    (found,) = [condition for condition in conditions(run, step) if condition.kind == kind]
    return found


def test_nothing_is_the_matter():
    run = train()
    for step in (0, 1, 777, 2_000):
        expected = gradients(
            run.network_at(step), run.plan.train_inputs, run.plan.sample.y, "squared_error"
        )
        (found,) = conditions(run, step)
        assert found.kind == "ordinary"
        assert found.value == pytest.approx(np.linalg.norm(expected), rel=1e-12)


def test_diverged():
    run = train(output="linear", learning_rate=1.0)
    for step in (0, run.last_step):
        found = conditions(run, step)[0]
        assert (found.kind, found.step) == ("diverged", run.diverged_at)
        assert found.value == np.abs(run.parameters_at(run.last_step)).max()


def test_saturated():
    run = train(learning_rate=10.0, steps=10_000)
    answers = run.network_at(10_000).predict(run.plan.train_inputs)[:, 0]
    found = only(run, 10_000, "saturated")
    assert found.value == pytest.approx((answers * (1 - answers)).max(), rel=1e-9)
    assert found.value < 0.001
    assert "saturated" not in kinds(run, 0)
    # The same size of numbers, but nothing that is flat.
    assert "saturated" not in kinds(train(output="linear", learning_rate=0.01), 2_000)


def test_saturated_only_if_every_row_is():
    begin = (0, (1.0, 0.0, 0.0))
    flat = run_of(rows=((0, 0), (9, 0)), targets=(0, 1), steps=1, begin=begin)
    assert kinds(flat, 0) == ["ordinary"]
    steep = run_of(rows=((-9, 0), (9, 0)), targets=(0, 1), steps=1, begin=begin)
    assert kinds(steep, 0)[0] == "saturated"


def test_dead_units_never_wake():
    # Unit 1 looks away from every row, unit 2 towards them.
    run = starting_from([-1, 1, -1, 1, -0.5, 0.5, 3, 1, 0.2], "relu", learning_rate=0.5)
    own = [0, 2, 4, 6]
    for step in (0, 1, 500, 2_000):
        found = only(run, step, "dead")
        assert 0 in found.units
        assert found.n_units == 2
        np.testing.assert_array_equal(run.parameters_at(step)[own], [-1, -1, -0.5, 3])
    z = X @ [-1, -1] - 0.5
    assert only(run, 0, "dead") == Condition("dead", float(z.max()), (0,), 2)


def test_which_units_are_dead_is_what_the_network_says():
    for seed in range(8):
        run = train(hidden=((5, "relu"),), seed=seed, learning_rate=1.0)
        for step in (0, 40, 2_000):
            a = run.network_at(step).forward(run.plan.train_inputs).activations[1]
            dead = tuple(np.flatnonzero(~a.any(axis=0)).tolist())
            found = [c.units for c in conditions(run, step) if c.kind == "dead"]
            assert found == ([dead] if dead else [])


def test_a_unit_that_leans_on_a_row_is_dead_and_one_that_reaches_it_is_not():
    # With z = 0 at row [1, 1] the slope is that of the left side, 0.
    edge = starting_from([-1, -1, -1, -1, 2, 2 + 1e-9, 1, 1, 0], "relu")
    assert X[7].tolist() == [1, 1]
    assert only(edge, 0, "dead").units == (0,)


@pytest.mark.parametrize("activation", ["leaky_relu", "softplus", "linear"])
def test_only_relu_dies(activation):
    run = starting_from([-1, 1, -1, 1, -0.5, 0.5, 3, 1, 0.2], activation)
    assert not {"dead", "full"} & set(kinds(run, 0))


@pytest.mark.parametrize(
    ("activation", "bias", "units"),
    [("tanh", 4, (1,)), ("tanh", 3, ()), ("sigmoid", 8, (1,)), ("sigmoid", 6, ())],
)
@pytest.mark.parametrize("side", [-1, 1])
def test_full_units(activation, bias, units, side):
    # tanh is beyond 0.999 from 3.8 on, the sigmoid from 6.9 on; unit 1 is not full anywhere.
    run = starting_from([0.1, 0, 0.1, 0, 0, side * bias, 1, 1, 0], activation)
    found = [c for c in conditions(run, 0) if c.kind == "full"]
    assert [c.units for c in found] == ([units] if units else [])
    if found:
        z = side * bias
        slope = 1 - np.tanh(z) ** 2 if activation == "tanh" else np.exp(-8) / (1 + np.exp(-8)) ** 2
        assert found[0].value == pytest.approx(slope, rel=1e-9)
        assert found[0].n_units == 2


def test_stuck():
    # At the mean of the targets, with weights of 0 and rows that cancel, the error is level.
    run = run_of(
        rows=((1, 1), (-1, -1), (1, -1), (-1, 1)),
        targets=(0, 0, 1, 1),
        steps=1,
        begin=(0, (0.0, 0.0, 0.0), 2),
    )
    assert kinds(run, 0) == ["stuck"]
    assert conditions(run, 0)[0].value == 0.0
    assert kinds(run, 1) == ["ordinary"]


def test_many_moments_at_once_are_the_same_as_each_alone():
    for choices in ({"hidden": ((4, "relu"),), "learning_rate": 3.0}, {"learning_rate": 10.0}):
        run = train(record_every=50, **choices)
        together = conditions_of(run, run.parameters)
        assert together == tuple(conditions(run, step) for step in run.recorded_steps.tolist())
        assert {c.kind for found in together for c in found} <= set(KINDS)
        assert len(set(together)) > 1


def test_a_step_that_the_run_does_not_have():
    with pytest.raises(ValueError, match="steps 0 to 2000"):
        conditions(train(), 2_001)
