"""Every intermediate gradient against PyTorch's autograd, on random networks."""

import numpy as np
import pytest

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.losses import LOSSES
from nnviz.nn.network import backward, gradients
from nnviz.nn.trace import trace_update
from tests.random_networks import random_network, random_rows

# With torch as an argument, because it is imported by the fixture of that name.
TORCH_ACTIVATIONS = {
    "sigmoid": lambda torch, z: torch.sigmoid(z),
    "tanh": lambda torch, z: torch.tanh(z),
    "relu": lambda torch, z: torch.relu(z),
    "leaky_relu": lambda torch, z: torch.nn.functional.leaky_relu(z, negative_slope=0.01),
    "linear": lambda torch, z: 1.0 * z,
    "softplus": lambda torch, z: torch.nn.functional.softplus(z, threshold=50),
}
TORCH_LOSSES = {
    "squared_error": lambda torch, p, t: torch.nn.functional.mse_loss(p, t, reduction="sum"),
    "binary_cross_entropy": lambda torch, p, t: torch.nn.functional.binary_cross_entropy(
        p, t, reduction="sum"
    ),
}


def close(got, expected):
    np.testing.assert_allclose(got, expected.detach().numpy(), rtol=1e-10, atol=1e-12)


class Autograd:
    """The same network in PyTorch, with the gradient kept at every value."""

    def __init__(self, torch, network, X, y, loss):
        self.torch = torch
        self.weights = [torch.tensor(layer.weights.copy()) for layer in network.layers]
        self.bias = [torch.tensor(layer.bias.copy()) for layer in network.layers]
        for parameter in self.weights + self.bias:
            parameter.requires_grad_()
        self.activations = [torch.tensor(np.array(X)).requires_grad_()]
        self.pre_activations = []
        for layer, weights, bias in zip(network.layers, self.weights, self.bias, strict=True):
            z = self.activations[-1] @ weights + bias
            z.retain_grad()
            a = TORCH_ACTIVATIONS[layer.activation](torch, z)
            a.retain_grad()
            self.pre_activations.append(z)
            self.activations.append(a)
        self.error = TORCH_LOSSES[loss](torch, a, torch.tensor(np.array(y)))
        self.error.backward()

    def local_slope(self, i, activation):
        z = self.pre_activations[i].detach().clone().requires_grad_()
        TORCH_ACTIVATIONS[activation](self.torch, z).sum().backward()
        return z.grad


def case(loss, activation, n_hidden, seed):
    """Return a random network with 2 to 4 inputs, and rows."""
    output = "sigmoid" if loss == "binary_cross_entropy" else activation
    sizes = (2 + (seed + n_hidden) % 3, *(4, 3, 2)[:n_hidden], 1 + seed % 2)
    network = random_network(sizes, [activation] * n_hidden + [output], seed)
    return network, *random_rows(network, seed)


def test_every_activation_and_loss_has_its_partner():
    assert set(TORCH_ACTIVATIONS) == set(ACTIVATIONS)
    assert set(TORCH_LOSSES) == set(LOSSES)


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize("n_hidden", [0, 1, 2, 3])
@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("loss", LOSSES)
def test_every_partial_of_a_batch(torch, loss, activation, n_hidden, seed):
    network, X, y = case(loss, activation, n_hidden, seed)
    oracle = Autograd(torch, network, X, y, loss)
    forward = network.forward(X)
    for i, at in enumerate(backward(network, forward, y, loss)):
        close(forward.pre_activations[i], oracle.pre_activations[i])
        close(forward.activations[i + 1], oracle.activations[i + 1])
        close(at.derror_dactivations, oracle.activations[i + 1].grad)
        close(
            at.dactivations_dpre_activations,
            oracle.local_slope(i, network.layers[i].activation),
        )
        close(at.derror_dpre_activations, oracle.pre_activations[i].grad)
        close(at.derror_dweights, oracle.weights[i].grad)
        close(at.derror_dbias, oracle.bias[i].grad)
        close(at.derror_dinputs, oracle.activations[i].grad)
    by_layer = zip(oracle.weights, oracle.bias, strict=True)
    flat = torch.cat([part.grad.ravel() for pair in by_layer for part in pair])
    close(gradients(network, X, y, loss), flat)


@pytest.mark.parametrize("n_hidden", [0, 2])
@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("loss", LOSSES)
def test_a_traced_update_is_a_step_of_pytorchs_sgd(torch, loss, activation, n_hidden):
    network, X, y = case(loss, activation, n_hidden, seed=3)
    trace = trace_update(network, X[0], y[0], loss=loss, learning_rate=0.05)
    oracle = Autograd(torch, network, X[:1], y[:1], loss)
    assert trace.error == pytest.approx(float(oracle.error.detach()), rel=1e-10)
    torch.optim.SGD(oracle.weights + oracle.bias, lr=0.05).step()
    for layer, weights, bias in zip(trace.updated.layers, oracle.weights, oracle.bias, strict=True):
        close(layer.weights, weights)
        close(layer.bias, bias)
