"""The answer over the plane: rows by class and part, the ground of several classes, the legend."""

import re
from dataclasses import replace

import numpy as np
import pytest

from nnviz.chapters.deeper_networks.figures.prediction import (
    MOST_POINTS,
    drawn,
    prediction_stops,
    prediction_traces,
    prediction_words,
)
from nnviz.chart import theme
from nnviz.data.sample import Sample
from nnviz.training.maps.network_maps import answer_range
from tests.deep_views import plan
from tests.traces import checked

prediction_traces = checked(prediction_traces)


def answering(traces):
    return [trace for trace in traces if trace.hoverinfo == "text"]


@pytest.mark.parametrize("n_classes", [2, 3, 5])
def test_every_row_is_drawn_once_as_what_it_is(n_classes):
    made = plan(n_classes)
    found = {}
    for trace in answering(prediction_traces(made)):
        is_filled = trace.marker.color != theme.PAPER
        colour = trace.marker.color if is_filled else trace.marker.line.color
        k = theme.SEVERAL_COLOURS.index(colour)
        assert trace.marker.symbol == theme.SEVERAL_SYMBOLS[k]
        assert (trace.xaxis, trace.yaxis) == ("x2", "y2")
        for x, y, text in zip(trace.x, trace.y, trace.hovertext, strict=True):
            part, row = re.match(r"<b>(\w+) row (\d+)</b>", text).groups()
            assert (part == "training") == is_filled
            found[int(row) - 1] = (x, y, k, is_filled)
            assert text.endswith(f"class {made.sample.classes[k]}")
    assert len(found) == made.sample.n_rows
    for row, (x, y, k, is_filled) in found.items():
        np.testing.assert_array_equal((x, y), made.sample.X[row])
        assert k == made.sample.y[row]
        assert is_filled == (row in made.split.train)


def test_test_rows_have_a_rim_of_ink_so_that_they_show_on_a_ground_of_their_colour():
    traces = prediction_traces(plan())
    rims = [trace for trace in traces if trace.hoverinfo == "skip"]
    opened = [trace for trace in answering(traces) if trace.marker.color == theme.PAPER]
    assert len(rims) == len(opened) == 2
    for rim, trace in zip(rims, opened, strict=True):
        assert rim.marker.color == theme.INK
        assert rim.marker.size > trace.marker.size + trace.marker.line.width
        np.testing.assert_array_equal(rim.x, trace.x)
        # What is drawn later lies above.
        assert traces.index(rim) < traces.index(trace)


def test_rows_of_a_regression_have_the_colour_of_their_target():
    made = plan(0)
    low, high = answer_range(made)
    for trace in answering(prediction_traces(made)):
        scale = trace.marker if trace.marker.color is not theme.PAPER else trace.marker.line
        scale = scale if scale.cmin is not None else trace.marker.line
        assert (scale.cmin, scale.cmax) == (low, high)
        assert [colour for _, colour in scale.colorscale] == [theme.ORANGE, theme.PAPER, theme.BLUE]
        rows = [int(re.search(r"row (\d+)", text)[1]) - 1 for text in trace.hovertext]
        np.testing.assert_array_equal(scale.color, made.sample.y[rows])


def test_of_many_rows_evenly_chosen_ones_are_drawn_and_the_legend_says_it():
    rng = np.random.default_rng(0)
    rows = np.sort(rng.choice(5_000, 2_000, replace=False))
    chosen = drawn(rng.permutation(rows))
    assert len(chosen) == len(set(chosen.tolist())) == MOST_POINTS
    assert (chosen[0], chosen[-1]) == (rows[0], rows[-1])
    assert set(chosen.tolist()) <= set(rows.tolist())
    assert np.array_equal(drawn(rows[:600]), rows[:600])
    many = plan(2, 2_000)
    assert prediction_words(many).count(f"{MOST_POINTS} drawn") == 2
    assert "training: 1,000" in prediction_words(many)
    assert "drawn" not in prediction_words(plan())


def test_the_ground_goes_from_paper_to_the_colour_of_each_class():
    for k in (3, 4, 5):
        stops = prediction_stops(plan(k))
        assert stops == tuple(s for c in theme.SEVERAL_COLOURS[:k] for s in (theme.PAPER, c))
    for made in (plan(2), plan(0)):
        assert prediction_stops(made) == theme.DIVERGING


def test_rows_that_are_handles_are_left_out():
    (trace,) = prediction_traces(plan(), rows_are_handles=True)
    assert list(trace.x) == [None]
    assert trace.xaxis == "x2"


def test_the_legend_explains_every_sign_in_words():
    words = prediction_words(plan(3))
    for part in ("kind", "a", "b", "c", "● training: 15", "○ test: 15", "the class told"):
        assert part in words
    assert "orange: tells a" in prediction_words(plan(2))
    low, high = answer_range(plan(0))
    assert f"{high:.1f}" in prediction_words(plan(0))
    assert "test" not in prediction_words(plan(2, test_fraction=0.0))
    assert low < high


def test_names_of_a_file_are_never_markup():
    made = plan(2)
    sample = Sample(
        made.sample.X, made.sample.y, ("<b>x", "<i>"), ("<a href='x'>", "fine"), "<u>target"
    )
    made = replace(made, sample=sample)
    hovered = [text for trace in answering(prediction_traces(made)) for text in trace.hovertext]
    for text in (prediction_words(made), *hovered):
        assert not re.search(r"<(a|i|u)\b|<b>x", text)
