"""The picture of a run, as values: rows, lines to measure it by, axes that hold still."""

import json
import re
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from nnviz.chapters.live_training.figures.plane import PLANE, X_RANGE, Y_RANGE
from nnviz.chapters.live_training.figures.run import live_training_picture
from nnviz.chapters.live_training.figures.strands import Strand
from nnviz.chapters.live_training.surfaces import around, run_surfaces
from nnviz.chart import theme
from nnviz.chart.strands import STROKES
from nnviz.data.tutorial import eight_rows
from nnviz.training.baselines.yardsticks import yardsticks
from nnviz.training.maps.surface_axes import two_parameters
from nnviz.training.model import Model
from nnviz.training.playback import view
from tests.colours import HOUSE, of_picture
from tests.runs import run_of

PAIRS = ["xy", "x2y2", "x3y3", "x4y4", "x5y5"]
CHOICES = [
    {},
    {"steps": 1},
    {"features": ("sin x1",)},
    {"hidden": ((4, "tanh"),), "standardise": True},
    {"learning_rate": 10.0, "rate_changes": ((300, 0.01),)},
    {"output": "linear", "learning_rate": 1.0},
    {"output": "linear", "learning_rate": 100.0},
]


def surfaces_of(seen):
    axes = two_parameters(seen.run.plan, 0, 1)
    return run_surfaces(seen, axes, around(axes.coordinates(seen.parameters)))


def draw(stride=1, probe=None, rows_are_handles=False, others=(), number=0, **choices):
    run = run_of(**{"steps": 1_000, **choices})
    seen = view(run, stride=stride)
    model = replace(Model.of(run.plan), standardise=False)
    measures = yardsticks(model.plan(run.plan.sample))
    return live_training_picture(
        Strand(STROKES[number], (seen,), 100 * number),
        measures,
        surfaces_of(seen),
        others=others,
        probe=probe,
        rows_are_handles=rows_are_handles,
    )


def other(number, own_from, **choices):
    """Return another line, drawn from where it begins."""
    run = run_of(**{"steps": 1_000, **choices})
    return Strand(STROKES[number], (view(run, first=own_from),), own_from)


OTHERS = (
    other(1, 300, rate_changes=((300, 5.0),)),
    other(2, 300, hidden=((2, "tanh"),)),
    other(3, 500, order="in turn"),
    other(4, 999),
)


def axes_of(trace):
    return f"{trace.xaxis or 'x'}{trace.yaxis or 'y'}"


def on(picture, axes):
    return [trace for trace in picture.figure.data if axes_of(trace) == axes]


def markers(picture):
    return [t for t in on(picture, "xy") if t.mode == "markers+text"]


def test_every_row_is_in_its_place_with_the_symbol_of_its_class():
    data = eight_rows()
    for target, trace in enumerate(markers(draw())):
        own = np.flatnonzero(data.y == target)
        assert list(trace.x) == data.X[own, 0].tolist()
        assert list(trace.y) == data.X[own, 1].tolist()
        assert [text.strip() for text in trace.text] == [str(row + 1) for row in own]
        assert trace.marker.symbol == theme.CLASS_SYMBOLS[target]
        assert trace.marker.color == theme.CLASS_COLOURS[target]
    zero, one = (trace.marker for trace in markers(draw()))
    assert zero.symbol != one.symbol
    assert zero.color != one.color


@pytest.mark.parametrize("choices", CHOICES, ids=repr)
@pytest.mark.parametrize("rows_are_handles", [False, True])
def test_plotly_keeps_all_pairs_of_axes(choices, rows_are_handles):
    picture = draw(rows_are_handles=rows_are_handles, **choices)
    assert {axes_of(trace) for trace in picture.figure.data} == set(PAIRS)
    # Only the two rows of markers are left out.
    assert len(markers(picture)) == (0 if rows_are_handles else 2)


def test_the_yardsticks_are_lines_across_the_error_curve():
    curve, guess, neuron = on(draw(), "x2y2")
    assert list(guess.y) == [2.0, 2.0]
    assert list(neuron.y) == pytest.approx(2 * [1.8838062484862979], rel=1e-9)
    assert list(guess.x) == list(neuron.x) == [0, 1_000]
    # Told apart by their dash.
    assert guess.line.dash != neuron.line.dash
    assert "searches" in neuron.hovertemplate
    assert (curve.line.color, curve.line.dash) == (STROKES[0].colour, STROKES[0].dash)


def test_the_lines_are_named_above_the_curve():
    legend = draw().figure.layout.annotations[5]
    assert "always 0.5: 2" in legend.text
    assert "lowest found: 1.8838" in legend.text
    assert (legend.yref, legend.y, legend.yanchor) == ("y2 domain", 1, "bottom")
    assert "searches" in legend.hovertext


def test_a_best_that_is_only_approached_is_called_so():
    legend = draw(features=("sin x1",)).figure.layout.annotations[5]
    assert "best of this neuron: → 0" in legend.text
    assert "ever closer" in legend.hovertext


@pytest.mark.parametrize("steps", [1, 99, 100, 10_000])
def test_the_curve_is_the_cumulative_error(steps):
    run = run_of(steps=steps)
    curve = on(draw(steps=steps), "x2y2")[0]
    expected = run.cumulative_errors_between(0, steps)
    assert curve.x[0] == 0
    assert curve.x[-1] == steps
    assert len(curve.x) == len(curve.y) <= 1_402
    np.testing.assert_allclose(curve.y, expected[np.array(curve.x, dtype=int)], rtol=5e-4)


def test_what_is_shown_while_the_slider_moves_stands_where_the_full_picture_will():
    full, quick = draw(steps=10_000), draw(steps=10_000, stride=100)
    for name in ("xaxis", "yaxis", "xaxis2", "xaxis4", "yaxis4"):
        assert full.figure.layout[name] == quick.figure.layout[name]
    # A neuron's curve is true to every update even then.
    np.testing.assert_array_equal(on(quick, "x2y2")[0].y, on(full, "x2y2")[0].y)
    assert full.tracks.last == quick.tracks.last == 10_000


@pytest.mark.parametrize("choices", CHOICES, ids=repr)
def test_the_axes_are_fixed_and_hold_everything(choices):
    picture = draw(**choices)
    layout = picture.figure.layout
    last = max(picture.tracks.last, 1)
    assert (layout.xaxis.range, layout.yaxis.range) == (X_RANGE, Y_RANGE)
    assert layout.xaxis2.range == (0, last)
    assert layout.xaxis4.range == (0, 1)
    assert layout.yaxis4.range == (7.5, -0.5)
    for n in ("", "2", "3", "4"):
        assert np.isfinite([layout[f"{xy}axis{n}"].range for xy in "xy"]).all()
    rows = eight_rows().X
    assert ((X_RANGE[0] < rows[:, 0]) & (rows[:, 0] < X_RANGE[1])).all()
    assert ((Y_RANGE[0] < rows[:, 1]) & (rows[:, 1] < Y_RANGE[1])).all()
    errors = np.array(on(picture, "x2y2")[0].y)
    assert (errors <= layout.yaxis2.range[1]).all() or layout.yaxis2.range[1] >= 1e300
    assert layout.yaxis2.range[0] == 0
    assert layout.yaxis2.range[1] > 2


def test_an_error_that_just_fits_into_a_float_still_has_an_axis():
    run = run_of(steps=10)
    seen = view(run)
    errors = np.linspace(1.0, 1.79e308, len(seen.cumulative_errors))
    strand = Strand(STROKES[0], (replace(seen, cumulative_errors=errors),))
    picture = live_training_picture(strand, yardsticks(run.plan), surfaces_of(seen))
    assert np.isfinite(picture.figure.layout.yaxis2.range).all()


def test_scales_are_equal_where_the_rows_lie_and_the_maps_reach_beyond():
    layout = draw().figure.layout
    assert layout.yaxis.scaleanchor == "x"
    assert PLANE.x_low < X_RANGE[0] < X_RANGE[1] < PLANE.x_high
    assert PLANE.y_low < Y_RANGE[0] < Y_RANGE[1] < PLANE.y_high


def test_the_chart_is_kept_whatever_is_shown():
    kept = {draw(**choices).figure.layout.uirevision for choices in CHOICES}
    assert len(kept) == 1
    assert kept.pop()


def test_each_bar_has_the_name_of_its_row():
    layout = draw().figure.layout
    assert list(layout.yaxis4.tickvals) == list(range(8))
    assert layout.yaxis4.ticktext == (
        "1 → 0", "2 → 1", "3 → 0", "4 → 1", "5 → 0", "6 → 1", "7 → 1", "8 → 0",
    )  # fmt: skip


def test_the_axes_of_the_surface_are_called_by_what_moves():
    def names(**choices):
        layout = draw(**choices).figure.layout
        return layout.xaxis3.title.text, layout.yaxis3.title.text

    assert names() == names(features=("sin x1",)) == ("weight of x1", "weight of x2")
    assert names(hidden=((4, "tanh"),)) == ("x1 → unit 1", "x1 → unit 2")


def test_where_a_branch_begins_is_a_line_with_its_letter():
    shapes = draw(others=OTHERS).figure.layout.shapes
    assert [(s.x0, s.x1, s.xref) for s in shapes] == [
        (300, 300, "x2"), (500, 500, "x2"), (999, 999, "x2")
    ]  # fmt: skip
    letters = [re.sub("<[^>]*>", "", s.label.text) for s in shapes]
    assert letters == ["B C", "D", "E"]  # two that begin together share their mark
    assert draw().figure.layout.shapes == ()


def test_each_line_has_a_curve_of_its_own_colour_and_dash_from_where_it_begins():
    picture = draw(others=OTHERS)
    curves = [t for t in on(picture, "x2y2") if t.opacity == 0.4]
    looks = [(t.line.color, t.line.dash) for t in curves]
    assert looks == [(stroke.colour, stroke.dash) for stroke in STROKES]
    assert [t.x[0] for t in curves] == [0, 300, 300, 500, 999]
    assert len({colour for colour, _ in looks}) == len({dash for _, dash in looks}) == 5
    # And none looks like a yardstick.
    for trace in on(picture, "x2y2"):
        if trace not in curves:
            assert (trace.line.color, trace.line.dash) not in looks


def test_the_axis_holds_the_highest_error_of_all_lines():
    wild = other(1, 0, output="linear", learning_rate=0.08)
    (curve,) = [t for t in on(draw(others=(wild,)), "x2y2") if t.line.color == STROKES[1].colour]
    assert max(curve.y) > 10
    assert draw(others=(wild,)).figure.layout.yaxis2.range[1] > max(curve.y)
    assert draw().figure.layout.yaxis2.range[1] < 10


def test_the_lines_are_named_over_the_map_and_only_if_there_are_several():
    title = draw(others=OTHERS).figure.layout.annotations[0]
    for stroke in STROKES:
        assert f'color:{stroke.colour}">{stroke.letter} {stroke.sample}<' in title.text
    assert "Each letter is a line" in title.hovertext
    assert draw().figure.layout.annotations[0].text == "<b>what the network answers</b>"
    # On a line of their own: on a tablet there is no room beside the title.
    assert title.text.startswith("<b>what the network answers</b><br><span")
    assert draw(others=OTHERS).narrow["annotations"][0]["text"] == title.text


def test_the_letters_stand_in_their_order_whichever_is_followed():
    title = draw(number=2, others=(other(0, 0), other(1, 950))).figure.layout.annotations[0].text
    plain = re.sub("<[^>]*>", "", title)
    assert plain.index("A ") < plain.index("B ") < plain.index("C ")


def test_the_probe_is_a_cross_where_it_was_asked():
    with_probe, without = draw(probe=(2.5, 1.25)), draw()
    (cross,) = [t for t in on(with_probe, "xy") if t.marker.symbol == "x-thin"]
    assert (list(cross.x), list(cross.y)) == ([2.5], [1.25])
    assert len(on(with_probe, "xy")) == len(on(without, "xy")) + 1


def test_the_titles_say_what_the_colours_of_the_surface_are_worth():
    surfaces = surfaces_of(view(run_of(steps=1_000)))
    texts = [title.text for title in draw().figure.layout.annotations[:5]]
    assert texts[0] == "<b>what the network answers</b>"
    assert texts[1:3] == ["<b>the network</b>", "<b>cumulative error</b>"]
    assert f"{surfaces.low:.3g} to {surfaces.high:.3g}" in texts[3]
    assert "purple" in draw().figure.layout.annotations[3].hovertext
    assert texts[4] == "<b>plant errors</b>"


def test_on_a_narrow_screen_everything_stands_below_the_other():
    picture = draw()
    narrow = picture.narrow
    order = [narrow[f"yaxis{n}"]["domain"] for n in ("", "5", "2", "3", "4")]
    for (low, _), (_, high) in pairwise(order):
        assert high < low
    wide = picture.figure.layout.annotations
    assert [a["text"] for a in narrow["annotations"]] == [a.text for a in wide]
    assert [a["y"] for a in narrow["annotations"][:5]] == [high for _, high in order]
    assert narrow["height"] > picture.figure.layout.height


def test_on_a_wide_screen_nothing_overlaps():
    layout = draw().figure.layout
    axes = ("", "2", "3", "4", "5")
    boxes = [(*layout[f"xaxis{n}"].domain, *layout[f"yaxis{n}"].domain) for n in axes]
    for i, a in enumerate(boxes):
        for b in boxes[:i]:
            assert a[0] >= b[1] or b[0] >= a[1] or a[2] >= b[3] or b[2] >= a[3]


def boxes_of_texts(layout, titles, width):
    """Return (left, right, bottom, top) in pixels of every line of every title."""
    margin = layout["margin"]
    across, up = width - margin["l"] - margin["r"], layout["height"] - margin["t"] - margin["b"]
    boxes = []
    for title in titles:
        x, y = title["x"], title["y"]
        if title["xref"] != "paper":
            x, y = layout["xaxis2"]["domain"][1], layout["yaxis2"]["domain"][1]
        rows = title["text"].split("<br>")
        for row, text in enumerate(reversed(rows)):
            # A bold letter of 12 pixels is 7.5 wide with its neighbours, any other about 6.
            bold = text.startswith("<b>") and text.endswith("</b>")
            wide = len(re.sub("<[^>]*>", "", text)) * (7.5 if bold else 6.1)
            left = margin["l"] + x * across - wide * (title["xanchor"] == "right")
            bottom = y * up + 14 * row + (title.get("yshift") or 0)
            boxes.append((left, left + wide, bottom, bottom + 14))
    return boxes


@pytest.mark.parametrize("width", [340, 599, 600, 730, 975])
def test_no_title_stands_on_another_or_beyond_the_picture(width):
    picture = draw(others=OTHERS)
    layout = picture.figure.layout.to_plotly_json()
    if width < 600:
        for name, value in picture.narrow.items():
            new = isinstance(value, dict)
            layout[name] = {**layout[name], **value} if new else value
    titles = [each for each in layout["annotations"] if each["xref"] != "x5"]
    boxes = boxes_of_texts(layout, titles, width)
    height = layout["height"] - layout["margin"]["b"] - layout["margin"]["t"]
    for i, a in enumerate(boxes):
        assert a[0] >= 0
        assert a[1] <= width
        assert a[3] <= height + layout["margin"]["t"]
        for b in boxes[:i]:
            assert a[1] <= b[0] or b[1] <= a[0] or a[3] <= b[2] or b[3] <= a[2]


@pytest.mark.parametrize("choices", CHOICES, ids=repr)
def test_every_colour_is_of_the_house_and_the_browser_can_read_it_all(choices):
    picture = draw(probe=(1, 1), **choices)
    assert set(theme.CLASS_COLOURS) <= of_picture(picture)
    assert of_picture(picture) <= HOUSE
    assert "np.float64" not in picture.figure.to_json()
    json.dumps(dict(picture.narrow), allow_nan=False)


def test_on_a_phone_what_a_task_speaks_of_stands_above_the_plane():
    run = run_of(steps=1_000)
    seen, measures = view(run, stride=1), yardsticks(Model.of(run.plan).plan(run.plan.sample))
    strand, surfaces = Strand(STROKES[0], (seen,), 0), surfaces_of(seen)
    for first, axis, panels in (
        ("curve", "yaxis2", ("plane", "curve")),
        ("rows", "yaxis4", ("plane", "curve", "rows")),
        ("network", "yaxis5", ("plane", "network", "curve")),
    ):
        narrow = live_training_picture(strand, measures, surfaces, panels=panels).narrow
        ends = {name: each["domain"][1] for name, each in narrow.items() if name[0] == "y"}
        assert max(ends, key=ends.__getitem__) == axis, first
        titles = [note["y"] for note in narrow["annotations"][: len(panels)]]
        assert titles == list(ends.values()), first
