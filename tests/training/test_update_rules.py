"""The tutorial's rule and the true gradient: every figure, on the row and on its negative."""

import numpy as np
import pytest

from nnviz.training.maps.heatmap import Plane
from nnviz.training.update_rules import UPDATE_RULES, apply_rule, error_map


def close(got, expected):
    np.testing.assert_allclose(got, expected, rtol=1e-9)


def test_the_registry():
    assert list(UPDATE_RULES) == ["tutorial", "gradient", "gradient_times_rate"]
    assert all(UPDATE_RULES[name].name == name for name in UPDATE_RULES)


@pytest.mark.parametrize("rule", UPDATE_RULES)
@pytest.mark.parametrize("mirrored", [False, True])
def test_all_rules_start_from_the_same_place(rule, mirrored):
    result = apply_rule(rule, mirrored=mirrored)
    sign = -1 if mirrored else 1
    close(result.input_vector, [sign * 2, sign * 1.5])
    close(result.weights_before, [sign * 1.45, sign * -0.66])
    assert (result.bias_before, result.target) == (0, 0)
    close(result.z_before, 1.91)
    close(result.prediction_before, 0.8710191478537642)
    close(result.error_before, 0.7586743559278976)
    close(result.other_error_before, 0.040572794339660705)


def test_the_tutorials_rule():
    result = apply_rule("tutorial")
    close(result.update, [-1.7420382957075284, -1.7420382957075284])
    close(result.weights_after, [-0.2920382957075285, -2.4020382957075284])
    assert result.bias_after == result.bias_update == 0
    close(result.z_after, -4.187134034976349)
    close(result.prediction_after, 0.014962479449257616)
    close(result.error_after, 0.00022387579126945649)
    close(result.other_error_after, 0.9715730949760236)


def test_the_tutorials_step_is_far_too_long():
    ratio = apply_rule("tutorial").update / apply_rule("gradient").update
    np.testing.assert_allclose(ratio, [4.45, 5.93], atol=0.005)


def test_the_true_gradient_weights_only():
    result = apply_rule("gradient")
    close(result.update, [-0.39141785971630727, -0.2935633947872305])
    close(result.error_after, 0.4425694921)
    close(apply_rule("gradient_times_rate", learning_rate=0.1).error_after, 0.7338369515)


@pytest.mark.parametrize(
    ("rate", "error_after"),
    [(1, 0.3848563884), (0.1, 0.7296962527), (0.01, 0.7558853810), (0.001, 0.7583965458)],
)
def test_the_true_gradient_with_the_bias(rate, error_after):
    result = apply_rule("gradient_times_rate", learning_rate=rate, update_bias=True)
    close(result.error_after, error_after)
    close(result.bias_update, -rate * 0.19570892985815364)
    assert result.bias_after == result.bias_update


def test_on_the_negative_row_the_tutorials_rule_goes_uphill():
    tutorial = apply_rule("tutorial", mirrored=True)
    assert tutorial.error_after == pytest.approx(0.9993, abs=5e-5)
    assert apply_rule("gradient", mirrored=True).error_after == pytest.approx(0.4426, abs=5e-5)


@pytest.mark.parametrize("update_bias", [False, True])
def test_the_true_gradient_does_not_care_about_signs(update_bias):
    plain = apply_rule("gradient", update_bias=update_bias)
    mirrored = apply_rule("gradient", mirrored=True, update_bias=update_bias)
    close(mirrored.weights_after, -plain.weights_after)
    close(mirrored.error_after, plain.error_after)
    close(mirrored.other_error_after, plain.other_error_after)


def test_the_rate_belongs_to_one_rule_only():
    for rule in ("tutorial", "gradient"):
        slow, fast = (apply_rule(rule, learning_rate=rate).error_after for rate in (0.1, 1.0))
        assert slow == fast
    one = apply_rule("gradient_times_rate", learning_rate=1.0).error_after
    assert one == apply_rule("gradient").error_after


def test_the_tutorials_rule_with_the_bias():
    result = apply_rule("tutorial", update_bias=True)
    close(result.bias_after, -1.7420382957075284)
    close(result.z_after, -4.187134034976349 - 1.7420382957075284)


@pytest.mark.parametrize(
    ("arguments", "error", "sentence"),
    [
        ({"rule": "momentum"}, ValueError, "rule must be one of tutorial, gradient"),
        ({"rule": None}, TypeError, "rule must be one of tutorial, gradient"),
        ({"rule": "gradient", "learning_rate": np.nan}, ValueError, "learning_rate must be a fin"),
        ({"rule": "gradient", "learning_rate": -1}, ValueError, "learning_rate must be at least"),
        ({"rule": "gradient", "learning_rate": "x"}, TypeError, "learning_rate must be a number"),
    ],
)
def test_what_is_refused(arguments, error, sentence):
    with pytest.raises(error, match=sentence):
        apply_rule(**arguments)


@pytest.mark.parametrize("mirrored", [False, True])
def test_the_map_is_the_error_of_the_row_at_every_pair_of_weights(mirrored):
    result = apply_rule("tutorial", mirrored=mirrored)
    (w1, w2), (u1, u2) = result.weights_before, result.weights_after
    plane = Plane(*sorted((u1, w1)), *sorted((u2, w2)), 3)
    errors = error_map(plane, mirrored=mirrored)
    # Both weights fall, so the start is the map's upper right corner and the end its lower left.
    close(errors[2, 2], result.error_before)
    close(errors[0, 0], result.error_after)
    assert bool(errors[0, 0] > errors[2, 2]) is mirrored


def test_a_map_needs_a_plane():
    with pytest.raises(TypeError, match="plane must be a Plane"):
        error_map((0, 1))
