"""Every intermediate gradient against PyTorch's autograd, on random networks."""

import numpy as np
import pytest

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.losses import ELEMENTWISE
from nnviz.nn.network import backward, gradients
from nnviz.nn.trace import trace_update
from tests.nn import tables
from tests.random_networks import random_network, random_rows


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
            a = tables.ACTIVATIONS[layer.activation][0](torch, z)
            a.retain_grad()
            self.pre_activations.append(z)
            self.activations.append(a)
        self.error = tables.LOSSES[loss](torch, a, torch.tensor(np.array(y)))
        self.error.backward()

    def local_slope(self, i, activation):
        z = self.pre_activations[i].detach().clone().requires_grad_()
        tables.ACTIVATIONS[activation][0](self.torch, z).sum().backward()
        return z.grad


def case(loss, activation, n_hidden, seed):
    """Return a random network with 2 to 4 inputs, and rows."""
    output = "sigmoid" if loss == "binary_cross_entropy" else activation
    sizes = (2 + (seed + n_hidden) % 3, *(4, 3, 2)[:n_hidden], 1 + seed % 2)
    network = random_network(sizes, [activation] * n_hidden + [output], seed)
    return network, *random_rows(network, seed)


@pytest.mark.parametrize("n_hidden", [0, 1, 3])
@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("loss", ELEMENTWISE)
def test_every_partial_of_a_batch(torch, loss, activation, n_hidden):
    network, X, y = case(loss, activation, n_hidden, seed=1)
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
@pytest.mark.parametrize("loss", ELEMENTWISE)
def test_a_traced_update_is_a_step_of_pytorchs_sgd(torch, loss, activation, n_hidden):
    network, X, y = case(loss, activation, n_hidden, seed=3)
    trace = trace_update(network, X[0], y[0], loss=loss, learning_rate=0.05)
    oracle = Autograd(torch, network, X[:1], y[:1], loss)
    assert trace.error == pytest.approx(float(oracle.error.detach()), rel=1e-10)
    torch.optim.SGD(oracle.weights + oracle.bias, lr=0.05).step()
    for layer, weights, bias in zip(trace.updated.layers, oracle.weights, oracle.bias, strict=True):
        close(layer.weights, weights)
        close(layer.bias, bias)
