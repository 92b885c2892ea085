"""The still part of a network: what every mark says of itself."""

import re
from dataclasses import replace

import numpy as np
import pytest

from nnviz.chapters.deeper_networks.figures.layout import HEIGHT, network_layout
from nnviz.chapters.deeper_networks.figures.network import (
    KEY,
    network_shapes,
    network_texts,
    network_traces,
)
from nnviz.chapters.deeper_networks.items import Bias, Edge, Unit, input_name, item_name
from nnviz.chart import theme
from nnviz.data.sample import Sample
from tests.deep_views import plan
from tests.traces import checked

network_traces = checked(network_traces)

MADE = plan()
LAYOUT = network_layout(MADE.sizes)


def hovered(made=MADE):
    layout = network_layout(made.sizes)
    return [
        ((x, y), text)
        for trace in network_traces(made, layout, None)
        for x, y, text in zip(trace.x, trace.y, trace.hovertext, strict=True)
    ]


def test_every_unit_edge_and_bias_answers_the_pointer_in_its_place():
    told = hovered()
    for item in (*LAYOUT.units, *LAYOUT.biases, *LAYOUT.edges):
        name = f"<b>{item_name(MADE, item)}</b>"
        places = np.array([place for place, text in told if text.startswith(name)])
        if isinstance(item, Edge):
            curve = LAYOUT.points(item, 400)
            assert len(places) >= 3
            for place in places:
                assert np.hypot(*(curve - place).T).min() < 1.0
        else:
            expected = LAYOUT.tile(item) if isinstance(item, Unit) else LAYOUT.mark(item)
            assert places.tolist() == [list(expected[:2])]
    assert {text.partition("</b>")[0] for _, text in told} == {
        f"<b>{item_name(MADE, item)}" for item in (*LAYOUT.units, *LAYOUT.biases, *LAYOUT.edges)
    }


def test_names():
    assert item_name(MADE, Unit(0, 1)) == "input x2"
    assert item_name(MADE, Unit(2, 0)) == "hidden layer 2, unit 1"
    assert item_name(MADE, Unit(3, 0)) == "the output"
    assert item_name(MADE, Bias(3, 0)) == "bias of the output"
    assert item_name(plan(3), Unit(3, 2)) == "output of c"
    weight = "weight from input x1 to hidden layer 1, unit 3"
    assert item_name(MADE, Edge(1, 0, 2)) == weight

    assert [input_name(MADE, name) for name in ("x1^2", "x2")] == ["x1²", "x2"]


def test_a_unit_says_what_the_colours_of_its_map_stand_for():
    told = {text.partition("</b>")[0]: text for _, text in hovered()}
    assert told["<b>hidden layer 1, unit 1"].endswith("orange −1, clear 0, blue 1")
    assert told["<b>hidden layer 2, unit 1"].endswith("full colour its largest value")  # relu
    assert told["<b>the output"].endswith("orange 0, clear 0.5, blue 1")
    of_numbers = {text.partition("</b>")[0]: text for _, text in hovered(plan(0))}
    assert of_numbers["<b>the output"].endswith("in the colours of the answer")


def test_headers_and_names_stand_beside_the_units():
    texts = network_texts(MADE, LAYOUT, small=False)
    told = [text["text"] for text in texts]
    assert told[:2] == ["x1", "x2"]
    assert told[-4:] == ["inputs", "tanh<br>3 units", "relu<br>2 units", "sigmoid<br>1 unit"]
    for layer, text in enumerate(texts[-4:]):
        assert text["x"] == LAYOUT.tile(Unit(layer, 0)).x
    small = network_texts(MADE, LAYOUT, small=True)
    assert min(text["font"]["size"] for text in texts) >= 12
    # Plotly leaves out texts beyond the axes, so headers are moved in pixels.
    assert all(text["y"] <= HEIGHT and text["yshift"] >= 40 for text in (*texts[-4:], *small[-4:]))


def test_a_long_or_wicked_name_is_cut_and_never_markup():
    sample = Sample(
        MADE.sample.X, MADE.sample.y, ("<a href='x'>", "temperature in °C"), ("<i>", "b")
    )
    made = replace(MADE, sample=sample)
    texts = [t["text"] for t in network_texts(made, network_layout(made.sizes), small=False)]
    assert texts[1] == "temper…"
    for text in (*texts, *(text for _, text in hovered(made))):
        assert not re.search(r"<[ai]\b|<i>", text)


@pytest.mark.parametrize("item", [Unit(1, 2), Bias(2, 1)])
def test_a_chosen_unit_or_bias_has_a_frame(item):
    (frame,) = network_shapes(LAYOUT, item)
    x, y, _ = LAYOUT.tile(item) if isinstance(item, Unit) else LAYOUT.mark(item)
    assert (frame["x0"] + frame["x1"]) / 2 == pytest.approx(x)
    assert (frame["y0"] + frame["y1"]) / 2 == pytest.approx(y)
    assert frame["line"]["color"] == theme.PURPLE


def test_a_chosen_edge_is_underlaid_and_what_is_not_there_is_not_marked():
    before, after = (network_traces(MADE, LAYOUT, item) for item in (None, Edge(1, 0, 1)))
    assert len(after) == len(before) + 1
    np.testing.assert_array_equal(after[0].x, LAYOUT.points(Edge(1, 0, 1))[:, 0])
    assert network_shapes(LAYOUT, Edge(1, 0, 1)) == network_shapes(LAYOUT, None) == []
    assert network_shapes(LAYOUT, Unit(1, 7)) == []
    assert len(network_traces(MADE, LAYOUT, Edge(1, 0, 7))) == len(before)


def test_the_key_explains_lines_corners_and_squares_within_the_width_of_a_phone():
    plain = [re.sub(r"<.*?>", "", line) for line in KEY]
    assert [line.partition(":")[0] for line in plain[:3]] == ["line", "corner", "square"]
    assert max(map(len, plain)) <= 62
