"""The sentences of the error surface."""

import re
from dataclasses import replace

import numpy as np
import pytest

from nnviz.chapters.live_training.surfaces import surface_scene
from nnviz.chapters.live_training.words.surface import error_surface, movement
from nnviz.text.digits import digits
from nnviz.training.maps.surface_axes import principal_directions, two_parameters
from tests.reading import read
from tests.runs import run_of

RUN = run_of(steps=1_000)
AXES = two_parameters(RUN.plan, 0, 2)


def told(shares=None, step=1_000, **options):
    """Return what is told over principal directions with such shares, or over two parameters."""
    if shares is None:
        return error_surface(surface_scene(RUN, AXES, step), **options)
    axes = replace(principal_directions(RUN), shares=np.array(shares))
    return error_surface(surface_scene(RUN, axes, step), **options)


def test_two_parameters():
    scene = surface_scene(RUN, AXES, 1_000)
    text = told()
    assert text.startswith(
        "This is the error of all rows together for other values of “weight of x1” and “bias”, "
        "with everything else as it is after 1,000 updates. The run's error is "
    )
    x, y = scene.lowest_place
    assert f"The run's error is {digits(scene.error)} now. " in text
    assert (
        f"The lowest error shown is {digits(scene.lowest_error)}, where “weight of x1” is "
        f"{digits(x, 3)} and “bias” is {digits(y, 3)}"
    ) in text


@pytest.mark.parametrize(
    ("step", "when"), [(0, "before training."), (1, "after 1 update."), (20, "after 20 updates.")]
)
def test_the_moment_is_named(step, when):
    assert when in told(step=step)
    assert when in told((0.7, 0.2), step=step)


@pytest.mark.parametrize(
    ("shares", "parts"),
    [
        ((0.75, 0.19), ("75%", "94%", "nearly all of its way")),
        ((0.5, 0.2), ("50%", "70%", "most of its way, and leaves out the rest")),
        ((0.25, 0.25), ("25%", "50%", "half of its way is left out")),
        ((0.25, 0.2499), ("25.00%", "49.99%", "more of its way is left out than shown")),
        ((0.2, 0.1), ("20%", "30%", "more of its way is left out than shown")),
        ((0.8, 0.0999), ("80.00%", "89.99%", "most of its way")),
        ((0.981, 0.0162), ("98.1%", "99.7%", "nearly all")),
        ((0.99999, 0.000009), ("99.9990%", "99.9999%", "nearly all")),
        ((1.0, 0.0), ("100%", "100%", "nearly all")),
        ((0.7, 0.3 - 1e-15), ("70%", "100%", "nearly all")),
    ],
)
def test_main_directions_say_how_much_they_hold(shares, parts):
    first, both, worth = parts
    text = told(shares)
    assert "The run moves 3 numbers at once" in text
    assert f"the first holds {first} of its movement, both together hold {both}. So" in text
    assert worth in text


def test_only_main_directions_have_a_movement_to_explain():
    assert movement(AXES) == ""
    assert "right angles" in movement(principal_directions(RUN))


def test_a_lowest_point_on_the_border_may_not_be_the_lowest_beyond_it():
    scene = surface_scene(RUN, AXES, 1_000)
    slope = np.add.outer(scene.plane.y, scene.plane.x)
    bowl = np.add.outer(
        (scene.plane.y - scene.plane.y[30]) ** 2, (scene.plane.x - scene.plane.x[30]) ** 2
    )
    assert "on the border, so it may go down further beyond." in error_surface(
        replace(scene, errors=slope - slope.min())
    )
    assert "border" not in error_surface(replace(scene, errors=bowl))


def test_where_nothing_shown_is_lower_no_point_is_named():
    scene = surface_scene(RUN, AXES, 1_000)
    text = error_surface(replace(scene, errors=scene.errors + scene.error))
    assert text.endswith(
        f"The run's error is {digits(scene.error)} now; no point shown has a lower one."
    )


def test_errors_that_are_nearly_alike_are_told_apart():
    scene = surface_scene(RUN, AXES, 1_000)
    near = scene.errors - scene.errors.min() + scene.error - 1e-9
    now, lowest = (
        error_surface(replace(scene, errors=near)).split(start)[1].split(end)[0]
        for start, end in (("error is ", " now"), ("shown is ", ","))
    )
    assert float(now) > float(lowest)


def test_a_landscape_explains_the_height_of_the_line():
    assert "above or below the ground" in told(solid=True)
    assert "above or below" not in told(solid=False)
    # There is no line yet.
    assert "above or below" not in told(solid=True, step=0)


def test_an_error_beyond_what_is_shown():
    run = run_of(output="linear", learning_rate=1.0, steps=500)
    assert run.diverged_at is not None
    scene = surface_scene(run, two_parameters(run.plan, 0, 1), run.last_step)
    assert error_surface(scene).endswith("The run's error is beyond 1 × 10³⁰ now.")


def test_what_is_said_of_any_surface_is_so():
    """Rows, axes and step at random; every error of the plane is computed anew."""
    rng, seen = np.random.default_rng(5), set()
    for _ in range(30):
        n = int(rng.integers(1, 7))
        X, t = rng.integers(-4, 5, (n, 2)) / 2, rng.integers(0, 2, n)
        rate, steps = float(rng.choice([0.01, 1.0, 10.0])), int(rng.choice([20, 400]))
        run = run_of(tuple(map(tuple, X)), tuple(t), learning_rate=rate, seed=n, steps=steps)
        i, j = (int(k) for k in rng.choice(3, 2, replace=False))
        step = int(rng.integers(run.last_step + 1))
        scene = surface_scene(run, two_parameters(run.plan, i, j), step)
        parameters = np.tile(run.parameters_at(step), (scene.plane.n, scene.plane.n, 1))
        now = ((1 / (1 + np.exp(-(X @ parameters[0, 0, :2] + parameters[0, 0, 2]))) - t) ** 2).sum()
        parameters[..., i], parameters[..., j] = np.meshgrid(scene.plane.x, scene.plane.y)
        z = parameters[..., :2] @ X.T + parameters[..., 2:]
        errors = ((1 / (1 + np.exp(-z)) - t) ** 2).sum(axis=-1)
        text = error_surface(scene)
        if abs(errors.min() - now) < 1e-12:
            continue  # rounding decides
        assert ("no point shown has a lower one" in text) == (errors.min() > now)
        if errors.min() > now:
            seen.add("none")
            continue
        told = re.search(
            r"The run's error is (.+) now\. The lowest error shown is (.+), "
            r"where “.+” is (.+) and “.+” is (.+?)"
            r"(: that is on the border.*)?\.$", text,
        )  # fmt: skip
        high, low, x, y = (float(read(each)) for each in told.groups()[:4])
        assert (high, low) == pytest.approx((now, errors.min()), rel=1e-3)
        assert low < high
        row, column = np.argwhere(errors <= errors.min() + 1e-12)[0]
        assert (x, y) == pytest.approx((scene.plane.x[column], scene.plane.y[row]), rel=1e-2)
        border = {row, column} & {0, scene.plane.n - 1}
        assert bool(told[5]) == bool(border)
        seen.add(bool(border))
    assert seen >= {True, False}
