"""The picture of the error curve, as values."""

import re

import numpy as np
import pytest

from nnviz.chapters.error_curve.figure_curve import CURVE, error_curve_picture
from nnviz.chapters.error_curve.paths import PATHS, scene
from nnviz.chapters.error_curve.walk import POINT_A, walk
from nnviz.chart import theme


def picture(rates=(), rate=0.1, start=POINT_A, name="x"):
    """Return the traces and the notes of a walk with the next step."""
    curve = PATHS[name].curve()
    so_far = walk(curve, start, rates)
    ahead = None if rate is None else walk(curve, float(so_far.x[-1]), [rate])
    figure = error_curve_picture(scene(name), so_far, ahead).figure
    return [trace.to_plotly_json() for trace in figure.data], figure.layout.to_plotly_json()


def notes(layout, pattern):
    return [note for note in layout["annotations"] if re.search(pattern, note["text"])]


def of_colour(data, colour):
    return [t for t in data if t.get("line", {}).get("color") == colour]


def test_the_tangent_touches_the_curve_with_its_slope():
    data, layout = picture()
    (line,) = of_colour(data, theme.INK)
    (x0, x1), (y0, y1) = line["x"], line["y"]
    assert (y1 - y0) / (x1 - x0) == pytest.approx(2 * POINT_A)
    assert y0 + (POINT_A - x0) * 2 * POINT_A == pytest.approx(POINT_A**2)
    assert x0 < POINT_A < x1
    assert notes(layout, r"^slope = 1\.742$")


def test_the_point_stays_on_the_curve():
    for name in PATHS:
        curve, stage = picture(name=name)[0][CURVE], scene(name)
        np.testing.assert_array_equal(curve["x"], stage.xs)
        np.testing.assert_array_equal(curve["y"], stage.errors)


@pytest.mark.parametrize("name", PATHS)
@pytest.mark.parametrize("share", np.linspace(0, 1, 9))
def test_tangent_and_slope_stay_inside_the_picture(name, share):
    path, stage = PATHS[name], scene(name)
    start = path.low + share * (path.high - path.low)
    data, layout = picture(start=start, name=name)
    (line,) = of_colour(data, theme.INK)
    (note,) = notes(layout, "^slope = ")
    slack = 1e-9
    for x in (*line["x"], note["x"]):
        assert stage.x_range[0] <= x <= stage.x_range[1]
    # On a flat shoulder the line may rise a little above 1, still within the picture.
    for y in (*line["y"], note["y"]):
        assert stage.y_range[0] - slack <= y <= stage.y_range[1] + slack


def _box(note, stage, size):
    """Return left, bottom, right, top of a text in pixels, about."""
    x, y = _pixels(note["x"], note["y"], stage, size)
    width = 7 * len(note["text"])
    left = x + note["xshift"] - {"left": 0, "center": width / 2, "right": width}[note["xanchor"]]
    bottom = y + note["yshift"] - {"bottom": 0, "middle": 9, "top": 18}[note["yanchor"]]
    return left, bottom, left + width, bottom + 18


def _pixels(x, y, stage, size):
    return (
        (x - stage.x_range[0]) / np.ptp(stage.x_range) * size[0],
        (y - stage.y_range[0]) / np.ptp(stage.y_range) * size[1],
    )


@pytest.mark.parametrize("name", PATHS)
@pytest.mark.parametrize("size", [(560, 390), (320, 280)], ids=["wide", "phone"])
def test_the_slope_hides_no_ring_and_no_letter(name, size):
    path, stage = PATHS[name], scene(name)
    for start in np.linspace(path.low, path.high, 41):
        drawn = error_curve_picture(stage, walk(path.curve(), float(start), ()), None)
        layout = drawn.plain["layout"] if size[0] > 400 else drawn.narrow
        (note,) = notes(layout, "^slope = ")
        left, bottom, right, top = _box(note, stage, size)
        for place in stage.places.values():
            x, y = _pixels(*place, stage, size)
            # A letter stands outside of the parabola, 25 px from its ring's middle.
            outside = 25 if name == "x" and x > size[0] / 2 else 9
            inside = 25 if name == "x" and x < size[0] / 2 else 9
            apart = left > x + outside or right < x - inside or bottom > y + 9 or top < y - 9
            assert apart, (float(start), place)


def test_the_walk_is_joined_in_order_and_fades():
    data, _ = picture((0.9, 0.9, 0.9))
    (trail,) = of_colour(data, theme.GREY)
    np.testing.assert_allclose(trail["x"], POINT_A * np.array([1, -0.8, 0.64, -0.512]))
    np.testing.assert_allclose(trail["y"], trail["x"] ** 2)
    *past, present = trail["marker"]["opacity"]
    assert past == sorted(past)
    assert past[0] < past[-1]
    assert present == 0
    assert repr(float(trail["x"][2])) in trail["hovertext"][2]


def test_the_next_step_is_an_arrow_along_x_that_lands_on_the_curve():
    data, layout = picture(rate=0.9)
    arrow, landing = of_colour(data, theme.VERMILLION)
    assert arrow["line"]["dash"] == "dash"
    np.testing.assert_allclose(arrow["x"], [POINT_A, -0.8 * POINT_A])
    assert list(arrow["y"]) == [POINT_A**2, POINT_A**2]
    assert landing["y"][1] == pytest.approx((0.8 * POINT_A) ** 2)
    assert not notes(layout, "next")


def test_the_head_of_a_short_arrow_is_short():
    sizes = [
        of_colour(picture(rate=rate)[0], theme.VERMILLION)[0]["marker"]["size"][1]
        for rate in (0.001, 0.01, 0.5)
    ]
    assert sizes == sorted(sizes)
    assert sizes[0] < 1 < 10 < sizes[2]


def test_a_secret_step_is_not_drawn():
    data, layout = picture(rate=None)
    assert not of_colour(data, theme.VERMILLION)
    assert not notes(layout, "next")


@pytest.mark.parametrize(("rates", "side"), [((1.1,) * 6, 1), ((1.1,) * 7, 0)])
def test_a_point_outside_is_pointed_at_from_the_edge(rates, side):
    data, layout = picture(rates, rate=1.1)
    (now,), (ahead,) = notes(layout, "^now: x = "), notes(layout, "^next: x = ")
    x_range = scene("x").x_range
    assert (now["x"], ahead["x"]) == (x_range[side], x_range[1 - side])
    assert now["showarrow"]
    assert (now["ax"] < 0) is (side == 1)
    assert not of_colour(data, theme.INK)
    assert not notes(layout, "slope")
    x = POINT_A * (-1.2) ** len(rates)
    assert now["text"].endswith(f"{abs(x):.4g}")


def test_a_next_step_that_leaves_is_named_where_its_arrow_leaves():
    _, layout = picture(rate=2.0)
    (ahead,) = notes(layout, "^next: x = −2.613$")
    assert (ahead["x"], ahead["y"]) == (scene("x").x_range[0], POINT_A**2)


def test_a_lost_walk_is_still_a_picture():
    data, layout = picture((10.0,) * 200, rate=10.0)
    assert notes(layout, "^now: ")
    assert not of_colour(data, theme.VERMILLION)


@pytest.mark.parametrize("name", ["weight_1", "weight_2", "bias"])
def test_the_flat_regions_of_a_weight_are_shaded_and_named(name):
    stage = scene(name)
    _, layout = picture(start=PATHS[name].start, name=name)
    shades = layout["shapes"]
    assert [(s["x0"], s["x1"]) for s in shades] == [(s.low, s.high) for s in stage.flat_regions]
    right, wrong = notes(layout, "flat:<br>sure")
    assert "right" in right["text"]
    assert "wrong" in wrong["text"]
    assert right["x"] < wrong["x"]


@pytest.mark.parametrize("name", PATHS)
def test_the_places_stand_on_the_curve_and_the_flat_one_on_the_wrong_shoulder(name):
    path, stage = PATHS[name], scene(name)
    curve = path.curve()
    assert stage.places == {name: (x, curve.value(x)) for name, (x, _) in path.places.items()}
    if path.index is not None:
        x, error = stage.places["flat"]
        assert stage.is_flat(x)
        assert error > 0.95


def test_the_axes_hold_still():
    first, later = picture()[1], picture((1.1,) * 4, rate=0.01)[1]
    assert first["xaxis"]["range"] == later["xaxis"]["range"]
    assert first["yaxis"]["range"] == later["yaxis"]["range"]
