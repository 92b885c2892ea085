"""A walk through updates: the graph with its numbers, and the ledger of all rows beside it."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from typing import Any, Final

import numpy as np

from nnviz.chart import plot, theme
from nnviz.chart.picture import Picture
from nnviz.chart.tracks import ReadoutTrack, Track, Tracks, WordsTrack
from nnviz.data.tutorial import is_plant
from nnviz.nn.trace import Trace
from nnviz.text.names import CODE, Naming
from nnviz.walkthrough.figures.layouts import graph_plans
from nnviz.walkthrough.figures.looks import LOOKS, board_items, graph_at_rest
from nnviz.walkthrough.figures.plan import tightest
from nnviz.walkthrough.figures.tracks import SLOPE, BoardTrack, CardTrack, FlightTrack
from nnviz.walkthrough.figures.update import UpdateBoard, update_board
from nnviz.walkthrough.figures.update_effect import effect_axes, effect_tracks, highest_error
from nnviz.walkthrough.steps import Step
from nnviz.walkthrough.update_effect import UpdateEffect
from nnviz.walkthrough.walk import BackpropWalk
from nnviz.walkthrough.words.meanings import value_meanings

_SPLIT: Final = 0.80  # of the width that the graph takes on a wide screen
# The places of the graph and of the ledger.
_BESIDE: Final = ((0, _SPLIT), (0, 1)), ((_SPLIT + 0.03, 1), (0.1, 1))
_STACKED: Final = ((0, 1), (0.31, 1)), ((0.02, 0.98), (0.085, 0.28))
_ALONE: Final = ((0, 1), (0.12, 0.92)), ((0, 1), (0, 0.05))
_TO_COME: Final = f"{SLOPE}?"
_LEDGER_ROOM: Final = 46  # px for each row of the ledger on a narrow screen


def board_of(trace: Trace, steps: Sequence[Step], naming: Naming = CODE) -> UpdateBoard:
    """Return the board of one update, which no later update changes."""
    wide, narrow = graph_plans(trace.network.sizes)
    keys, _ = board_items(wide, narrow, {})
    return update_board(trace, steps, tightest(wide, narrow), keys, naming)


def backprop_picture(
    walk: BackpropWalk,
    effects: Sequence[UpdateEffect],
    *,
    ledger: bool = True,
    stacked: bool = False,
) -> Picture:
    """Draw what stands still of a walk and its effects; `backprop_tracks` moves over it.

    ``ledger`` draws the errors of all rows, ``stacked`` puts them below the graph.
    """
    graph, errors = (_STACKED if ledger else _ALONE) if stacked else _BESIDE
    wide, narrow = graph_plans(walk.start.sizes)
    n_rows = len(walk.start.targets)
    layout = theme.layout(
        int(wide.height) + 8,
        margin={"l": 0, "r": 12, "t": 4, "b": 4},
        dragmode=False,
        **graph_at_rest(wide, graph),
        **effect_axes(n_rows, highest_error(effects), errors),
    )
    if not ledger:
        layout["xaxis2"]["visible"] = layout["yaxis2"]["visible"] = False
    ledger_height = 60 + n_rows * _LEDGER_ROOM if ledger else 8
    height = narrow.height + ledger_height
    low = ledger_height / height
    up = (44 / height, low - 10 / height) if ledger else (0, low)
    changes = {
        "height": int(height),
        "margin": {"r": 4},
        **graph_at_rest(narrow, ((0, 1), (low, 1))),
        **theme.moved("2", ((0.02, 1), up)),
    }
    figure = plot.figure([plot.empty(""), plot.empty("2")], layout)
    return Picture(figure, changes, Tracks((_clock(walk, 0, len(walk.traces)),), walk.last))


def _clock(walk: BackpropWalk, first: int, end: int) -> Track:
    """Return the update that each position belongs to, counted from 1."""
    updates = np.repeat(np.arange(first + 1, end + 1), len(walk.steps))
    return ReadoutTrack(values=updates, label="update")


def backprop_tracks(
    walk: BackpropWalk,
    boards: Sequence[UpdateBoard],
    effects: Sequence[UpdateEffect],
    words: Sequence[Sequence[str]],
    naming: Naming = CODE,
    *,
    ledger: bool = True,
    ahead: bool = True,
    first: int = 0,
) -> Tracks:
    """Return all that moves over a walk: a board, an effect and words for each update.

    ``ahead`` names derivatives before they are computed; without it they are question marks alone.
    With ``first`` these are the updates of a later stretch, which depends on none after it.
    """
    end = first + len(boards)
    wide, narrow = graph_plans(walk.start.sizes)
    # Once for the whole walk: plants only where every row is one.
    traces = sorted(walk.traces[:end], key=lambda trace: is_plant(trace.input_vector))
    _, items = board_items(wide, narrow, value_meanings(traces[0], naming))
    rows = [item.row for item in walk.taken[first:end]]
    n_steps = len(walk.steps)
    updated_at = walk.position(0, "again")
    everything = np.arange(len(boards) * n_steps)
    tracks: list[Track] = [
        _board(boards, items, ahead=ahead),
        FlightTrack(
            values=everything, groups=tuple(chain.from_iterable(each.flights for each in boards))
        ),
        CardTrack(
            values=everything, cards=tuple(chain.from_iterable(each.cards for each in boards))
        ),
        WordsTrack(values=everything, texts=tuple(chain.from_iterable(words))),
    ]
    if ledger:
        tracks += effect_tracks(
            effects, rows, walk.start.targets, n_steps=n_steps, updated_at=updated_at
        )
    tracks += [
        _clock(walk, first, end),
        ReadoutTrack(values=np.repeat(rows, n_steps) + 1, label="row"),
    ]
    stretch = (
        replace(track, start=first * n_steps, series=str(k)) for k, track in enumerate(tracks)
    )
    return Tracks(tuple(stretch), end * n_steps - 1)


def _board(boards: Sequence[UpdateBoard], items: Any, *, ahead: bool) -> BoardTrack:
    """Put the updates one after the other; the texts of each follow those of the one before."""
    shift, parts = 0, []
    for board in boards:
        values = board.values.copy()
        values[..., 0] += shift
        shift += len(board.texts)
        parts.append(values)
    return BoardTrack(
        values=np.concatenate(parts),
        items=items,
        texts=tuple(
            text if ahead or not text.endswith(_TO_COME) else _TO_COME
            for board in boards
            for text in board.texts
        ),
        exact=tuple(chain.from_iterable(board.exact for board in boards)),
        looks=LOOKS,
    )
