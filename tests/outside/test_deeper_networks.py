"""Losses, accuracies and counts on Deeper networks, against the same training in PyTorch.

Every optimizer and loss, penalties, dropout and schedules are tried. Only the rows are read from
the script on the page; the split, the starting weights, the order of the rows, the updates and
the scores are made here.
"""

import ast
import math
import re
from collections.abc import Iterator

import pytest

from tests.outside.cases import CASES, numbers_of
from tests.outside.networks import (
    Network,
    Tensor,
    functional,
    generator,
    glorot,
    losses,
    tensor,
    torch,
)
from tests.outside.screen import Screen, agrees

DATA = ("circle", "xor", "gauss", "spiral", "moons", "blobs", "plane")
OPTIMIZERS = ("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam")
SCHEDULES = ("constant", "halve", "inverse", "cosine", "warm up")
MASK = 2**64 - 1
STEP = 0x9E3779B97F4A7C15


def mixed(z: int) -> int:
    """Return the output of SplitMix64 for a state (Steele, Lea and Flood, 2014)."""
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def splitmix(seed: int, stream: int, index: int) -> Iterator[int]:
    """Yield the random numbers of a stream: 1 orders the rows of an epoch, 2 drops units."""
    key = mixed((mixed((seed + stream * STEP) & MASK) + index * STEP) & MASK)
    while True:
        key = (key + STEP) & MASK
        yield mixed(key)


class Choices:
    """What is chosen for a training, at random."""

    def __init__(self, case: int) -> None:
        rng = numbers_of("deeper networks", case)
        self.data = rng.choice(DATA)
        self.classes = {"plane": 0, "blobs": rng.randint(2, 5)}.get(self.data, 2)
        self.hidden = [
            (rng.randint(1, 5), rng.choice(("tanh", "sigmoid", "relu", "leaky_relu", "gelu")))
            for _ in range(rng.randint(0, 3))
        ]
        choices = {
            0: (("squared_error", "linear"),),
            2: (
                ("binary_cross_entropy", "sigmoid"),
                ("squared_error", "sigmoid"),
                ("squared_error", "tanh"),
            ),
        }.get(self.classes, (("cross_entropy", "softmax"), ("squared_error", "sigmoid")))
        self.loss, self.output = rng.choice(choices)
        self.seed = rng.randrange(1000)
        self.n_rows = rng.randint(20, 60)
        self.test = rng.choice((0.0, 0.2, 0.5))
        self.optimizer = rng.choice(OPTIMIZERS)
        self.rate = rng.choice((0.003, 0.03, 0.3, 3.0))  # with 3 most units are saturated
        self.batch = rng.choice((1, 4, 10, 50_000))
        self.schedule = rng.choice(SCHEDULES)
        self.period = rng.choice((5, 20))
        self.l1, self.l2 = rng.choice((0.0, 0.001)), rng.choice((0.0, 0.01))
        self.dropout = rng.choice((0.0, 0.0, 0.2)) if self.hidden else 0.0
        self.noise = rng.choice((0.0, 0.5))
        self.step = rng.randint(1, 150)

    @property
    def text(self) -> str:
        """The choices as a link holds them."""
        hidden = ",".join(f"{n} {name}" for n, name in self.hidden) or "none"
        classes = f"classes:{self.classes};" if self.data == "blobs" else ""
        return (
            f"data:{self.data};rows:{self.n_rows};noise:{self.noise};{classes}test:{self.test};"
            f"seed:{self.seed};hidden:{hidden};loss:{self.loss};output:{self.output};"
            f"optimizer:{self.optimizer};rate:{self.rate};batch:{self.batch};l1:{self.l1};"
            f"l2:{self.l2};dropout:{self.dropout};schedule:{self.schedule};period:{self.period}"
        )

    def rate_in(self, epoch: int) -> float:
        """Return the learning rate of an epoch."""
        n = self.period
        factors = {
            "constant": 1.0,
            "halve": 0.5 ** (epoch // n),
            "inverse": n / (n + epoch),
            "cosine": 0.5 + 0.5 * math.cos(math.pi * min(1.0, epoch / n)),
            "warm up": min(1.0, (epoch + 1) / n),
        }
        return self.rate * factors[self.schedule]


def optimizer_of(name: str, parameters: list[Tensor]) -> "torch.optim.Optimizer":
    """Return PyTorch's optimizer of a name."""
    optim = torch.optim
    return {
        "sgd": lambda: optim.SGD(parameters, lr=1.0),
        "momentum": lambda: optim.SGD(parameters, lr=1.0, momentum=0.9),
        "nesterov": lambda: optim.SGD(parameters, lr=1.0, momentum=0.9, nesterov=True),
        "adagrad": lambda: optim.Adagrad(parameters, lr=1.0),
        "rmsprop": lambda: optim.RMSprop(parameters, lr=1.0),
        "adam": lambda: optim.Adam(parameters, lr=1.0),
    }[name]()


class Training:
    """A training in PyTorch of rows x1, x2 and their classes, or their targets."""

    def __init__(self, chosen: Choices, X: Tensor, y: Tensor, disturbed: float = 0.0) -> None:
        self.chosen, self.y = chosen, y
        held_out = torch.zeros(len(y), dtype=torch.bool)
        order = generator(chosen.seed, "split").permutation(len(y)).tolist()
        groups = [[i for i in order if y[i] == k] for k in range(chosen.classes)] or [order]
        for k, group in enumerate(groups):
            n = int(chosen.test * len(group) + (k + 0.5) / len(groups))
            held_out[group[: max(0, min(n, len(group) - 1))]] = True
        self.train, self.test = (~held_out).nonzero()[:, 0], held_out.nonzero()[:, 0]
        rows = X[self.train]
        self.inputs = (X - rows.mean(dim=0)) / rows.std(dim=0, correction=0)
        self.targets = self._targets()
        sizes = [2, *(n for n, _ in chosen.hidden), self.targets.shape[1]]
        start = glorot(sizes, generator(chosen.seed, "weights"))
        self.net = Network(start, [*(name for _, name in chosen.hidden), chosen.output])
        with torch.no_grad():
            self.net.parameters[0] += disturbed
        optimizer = optimizer_of(chosen.optimizer, self.net.parameters)
        for step in range(chosen.step):
            self._update(step, optimizer)

    def _targets(self) -> Tensor:
        low = -1.0 if self.chosen.output == "tanh" else 0.0
        if self.chosen.classes == 0:
            known = self.y[self.train]
            return ((self.y - known.mean()) / known.std(correction=0))[:, None]
        if self.chosen.classes == 2:
            return torch.where(self.y == 1, 1.0, low)[:, None].double()
        return functional.one_hot(self.y.long(), self.chosen.classes).double()

    def _update(self, step: int, optimizer: "torch.optim.Optimizer") -> None:
        chosen, n = self.chosen, len(self.train)
        size = min(chosen.batch, n)
        epoch, place = divmod(step, -(-n // size))
        order = list(range(n))
        numbers = splitmix(chosen.seed, 1, epoch)
        for last in range(n - 1, 0, -1):
            other = ((next(numbers) >> 32) * (last + 1)) >> 32
            order[last], order[other] = order[other], order[last]
        batch = self.train[order[place * size : (place + 1) * size]]
        passed = self.net.forward(self.inputs[batch], self._kept(step, len(batch)))
        loss = losses(passed, self.targets[batch], chosen.loss).mean()
        for weights in self.net.parameters[::2]:
            loss = loss + chosen.l1 * weights.abs().sum() + chosen.l2 / 2 * (weights**2).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.param_groups[0]["lr"] = chosen.rate_in(epoch)
        optimizer.step()

    def _kept(self, step: int, n: int) -> list[Tensor]:
        units = [n_units for n_units, _ in self.chosen.hidden]
        numbers = splitmix(self.chosen.seed, 2, step)
        share = self.chosen.dropout
        if not share:
            return []
        kept = [
            [0.0 if (next(numbers) >> 11) * 2.0**-53 < share else 1 / (1 - share)]
            for _ in range(n * sum(units))
        ]
        return list(tensor(kept).reshape(n, sum(units)).split(units, dim=1))

    def shown(self, rows: Tensor) -> tuple[float, Tensor]:
        """Return the mean loss of some rows, and what is predicted: a class or a target."""
        with torch.no_grad():
            passed = self.net.forward(self.inputs[rows])
        loss = losses(passed, self.targets[rows], self.chosen.loss).mean().item()
        if self.chosen.classes == 0:
            return loss, passed.output[:, 0]
        if self.chosen.classes > 2:
            return loss, passed.output.argmax(dim=1)
        middle = 0.0 if self.chosen.output == "tanh" else 0.5
        return loss, (passed.output[:, 0] >= middle).long()


def rows_in(script: str) -> tuple[Tensor, Tensor]:
    """Return the rows that a script holds, and their classes or targets."""
    found = [
        re.search(rf"^{name} = np\.array\((\[.*?\])\)$", script, re.MULTILINE | re.DOTALL)
        for name in ("X", "y")
    ]
    X, y = (tensor(ast.literal_eval(each[1])) for each in found if each)
    return X, y


def lines_of(text: str) -> dict[str, list[str]]:
    """Return the lines of a table in Markdown, by what stands in their first cell."""
    cells = [
        [cell.strip(" *") for cell in line.strip("| ").split("|")]
        for line in text.splitlines()
        if line.startswith("|")
    ]
    return {line[0]: line[1:] for line in cells}


@pytest.mark.parametrize("case", CASES)
def test_a_training_scores_as_in_pytorch(case: int) -> None:
    chosen = Choices(case)
    link = {"with": chosen.text, "step": str(chosen.step)}
    X, y = rows_in(Screen("deeper_networks", {**link, "part": "code"}).code())
    tables = [text for text in Screen("deeper_networks", link).markdowns() if "|---" in text]
    training, disturbed = Training(chosen, X, y), Training(chosen, X, y, 1e-13)
    scores = lines_of(tables[0])
    for k, rows in enumerate((training.train, training.test)):
        if len(rows) == 0:
            continue
        loss, predicted = training.shown(rows)
        if not math.isclose(loss, disturbed.shown(rows)[0], rel_tol=1e-9):
            return  # chaos: the last bit of a sum decides, and PyTorch adds in another order
        assert int(scores["rows"][k]) == len(rows), link
        assert agrees(scores["mean loss"][k], loss, 1e-7), (scores, loss, link)
        if chosen.classes:
            true, n = training.y[rows].long(), chosen.classes
            right = 100 * (predicted == true).double().mean().item()
            assert agrees(scores["rows right"][k].rstrip("%"), right), (scores, right, link)
            counts = torch.bincount(true * n + predicted, minlength=n * n).reshape(n, n).tolist()
            shown = lines_of(tables[1 + k])
            assert [list(map(int, shown[str(c)])) for c in range(n)] == counts, link
        else:
            spread = training.targets[rows].var(correction=0).item()
            assert agrees(scores["R²"][k], 1 - loss / spread, 1e-7), (scores, link)
