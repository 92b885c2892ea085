"""Networks in PyTorch, in float64, and training as the tutorial and the field describe it."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

try:
    import torch
    from torch import Tensor
    from torch.nn import functional
except ImportError:
    if os.environ.get("CI") == "true":
        raise
    pytest.skip("PyTorch is not here to judge", allow_module_level=True)


def tensor(values: Any) -> Tensor:
    """Return numbers as float64, the shape of what is given."""
    return torch.tensor(values, dtype=torch.float64)


ACTIVATIONS: dict[str, Callable[[Tensor], Tensor]] = {
    # Its derivative keeps its digits where p is close to 1; that of torch.sigmoid loses them.
    "sigmoid": lambda z: torch.exp(functional.logsigmoid(z)),
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leaky_relu": lambda z: functional.leaky_relu(z, 0.01),
    "linear": lambda z: z,
    # Without a threshold, beyond which PyTorch takes z itself.
    "softplus": lambda z: functional.softplus(z, threshold=500),
    "elu": functional.elu,
    "gelu": functional.gelu,
}

ENGINEERED: dict[str, Callable[[Tensor, Tensor], Tensor]] = {
    "x1": lambda a, b: a,
    "x2": lambda a, b: b,
    "x1^2": lambda a, b: a**2,
    "x2^2": lambda a, b: b**2,
    "x1*x2": lambda a, b: a * b,
    "sin x1": lambda a, b: torch.sin(a),
    "sin x2": lambda a, b: torch.sin(b),
}


@dataclass
class Forward:
    """The weighted sums and the activations of every layer, each of shape (rows, units)."""

    z: list[Tensor]
    a: list[Tensor]

    @property
    def output(self) -> Tensor:
        """The activation of the last layer, shape (rows, outputs)."""
        return self.a[-1]


class Network:
    """Dense layers with parameters that PyTorch differentiates."""

    def __init__(self, parameters: Sequence[Tensor], activations: Sequence[str]) -> None:
        self.parameters = [p.clone().requires_grad_() for p in parameters]
        self.activations = activations

    @classmethod
    def of(
        cls, flat: Sequence[float], sizes: Sequence[int], activations: Sequence[str]
    ) -> "Network":
        """Return a network from all its numbers: weights and biases, layer by layer."""
        left = tensor(list(flat))
        parameters = []
        for n_in, n_out in pairwise(sizes):
            parameters += [left[: n_in * n_out].reshape(n_in, n_out), left[n_in * n_out :][:n_out]]
            left = left[n_in * n_out + n_out :]
        assert len(left) == 0
        return cls(parameters, activations)

    def forward(self, rows: Tensor, keep: Sequence[Tensor] = ()) -> Forward:
        """Send rows through the network; ``keep`` multiplies the hidden activations (dropout)."""
        z, a = [], [rows]
        for k, activation in enumerate(self.activations):
            z.append(a[-1] @ self.parameters[2 * k] + self.parameters[2 * k + 1])
            a.append(z[-1] if activation == "softmax" else ACTIVATIONS[activation](z[-1]))
            if k < len(keep):
                a[-1] = a[-1] * keep[k]
        if self.activations[-1] == "softmax":
            a[-1] = torch.softmax(z[-1], dim=1)
        return Forward(z, a[1:])


def losses(forward: Forward, targets: Tensor, loss: str) -> Tensor:
    """Return the loss of every row, shape (rows,)."""
    if loss == "binary_cross_entropy":
        each = functional.binary_cross_entropy_with_logits(forward.z[-1], targets, reduction="none")
        return each.sum(dim=1)
    if loss == "cross_entropy":
        return -(targets * torch.log_softmax(forward.z[-1], dim=1)).sum(dim=1)
    return ((forward.output - targets) ** 2).sum(dim=1)


def generator(seed: int, stream: str) -> np.random.Generator:
    """Return the documented stream of a seed: the digest of its name is the spawn key."""
    key = int.from_bytes(sha256(stream.encode()).digest()[:8], "big")
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=(key,)))


def glorot(sizes: Sequence[int], rng: np.random.Generator) -> list[Tensor]:
    """Return weights drawn uniformly within sqrt(6 / (inputs + units)), and biases of 0."""
    parameters = []
    for n_in, n_out in pairwise(sizes):
        reach = (6 / (n_in + n_out)) ** 0.5
        parameters += [
            tensor(rng.uniform(-reach, reach, (n_in, n_out))),
            tensor([0.0] * n_out),
        ]
    return parameters
