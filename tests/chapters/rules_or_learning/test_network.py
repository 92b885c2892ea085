"""The network of the game: probabilities, loss and gradient against loops, differences, PyTorch."""

import numpy as np
import pytest

from nnviz.chapters.rules_or_learning.grids import solved_grids
from nnviz.chapters.rules_or_learning.network import (
    N_PARAMETERS,
    SIZES,
    encoded,
    gradient,
    layers_of,
    loss,
    probabilities,
    share_right,
    start_parameters,
)
from nnviz.chapters.rules_or_learning.puzzles import puzzles_of
from nnviz.nn.initializers import glorot_uniform
from nnviz.nn.network import Network
from nnviz.nn.rng import generator

GAMES = solved_grids("boxes")
MADE = puzzles_of(GAMES[:9], GAMES, 3, rng=generator(2, "test"))
ASKED = np.repeat(MADE.puzzles == 0, 4, axis=1).astype(float)


def some_parameters(seed=0):
    return start_parameters(seed) + 0.05 * generator(seed, "test").standard_normal(N_PARAMETERS)


def test_a_grid_is_sixteen_times_four_numbers():
    coded = encoded([[3, *[0] * 14, 1]])[0]
    assert coded.shape == (64,)
    assert np.flatnonzero(coded).tolist() == [2, 60]


def test_parameters_stand_in_the_order_of_a_network():
    network = glorot_uniform(SIZES, ("relu", "linear"), rng=generator(0, "x"))
    parameters = some_parameters()
    scores = network.with_parameters(parameters).predict(encoded(MADE.puzzles))
    powers = np.exp(scores.reshape(-1, 16, 4))
    by_network = powers / powers.sum(axis=2, keepdims=True)
    assert isinstance(network, Network)
    assert probabilities(parameters, MADE.puzzles) == pytest.approx(by_network, rel=1e-12)
    assert start_parameters(4).shape == (N_PARAMETERS,)


def test_probabilities_of_a_cell_sum_to_one_however_large_the_scores():
    answer = probabilities(300.0 * some_parameters(), np.tile(MADE.puzzles, (5, 1)))
    assert answer.shape == (135, 16, 4)
    assert answer.sum(axis=2) == pytest.approx(np.ones((135, 16)), rel=1e-12)
    assert np.isfinite(answer).all()


def test_the_loss_is_the_surprise_at_the_right_digits_of_empty_cells():
    answer, total = probabilities(some_parameters(), MADE.puzzles), 0.0
    for k, (clues, solved) in enumerate(zip(MADE.puzzles, MADE.answers, strict=True)):
        for cell in range(16):
            if clues[cell] == 0:
                total -= np.log(answer[k, cell, solved[cell] - 1])
    assert loss(answer, MADE.puzzles, MADE.answers) == pytest.approx(total / 27, rel=1e-12)


def test_the_gradient_is_that_of_central_differences():
    parameters = some_parameters(1)
    slope = gradient(parameters, encoded(MADE.puzzles), encoded(MADE.answers), ASKED)
    assert slope.shape == (N_PARAMETERS,)
    h = 1e-5
    for k in generator(0, "some").choice(N_PARAMETERS, 60, replace=False):
        moved = []
        for sign in (1, -1):
            there = parameters.copy()
            there[k] += sign * h
            moved.append(loss(probabilities(there, MADE.puzzles), MADE.puzzles, MADE.answers))
        assert slope[k] == pytest.approx((moved[0] - moved[1]) / (2 * h), abs=2e-8)


def test_the_gradient_is_pytorch_s():
    torch = pytest.importorskip("torch")
    parameters = some_parameters(2)
    parts = [
        torch.tensor(np.array(part), dtype=torch.float64, requires_grad=True)
        for part in layers_of(parameters)
    ]
    hidden = torch.relu(torch.tensor(encoded(MADE.puzzles)) @ parts[0] + parts[1])
    scores = (hidden @ parts[2] + parts[3]).reshape(-1, 4)
    right = torch.tensor(MADE.answers.ravel() - 1)
    asked = torch.tensor((MADE.puzzles == 0).ravel())
    error = torch.nn.functional.cross_entropy(scores[asked], right[asked], reduction="sum") / 27
    error.backward()
    by_torch = np.concatenate([part.grad.numpy().ravel() for part in parts])
    slope = gradient(parameters, encoded(MADE.puzzles), encoded(MADE.answers), ASKED)
    assert slope == pytest.approx(by_torch, rel=1e-9, abs=1e-12)


def test_only_empty_cells_are_scored():
    puzzles, answers = np.array([[1, 2, 0, 0] + [1] * 12]), np.array([[1, 2, 3, 4] + [1] * 12])
    answer = np.zeros((1, 16, 4))
    answer[0, :, 3] = 1.0  # 4 everywhere: right in one of two empty cells
    assert share_right(answer, puzzles, answers) == 0.5
