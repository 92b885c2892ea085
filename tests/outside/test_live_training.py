"""What Live training says about a run, against the same run in PyTorch."""

import math
import re

import numpy as np
import pytest

from tests.outside.cases import CASES, numbers_of
from tests.outside.networks import Network, losses, torch
from tests.outside.one_row import Run
from tests.outside.screen import NUMBER, Screen, agrees, read


def least_error(run: Run) -> float:
    """Return the least error of all rows that PyTorch's L-BFGS finds from 12 starts."""
    found = []
    for k in range(12):
        scale = 10 ** (k % 4 - 1.0)
        generator = torch.Generator().manual_seed(k)
        start = [
            scale * torch.randn(p.shape, generator=generator, dtype=p.dtype)
            for p in run.net.parameters
        ]
        net = Network(start, run.net.activations)
        search = torch.optim.LBFGS(net.parameters, max_iter=150, line_search_fn="strong_wolfe")

        def error(net: Network = net, search: torch.optim.LBFGS = search) -> torch.Tensor:
            search.zero_grad()
            total = losses(net.forward(run.inputs), run.y, "").sum()
            total.backward()
            return total

        search.step(error)
        found.append(losses(net.forward(run.inputs), run.y, "").sum().item())
    return min(value for value in found if not math.isnan(value))


def best_line(points: list[list[float]], targets: list[float]) -> int:
    """Return how many rows a straight line can get right: try all lines close to two points.

    A best line can be moved until it touches two points, and then turned a little about each.
    """
    n = len(points)
    x = np.array(points)
    y = np.array(targets) == 1
    best = max(y.sum(), n - y.sum())
    for i in range(n):
        for j in range(i):
            along = x[j] - x[i]
            side = (x - x[i]) @ np.array([-along[1], along[0]])
            on_it = np.abs(side) < 1e-9
            place = (x - x[i]) @ along
            cuts = [-np.inf, *sorted(set(place[on_it])), np.inf]
            # On the line itself, a turn puts those before a point on one side, those after on the
            # other; a shift puts all of them on one.
            for cut in cuts:
                for turn in (1, -1):
                    ahead = np.where(on_it, turn * (place - cut) > 0, side > 0)
                    same = int((ahead == y).sum())
                    best = max(best, same, n - same)
                    ahead = np.where(on_it, turn * (place - cut) >= 0, side > 0)
                    same = int((ahead == y).sum())
                    best = max(best, same, n - same)
    return int(best)


@pytest.mark.parametrize("case", CASES)
def test_a_run_says_what_pytorch_finds(case: int) -> None:
    rng = numbers_of("live training", case)
    link = {
        "seed": str(rng.randrange(1000)),
        "rate": rng.choice(("0.01", "0.1", "0.5", "1", "10")),
        "order": rng.choice(("random", "shuffled", "in turn")),
        "step": str(rng.randint(1, 1500)),
        "model": rng.choice(("neuron", "neuron", "4 tanh", "3 relu,standardised", "x1^2,sin x2")),
    }
    if rng.random() < 0.6:
        link["rows"] = ";".join(
            f"{rng.uniform(0, 6):.2f},{rng.uniform(0, 4.5):.2f},{rng.randint(0, 1)}"
            for _ in range(rng.randint(2, 12))
        )
    screen = Screen("live_training", link)
    run, disturbed = Run(link), Run(link, 1e-13)
    for row in run.picks[:-1]:
        run.update(row)
        disturbed.update(row)
    predictions, y = run.predictions(), run.y[:, 0]
    if not torch.allclose(predictions, disturbed.predictions(), rtol=0, atol=1e-9):
        return  # chaos: the last bit of a sum decides, and PyTorch adds in another order
    errors = (predictions - y) ** 2
    right = (predictions >= 0.5) == (y == 1)
    words = screen.words()
    found = re.search(rf"cumulative error is ({NUMBER}), and (\d+) of (\d+) rows? ", words)
    assert found, (words, link)
    assert agrees(found[1], errors.sum().item(), 1e-7), (words, errors.sum(), link)
    assert (int(found[2]), int(found[3])) == (int(right.sum()), len(y)), (words, link)
    always = len(y) / 4  # a prediction of 0.5 errs by 0.25 in every row
    assert (f"worse than answering 0.5 to everything ({always:g})" in words) is (
        errors.sum().item() > always
    ), (words, link)
    said = re.search(r"[Nn]o straight line gets more than (\d+) of the", words)
    if said or "A straight line can separate these rows" in words:
        most = best_line(run.points.tolist(), y.tolist())
        assert most == (int(said[1]) if said else len(y)), (words, most, link)
    best = re.search(
        rf"Lowest error (?:found for|of) (?:one neuron|this network): ({NUMBER})", screen.text()
    )
    if best:
        # What is called the best is beaten neither by this run nor by a search of another kind.
        at_most = min(errors.sum().item(), least_error(run))
        assert float(read(best[1])) <= at_most * (1 + 5e-4) + 1e-6, (best[0], at_most, link)
    rows = screen.table(">target<")
    for cells, p, e, target, ok in zip(
        rows, predictions.tolist(), errors.tolist(), y.tolist(), right.tolist(), strict=False
    ):
        assert (cells[0].text[0] == "✓") is ok, (cells[0].text, link)
        assert float(read(cells[1].text)) == target, link
        assert agrees(cells[2].text, p, 1e-7), (cells[2].text, p, link)
        assert agrees(cells[3].text, e, 1e-7), (cells[3].text, e, link)
    _next_update(screen, run, link)


def _next_update(screen: Screen, run: Run, link: dict[str, str]) -> None:
    """Judge the update that the part "In numbers" works out; only a neuron's is written out."""
    row = run.picks[-1]
    error = (run.predictions()[row] - run.y[row, 0]) ** 2
    assert f"uses row {row + 1}:" in screen.text().replace("**", ""), link
    run.update(row)
    after = (run.predictions()[row] - run.y[row, 0]) ** 2
    if not math.isclose(error, after, rel_tol=1e-9):
        asked = Screen("live_training", {**link, "part": "predict"})
        assert f"uses row {row + 1}, " in asked.question(), link
        assert asked.judged_right("it falls" if after < error else "it rises"), link
    if len(run.net.parameters) > 2:
        return
    after = torch.cat([p.detach().flatten() for p in run.net.parameters]).tolist()
    formulas = screen.formulas()
    weights = re.search(r"w \\leftarrow .*\} = \((.*)\)", formulas)
    bias = re.search(r"b \\leftarrow .* = (.*?) *\$*$", formulas, flags=re.MULTILINE)
    assert weights, formulas
    assert bias, formulas
    for text, value in zip([*weights[1].split(", "), bias[1]], after, strict=True):
        assert agrees(text, value, 1e-7), (text, value, link)
