"""Draw one row on its way through a neuron: the graph, the activation curve, a hundred coins."""

import math
from dataclasses import replace
from typing import Any, Final

import numpy as np

from nnviz.chapters.prediction.decision import CoinFlips, decide
from nnviz.chapters.prediction.figures.activation import curve_axes, curve_traces, curve_tracks
from nnviz.chapters.prediction.words import prediction_meanings
from nnviz.chart import plot, theme
from nnviz.chart.picture import Picture
from nnviz.chart.tracks import Track, Tracks, WordsTrack
from nnviz.nn.trace import Trace
from nnviz.text.digits import digits, told_apart
from nnviz.text.names import CODE, Naming
from nnviz.walkthrough.figures import looks
from nnviz.walkthrough.figures.layouts import neuron_plans
from nnviz.walkthrough.figures.looks import LOOKS, board_items, graph_at_rest
from nnviz.walkthrough.figures.tracks import (
    NAME,
    VALUE,
    BoardTrack,
    Card,
    CardTrack,
    Flight,
    FlightTrack,
    Form,
    Item,
    Look,
    Point,
    text_item,
)
from nnviz.walkthrough.figures.update import UpdateBoard, code_and_place, update_board
from nnviz.walkthrough.source_lines import line_of
from nnviz.walkthrough.steps import Step

_SPLIT: Final = 0.66  # of the width that the graph takes on a wide screen
_CURVE, _COINS = "2", "3"  # the numbers of their subplots

_BESIDE: Final = (
    ((0, _SPLIT), (0, 1)), ((_SPLIT + 0.07, 1), (0.53, 1)), ((_SPLIT + 0.04, 1), (0, 0.4)),
)  # fmt: skip
_STACKED: Final = ((0, 1), (0.48, 1)), ((0.07, 0.46), (0.09, 0.42)), ((0.54, 1), (0.02, 0.42))
"""The places of graph, curve and coins."""

_ALONE: Final = ((0, 1), (0.15, 0.85))
"""The place of the graph where nothing stands below it."""

ROW: Final = 10
"""Coins side by side."""

COIN_LOOKS: Final = (
    Look(),
    Look(theme.CLASS_COLOURS[0], 1.5, theme.CLASS_COLOURS[0]),
    Look(theme.CLASS_COLOURS[1], 1.5, theme.CLASS_COLOURS[1]),
)
_RADIUS: Final = 0.34
_CORNERS: Final = 20


def prediction_picture(
    trace: Trace,
    threshold: float,
    flips: CoinFlips | None,
    steps: tuple[Step, ...],
    naming: Naming = CODE,
    *,
    curve: bool = True,
    coins: bool = True,
    stacked: bool = False,
) -> Picture:
    """Draw the graph of a single unit with two inputs, its activation curve and the coins.

    ``stacked`` puts the graph above the two, where it has all of the width.
    """
    wide, narrow = neuron_plans(len(trace.input_vector), backward=False)
    activation, z = trace.layers[0].activation, float(trace.layers[0].pre_activations[0])
    of_graph, of_curve, of_coins = _STACKED if stacked else _BESIDE
    alone = stacked and not curve and not coins
    squared = {"scaleanchor": "x3", "constrain": "domain"} if stacked else {}
    coin_axes = theme.hidden_axis(-0.6, 22), theme.hidden_axis(ROW - 0.4, -0.6, **squared)
    layout = theme.layout(
        int(wide.height) + 8,
        margin={"l": 0, "r": 8, "t": 4, "b": 4},
        dragmode=False,
        **graph_at_rest(wide, _ALONE if alone else of_graph),
        **curve_axes(activation, z, _CURVE, of_curve, naming),
        **theme.panel(_COINS, of_coins, *coin_axes),
    )
    height = narrow.height + 420
    low = 420 / height
    changes = {
        "height": int(height),
        "margin": {"l": 0, "r": 4},
        **graph_at_rest(narrow, ((0, 1), (low, 1))),
        **theme.moved(_CURVE, ((0.14, 1), (210 / height, low - 10 / height))),
        **theme.moved(_COINS, ((0.02, 0.98), (4 / height, 156 / height))),
    }
    drawn = [plot.empty(_CURVE)]
    if curve:
        drawn = curve_traces(activation, z, threshold, axes=_CURVE, naming=naming)
    else:
        layout["xaxis2"]["visible"] = layout["yaxis2"]["visible"] = False
    if flips is None and coins:
        layout["annotations"] = [_no_coins(activation)]
    clock = WordsTrack(values=np.zeros(len(steps) + 1), texts=("",))
    figure = plot.figure([plot.empty(""), *drawn, plot.empty(_COINS)], layout)
    return Picture(figure, changes, Tracks((clock,), len(steps)))


def _no_coins(activation: str) -> dict[str, Any]:
    text = f"No coins for {activation}: only<br>a sigmoid’s prediction<br>is a probability."
    return theme.note(
        text, 0, 1, xref="x3 domain", yref="y3 domain", align="left", xanchor="left", yanchor="top"
    )


def prediction_tracks(
    trace: Trace,
    threshold: float,
    flips: CoinFlips | None,
    steps: tuple[Step, ...],
    words: tuple[str, ...],
    naming: Naming = CODE,
    *,
    curve: bool = True,
    coins: bool = True,
    slope: bool = True,
) -> Tracks:
    """Return the marks that appear while a row goes through; ``words`` has a text per step."""
    wide, narrow = neuron_plans(len(trace.input_vector), backward=False)
    keys, items = board_items(wide, narrow, prediction_meanings(trace, naming))
    board = _with_answer(
        update_board(trace, steps, wide, keys, naming), trace, threshold, keys, naming
    )
    kinds = [step.kind for step in steps]
    layer = trace.layers[0]
    everything = np.arange(len(words))
    tracks: list[Track] = [
        BoardTrack(
            values=board.values, items=items, texts=board.texts, exact=board.exact, looks=LOOKS
        ),
        FlightTrack(values=everything, groups=board.flights),
        CardTrack(values=everything, cards=board.cards),
        WordsTrack(values=everything, texts=words),
    ]
    if curve:
        tracks += curve_tracks(
            layer.activation,
            float(layer.pre_activations[0]),
            float(layer.activations[0]),
            len(words),
            z_at=kinds.index("bias"),
            a_at=kinds.index("activation"),
            axes=_CURVE,
            slope=slope,
        )
    if flips is not None and coins:
        tracks.append(
            coins_track(flips, len(words), kinds.index("activation"), axes=f"x{_COINS}y{_COINS}")
        )
    return Tracks(tuple(tracks), len(steps))


def _with_answer(
    board: UpdateBoard, trace: Trace, threshold: float, keys: tuple[str, ...], naming: Naming
) -> UpdateBoard:
    """Add the step in which the threshold makes an answer of the prediction."""
    prediction = float(trace.prediction[0])
    answer, target = decide(prediction, threshold), float(trace.target[0])
    sign = "✓" if answer == target else "✗"
    last = board.values[-1:].copy()
    last[..., 1] = looks.PLAIN
    shown = len(board.texts)
    for key, look in (("decide", looks.FORWARD), ("answer", looks.FORWARD), ("a.0.0", looks.USED)):
        last[0, keys.index(key), 1] = look
    for arrow in ("a.0.0>decide", "decide>answer"):
        last[0, keys.index(arrow), 1] = looks.ARROW
    last[0, keys.index("answer"), 0] = shown
    values = np.concatenate([board.values, last])
    # The threshold stands in its hexagon from the start.
    values[:, keys.index("decide"), 0] = shown + 1
    flight = Flight(digits(prediction), keys.index("a.0.0"), keys.index("decide"))
    compared, limit = told_apart(prediction, threshold)
    card = Card(
        "answer",
        "1 if prediction ≥ threshold else 0",
        f"1 if {compared} ≥ {limit} else 0",
        str(answer),
        str(answer),
        "",
        *code_and_place(line_of(decide, "return "), naming),
    )
    return replace(
        board,
        values=values,
        texts=(
            *board.texts,
            f"{NAME}answer\n{VALUE}{answer} {sign}",
            f"{NAME}threshold\n{VALUE}≥ {digits(threshold)}",
        ),
        exact=(*board.exact, "", repr(threshold)),
        flights=(*board.flights, (flight,)),
        cards=(*board.cards, card),
    )


def coins_track(flips: CoinFlips, n_steps: int, known_at: int, *, axes: str) -> BoardTrack:
    """Return the coins and their count, seen from the step ``known_at`` on.

    The coordinates of the subplot ``axes`` count coins from the top left.
    """
    n = len(flips.came_up)
    items = [_coin(i, came_up=came_up) for i, came_up in enumerate(flips.came_up.tolist())]
    items.append(text_item((ROW + 0.1, (n // ROW - 1) / 2), 13))  # beside the coins
    count = (
        f"{NAME}{n} coin flips, each 1 with\n{NAME}probability {digits(flips.probability)}\n"
        f"{VALUE}■ {flips.n_ones} came up 1\n{VALUE}● {n - flips.n_ones} came up 0"
    )
    values = np.zeros((n_steps, len(items), 2), dtype=np.uint16)
    values[known_at:, :-1, 1] = flips.came_up + 1
    values[known_at:, -1, 0] = 1
    return BoardTrack(
        values=values,
        items=tuple(items),
        texts=("", count),
        exact=("", ""),
        looks=COIN_LOOKS,
        axes=axes,
    )


def _coin(i: int, *, came_up: bool) -> Item:
    """Return a coin as a square or, if it came up 0, as a circle."""
    x, y, r = float(i % ROW), float(i // ROW), _RADIUS
    points: tuple[Point, ...] = (x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)
    if not came_up:
        turns = [2 * math.pi * k / _CORNERS for k in range(_CORNERS)]
        points = tuple((x + r * math.cos(turn), y + r * math.sin(turn)) for turn in turns)
    form = Form(points, (x, y), 1)
    return Item("", "", closed=True, wide=form, narrow=form)
