"""Every value in the table of Backpropagation, against PyTorch's autograd."""

import math
from itertools import pairwise

import pytest

from tests.outside.cases import CASES, numbers_of
from tests.outside.networks import ACTIVATIONS, ENGINEERED, Network, losses, tensor, torch
from tests.outside.screen import Screen, agrees

FEATURES = ("x1", "x2", "x1^2", "x2^2", "x1*x2", "sin x1", "sin x2")


@pytest.mark.parametrize("case", CASES)
def test_every_value_of_an_update_is_pytorchs(case: int) -> None:
    rng = numbers_of("backpropagation", case)
    features = rng.sample(FEATURES, rng.randint(1, 4))
    hidden = [rng.randint(1, 4) for _ in range(rng.randint(0, 3))]
    between = rng.choice(list(ACTIVATIONS))
    end = rng.choice(("sigmoid", "sigmoid, cross-entropy", "linear"))
    rows = [
        [round(rng.uniform(-3, 3), 2), round(rng.uniform(-3, 3), 2), rng.choice((0, 1, 0.25))]
        for _ in range(rng.randint(1, 4))
    ]
    taken = [
        (rng.randrange(len(rows)), rng.choice((0.01, 0.1, 0.5, 1)))
        for _ in range(rng.randint(1, 3))
    ]
    sizes = [len(features), *hidden, 1]
    n = sum((a + 1) * b for a, b in pairwise(sizes))
    reach = rng.choice((0.5, 1, 10))  # with 10 most units are saturated
    start = [round(rng.uniform(-reach, reach), 2) for _ in range(n)]
    link = {
        "net": "own",
        "features": ",".join(features),
        "hidden": ",".join(map(str, hidden)),
        "activation": between,
        "end": end,
        "rows": ";".join(",".join(map(str, row)) for row in rows),
        "taken": ";".join(f"{row + 1}:{rate}" for row, rate in taken),
        "start": ",".join(map(str, start)),
        "at": "12000",
        "sums": "at once",
        "names": "code",
    }
    screen = Screen("backpropagation", link)
    shown = {}
    for name, value, *_ in screen.table("Every value of this update"):
        shown[name.text.split("  ", 1)[1]] = value
    true = judged(features, sizes, between, end, rows, taken, start)
    if not hidden:
        x1, x2 = rows[taken[-1][0]][:2]
        inputs = [ENGINEERED[name](tensor(x1), tensor(x2)).item() for name in features]
        true = in_the_tutorials_names(true, inputs)
    assert shown.keys() == true.keys(), link
    for name, value in true.items():
        exact = shown[name].exact
        assert exact is not None, (name, link)
        value = max(min(value, 1e306), -1e306)  # no float holds what lies far beyond
        exact = max(min(exact, 1e306), -1e306)
        assert exact == pytest.approx(value, rel=1e-9, abs=1e-13), (name, link)
        assert agrees(shown[name].text, shown[name].exact), (name, shown[name].text, exact)


def judged(
    features: list[str],
    sizes: list[int],
    between: str,
    end: str,
    rows: list[list[float]],
    taken: list[tuple[int, float]],
    start: list[float],
) -> dict[str, float]:
    """Return every value of the last update by its name on the screen."""
    end, _, cross_entropy = end.partition(", ")
    loss = "binary_cross_entropy" if cross_entropy else "squared_error"
    net = Network.of(start, sizes, [between] * (len(sizes) - 2) + [end])
    found: dict[str, float] = {}
    for row, rate in taken:
        x1, x2, t = (tensor([[value]]) for value in rows[row])
        inputs = torch.cat([ENGINEERED[name](x1, x2) for name in features], dim=1)
        found = _update(net, inputs, t, loss, rate)
    return found


def in_the_tutorials_names(values: dict[str, float], inputs: list[float]) -> dict[str, float]:
    """Return the values of a single neuron by the names that the tutorial gives them."""
    named = {
        "z1[0]": "layer_1",
        "dprediction_dz1[0]": "dprediction_dlayer1",
        "derror_db1[0]": "derror_dbias",
        "new b1[0]": "new bias",
        **{f"derror_dW1[{i},0]": f"derror_dweights[{i}]" for i in range(len(inputs))},
        **{f"new W1[{i},0]": f"new weights_1[{i}]" for i in range(len(inputs))},
    }
    found = {named.get(name, name): value for name, value in values.items()}
    del found["derror_dz1[0]"]  # the tutorial multiplies the three factors at once
    found["dlayer1_dbias"] = 1.0
    return found | {f"dlayer1_dweights[{i}]": value for i, value in enumerate(inputs)}


def by_prediction(z: torch.Tensor, target: torch.Tensor) -> float:
    """Return the derivative of the cross-entropy by a prediction, which PyTorch steps over."""
    p, rest, t = torch.sigmoid(z).item(), torch.sigmoid(-z).item(), target.item()
    parts = [(1 - t, rest), (-t, p)]  # a part of a target that is not there adds nothing: 0 / 0
    return sum(part / of if of else math.copysign(math.inf, part) for part, of in parts if part)


def _update(
    net: Network, inputs: torch.Tensor, target: torch.Tensor, loss: str, rate: float
) -> dict[str, float]:
    passed = net.forward(inputs)
    for value in (*passed.z, *passed.a):
        value.retain_grad()
    error = losses(passed, target, loss).sum()
    error.backward()
    last = len(net.activations)
    found = {"prediction": passed.output.item(), "error": error.item()}
    for k, (z, a) in enumerate(zip(passed.z, passed.a, strict=True), 1):
        W, b = net.parameters[2 * k - 2 : 2 * k]
        slope = torch.autograd.functional.jacobian(
            lambda z, f=net.activations[k - 1]: ACTIVATIONS[f](z).sum(), z.detach()
        )
        for j in range(z.shape[1]):
            found[f"z{k}[{j}]"] = z[0, j].item()
            name = "prediction" if k == last else f"a{k}[{j}]"
            found[name] = a[0, j].item()
            found[f"d{name}_dz{k}[{j}]"] = slope[0, j].item()
            found[f"derror_d{name}"] = (
                by_prediction(z, target) if a.grad is None else a.grad[0, j].item()
            )
            found[f"derror_dz{k}[{j}]"] = z.grad[0, j].item()
            found[f"derror_db{k}[{j}]"] = b.grad[j].item()
            found[f"new b{k}[{j}]"] = (b - rate * b.grad)[j].item()
            for i in range(W.shape[0]):
                found[f"derror_dW{k}[{i},{j}]"] = W.grad[i, j].item()
                found[f"new W{k}[{i},{j}]"] = (W - rate * W.grad)[i, j].item()
            if k < last and passed.z[k].shape[1] > 1:
                for i, pull in enumerate(passed.z[k].grad[0]):
                    through = "prediction" if k + 1 == last else f"a{k + 1}[{i}]"
                    path = pull * net.parameters[2 * k][j, i]
                    found[f"derror_d{name} along the path through {through}"] = path.item()
    with torch.no_grad():
        for p in net.parameters:
            p -= rate * p.grad
            p.grad = None
    after = losses(net.forward(inputs), target, loss).sum().item()
    return {**found, "error after the update": after}
