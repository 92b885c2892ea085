"""Trying a derivative out: right ones pass, wrong ones are caught, kinks are told apart."""

import dataclasses
from itertools import product

import numpy as np
import pytest

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.losses import ELEMENTWISE
from nnviz.nn.network import Layer, Network
from nnviz.nn.trace import trace_update
from nnviz.walkthrough import finite_differences
from nnviz.walkthrough.finite_differences import TOLERANCE, check_derivative
from nnviz.walkthrough.steps import Step, update_steps
from nnviz.walkthrough.values import step_values
from tests.random_networks import random_network, random_rows

DERIVATIVES = {
    "derror_dprediction",
    "contribution",
    "derror_dactivation",
    "dactivation_dpre_activation",
    "derror_dpre_activation",
    "dpre_activation_dbias",
    "derror_dbias",
    "dpre_activation_dweights",
    "derror_dweights",
}


def traced(loss, activation, n_hidden, seed=0):
    output = "sigmoid" if loss == "binary_cross_entropy" else activation
    sizes = (2 + (seed + n_hidden) % 3, *(4, 3, 2)[:n_hidden], 1)
    network = random_network(sizes, [activation] * n_hidden + [output], seed)
    X, y = random_rows(network, seed, n_samples=1)
    return trace_update(network, X[0], y[0], loss=loss)


def derivative_steps(trace):
    steps = update_steps(trace.network, every_term=True)
    return [step for step in steps if step.kind in DERIVATIVES]


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("loss", ELEMENTWISE)
def test_every_right_derivative_agrees(loss, activation):
    traces = [traced(loss, activation, n, seed) for n, seed in product(range(4), range(3))]
    for trace, step in [(each, step) for each in traces for step in derivative_steps(each)]:
        tried = check_derivative(trace, step)
        assert tried.agrees, (step, tried)
        assert tried.worst == max(tried.relative_differences) <= TOLERANCE
        assert not tried.at_kink
        assert tried.analytic == step_values(trace, step)
        assert len(tried.numeric) == len(tried.relative_differences) == len(tried.analytic)
        np.testing.assert_allclose(tried.numeric, tried.analytic, rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize("n_hidden", [0, 2])
def test_the_other_steps_have_no_derivative(n_hidden):
    trace = traced("squared_error", "tanh", n_hidden)
    for every_term in (True, False):
        for step in update_steps(trace.network, every_term=every_term):
            assert (check_derivative(trace, step) is not None) == (step.kind in DERIVATIVES)


def test_the_tutorials_derivatives():
    network = Network((Layer([[1.45], [-0.66]], [0.0], "sigmoid"),))
    trace = trace_update(network, [2, 1.5], 0)
    for kind, expected in {
        "derror_dprediction": [1.7420382957075284],
        "dactivation_dpre_activation": [0.11234479192586665],
        "dpre_activation_dbias": [1],
        "derror_dbias": [0.19570892985815364],
        "dpre_activation_dweights": [2, 1.5],
        "derror_dweights": [0.39141785971630727, 0.2935633947872305],
    }.items():
        np.testing.assert_allclose(check_derivative(trace, Step(kind)).numeric, expected, rtol=1e-9)


def test_it_is_central_and_moves_one_value_alone():
    # A parabola through z = 1.5 w0 + 0.5 w1 + b: its central difference is its slope, at each.
    network = Network((Layer([[3.0], [-2.0]], [0.25], "linear"),))
    trace = trace_update(network, [1.5, 0.5], 1)
    slope = 2 * (1.5 * 3 - 0.5 * 2 + 0.25 - 1)
    np.testing.assert_allclose(
        check_derivative(trace, Step("derror_dweights")).numeric,
        [1.5 * slope, 0.5 * slope],
        rtol=1e-9,
    )
    np.testing.assert_allclose(
        check_derivative(trace, Step("derror_dbias")).numeric, [slope], rtol=1e-9
    )


def with_wrong(trace, step, change):
    """Return the trace with the numbers of one step changed, as a wrong formula would have it."""
    at = step.layer + 1 if step.kind == "contribution" else step.layer
    field = {
        "contribution": "derror_dpre_activations",
        "derror_dactivation": "derror_dactivations",
        "dactivation_dpre_activation": "dactivations_dpre_activations",
        "derror_dpre_activation": "derror_dpre_activations",
        "derror_dbias": "derror_dbias",
        "derror_dweights": "derror_dweights",
    }[step.kind]
    layers = list(trace.layers)
    layers[at] = dataclasses.replace(layers[at], **{field: change(getattr(layers[at], field))})
    return dataclasses.replace(trace, layers=tuple(layers))


@pytest.mark.parametrize("wrong_by", [-1.0, 1.001, 1 - 1e-5])
@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "softplus", "leaky_relu"])
@pytest.mark.parametrize("loss", ELEMENTWISE)
def test_a_wrong_derivative_is_caught(loss, activation, wrong_by):
    def change(derivative):
        return wrong_by * derivative

    trace = traced(loss, activation, 2)
    wrong = dataclasses.replace(trace, derror_dprediction=change(trace.derror_dprediction))
    assert not check_derivative(wrong, Step("derror_dprediction")).agrees
    caught = set()
    for step in derivative_steps(trace)[1:]:
        if np.abs(step_values(trace, step)).max() > 0.03:
            assert not check_derivative(with_wrong(trace, step, change), step).agrees, step
            caught.add(step.kind)
    assert len(caught) >= 5


@pytest.mark.parametrize("kind", sorted(DERIVATIVES))
@pytest.mark.parametrize("factor", [-1.0, 1.001])
def test_every_kind_of_step_can_be_caught(kind, factor, monkeypatch):
    n_hidden = 0 if kind.startswith("dpre_activation") else 2
    trace = traced("squared_error", "tanh", n_hidden, seed=1)
    monkeypatch.setattr(
        finite_differences,
        "step_values",
        lambda *args: tuple(factor * d for d in step_values(*args)),
    )
    steps = [step for step in derivative_steps(trace) if step.kind == kind]
    assert any(check_derivative(trace, step).worst > 1e-4 for step in steps)
    assert not all(check_derivative(trace, step).agrees for step in steps)


def test_one_wrong_weight_of_several_is_enough():
    trace = traced("squared_error", "tanh", 0, seed=2)
    derivatives = trace.layers[0].derror_dweights.copy()
    derivatives[-1] *= 1.01
    wrong = dataclasses.replace(
        trace, layers=(dataclasses.replace(trace.layers[0], derror_dweights=derivatives),)
    )
    tried = check_derivative(wrong, Step("derror_dweights"))
    assert [each <= TOLERANCE for each in tried.relative_differences] == [
        *[True] * (len(derivatives) - 1),
        False,
    ]
    assert tried.worst == tried.relative_differences[-1]
    assert not tried.agrees


def test_a_path_is_felt_by_one_unit_alone():
    trace = traced("squared_error", "tanh", 2)
    n_paths = trace.network.sizes[2]
    for unit in range(trace.network.sizes[1]):
        paths = [
            check_derivative(trace, Step("contribution", 0, unit, k)).numeric[0]
            for k in range(n_paths)
        ]
        (whole,) = check_derivative(trace, Step("derror_dactivation", 0, unit)).numeric
        assert len({round(path, 9) for path in paths}) == n_paths
        assert sum(paths) == pytest.approx(whole, rel=1e-7)


def at_a_kink(activation):
    """Two units with the sums 0, where the kink is, and 1, in the last layer but one."""
    return Network(
        (
            Layer([[1.0, 1.0]], [-2.0, -1.0], activation),
            Layer([[1.0], [0.5]], [0.25], "linear"),
        )
    )


@pytest.mark.parametrize("activation", ["relu", "leaky_relu"])
def test_a_kink_is_told(activation):
    trace = trace_update(at_a_kink(activation), [2.0], 1.0)
    told = {
        (step.kind, step.layer, step.unit): check_derivative(trace, step).at_kink
        for step in derivative_steps(trace)
    }
    crossing = {
        ("dactivation_dpre_activation", 0, 0),
        ("derror_dpre_activation", 0, 0),
        ("derror_dbias", 0, 0),
        ("derror_dweights", 0, 0),
    }
    assert {place for place, at_kink in told.items() if at_kink} == crossing
    for kind, layer, unit in crossing:
        assert not check_derivative(trace, Step(kind, layer, unit)).agrees


def test_a_kink_further_on_is_told_too():
    # The first layer has no kink; what it sends sets the second to 0 exactly.
    network = Network(
        (
            Layer([[1.0]], [0.0], "linear"),
            Layer([[1.0, 1.0]], [-2.0, 1.0], "relu"),
            Layer([[1.0], [1.0]], [0.0], "linear"),
        )
    )
    trace = trace_update(network, [2.0], 1.0)
    for kind in ("derror_dactivation", "derror_dpre_activation", "derror_dbias", "derror_dweights"):
        assert check_derivative(trace, Step(kind, 0, 0)).at_kink, kind
    assert check_derivative(trace, Step("contribution", 0, 0, 0)).at_kink
    assert not check_derivative(trace, Step("contribution", 0, 0, 1)).at_kink
    assert not check_derivative(trace, Step("dactivation_dpre_activation", 0, 0)).at_kink
    assert not check_derivative(trace, Step("derror_dactivation", 1, 0)).at_kink


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "softplus", "linear"])
def test_a_smooth_unit_at_0_has_no_kink(activation):
    trace = trace_update(at_a_kink(activation), [2.0], 1.0)
    assert trace.layers[0].pre_activations[0] == 0
    for step in derivative_steps(trace):
        tried = check_derivative(trace, step)
        assert tried.agrees
        assert not tried.at_kink


def test_a_nudge_across_a_kink_nearby_is_told_and_one_that_stays_away_is_not():
    near = Network((Layer([[1.0]], [-2.0 + 4e-6], "relu"),))
    away = Network((Layer([[1.0]], [-2.0 + 4e-5], "relu"),))
    assert check_derivative(trace_update(near, [2.0], 1.0), Step("derror_dbias")).at_kink
    tried = check_derivative(trace_update(away, [2.0], 1.0), Step("derror_dbias"))
    assert not tried.at_kink
    assert tried.agrees


@pytest.mark.parametrize("target", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("z", [-40.0, -25.0, -12.0, -7.0, 7.0, 12.0, 25.0, 40.0])
@pytest.mark.parametrize("loss", ELEMENTWISE)
def test_a_saturated_unit_does_not_cry_wolf(loss, z, target):
    network = Network((Layer([[0.8 * z]], [0.2 * z], "sigmoid"),))
    trace = trace_update(network, [1.0], target, loss=loss)
    for step in derivative_steps(trace):
        tried = check_derivative(trace, step)
        if loss == "binary_cross_entropy" and abs(z) > 20 and step.kind == "derror_dprediction":
            assert np.isnan(tried.worst)
        else:
            assert tried.agrees, (step, tried)


@pytest.mark.parametrize("z", [-20.0, -12.0, -7.0, 7.0, 12.0, 20.0])
def test_cross_entropy_at_a_saturated_unit_is_still_held_to_it(z):
    target = 1.0 if z < 0 else 0.0
    network = Network((Layer([[0.8 * z]], [0.2 * z], "sigmoid"),))
    trace = trace_update(network, [1.0], target, loss="binary_cross_entropy")
    wrong = dataclasses.replace(trace, derror_dprediction=1.001 * trace.derror_dprediction)
    assert not check_derivative(wrong, Step("derror_dprediction")).agrees

    # However far: the error is watched where it has digits, in the sum and not in the prediction.
    network = Network((Layer([[8 * z]], [2 * z], "sigmoid"),))
    trace = trace_update(network, [1.0], target, loss="binary_cross_entropy")
    for kind in ("derror_dbias", "derror_dweights"):
        assert check_derivative(trace, Step(kind)).agrees
        assert not check_derivative(
            with_wrong(trace, Step(kind), lambda d: 1.001 * d), Step(kind)
        ).agrees


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "softplus"])
@pytest.mark.parametrize("size", [100.0, 1000.0])
def test_large_inputs_do_not_cry_wolf(size, activation):
    network = Network((Layer([[0.7 / size], [0.1 / size]], [0.2], activation),))
    trace = trace_update(network, [size, -size], 0.3, learning_rate=1e-6)
    for step in derivative_steps(trace):
        tried = check_derivative(trace, step)
        assert tried.agrees, (step, tried)


def far_out():
    """Yield traces with numbers that a float64, or the square of one, hardly holds."""
    first, second = Layer([[0.5, 2.0], [1.0, -3.0]], [0.1, 0.2], "linear"), [[1.5], [-0.5]]
    linear = Network((first, Layer(second, [0.3], "linear")))
    yield trace_update(linear, [1e100, -1e100], 0)
    # The error is infinite, its derivatives are not.
    larger = linear.with_parameters([*[1e60] * 4, 0, 0, 1e20, 1e20, 0])
    yield trace_update(larger, [1e75, 1e75], 0)
    yield trace_update(Network((Layer([[1.7e208]] * 2, [0.0], "sigmoid"),)), [1e100, 1e100], 0)
    yield trace_update(Network((Layer([[-1.7e308]], [0.0], "tanh"),)), [1e100], 0)
    yield trace_update(Network((Layer([[5e307]], [0.0], "linear"),)), [1.0], 0, learning_rate=0)
    yield trace_update(Network((Layer([[1.7e308]], [0.0], "relu"),)), [-1e100], 0)


def test_what_leaves_float64_is_nan_and_neither_an_error_nor_a_warning():
    for trace in far_out():
        for step in derivative_steps(trace):
            tried = check_derivative(trace, step)
            finite = np.isfinite(tried.numeric) & np.isfinite(tried.analytic)
            assert list(np.isnan(tried.relative_differences)) == list(~finite)
            assert np.isnan(tried.worst) == (not finite.all())
            assert not (tried.agrees and np.isnan(tried.worst))


def test_an_infinite_error_is_nan():
    _, infinite, saturated, *_ = far_out()
    assert infinite.error == np.inf
    assert np.isfinite(infinite.layers[0].derror_dweights).all()
    assert np.isnan(check_derivative(infinite, Step("derror_dweights", 0, 0)).worst)
    assert np.isnan(check_derivative(infinite, Step("derror_dprediction", 1)).worst)
    assert np.isnan(check_derivative(saturated, Step("dactivation_dpre_activation")).worst)


def test_huge_and_finite_agrees():
    huge, *_ = far_out()
    for step in derivative_steps(huge):
        assert np.isfinite(check_derivative(huge, step).worst)
        assert check_derivative(huge, step).agrees, (step, check_derivative(huge, step))
