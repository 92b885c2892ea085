"""The updates of all rows against the one made, differences of the error, PyTorch and by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.chapters.live_training.row_gradients import (
    RowUpdates,
    row_gradients,
    row_updates,
    sum_of_rows,
)
from nnviz.nn.network import Layer, Network, gradients
from nnviz.nn.trace import trace_update
from nnviz.training.record import record
from tests.runs import ended_at_once, run_of, timeline_of

MODELS = [
    {},
    {"features": ("x1^2", "sin x2"), "learning_rate": 0.01},
    {"hidden": ((8, "tanh"),), "standardise": True},
    {"hidden": ((3, "relu"), (2, "sigmoid")), "learning_rate": 0.3},
    {"hidden": ((4, "linear"),), "loss": "binary_cross_entropy"},
    {"learning_rate": 0.1, "rate_changes": ((100, 0.7),)},
]


def train(**choices):
    return run_of(**{"steps": 1_000, **choices})


def of_hand(**choices):
    """Return a run whose first update can be worked out: both answers are 0.5."""
    return record(
        timeline_of(
            rows=((1.0, 0.0), (2.0, -4.0)),
            targets=(1, 0),
            learning_rate=0.5,
            steps=1,
            order="in turn",
            begin=(0, (0.0, 0.0, 0.0), 2),
            **choices,
        )
    )


@pytest.mark.parametrize("choices", MODELS, ids=repr)
@pytest.mark.parametrize("step", [0, 1, 99, 100, 555, 999])
def test_the_line_of_the_picked_row_is_the_update_that_was_made(choices, step):
    run = train(**choices)
    found = row_updates(run, step)
    old, new = run.parameters_between(step, step + 1)
    np.testing.assert_allclose(
        found.made, new - old, rtol=1e-9, atol=4 * np.finfo(float).eps * np.abs(old).max()
    )
    assert found.row == run.picks(step, step + 1)[0]
    assert found.learning_rate == run.learning_rate_at(step)
    before, after = run.row_errors_between(step, step + 1)
    np.testing.assert_array_equal(found.before, before)
    np.testing.assert_array_equal(found.after, after)
    np.testing.assert_array_equal(found.changes, after - before)


@pytest.mark.parametrize("choices", MODELS, ids=repr)
def test_every_line_is_the_update_that_its_row_would_make(choices):
    run = train(**choices)
    plan, step = run.plan, 321
    network, found = run.network_at(step), row_updates(run, step)
    for row, line in enumerate(found.by_row):
        trace = trace_update(
            network,
            plan.train_inputs[row],
            plan.sample.y[row],
            loss=plan.loss,
            learning_rate=run.learning_rate_at(step),
        )
        updates = [
            part.ravel()
            for layer in trace.layers
            for part in (layer.weight_updates, layer.bias_updates)
        ]
        np.testing.assert_allclose(line, np.concatenate(updates), rtol=1e-12, atol=1e-18)
    whole = gradients(network, plan.train_inputs, plan.sample.y, plan.loss)
    np.testing.assert_allclose(
        found.together, -run.learning_rate_at(step) * whole, rtol=1e-9, atol=1e-14
    )


def test_gradients_of_rows_by_central_differences():
    run = train(hidden=((3, "tanh"), (2, "softplus")), standardise=True)
    network, X, y = run.network_at(500), run.plan.train_inputs, run.plan.sample.y
    found, parameters, h = row_gradients(network, X, y), run.parameters_at(500), 1e-6
    assert found.shape == (8, len(parameters))
    for i in range(len(parameters)):
        nudge = np.zeros_like(parameters)
        nudge[i] = h
        up, down = (
            np.square(network.with_parameters(parameters + way * nudge).predict(X)[:, 0] - y)
            for way in (1, -1)
        )
        np.testing.assert_allclose(found[:, i], (up - down) / (2 * h), rtol=1e-6, atol=1e-9)


def test_gradients_of_rows_by_pytorch(torch):
    run = train(hidden=((4, "tanh"),), standardise=True)
    network, X, y = run.network_at(700), run.plan.train_inputs, run.plan.sample.y
    found = row_gradients(network, X, y)
    for row in range(len(y)):
        leaves = [
            torch.tensor(part, dtype=torch.float64, requires_grad=True)
            for layer in network.layers
            for part in (layer.weights.copy(), layer.bias.copy())
        ]
        hidden = torch.tanh(torch.tensor(X[row].copy()) @ leaves[0] + leaves[1])
        error = (torch.sigmoid(hidden @ leaves[2] + leaves[3]) - float(y[row])) ** 2
        error.sum().backward()
        truth = np.concatenate([leaf.grad.numpy().ravel() for leaf in leaves])
        np.testing.assert_allclose(found[row], truth, rtol=1e-10, atol=1e-15)


def test_a_network_with_several_outputs():
    rng = np.random.default_rng(1)
    network = Network(
        (
            Layer(rng.normal(size=(2, 3)), [0, 0, 0.1], "tanh"),
            Layer(rng.normal(size=(3, 2)), [0, 1], "linear"),
        )
    )
    X, y = rng.normal(size=(5, 2)), rng.normal(size=(5, 2))
    for row, found in enumerate(row_gradients(network, X, y)):
        truth = gradients(network, X[row : row + 1], y[row : row + 1], "squared_error")
        np.testing.assert_allclose(found, truth, rtol=1e-12)


def test_worked_out_by_hand():
    found = row_updates(of_hand(), 0)
    # Both answer 0.5: the slopes are 2 (p - t) p (1 - p) = -0.25 and 0.25, the rate is 0.5.
    np.testing.assert_allclose(found.by_row, [[0.125, 0, 0.125], [-0.25, 0.5, -0.125]], rtol=1e-15)
    np.testing.assert_allclose(found.together, [-0.125, 0.5, 0], rtol=1e-15)
    assert found.ways.tolist() == [-1, 0, 0]
    np.testing.assert_allclose(found.before, [0.25, 0.25])
    # Then z is 0.25 for the first row and 0.375 for the second.
    answers = 1 / (1 + np.exp([-0.25, -0.375]))
    np.testing.assert_allclose(found.after, [(1 - answers[0]) ** 2, answers[1] ** 2])
    assert (found.row, found.gained, found.lost, found.paid_most) == (0, (), (1,), 1)
    assert found.after.sum() > found.before.sum()


def made_up(before, after, row=0, each=((0.0,),)):
    each = np.array(each)
    return RowUpdates(7, row, 0.1, np.array(before), np.array(after), each, sum_of_rows(each))


def test_who_gained_and_who_lost():
    found = made_up([1.0, 1.0, 1.0, 1.0, 1.0], [0.5, 1.2, 0.9, 1.0, 1.5], row=0)
    assert (found.gained, found.lost, found.paid_most) == ((2,), (1, 4), 4)
    assert found.after.sum() > found.before.sum()
    # The picked row is not among them, whichever way its own error went.
    alone = made_up([1.0], [2.0])
    assert (alone.gained, alone.lost, alone.paid_most) == ((), (), None)
    assert alone.after.sum() > alone.before.sum()
    assert made_up([1.0, 1.0], [0.5, 0.5], row=1).gained == (0,)
    assert made_up([1.0, 1.0], [0.5, 0.5], row=1).paid_most is None


def test_ways():
    each = (
        (0.3, -0.1, 0.2, 0.0, 0.1),
        (0.1, 0.5, -0.2, 1.0, np.inf),
        (0.0, 0.0, 0.0, 0.0, -np.inf),
    )
    assert made_up([1, 1, 1], [1, 1, 1], 0, each).ways.tolist() == [1, -1, 0, 0, 0]


def test_what_rounding_leaves_of_a_sum_is_nothing():
    each = np.array([[0.1, 1.0], [0.2, 1e-9], [-0.3, -1.0]])
    assert each.sum(axis=0)[0] != 0
    total = sum_of_rows(each)
    assert total[0] == 0
    assert total[1] == pytest.approx(1e-9, rel=1e-6)


@given(st.integers(0, 999), st.integers(0, 50), st.sampled_from([0.001, 0.1, 3.0]))
def test_a_small_enough_step_of_all_rows_lowers_the_cumulative_error(step, seed, rate):
    run = train(seed=seed, learning_rate=rate)
    found = row_updates(run, step)
    size = np.abs(found.together).max()
    if size < 1e-12:
        return
    network = run.network_at(step)
    moved = network.with_parameters(network.parameters() + 1e-5 / size * found.together)
    X, y = run.plan.train_inputs, run.plan.sample.y
    errors = [np.square(n.predict(X)[:, 0] - y).sum() for n in (network, moved)]
    assert errors[1] <= errors[0] * (1 + 1e-14)


def test_a_branch_has_the_pulls_of_its_own_steps():
    whole = run_of(steps=1_000)
    branch = run_of(steps=1_000, begin=(400, whole.parameters_at(400).tolist()))
    for step in (400, 401, 999):
        np.testing.assert_array_equal(
            row_updates(branch, step).by_row, row_updates(whole, step).by_row
        )
        assert row_updates(branch, step).row == row_updates(whole, step).row
    with pytest.raises(ValueError, match="between 400 and 999, not 399"):
        row_updates(branch, 399)


def test_a_rate_of_zero_moves_nothing():
    found = row_updates(train(learning_rate=0.0), 5)
    assert not found.by_row.any()
    assert (found.gained, found.lost) == ((), ())
    assert not found.after.sum() > found.before.sum()
    assert not found.ways.any()


def test_a_run_on_its_way_out_of_float64_has_pulls_and_no_warning():
    run = train(output="linear", learning_rate=1.0)
    assert run.diverged_at == run.last_step + 1
    assert row_updates(run, run.last_step - 1).by_row.shape == (8, 3)


def test_steps_without_an_update_are_refused():
    run = train(steps=50)
    for step in (-1, 50, 51):
        with pytest.raises(ValueError, match="step must be between 0 and 49"):
            row_updates(run, step)
    with pytest.raises(ValueError, match="no update that can be looked at"):
        row_updates(ended_at_once(), 0)
    with pytest.raises(TypeError, match="run must be a Record"):
        row_updates(run.plan, 0)


def test_nobody_can_change_the_pulls():
    found = row_updates(train(), 3)
    for values in (found.by_row, found.together, found.before, found.after, found.made):
        with pytest.raises(ValueError, match="read-only"):
            values[0] = 1
