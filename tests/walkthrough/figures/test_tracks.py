"""What the browser is told of a board: every index it gets leads somewhere."""

import json

import numpy as np
import pytest

from nnviz.chapters.backpropagation.figure import backprop_tracks, board_of
from nnviz.walkthrough.figures.tracks import (
    BoardTrack,
    Card,
    CardTrack,
    Flight,
    FlightTrack,
    Form,
    Item,
    Look,
)
from nnviz.walkthrough.update_effect import update_effect
from nnviz.walkthrough.words.sentences import step_sentence
from tests.walks import random_walk, tutorial_walk


def tracks_of(walk):
    boards = [board_of(trace, walk.steps) for trace in walk.traces]
    effects = [update_effect(trace, walk.start.X, walk.start.y) for trace in walk.traces]
    words = [
        [step_sentence(trace, step, item.row, effect) for step in walk.steps]
        for trace, item, effect in zip(walk.traces, walk.taken, effects, strict=True)
    ]
    return backprop_tracks(walk, boards, effects, words)


def test_styles_say_it_all():
    form = Form(((0.0, 1.0),), (2.0, 3.0))
    board = BoardTrack(
        values=np.zeros((1, 1, 2)),
        items=(Item("a", "what a is", closed=True, wide=form, narrow=form),),
        texts=("", "*1"),
        exact=("", "now 1.0"),
        looks=(Look(), Look("#000", 2.0)),
        axes="x2y2",
    ).style()
    assert (board["axes"], board["texts"], board["exact"]) == ("x2y2", ("", "*1"), ("", "now 1.0"))
    assert board["items"][0].wide == form
    assert board["items"][0].start is False
    assert [look.width for look in board["looks"]] == [0.0, 2.0]
    flights = FlightTrack(values=np.zeros(1), groups=((Flight("2", 0, 1),), ())).style()
    assert flights["groups"] == [[("2", 0, 1)], []]
    card = Card("error", "f", "n", "r", "e", "", "return p", "a.py:1")
    cards = CardTrack(values=np.zeros(1), cards=(card,)).style()["cards"]
    assert cards == (card,)


@pytest.mark.parametrize("sizes", [(2, 1), (1, 1), (3, 4, 2, 1)])
def test_every_index_leads_somewhere(sizes):
    walk = random_walk(sizes, "tanh", n_updates=3)
    for track, sent in zip((tracks := tracks_of(walk)).tracks, tracks.arrays(), strict=True):
        style = json.loads(json.dumps(track.style(), default=vars))
        assert len(sent) == walk.last + 1
        if track.kind == "board":
            assert sent.dtype == np.uint16
            assert sent.shape[1:] == (len(style["items"]), 2)
            assert sent[..., 0].max() < len(style["texts"]) == len(style["exact"])
            assert sent[..., 1].max() < len(style["looks"])
            np.testing.assert_array_equal(sent, track.values)
        elif track.kind == "flights":
            n_items = len(tracks.tracks[0].items)
            assert sent.max() < len(style["groups"])
            assert all(
                max(start, end) < n_items and start != end
                for group in style["groups"]
                for _, start, end in group
            )
        elif track.kind in ("card", "words"):
            assert sent.max() < len(style["cards" if track.kind == "card" else "texts"])


def test_the_largest_walk_loses_no_text_in_sixteen_bits():
    walk = random_walk((4, 4, 4, 4, 1), "tanh", n_updates=40, every_term=True)
    assert len(walk.traces) == 40
    tracks = tracks_of(walk)
    for track, sent in zip(tracks.tracks, tracks.arrays(), strict=True):
        if track.dtype == "u2":
            np.testing.assert_array_equal(sent, track.values)
    board, sent = tracks.tracks[0], tracks.arrays()[0]
    assert len(board.texts) < 2**16
    last = board_of(walk.traces[39], walk.steps)
    at_end = [board.texts[i] for i in sent[-1, :, 0]]
    assert at_end == [last.texts[i] for i in last.values[-1, :, 0]]


def test_a_box_can_be_clicked_and_a_blocks_name_cannot():
    items = tracks_of(random_walk((2, 2, 1), "tanh")).tracks[0].items
    by_name = {item.name: item for item in items}
    assert by_name["z.0.1"].about.startswith("z1[1]: ")
    assert by_name["z.0.1"].closed
    assert not by_name["edge.0.0.1"].closed
    assert not [name for name in by_name if name.startswith("unit")]
    assert all(bool(item.name) == bool(item.about) for item in items)
    neuron = tracks_of(tutorial_walk(1)).tracks[0].items
    assert {"derror_dprediction", "local", "by_weights"} <= {item.name for item in neuron}
