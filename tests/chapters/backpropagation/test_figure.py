"""A walk as a picture: updates one after the other, the ledger beside them."""

import numpy as np
import pytest

from nnviz.chapters.backpropagation.figure import (
    backprop_picture,
    backprop_tracks,
    board_of,
)
from nnviz.chart import packing
from nnviz.chart.tracks import BarTrack, ReadoutTrack, WordsTrack
from nnviz.text.digits import digits, told_apart
from nnviz.walkthrough.figures.tracks import BoardTrack, CardTrack, FlightTrack
from nnviz.walkthrough.figures.update_effect import effect_tracks
from nnviz.walkthrough.update_effect import UpdateEffect, update_effect
from nnviz.walkthrough.walk import RowUpdate, walk_updates
from tests.walks import random_walk, tutorial_walk


def books_of(walk):
    return [update_effect(trace, walk.start.X, walk.start.y) for trace in walk.traces]


def tracks_of(walk):
    boards = [board_of(trace, walk.steps) for trace in walk.traces]
    words = [[f"{u}.{i}" for i in range(len(walk.steps))] for u in range(len(walk.traces))]
    return backprop_tracks(walk, boards, books_of(walk), words), boards


def of(tracks, kind):
    return [track for track in tracks.tracks if isinstance(track, kind)]


def test_every_track_has_a_value_for_every_step():
    walk = tutorial_walk(1, 0, 1)
    tracks, _ = tracks_of(walk)
    assert tracks.last == walk.last == 44
    assert {len(track.values) for track in tracks.tracks} == {45}


def test_each_update_keeps_its_own_texts_cards_and_flights():
    walk = tutorial_walk(1, 0, 1)
    tracks, boards = tracks_of(walk)
    board, card, flight = (of(tracks, kind)[0] for kind in (BoardTrack, CardTrack, FlightTrack))
    for position in range(walk.last + 1):
        place = walk.place(position)
        own = boards[place.update]
        texts = [board.texts[i] for i in board.values[position, :, 0]]
        assert texts == [own.texts[i] for i in own.values[place.index, :, 0]]
        exact = [board.exact[i] for i in board.values[position, :, 0]]
        assert exact == [own.exact[i] for i in own.values[place.index, :, 0]]
        assert card.cards[card.values[position]] == own.cards[place.index]
        assert flight.groups[flight.values[position]] == own.flights[place.index]
    (words,) = of(tracks, WordsTrack)
    assert words.texts[words.values[17]] == "1.2"
    assert [t.label for t in of(tracks, ReadoutTrack)] == ["update", "row"]
    rows = of(tracks, ReadoutTrack)[1].values
    assert rows[[0, 15, 30]].tolist() == [2, 1, 2]


def test_going_on_changes_nothing_of_the_past():
    short, long = tutorial_walk(1, 0), tutorial_walk(1, 0, 0, 1)
    first, second = tracks_of(short)[0], tracks_of(long)[0]
    for a, b in zip(first.tracks, second.tracks, strict=True):
        np.testing.assert_array_equal(a.values, b.values[: len(a.values)])


def test_the_ledger_shows_before_and_after():
    walk = tutorial_walk(1, 0)
    tracks, _ = tracks_of(walk)
    before, rises, falls = of(tracks, BarTrack)
    for position in range(walk.last + 1):
        place = walk.place(position)
        effect = books_of(walk)[place.update]
        np.testing.assert_array_equal(before.values[position], effect.before)
        if place.step.kind == "again":
            shown = np.where(effect.after > effect.before, rises.values[position], np.nan)
            np.testing.assert_array_equal(shown[~np.isnan(shown)], effect.after[list(effect.lost)])
            np.testing.assert_array_equal(
                falls.values[position][list(effect.gained)], effect.after[list(effect.gained)]
            )
        else:
            assert np.isnan(rises.values[position]).all()
            assert np.isnan(falls.values[position]).all()


def test_the_ledger_says_it_in_numbers():
    walk = tutorial_walk(1)
    tracks, _ = tracks_of(walk)
    text = of(tracks, BoardTrack)[1]
    (effect,) = books_of(walk)
    said = [text.texts[i] for i in text.values[14, :, 0]]
    old, new = told_apart(
        *(float(errors[0]) for errors in (effect.before, effect.after)), at_least=3
    )
    assert said[0] == f"~row 1, target 1\n*{old} → {new} ▲"
    assert said[1].startswith("~▸ row 2, target 0\n*")
    assert said[1].endswith("▼")
    assert text.texts[text.values[3, 0, 0]] == f"~row 1, target 1\n*{digits(effect.before[0], 3)}"


def test_the_picture_stands_still_while_the_walk_goes_on():
    first, second = (
        backprop_picture(walk, books_of(walk)) for walk in (tutorial_walk(1), tutorial_walk(1, 0))
    )
    assert first.figure == second.figure
    assert first.narrow == second.narrow


@pytest.mark.parametrize("sizes", [(1, 1), (4, 1), (2, 2, 1), (4, 4, 4, 4, 1)])
def test_both_layouts_draw_all_boxes_and_end_with_the_ledger(sizes):
    walk = random_walk(sizes, "tanh")
    picture = backprop_picture(walk, books_of(walk))
    layout, narrow = picture.figure.layout, picture.narrow
    assert len(layout.shapes) == len(narrow["shapes"]) > 10
    assert layout.height <= 440
    assert narrow["yaxis"]["domain"][0] > narrow["yaxis2"]["domain"][1]
    assert layout.xaxis2.domain[0] > layout.xaxis.domain[1]


def test_the_largest_walk_fits_its_indices():
    walk = random_walk((4, 4, 4, 4, 1), "tanh", every_term=True, n_updates=1)
    board = board_of(walk.traces[0], walk.steps)
    assert 40 * len(board.texts) < 2**16
    assert 40 * len(walk.steps) < 2**16


def test_errors_that_have_left_the_numbers_are_no_bars():
    start = random_walk((2, 2, 1), "linear").start
    walk = walk_updates(start, [RowUpdate(0, 10.0)] * 3, every_term=False)
    tracks, _ = tracks_of(walk)
    picture = backprop_picture(walk, books_of(walk))
    assert np.isfinite(picture.figure.layout.xaxis2.range[1])
    assert tracks.arrays()


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (0.5, 0.25, "0.5 → 0.25 ▼"),
        (0.25, 0.5, "0.25 → 0.5 ▲"),
        (0.5, 0.5, "0.5 → 0.5 ="),
        (0.5, np.inf, "0.5 → infinity ▲"),
        (0.5, np.nan, "0.5 → not a number"),
    ],
)
def test_the_ledger_says_which_way_an_error_went(before, after, told):
    effect = UpdateEffect(np.array([before]), np.array([after]))
    tracks = effect_tracks([effect], [0], [1.0], n_steps=2, updated_at=1)
    text = tracks[-1]
    assert text.texts[text.values[1, 0, 0]] == f"~▸ row 1, target 1\n*{told}"
    rises, falls = (tracks[i].values[1, 0] for i in (1, 2))
    assert (rises == after) == (after > before)
    assert (falls == after) == (after <= before)


def test_stretches_put_together_are_the_whole_walk():
    walk = tutorial_walk(1, 0, 1, 1, 0)
    whole, boards = tracks_of(walk)
    words = [[f"{u}.{i}" for i in range(len(walk.steps))] for u in range(len(walk.traces))]
    stretches = [
        backprop_tracks(walk, boards[a:b], books_of(walk)[a:b], words[a:b], first=a)
        for a, b in ((0, 2), (2, 4), (4, 5))
    ]
    assert [tracks.last for tracks in stretches] == [29, 59, walk.last]
    for parts in zip(whole.tracks, *(tracks.tracks for tracks in stretches), strict=True):
        track, *parts = parts
        assert [part.start for part in parts] == [0, 30, 60]
        assert {part.series for part in parts} == {track.series} != {""}
        for name in ("texts", "exact", "cards", "groups"):
            if hasattr(track, name):
                joined = tuple(each for part in parts for each in getattr(part, name))
                shown = [getattr(track, name)[i] for i in first_indices(track)]
                behind = np.cumsum([0, *(len(getattr(part, name)) for part in parts)])
                indices = [first_indices(p) + n for p, n in zip(parts, behind, strict=False)]
                assert [joined[i] for i in np.concatenate(indices)] == shown
    # A stretch that is over depends on nothing after it.
    short = tutorial_walk(1, 0)
    first = backprop_tracks(short, boards[:2], books_of(short), words[:2])
    assert packing.pack(first) == packing.pack(stretches[0])


def first_indices(track):
    """Return what a track's values name in its lists, flat; of a board without the looks."""
    return (track.values[..., 0] if isinstance(track, BoardTrack) else track.values).ravel()
