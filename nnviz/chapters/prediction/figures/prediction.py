"""Draw one row on its way through a neuron: the graph, the activation curve, a hundred coins."""

import math
from dataclasses import replace
from types import MappingProxyType
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
from nnviz.walkthrough.figures.looks import LOOKS, board_items, quiet_shapes
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
)
from nnviz.walkthrough.figures.update import UpdateBoard, update_board
from nnviz.walkthrough.source_lines import line_of
from nnviz.walkthrough.steps import Step

_SPLIT: Final = 0.66  # of the width that the graph takes on a wide screen
_CURVE: Final = "2"
_COINS: Final = "3"
_EMPTY: Final = MappingProxyType({"x": [None], "y": [None], "hoverinfo": "skip"})


_BESIDE: Final = MappingProxyType(
    {
        "graph": ([0, _SPLIT], [0, 1]),
        "curve": ([_SPLIT + 0.07, 1], [0.53, 1]),
        "coins": ([_SPLIT + 0.04, 1], [0, 0.4]),
    }
)
_STACKED: Final = MappingProxyType(
    {"graph": ([0, 1], [0.48, 1]), "curve": ([0.07, 0.46], [0.09, 0.42]),
     "coins": ([0.54, 1], [0.02, 0.42])}
)  # fmt: skip
"""The places of the three parts: their domains across and upright."""


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
    layer = trace.layers[0]
    z = float(layer.pre_activations[0])
    places = dict(_STACKED if stacked else _BESIDE)
    if stacked and not curve and not coins:
        places["graph"] = ([0, 1], [0.15, 0.85])
    layout = theme.layout(
        int(wide.height) + 8,
        margin={"l": 0, "r": 8, "t": 4, "b": 4},
        xaxis=_plane([0, wide.width], domain=places["graph"][0]),
        yaxis=_plane([0, wide.height], domain=places["graph"][1]),
        shapes=quiet_shapes(wide),
        dragmode=False,
        **curve_axes(
            layer.activation,
            z,
            _CURVE,
            naming,
            x={"domain": places["curve"][0]},
            y={"domain": places["curve"][1]},
        ),
        xaxis3=_plane([-0.6, 22], domain=places["coins"][0], anchor="y3"),
        yaxis3=_plane(
            [ROW - 0.4, -0.6],
            domain=places["coins"][1],
            anchor="x3",
            **({"scaleanchor": "x3", "constrain": "domain"} if stacked else {}),
        ),
    )
    height = narrow.height + 420
    low = 420 / height
    changes: dict[str, Any] = {
        "height": int(height),
        "margin": {"l": 0, "r": 4},
        "xaxis": {"range": [0, narrow.width], "domain": [0, 1]},
        "yaxis": {"range": [0, narrow.height], "domain": [low, 1]},
        "xaxis2": {"domain": [0.14, 1]},
        "yaxis2": {"domain": [210 / height, low - 10 / height]},
        "xaxis3": {"domain": [0.02, 0.98]},
        "yaxis3": {"domain": [4 / height, 156 / height]},
        "shapes": quiet_shapes(narrow),
    }
    traces = [
        plot.scatter(**_EMPTY),
        *(curve_traces if curve else _no_curve)(
            layer.activation, z, threshold, axes=_CURVE, naming=naming
        ),
        plot.scatter(**_EMPTY, xaxis="x3", yaxis="y3"),
    ]
    if not curve:
        layout["xaxis2"]["visible"] = layout["yaxis2"]["visible"] = False
    if flips is None and coins:
        layout["annotations"] = [_no_coins(layer.activation)]
    clock = WordsTrack(values=np.zeros(len(steps) + 1), texts=("",))
    return Picture(plot.figure(traces, layout), changes, Tracks((clock,), len(steps)))


def _no_curve(*_: Any, **__: Any) -> list[plot.Trace]:
    """Return the place of the curve with nothing in it."""
    return [plot.scatter(**_EMPTY, xaxis=f"x{_CURVE}", yaxis=f"y{_CURVE}")]


def _plane(span: list[float], **options: Any) -> dict[str, Any]:
    return {"range": span, "visible": False, "fixedrange": True, **options}


def _no_coins(activation: str) -> dict[str, Any]:
    return {
        "text": f"No coins for {activation}: only<br>a sigmoid’s prediction<br>is a probability.",
        "xref": "x3 domain",
        "yref": "y3 domain",
        "x": 0,
        "y": 1,
        "align": "left",
        "xanchor": "left",
        "yanchor": "top",
        "showarrow": False,
        "font": {"color": theme.INK, "size": 13},
    }


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
    line = line_of(decide, "return ") if naming == CODE else None
    compared, limit = told_apart(prediction, threshold)
    card = Card(
        "answer",
        "1 if prediction ≥ threshold else 0",
        f"1 if {compared} ≥ {limit} else 0",
        str(answer),
        str(answer),
        "",
        line.text if line else "",
        line.place if line else "",
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
    came_up = flips.came_up.astype(int).tolist()
    items = [_coin(i, came) for i, came in enumerate(came_up)]
    items.append(_count_item(len(came_up)))
    n = len(came_up)
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


def _coin(i: int, came_up: int) -> Item:
    x, y = float(i % ROW), float(i // ROW)
    points = _square(x, y) if came_up else _circle(x, y)
    form = Form(points, (x, y), 1)
    return Item("", "", closed=True, wide=form, narrow=form)


def _square(x: float, y: float) -> tuple[Point, ...]:
    r = _RADIUS
    return (x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)


def _circle(x: float, y: float) -> tuple[Point, ...]:
    turns = [2 * math.pi * k / _CORNERS for k in range(_CORNERS)]
    return tuple((x + _RADIUS * math.cos(t), y + _RADIUS * math.sin(t)) for t in turns)


def _count_item(n_coins: int) -> Item:
    """Return the item of the count, beside the coins."""
    form = Form((), (ROW + 0.1, (n_coins // ROW - 1) / 2), 13)
    return Item("", "", closed=False, wide=form, narrow=form, start=True)
