"""A run of one-row updates in PyTorch, as the tutorial's class makes it."""

from typing import Any

import numpy as np

from tests.outside.networks import ENGINEERED, Network, generator, glorot, losses, tensor, torch

EIGHT = "3,1.5,0;2,1,1;4,1.5,0;3,4,1;3.5,0.5,0;2,0.5,1;5.5,1,1;1,1,0"


class Run:
    """A run of one-row updates in PyTorch, as the tutorial's class makes it."""

    def __init__(self, link: dict[str, str], disturbed: float = 0.0) -> None:
        rows = [[float(x) for x in row.split(",")] for row in link.get("rows", EIGHT).split(";")]
        self.points, self.y = tensor(rows)[:, :2], tensor(rows)[:, 2:]
        parts = link.get("model", "neuron").split(",")
        added = [name for name in ENGINEERED if name in parts and name not in ("x1", "x2")]
        columns = [ENGINEERED[name](*self.points.T) for name in ("x1", "x2", *added)]
        self.inputs = torch.stack(columns, dim=1)
        if "standardised" in parts:
            scale = self.inputs.std(dim=0, correction=0)
            scale = torch.where(scale > 0, scale, tensor(1.0))
            self.inputs = (self.inputs - self.inputs.mean(dim=0)) / scale
        seed, n = int(link["seed"]), self.inputs.shape[1]
        stream = np.random.RandomState(seed)
        layer = next((part.split(" ") for part in parts if part[0].isdigit()), None)
        drawn = stream.randn(n + 1)
        if layer:
            start = glorot([n, int(layer[0]), 1], generator(seed, "weights"))
            self.net = Network(start, [layer[1], "sigmoid"])
        else:
            self.net = Network.of(drawn.tolist(), [n, 1], ["sigmoid"])
        with torch.no_grad():
            self.net.parameters[0] += disturbed
        self.rate, self.order = float(link["rate"]), link["order"]
        self.picks = self._picks(stream, seed, int(link["step"]) + 1)

    def _picks(self, stream: Any, seed: int, steps: int) -> list[int]:
        n = len(self.y)
        if self.order == "random":
            return [int(stream.randint(n)) for _ in range(steps)]
        if self.order == "in turn":
            return [step % n for step in range(steps)]
        rng = generator(seed, "order")
        epochs = [rng.permutation(n) for _ in range(-(-steps // n))]
        return np.concatenate(epochs)[:steps].tolist()

    def update(self, row: int) -> None:
        """Make one update with one row."""
        loss = losses(self.net.forward(self.inputs[row : row + 1]), self.y[row : row + 1], "")
        gradients = torch.autograd.grad(loss.sum(), self.net.parameters)
        with torch.no_grad():
            for p, g in zip(self.net.parameters, gradients, strict=True):
                p -= self.rate * g

    def predictions(self) -> Any:
        """Return the prediction of every row, shape (rows,)."""
        with torch.no_grad():
            return self.net.forward(self.inputs).output[:, 0]
