"""The whole picture of a deeper network, on a wide and on a narrow screen."""

import json
from dataclasses import replace

import plotly.io
import pytest

from nnviz.chapters.deeper_networks.figures.layout import HEIGHT, WIDTH
from nnviz.chapters.deeper_networks.figures.losses import LossMark, Strand
from nnviz.chapters.deeper_networks.figures.picture import deeper_picture
from nnviz.chapters.deeper_networks.items import Edge, Unit
from nnviz.chart.strands import STROKES
from nnviz.training.maps.heatmap import Plane
from tests.deep_views import PLANE, plan, seen

MADE = plan()
MARKS = (LossMark(30, "1", "another rate"),)


@pytest.fixture(scope="module")
def strands():
    slower = replace(MADE, hyperparameters=replace(MADE.hyperparameters, learning_rate=0.01))
    views = (seen((0, MADE)), seen((0, slower), steps=90))
    return tuple(Strand(*pair) for pair in zip(STROKES, views, strict=False))


def drawn(strands, **options):
    return deeper_picture(strands[0], MADE, PLANE, others=strands[1:], marks=MARKS, **options)


def spans(layout):
    """Return (left, right, bottom, top) of the three subplots."""
    return [
        (*layout[f"xaxis{n}"]["domain"], *layout[f"yaxis{n}"]["domain"]) for n in ("", "2", "3")
    ]


def narrow_of(picture):
    layout = picture.figure.layout.to_plotly_json()
    for key, value in picture.narrow.items():
        layout[key] = {**layout[key], **value} if isinstance(value, dict) else value
    return layout


def test_no_subplot_lies_on_another_on_either_screen(strands):
    picture = drawn(strands)
    for layout in (picture.figure.layout.to_plotly_json(), narrow_of(picture)):
        places = spans(layout)
        for i, (left, right, bottom, top) in enumerate(places):
            assert 0 <= left < right <= 1
            assert 0 <= bottom < top <= 1
            for other in places[:i]:
                apart = (left >= other[1], right <= other[0], bottom >= other[3], top <= other[2])
                assert any(apart)


def test_it_fits_a_laptop_and_the_network_is_the_largest_part(strands):
    layout = drawn(strands).figure.layout
    assert layout.height <= 504
    areas = [(right - left) * (top - bottom) for left, right, bottom, top in spans(layout)]
    assert areas[0] > 2.5 * areas[1] > areas[2]


def test_the_plan_of_the_network_is_never_distorted_and_the_ground_is_a_square(strands):
    wide_plane = Plane(0.0, 1_000.0, 0.0, 1.0, 10)
    layout = deeper_picture(strands[0], MADE, wide_plane).figure.layout
    assert (layout.xaxis.range, layout.yaxis.range) == ((0, WIDTH), (0, HEIGHT))
    assert layout.yaxis.scaleanchor == "x"
    assert (layout.xaxis2.range, layout.yaxis2.range) == ((0, 1_000), (0, 1))
    # A unit of y is drawn so many times as long as one of x.
    assert layout.yaxis2.scaleratio == 1_000
    assert layout.xaxis2.constrain == layout.yaxis2.constrain == "domain"


def test_the_losses_reach_to_the_end_of_the_longest_line(strands):
    layout = drawn(strands).figure.layout
    assert layout.xaxis3.range[0] == 0
    assert 90 <= layout.xaxis3.range[1] < 95
    assert layout.yaxis3.type == "linear"
    assert drawn(strands, log=True).figure.layout.yaxis3.type == "log"


def test_words_and_marks_are_there_on_both_screens(strands):
    picture = drawn(strands)
    for layout in (picture.figure.layout.to_plotly_json(), narrow_of(picture)):
        told = " ".join(note["text"] for note in layout["annotations"])
        for part in ("what the network answers", "a weight", "the bias", "training: 15", "loss"):
            assert part in told
        assert len(layout["shapes"]) == 1


def test_a_chosen_item_is_marked(strands):
    assert len(drawn(strands, selected=Unit(1, 0)).figure.layout.shapes) == 2
    n_traces = len(drawn(strands).figure.data)
    assert len(drawn(strands, selected=Edge(1, 0, 0)).figure.data) == n_traces + 1


def test_what_answers_the_pointer_has_words(strands):
    for trace in drawn(strands).figure.data:
        assert trace.hoverinfo == "skip" or trace.hovertemplate or len(trace.hovertext)


@pytest.mark.parametrize("n_classes", [0, 2, 3, 5])
def test_every_kind_of_task_can_be_drawn_and_sent(n_classes):
    made = plan(n_classes, hidden=())
    picture = deeper_picture(Strand(STROKES[0], seen((0, made))), made, PLANE)
    sent = json.loads(plotly.io.to_json(picture.figure, validate=False))
    assert len(sent["data"]) == len(picture.figure.data)
    assert json.dumps(dict(picture.narrow))
