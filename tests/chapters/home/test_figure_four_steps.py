"""The picture of the four steps: layout, highlighted parts, known values, errors."""

import re
from itertools import combinations

import pytest

from nnviz.chapters.home.figure_four_steps import ARROWS, FUNCTIONS, TALL, WIDE, four_steps_picture
from nnviz.chapters.home.four_steps import walk
from nnviz.chart import theme
from nnviz.data import tutorial
from nnviz.data.tutorial import first_neuron
from nnviz.walkthrough.figures.plan import Box

KNOWN = ["weight 1", "weight 2", "bias", "target"]


def at(n_steps):
    return walk(first_neuron(), tutorial.SECOND_ROW, tutorial.SECOND_TARGET, n_steps)


def layouts(n_steps):
    """Return the picture's layout on a wide and on a narrow screen."""
    picture = four_steps_picture(at(n_steps))
    return picture.figure.to_dict()["layout"], picture.narrow


def boxes(layout):
    """Return what stands in each rectangle, by its name."""
    found = {}
    for mark in layout["annotations"]:
        named = re.fullmatch(r"<span.*?>(.*?)</span><br><b>(.*)</b>", mark.get("text", ""))
        if named:
            found[named[1]] = named[2]
    return found


def lit(layout):
    """Return the colours of the thick outlines, and how many arrows are thick."""
    outlines = [s["line"]["color"] for s in layout["shapes"] if s["line"]["width"] > 2]
    arrows = [a for a in layout["annotations"] if a.get("arrowwidth", 0) > 2]
    return outlines, len(arrows)


@pytest.mark.parametrize("screen", [0, 1])
@pytest.mark.parametrize(
    ("n_steps", "outlines", "n_arrows"),
    [
        (0, [], 0),
        (1, [theme.INK] * 2, 0),
        (2, [theme.INK] * 4, 6),  # sum, prediction, weighted sum, sigmoid
        (3, [theme.INK, theme.VERMILLION, theme.INK], 3),  # target, error, compare
        (4, [theme.GREEN] * 3 + [theme.INK], 2),  # the parameters, adjust
        (6, [theme.INK] * 4, 6),
    ],
)
def test_what_acts_is_lit(n_steps, outlines, n_arrows, screen):
    assert lit(layouts(n_steps)[screen]) == (outlines, n_arrows)


@pytest.mark.parametrize("screen", [0, 1])
@pytest.mark.parametrize(
    ("n_steps", "new"),
    [
        (0, []),
        (1, ["hours<br>of sun", "glasses<br>of water"]),
        (2, ["weighted<br>sum", "prediction"]),
        (3, ["error"]),
    ],
)
def test_values_appear_when_they_are_computed(n_steps, new, screen):
    before = boxes(layouts(n_steps - 1)[screen]) if n_steps else {}
    now = boxes(layouts(n_steps)[screen])
    assert len(now) == 9
    known = [name for name, text in before.items() if text != "?"] if before else KNOWN
    assert sorted(n for n, text in now.items() if text != "?") == sorted([*known, *new])


def test_the_values_are_the_tutorials():
    assert boxes(layouts(3)[0]) == {
        "hours<br>of sun": "2",
        "glasses<br>of water": "1.5",
        "weight 1": "1.45",
        "weight 2": "−0.66",
        "bias": "0",
        "weighted<br>sum": "1.91",
        "prediction": "0.871",
        "target": "0",
        "error": "0.7587",
    }


@pytest.mark.parametrize("screen", [0, 1])
def test_adjusting_shows_old_and_new_and_the_next_round_starts_from_the_new(screen):
    adjusted, after = boxes(layouts(4)[screen]), boxes(layouts(5)[screen])
    assert adjusted["weight 1"] == "1.45 →<br>1.059"
    assert adjusted["bias"] == "0 →<br>−0.1957"
    assert (after["weight 1"], after["bias"]) == ("1.059", "−0.1957")
    assert [n for n in after if after[n] == "?"] == ["weighted<br>sum", "prediction", "error"]


def test_every_known_value_says_all_its_digits_on_hover():
    marks = layouts(3)[0]["annotations"]
    hovers = [mark["hovertext"] for mark in marks if "hovertext" in mark]
    assert "error: 0.7586743559278976" in hovers
    assert len(hovers) == 9
    assert len([m for m in layouts(0)[0]["annotations"] if "hovertext" in m]) == len(KNOWN)


def test_the_bars_are_the_errors_so_far_and_only_the_newest_is_coloured():
    bars = four_steps_picture(at(11)).figure.data[-1]
    assert list(bars.x) == [1, 2, 3]
    assert list(bars.y) == list(at(11).errors)
    assert list(bars.marker.color) == [theme.GREY, theme.GREY, theme.VERMILLION]
    assert list(bars.text) == ["0.76", "0.38", "0.027"]
    assert list(four_steps_picture(at(2)).figure.data[-1].y) == []


@pytest.mark.parametrize(
    ("n_steps", "last"), [(0, 5), (20, 5), (21, 10), (41, 20), (81, 50), (201, 100), (400, 100)]
)
def test_the_axis_of_rounds_grows_in_jumps_only(n_steps, last):
    assert layouts(n_steps)[0]["xaxis2"]["range"] == [0.4, last + 0.6]
    assert max(at(n_steps).errors, default=0) < layouts(n_steps)[0]["yaxis2"]["range"][1]


PLANS = pytest.mark.parametrize("plan", [WIDE, TALL], ids=["wide", "tall"])
INSIDE = ("weights[0]", "weights[1]", "bias")


def edges(box):
    half_width, half_height = box.width / 2, box.height / 2
    return box.x - half_width, box.x + half_width, box.y - half_height, box.y + half_height


def overlap(a, b):
    (left, right, low, high), (left_b, right_b, low_b, high_b) = edges(a), edges(b)
    return left < right_b and left_b < right and low < high_b and low_b < high


@PLANS
def test_nothing_overlaps_but_the_parameters_and_their_frame(plan):
    for (name, a), (other, b) in combinations(plan.boxes.items(), 2):
        framed = "parameters" in (name, other) and {name, other} & set(INSIDE)
        assert overlap(a, b) == bool(framed), (name, other)


@PLANS
def test_everything_stands_on_the_plane_and_the_parameters_in_their_frame(plan):
    for box in plan.boxes.values():
        assert min(edges(box)) >= 0
        assert max(edges(box)) <= 100
    left, right, low, high = edges(plan.boxes["parameters"])
    for name in INSIDE:
        inner = edges(plan.boxes[name])
        assert left < inner[0] < inner[1] < right
        assert low < inner[2] < inner[3] < high


@PLANS
def test_an_arrow_leads_from_edge_to_edge_and_through_nothing(plan):
    for start, end, _ in ARROWS:
        (x0, y0), (x1, y1) = plan.arrow_between(start, end)
        assert max(abs(x1 - x0), abs(y1 - y0)) > 2, (start, end)
        points = [(x0 + t * (x1 - x0) / 20, y0 + t * (y1 - y0) / 20) for t in range(1, 20)]
        for name, box in plan.boxes.items():
            for x, y in points:
                assert not overlap(box, Box(x, y, 0.01, 0.01)), (start, end, name)


@PLANS
def test_arrows_at_the_frame_stand_upright_or_level(plan):
    for start, end in (("parameters", "weighted sum"), ("adjust", "parameters")):
        (x0, y0), (x1, y1) = plan.arrow_between(start, end)
        assert x0 == x1 or y0 == y1


def test_every_function_and_arrow_has_a_place():
    assert set(WIDE.boxes) == set(TALL.boxes)
    named = {name for start, end, _ in ARROWS for name in (start, end)} | set(FUNCTIONS)
    assert named <= set(WIDE.boxes)
