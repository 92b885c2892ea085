"""A network that learns the game: its board, and what it gets right, over its updates."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from nnviz.chapters.rules_or_learning.figure_board import (
    Area,
    board_axes,
    lines,
    quarter,
    quarter_centre,
)
from nnviz.chapters.rules_or_learning.figure_curve import TRAINED, UNSEEN
from nnviz.chapters.rules_or_learning.figure_guess_board import (
    LEGEND,
    LOOKS,
    SHADE,
    SIGNS,
    bytes_of,
    shades,
    standing,
)
from nnviz.chapters.rules_or_learning.figure_workflow import LIGHT, WORKFLOW, note, places
from nnviz.chapters.rules_or_learning.grids import DIGITS, N_CELLS, SIDE, Grid, RuleSet, cell_name
from nnviz.chapters.rules_or_learning.learning import KEPT_EVERY, UPDATES, Measured
from nnviz.chapters.rules_or_learning.verdicts import Verdict
from nnviz.chart import theme
from nnviz.chart.picture import Picture
from nnviz.chart.tracks import DotTrack, MapTrack, ReadoutTrack, Tracks, TrailTrack, WordsTrack
from nnviz.nn.checks import FloatArray
from nnviz.walkthrough.board.tracks import BoardTrack, Form, Item, Look

BOARD, CURVES, STRIP = "xy", "x2y2", "x3y3"
_LEVELS: Final = 10
_FINER: Final = 16
_NONE: Final = Look()
_CURVE_LEGEND: Final = (
    "<b>Cells answered right</b>   ··· by chance, 25 %<br>"
    f'<span style="color:{TRAINED.colour}"><b>—●</b></span> games learned from   '
    f'<span style="color:{UNSEEN.colour}"><b>– –○</b></span> games never seen'
)


def training_picture(grid: Grid, rule_set: RuleSet, measured: Measured) -> Picture:
    """Draw what stands still while a training plays; its tracks come from `training_tracks`."""
    chance = go.Scatter(
        x=[0, UPDATES], y=[0.25, 0.25], mode="lines",
        line={"color": theme.INK, "dash": "dot", "width": 1.5}, hoverinfo="skip",
        xaxis="x2", yaxis="y2",
    )  # fmt: skip
    curves = [
        go.Scatter(
            x=measured.steps, y=share, mode="lines", opacity=0.4,
            line={"color": look.colour, "dash": look.dash, "width": 1.5},
            hovertemplate=f"update %{{x}}: %{{y:.1%}} right<br>{look.name}<extra></extra>",
            xaxis="x2", yaxis="y2",
        )
        for look, share in ((TRAINED, measured.train_right), (UNSEEN, measured.unseen_right))
    ]  # fmt: skip
    strip = go.Scatter(x=[None], y=[None], xaxis="x3", yaxis="y3", hoverinfo="skip")
    wide = _placed((0.0, 0.34, 0.0, 0.77), (0.44, 1.0, 0.1, 0.77), (0.0, 1.0, 0.87, 1.0), 0.0)
    tall = _placed((0.0, 1.0, 0.45, 0.86), (0.12, 1.0, 0.06, 0.34), (0.0, 1.0, 0.92, 1.0), 0.0)
    margin = {"l": 4, "r": 12, "t": 6, "b": 50}
    figure = go.Figure(
        [standing(grid, BOARD, 26), chance, *curves, strip],
        theme.layout(480, margin=margin, shapes=lines(rule_set, BOARD), dragmode=False, **wide),
    )
    narrow = {"height": 880, "margin": {"l": 6, "r": 6, "t": 6, "b": 40}, **tall}
    return Picture(figure, narrow)


def training_tracks(
    grid: Grid,
    answers: FloatArray,
    judged: Sequence[Sequence[Verdict | None]],
    measured: Measured,
    details: Sequence[Sequence[str]],
    sentences: Sequence[str],
) -> Tracks:
    """Return what moves with the updates.

    Parameters
    ----------
    grid : Grid
    answers : ndarray, shape (n_moments, 16, 4)
        The network's probabilities at every moment that is kept.
    judged : sequence of sequence of (Verdict or None)
        Of every moment, one for each cell.
    measured : Measured
    details : sequence of sequence of str
        Of every moment, what stands in the four boxes.
    sentences : sequence of str
        Of every moment.
    """
    steps = measured.steps.astype(np.float64)
    tracks: list[Any] = [
        MapTrack(
            # Finer than it need be: the browser blends neighbours into one another.
            values=bytes_of(SHADE * shades(answers, grid)).repeat(_FINER, 1).repeat(_FINER, 2),
            extent=(0.0, SIDE, 0.0, SIDE),
            stops=theme.SEQUENTIAL,
            axes=BOARD,
            stride=KEPT_EVERY,
        ),
        _quarters(grid, answers, judged),
        _strip(details),
    ]
    for look, share in ((TRAINED, measured.train_right), (UNSEEN, measured.unseen_right)):
        points = np.column_stack([steps, share])
        tracks += [
            TrailTrack(values=points, colour=look.colour, dash=look.dash, width=3, axes=CURVES,
                       stride=KEPT_EVERY),
            DotTrack(values=points, colour=look.colour, filled=look is TRAINED, axes=CURVES,
                     stride=KEPT_EVERY),
        ]  # fmt: skip
    tracks += [
        ReadoutTrack(values=measured.train_loss, label="loss of a puzzle", stride=KEPT_EVERY),
        WordsTrack(values=np.arange(len(sentences)), texts=tuple(sentences), stride=KEPT_EVERY),
    ]
    return Tracks(tuple(tracks), int(measured.steps[-1]))


def _placed(board: Area, curves: Area, strip: Area, below: float) -> dict[str, Any]:
    x, y = board_axes("", board[:2], board[2:])
    hidden = {"visible": False, "fixedrange": True, "range": [0, 1]}
    return {
        "xaxis": x,
        "yaxis": y,
        "xaxis2": theme.axis(
            "updates", domain=list(curves[:2]), anchor="y2", range=[0, UPDATES], fixedrange=True,
            zeroline=False, dtick=100,
        ),
        "yaxis2": theme.axis(
            "", domain=list(curves[2:]), anchor="x2", range=[0, 1.03], tickformat=".0%",
            fixedrange=True,
        ),
        "xaxis3": {**hidden, "domain": list(strip[:2]), "anchor": "y3"},
        "yaxis3": {**hidden, "domain": list(strip[2:]), "anchor": "x3"},
        "annotations": [
            _words(board[0], board[3], "<b>Four probabilities for every empty cell</b>", 13),
            _words(curves[0], curves[3], _CURVE_LEGEND, 12),
            note(board[0], board[2] - below, "<br>".join(LEGEND), 11, xanchor="left",
                 yanchor="top", align="left"),
        ],
    }  # fmt: skip


def _words(x: float, y: float, text: str, size: int) -> dict[str, Any]:
    return note(x, y, text, size, xanchor="left", yanchor="bottom", align="left")


def _quarters(
    grid: Grid, answers: FloatArray, judged: Sequence[Sequence[Verdict | None]]
) -> BoardTrack:
    """Return digit, percent and outline of every quarter of an empty cell."""
    open_quarters = [(c, d) for c in range(N_CELLS) if not grid[c] for d in DIGITS]
    texts: dict[str, int] = {}
    looks: dict[Look, int] = {_NONE: 0}
    values = np.zeros((len(answers), max(1, len(open_quarters)), 2), dtype=np.int64)
    for k, moment in enumerate(judged):
        for i, (cell, digit) in enumerate(open_quarters):
            share, verdict = float(answers[k, cell, digit - 1]), moment[cell]
            chosen = verdict is not None and verdict.digit == digit
            sign = SIGNS[verdict.kind] if chosen and verdict is not None else ""
            text = f"{'*' if chosen else '~'}{sign}{digit}\n~{100 * share:.0f}%"
            look = _NONE
            if chosen and verdict is not None:
                plain = LOOKS[verdict.kind]
                level = SHADE * round(_LEVELS * share) / _LEVELS
                look = Look(plain.colour, plain.width, f"rgba(204,121,167,{level:.2f})", plain.dash)
            values[k, i] = texts.setdefault(text, len(texts)), looks.setdefault(look, len(looks))
    items = tuple(_item(quarter(c, d), quarter_centre(c, d), c, d) for c, d in open_quarters)
    if not items:  # a full grid: a track needs something to stand on
        items, texts = (_item((0, 0, 0, 0), (0, 0), 0, 1),), {"": 0}
    return BoardTrack(
        values=values, items=items, texts=tuple(texts), exact=("",) * len(texts),
        looks=tuple(looks), stride=KEPT_EVERY, axes=BOARD,
    )  # fmt: skip


def _item(edges: Area, middle: tuple[float, float], cell: int, digit: int) -> Item:
    form = Form(_corners(edges), middle, 11)
    return Item("", f"{cell_name(cell)}, digit {digit}", True, form, form)


def _corners(edges: Area) -> tuple[tuple[float, float], ...]:
    left, right, bottom, top = edges
    return (left, bottom), (right, bottom), (right, top), (left, top)


def _strip(details: Sequence[Sequence[str]]) -> BoardTrack:
    """Return the four boxes: what lies before the training is data, what comes out predicts."""
    items, texts = [], {"": 0}
    looks = (Look(theme.GREY, 1.2), Look(theme.INK, 3, LIGHT))
    for name, (left, right, bottom, top) in zip(
        WORKFLOW, places(4, (0.003, 0.997, 0.05, 0.95)), strict=True
    ):
        middle = ((left + right) / 2, (bottom + top) / 2)
        edges = _corners((left, right, bottom, top))
        items.append(Item("", name, True, Form(edges, middle, 12), Form(edges, middle, 9)))
    values = np.zeros((len(details), 4, 2), dtype=np.int64)
    for k, row in enumerate(details):
        lit = lit_part(k, len(details))
        for i, (name, detail) in enumerate(zip(WORKFLOW, row, strict=True)):
            text = f"*{name}\n~" + detail.replace("\n", "\n~")
            values[k, i] = texts.setdefault(text, len(texts)), int(i in lit)
    return BoardTrack(
        values=values, items=tuple(items), texts=tuple(texts), exact=("",) * len(texts),
        looks=looks, stride=KEPT_EVERY, axes=STRIP,
    )  # fmt: skip


def lit_part(moment: int, n_moments: int) -> tuple[int, ...]:
    """Return which of data, algorithm, model and prediction are at work at a moment."""
    if moment == 0:
        return (0,)
    return (1, 2) if moment < n_moments - 1 else (3,)
