"""What an optimiser makes of a gradient, against PyTorch's and against what its sentence says."""

import numpy as np
import pytest
from numba import njit

from nnviz.nn.optimizers import OPTIMIZERS, step_of
from nnviz.nn.rng import generator
from tests.nn import tables


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_200_steps_are_pytorchs(torch, name):
    rng = generator(1, "gradients")
    gradients = rng.normal(0.1, 1.0, (200, 5)) * 10.0 ** rng.uniform(-4, 2, (200, 5))
    parameters = rng.normal(size=5)
    theirs = torch.tensor(parameters.copy(), requires_grad=True)
    optimizer = tables.OPTIMIZERS[name](torch, theirs, 0.03)
    memory = np.zeros((OPTIMIZERS[name].n_states, 5))
    for t, gradient in enumerate(gradients, start=1):
        step, memory = step_of(name, gradient, memory, 0.03, t)
        assert memory.shape == (OPTIMIZERS[name].n_states, 5)
        parameters = parameters - step
        theirs.grad = torch.tensor(gradient.copy())
        optimizer.step()
        np.testing.assert_allclose(parameters, theirs.detach().numpy(), rtol=1e-12, atol=1e-12)


def steps(name, gradients, rate=0.1):
    memory, made = np.zeros((OPTIMIZERS[name].n_states, 1)), []
    for t, gradient in enumerate(gradients, start=1):
        step, memory = step_of(name, np.array([gradient]), memory, rate, t)
        made.append(step[0])
    return np.array(made)


def test_momentum_goes_on_by_nine_tenths():
    np.testing.assert_allclose(steps("momentum", [1, 0, 0, 0]), 0.1 * 0.9 ** np.arange(4))


def test_the_rates_of_adagrad_only_fall():
    made = steps("adagrad", [2.0] * 5)
    np.testing.assert_allclose(made, 0.1 / np.sqrt(np.arange(1, 6)))


def test_the_first_steps_of_rmsprop_and_adam_do_not_depend_on_the_size_of_the_gradient():
    for name, first in (("rmsprop", 1.0), ("adam", 0.1)):
        for size in (1e-3, 1.0, 1e6):
            np.testing.assert_allclose(steps(name, [size]), [first], rtol=1e-4)
            np.testing.assert_allclose(steps(name, [-size]), [-first], rtol=1e-4)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_no_gradient_from_the_start_is_no_step(name):
    np.testing.assert_array_equal(steps(name, [0.0, 0.0]), [0.0, 0.0])


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_what_is_given_is_left_as_it_is(name):
    gradient, memory = np.ones(3), np.ones((OPTIMIZERS[name].n_states, 3))
    step_of(name, gradient, memory, 0.1, 1)
    assert (gradient == 1.0).all()
    assert (memory == 1.0).all()


def test_everything_is_said_of_each():
    for name, optimizer in OPTIMIZERS.items():
        assert optimizer.name == name
        assert optimizer.words.endswith(".")
        assert r"\eta" in optimizer.formula
        assert 0 <= optimizer.n_states <= 2


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_change_compiles_for_numbers(name):
    optimizer = OPTIMIZERS[name]
    change, corrections = njit(optimizer.change), njit(optimizer.corrections)
    for g, v, s, t in ((0.3, 0.2, 0.5, 1.0), (-2e-4, 0.0, 1e-9, 7.0), (5.0, -1.0, 2.0, 900.0)):
        first, second = optimizer.corrections(t)
        assert corrections(t) == (first, second)
        ours = optimizer.change(g, abs(v), s, 0.03, first, second)
        np.testing.assert_allclose(change(g, abs(v), s, 0.03, first, second), ours, rtol=1e-15)
