"""The pictures of the error surface, as values."""

import math

import numpy as np
import pytest

from nnviz.chapters.live_training.figures.surface import error_surface_picture
from nnviz.chapters.live_training.surfaces import ranks, surface_scene
from nnviz.chart import theme
from nnviz.training.maps.surface_axes import principal_directions, two_parameters
from tests.colours import HOUSE, of_picture
from tests.runs import run_of

RUN = run_of(steps=1_000, record_every=50)
AXES = two_parameters(RUN.plan, 2, 0)
SCENE = surface_scene(RUN, AXES, 730)
BOTH = pytest.mark.parametrize("solid", [False, True])


def drawn(scene=SCENE, **options):
    return error_surface_picture(scene, **options).figure.to_plotly_json()


def traces_of(scene=SCENE, **options):
    return {trace.name: trace for trace in error_surface_picture(scene, **options).figure.data}


@BOTH
def test_the_ground_is_the_surface(solid):
    ground = traces_of(solid=solid)["error"]
    assert ground["type"] == ("surface" if solid else "contour")
    np.testing.assert_array_equal(ground["z"], SCENE.errors if solid else ranks(SCENE.errors))
    np.testing.assert_array_equal(ground["x"], SCENE.plane.x)
    np.testing.assert_array_equal(ground["y"], SCENE.plane.y)
    assert [colour for _, colour in ground["colorscale"]] == list(theme.SEQUENTIAL)


def test_the_bar_of_colours_says_which_error_has_which_shade():
    bar = traces_of(solid=False)["error"]["colorbar"]
    assert (bar["tickvals"][0], bar["tickvals"][-1]) == (0, 1)
    for shade, error in zip(bar["tickvals"], bar["ticktext"], strict=True):
        assert np.mean(SCENE.errors < float(error)) == pytest.approx(shade, abs=0.02)


@BOTH
def test_the_way_and_the_points_stand_where_the_run_was(solid):
    traces = traces_of(solid=solid)
    way = traces["its way so far"]
    np.testing.assert_array_equal(np.transpose([way["x"], way["y"]]), SCENE.path)
    for name, place in (
        ("start", SCENE.path[0]),
        ("now", SCENE.place),
        ("lowest point shown", SCENE.lowest_place),
    ):
        assert (traces[name]["x"][0], traces[name]["y"][0]) == tuple(place)
    assert traces["now"]["text"][0].startswith("after update 730<br>bias ")
    assert way["text"][3].startswith("after update 150<br>")


def test_heights_are_errors_but_for_a_hair():
    traces, hair = traces_of(solid=True), 0.025 * np.ptp(SCENE.errors)
    heights = np.array(traces["its way so far"]["z"])
    assert (heights > SCENE.path_errors).all()
    np.testing.assert_allclose(heights, SCENE.path_errors, atol=hair)
    assert traces["now"]["z"][0] == pytest.approx(
        RUN.cumulative_errors_between(730, 730)[0], abs=hair
    )
    assert traces["lowest point shown"]["z"][0] == pytest.approx(SCENE.errors.min(), abs=hair)


@BOTH
def test_every_mark_is_in_the_legend_and_has_a_shape_and_a_colour_of_its_own(solid):
    figure = drawn(solid=solid)
    assert figure["layout"]["showlegend"]
    assert all(trace.get("showlegend", True) for trace in figure["data"])
    marks = [trace["marker"] for trace in figure["data"] if trace.get("mode") == "markers"]
    # Circles differ by being filled or not.
    assert len({mark["symbol"] for mark in marks}) == len(marks) == 3
    assert len({mark["color"] for mark in marks}) == 3


def test_the_axes_are_named():
    layout = drawn()["layout"]
    assert [layout[axis]["title"]["text"] for axis in ("xaxis", "yaxis")] == [
        "bias", "weight of x1",
    ]  # fmt: skip
    space = drawn(solid=True)["layout"]["scene"]
    assert [space[axis]["title"]["text"] for axis in ("xaxis", "yaxis", "zaxis")] == [
        "bias", "weight of x1", "error",
    ]  # fmt: skip


def eye(layout):
    camera = layout["scene"]["camera"]["eye"]
    return np.array([camera[axis] for axis in "xyz"])


def test_the_landscape_is_turned_around_its_middle():
    before, after = (eye(drawn(solid=True, turn=turn)["layout"]) for turn in (0, 90))
    assert before[2] == after[2] > 0
    assert before[:2] @ after[:2] == pytest.approx(0, abs=1e-12)
    assert math.hypot(*before[:2]) == pytest.approx(math.hypot(*after[:2]))
    np.testing.assert_allclose(eye(drawn(solid=True, turn=360)["layout"]), before)


def test_on_a_narrow_screen_the_eye_is_farther_away_in_the_same_direction():
    picture = error_surface_picture(SCENE, solid=True, turn=40)
    wide, narrow = eye(picture.figure.to_plotly_json()["layout"]), eye(picture.narrow)
    assert np.linalg.norm(narrow) > 1.1 * np.linalg.norm(wide)
    np.testing.assert_allclose(np.cross(wide, narrow), 0, atol=1e-12)


@BOTH
def test_what_was_turned_or_zoomed_is_kept_while_the_run_goes_on(solid):
    def revisions(axes, step, turn=0):
        layout = drawn(surface_scene(RUN, axes, step), solid=solid, turn=turn)["layout"]
        return layout["uirevision"], layout.get("scene", {}).get("uirevision")

    assert revisions(AXES, 10) == revisions(AXES, 900)
    assert revisions(AXES, 10)[0] != revisions(principal_directions(RUN), 10)[0]
    if solid:
        assert revisions(AXES, 10)[1] != revisions(AXES, 10, turn=10)[1]


@BOTH
def test_the_colours_are_those_of_the_house(solid):
    # One is no colour but the way in which the ground is coloured.
    assert of_picture(error_surface_picture(SCENE, solid=solid)) - {"heatmap"} <= HOUSE


@BOTH
def test_a_flat_surface_and_a_run_without_a_way_are_drawn_too(solid):
    run = run_of(rows=((0, 0), (0, 0)), targets=(0, 1), steps=5, learning_rate=0.0)
    scene = surface_scene(run, two_parameters(run.plan, 0, 1), 0)
    assert np.ptp(scene.errors) == 0
    traces = traces_of(scene, solid=solid)
    assert len(traces["its way so far"]["x"]) == 1
