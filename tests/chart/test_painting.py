"""What the browser paints of recorded parameters, against the core: in node, on random networks."""

import json
import shutil
import subprocess
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnviz.chart.network_tracks import error_form, network_form, undecided
from nnviz.data import toys
from nnviz.data.sample import Sample
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.architecture import (
    ENGINEERED,
    MOST_DRAWN_UNITS,
    MOST_HIDDEN_LAYERS,
    OUTPUTS,
    Architecture,
)
from nnviz.nn.losses import LOSSES
from nnviz.nn.rng import generator
from nnviz.training import evaluation
from nnviz.training.maps.heatmap import Plane, error_surface
from nnviz.training.maps.network_maps import BOUNDED
from nnviz.training.maps.surface_axes import SurfaceAxes
from nnviz.training.plan import Plan

PAINTER = Path(__file__).resolve().parents[1] / "js" / "painter.js"
HALF = 127.5


def painted(asked: list[dict[str, Any]]) -> list[Any]:
    """Return what our JavaScript makes of each of these."""
    if shutil.which("node") is None:
        pytest.skip("node is not installed")
    done = subprocess.run(
        ["node", str(PAINTER)], input=json.dumps(asked), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found: list[Any] = json.loads(done.stdout)
    return found


def sample(classes: int, columns: int, rng: np.random.Generator) -> Sample:
    """Return rows of so many classes, 0 for a regression."""
    X = rng.normal(size=(40, columns)) * rng.uniform(0.5, 4.0, columns) + rng.normal(size=columns)
    y = np.arange(40) % classes if classes else 3.0 * rng.normal(size=40) + 5.0
    names = tuple(f"x{k + 1}" for k in range(columns))
    return Sample(X, y.astype(float), names, tuple("abcdefghij"[:classes]))


def networks() -> list[Plan]:
    """Return every activation, loss, output, and number of layers, with inputs of all kinds."""
    rng = generator(15, "networks")
    plans = []
    names = sorted(ACTIVATIONS)
    for round_ in range(3):
        for loss, outputs in OUTPUTS.items():
            for output in outputs:
                for n_classes in (0, 2, 3, 10):
                    if not LOSSES[loss].suits(n_classes):
                        continue
                    columns = 1 if n_classes == 0 and round_ == 0 else 2 + round_
                    inputs = [f"x{k + 1}" for k in range(columns)]
                    inputs += [name for name in ENGINEERED if columns > 1 and rng.random() < 0.5]
                    hidden = tuple(
                        (
                            int(rng.integers(1, MOST_DRAWN_UNITS + 1)),
                            names[(len(plans) + k) % len(names)],
                        )
                        for k in range(len(plans) % (MOST_HIDDEN_LAYERS + 1))
                    )
                    architecture = Architecture(
                        tuple(inputs), bool(rng.random() < 0.7), hidden, output, loss
                    )
                    plans.append(Plan(sample(n_classes, columns, rng), architecture))
    assert {name for plan in plans for name in plan.activations} >= {*ACTIVATIONS, "softmax"}
    assert {len(plan.architecture.hidden) for plan in plans} == set(range(MOST_HIDDEN_LAYERS + 1))
    assert {name for plan in plans for name in plan.architecture.inputs} >= set(ENGINEERED)
    return plans


def level(share: Any) -> Any:
    """Return -1 to 1 as 0 to 255, not yet rounded; what lies beyond is cut off."""
    return HALF + HALF * np.clip(np.nan_to_num(share, posinf=1.0, neginf=-1.0), -1.0, 1.0)


def ground(plan: Plan, answers: Any) -> Any:
    """Return the place of answers, shape (n, n_outputs), along the colours of the ground."""
    low, high = plan.target_levels if plan.sample.classes else (-1.0, 1.0)
    if not plan.sample.classes:
        high = np.abs(plan.train_targets).max()
        low = -high
    if plan.n_outputs == 1:
        return level((answers[:, 0] - (low + high) / 2) / ((high - low) / 2))
    k = plan.n_outputs
    share = (answers.max(axis=1) - low) / (high - low)
    lead = np.clip((share - 1 / k) / (1 - 1 / k), 0.0, 1.0)
    return (2 * answers.argmax(axis=1) + 0.12 + 0.55 * lead) * 255 / (2 * k - 1)


def test_every_network_is_painted_as_the_core_computes_it() -> None:
    rng = generator(15, "points")
    plans = networks()
    cases, asked = [], []
    for k, plan in enumerate(plans):
        parameters = rng.normal(scale=(0.3, 1.0, 5.0)[k % 3], size=plan.n_parameters)
        points = rng.uniform(-6.0, 6.0, size=(60, 2))
        cases.append((parameters, points))
        asked.append({
            "what": "network", "form": network_form(plan), "parameters": parameters.tolist(),
            "x": points[:, 0].tolist(), "y": points[:, 1].tolist(),
        })  # fmt: skip
    compared = 0
    for plan, (parameters, points), found in zip(plans, cases, painted(asked), strict=True):
        inputs = plan.inputs(points)
        passed = evaluation.forward(plan, parameters[np.newaxis], inputs)
        answers = passed[-1][1][0]
        np.testing.assert_allclose(found["sum"], passed[-1][0][0, :, 0], rtol=1e-6, atol=1e-5)
        ordered = np.sort(answers, axis=1)
        # Where two classes are nearly as likely, rounding may decide.
        clear = slice(None) if plan.n_outputs == 1 else ordered[:, -1] - ordered[:, -2] > 1e-6
        away = np.abs(np.array(found["ground"]) - ground(plan, answers))[clear]
        assert away.max(initial=0) <= 0.51, (plan.architecture, away.max())
        compared += away.size
        maps = iter(found["units"])
        for layer, values in enumerate([inputs, *(a[0] for _, a in passed)]):
            for unit in values.T:
                if layer == len(plan.activations):
                    expected = unit_of_output(plan, unit)
                elif layer and plan.activations[layer - 1] in BOUNDED:
                    kind = ACTIVATIONS[plan.activations[layer - 1]]
                    middle = (kind.lowest + kind.highest) / 2
                    expected = level((unit - middle) / (kind.highest - middle))
                else:
                    largest = np.abs(unit).max()
                    # What is left of a column that is held at its mean is rounding.
                    expected = level(
                        unit / (largest or 1.0) if layer or largest > 1e-12 else 0.0 * unit
                    )
                assert np.abs(np.array(next(maps)) - expected).max() <= 0.51, plan.architecture
        assert next(maps, None) is None
    assert compared > 1500


def unit_of_output(plan: Plan, values: Any) -> Any:
    """Return the colours of an output in the picture of the network."""
    if not plan.sample.classes:
        return level(values / np.abs(plan.train_targets).max())
    low, high = plan.target_levels
    return level((values - (low + high) / 2) / ((high - low) / 2))


def test_a_run_that_left_the_range_is_painted_too() -> None:
    plan = Plan(
        toys.make("circle", 20, 0.1, 0), Architecture(standardise=False, hidden=((2, "relu"),))
    )
    huge = np.full(plan.n_parameters, 3e38)
    huge[::2] *= -1.0
    (found,) = painted([{
        "what": "network", "form": network_form(plan), "parameters": huge.tolist(),
        "x": [-3.0, 0.0, 2.0], "y": [1.0, 0.0, -2.0],
    }])  # fmt: skip
    maps = [found["ground"], *found["units"]]
    assert all(0 <= byte <= 255 for each in maps for byte in each)


def sums(plan: Plan, parameters: Any, points: Any) -> Any:
    """Return how far above undecided the weighted sum of the output is at each point."""
    passed = evaluation.forward(plan, parameters[np.newaxis], plan.inputs(points))
    return passed[-1][0][0, :, 0] - undecided(plan)


def test_boundaries_are_where_the_core_is_undecided() -> None:
    rng = generator(15, "boundaries")
    plans, asked = [], []
    box = (-3.0, 4.0, -2.0, 5.0)
    for output, loss in (
        ("sigmoid", "binary_cross_entropy"), ("tanh", "squared_error"), ("linear", "squared_error")
    ):  # fmt: skip
        for hidden in ((), ((4, "tanh"),), ((5, "relu"), (3, "gelu"))):
            for standardise in (False, True):
                plan = Plan(sample(2, 2, rng), Architecture(
                    ("x1", "x2"), standardise, hidden, output, loss
                ))  # fmt: skip
                parameters = rng.normal(scale=1.5, size=plan.n_parameters)
                plans.append((plan, parameters))
                asked.append({
                    "what": "boundary", "form": network_form(plan), "box": box, "side": 280,
                    "parameters": parameters.tolist(), "undecided": undecided(plan),
                })  # fmt: skip
    grid = np.linspace(0.0, 1.0, 141)
    x, y = np.meshgrid(box[0] + 7.0 * grid, box[2] + 7.0 * grid)
    crossed = 0
    for (plan, parameters), found in zip(plans, painted(asked), strict=True):
        at = np.array([np.nan if value is None else value for value in found]).reshape(-1, 2)
        at = at[np.isfinite(at).all(axis=1)]
        pixel = 7.0 / 280
        of = partial(sums, plan, parameters)
        points = np.column_stack([x.ravel(), y.ravel()])
        z = of(points).reshape(x.shape)
        # Wherever two neighbours of a fine grid lie on different sides, the line is near.
        change = (z[:, 1:] > 0) != (z[:, :-1] > 0)
        between = np.column_stack([x[:, :-1][change], y[:, :-1][change]])
        for point in between[::7]:
            assert np.hypot(*(at - point).T).min() < 6 * pixel, plan.architecture
        if not len(at):
            continue
        crossed += 1
        # And the line itself is off by less than a pixel.
        around = [of(at + np.array(step) * pixel) for step in ((0, 1), (1, 0), (0, -1), (-1, 0))]
        signs = np.sign([of(at), *around])
        near = (signs.min(axis=0) < 0) & (signs.max(axis=0) > 0)
        assert near.mean() > 0.97, (plan.architecture, near.mean())
        if not plan.architecture.hidden:
            weights = parameters[:2] / (1 if plan.standardiser is None else plan.standardiser.scale)
            np.testing.assert_allclose(of(at) / np.hypot(*weights), 0.0, atol=1e-9)
    assert crossed > 12


def random_axes(plan: Plan, rng: np.random.Generator) -> SurfaceAxes:
    """Return two directions at right angles, counted from somewhere."""
    directions = np.linalg.qr(rng.normal(size=(plan.n_parameters, 2)))[0].T
    return SurfaceAxes("principal", ("a", "b"), directions, rng.normal(size=plan.n_parameters))


def test_bars_and_surfaces_are_the_errors_of_the_rows() -> None:
    rng = generator(15, "errors")
    plans, asked, surfaces, around = [], [], [], []
    for hidden in ((), ((5, "relu"),), ((8, "sigmoid"),)):
        plan = Plan(sample(2, 2, rng), Architecture(
            ("x1", "x2", "x1*x2"), True, hidden, "sigmoid", "squared_error"
        ), test_fraction=0.0)  # fmt: skip
        parameters = rng.normal(scale=2.0, size=plan.n_parameters)
        plans.append((plan, parameters))
        rows = error_form(plan)
        asked.append({"what": "errors", "rows": rows, "parameters": parameters.tolist()})
        axes = random_axes(plan, rng)
        plane = Plane(-3.0, 2.0, -4.0, 1.0, 5)
        surfaces.append((axes, plane))
        form = {
            "rows": rows, "values": parameters.tolist(), "centre": axes.centre.tolist(),
            "directions": axes.directions.tolist(),
        }  # fmt: skip
        around.append({"what": "surface", "form": form, "points": plane.points().tolist()})
    for (plan, parameters), (axes, plane), found in zip(
        plans, surfaces, painted(around), strict=True
    ):
        (expected,) = error_surface(plan, parameters[np.newaxis], plane, axes)
        np.testing.assert_allclose(found, expected.ravel(), rtol=1e-9, atol=1e-12)
    for (plan, parameters), found in zip(plans, painted(asked), strict=True):
        expected = evaluation.row_errors(plan, parameters[np.newaxis])[0]
        np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-12)
    with pytest.raises(ValueError, match="only squared errors"):
        error_form(Plan(sample(2, 2, rng), Architecture(loss="binary_cross_entropy")))


def test_shades_of_a_surface_lie_between_those_that_are_sent() -> None:
    rng = generator(15, "shades")
    shades = np.sort(rng.uniform(0.5, 8.0, (20, 2)), axis=0) / [1.0, 8.0]
    errors = [0.1, *shades[:, 0].tolist(), *rng.uniform(0.5, 8.0, 100).tolist(), 9.0]
    (found,) = painted([{"what": "shades", "shades": shades.tolist(), "errors": errors}])
    np.testing.assert_allclose(found, np.interp(errors, *shades.T))
