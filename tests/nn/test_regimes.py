"""Regimes on a curve that is no parabola: the factor, and what the step really does."""

import numpy as np
import pytest

from nnviz.nn.curves import Curve, weight_slice
from nnviz.nn.network import Layer, Network
from nnviz.nn.regimes import judge

NEURON = Network((Layer([[1.45], [-0.66]], [0.0], "sigmoid"),))
# The target 0.5 can be reached, so the curve has a valley: at weight 1.45 - 1.91 / 2 = 0.495.
VALLEY = weight_slice(NEURON, [2, 1.5], 0.5, 0)
LOWEST = 0.495


def parabola(height):
    """The quadratic under another name, so that the step and not the factor is judged."""
    return Curve(
        "bowl", "", "", "", lambda x: np.square(x) + height, lambda x: 2 * np.asarray(x), "x"
    )


@pytest.mark.parametrize("height", [0.0, 3.0])
@pytest.mark.parametrize(
    ("rate", "name"),
    [
        (0.01, "creeps"),
        (0.1, "converges"),
        (0.5, "one step"),
        (0.9, "zig-zags"),
        (1.0, "for ever"),
        (1.1, "diverges"),
    ],
)
def test_a_parabola_is_judged_alike_by_its_steps(rate, name, height):
    judged = judge(parabola(height), rate, 0.871)
    assert judged.name == name
    assert judged.factor == pytest.approx(1 - 2 * rate, abs=1e-6)


def test_the_factor_of_a_slice_is_one_less_rate_times_curvature():
    # At the lowest point the curvature is 2 (sigmoid' x)^2 = 2 (0.25 * 2)^2 = 0.5.
    for rate in (0.5, 1.0, 3.0):
        assert judge(VALLEY, rate, LOWEST + 1e-3).factor == pytest.approx(1 - 0.5 * rate, abs=2e-3)


@pytest.mark.parametrize(
    ("rate", "name"),
    [(0.1, "creeps"), (1.0, "converges"), (2.0, "one step"), (3.0, "zig-zags"), (5.0, "diverges")],
)
def test_the_regimes_of_a_slice_near_its_valley(rate, name):
    judged = judge(VALLEY, rate, LOWEST + 0.02)
    assert judged.name == name
    assert judged.sentence.endswith(".")


def test_the_step_decides_where_the_factor_cannot():
    # On the shoulder the curve bends down: the factor is above 1, and yet the step gets far.
    judged = judge(VALLEY, 15.0, LOWEST + 1.5)
    assert judged.factor > 1
    assert judged.name == "converges"


def test_flat_is_still():
    saturated = weight_slice(NEURON, [2, 1.5], 0.5, 0)
    assert judge(saturated, 1.0, 1000.0).name == "stands still"
    assert "flat" in judge(saturated, 1.0, 1000.0).sentence
    assert "rate is 0" in judge(VALLEY, 0.0, 0.0).sentence


def test_off_the_scale():
    relu = Network((Layer([[1.0]], [0.0], "linear"),))
    judged = judge(weight_slice(relu, [1e3], 0, 0), 1e10, 1.0)
    assert judged.name == "diverges"
    assert "leaves every scale" in judged.sentence
