"""A network that learns the game: its board, and its accuracy, over its updates."""

from collections.abc import Sequence
from dataclasses import replace
from textwrap import wrap
from typing import Any, Final

import numpy as np

from nnviz.chapters.rules_or_learning.figures import board, curve, guess_board, workflow
from nnviz.chapters.rules_or_learning.grids import SIDE, Grid, RuleSet, cell_name
from nnviz.chapters.rules_or_learning.learning import KEPT_EVERY, UPDATES, Measured
from nnviz.chapters.rules_or_learning.verdicts import Verdict
from nnviz.chart import plot, theme
from nnviz.chart.picture import Picture
from nnviz.chart.study_marks import Look as StudyLook
from nnviz.chart.tracks import DotTrack, MapTrack, ReadoutTrack, Tracks, TrailTrack, WordsTrack
from nnviz.nn.checks import FloatArray
from nnviz.text.digits import percent, short_percent
from nnviz.walkthrough.figures.tracks import BoardTrack, Form, Item, Look

BOARD, CURVES, STRIP = "xy", "x2y2", "x3y3"
_LEVELS: Final = 10
_NONE: Final = Look()
_LONGEST_LINE: Final = 12  # characters that have room in a box of the strip on a phone
_CURVE_LEGEND: Final = (
    "<b>Cells answered right</b>   ··· by chance, 25%<br>"
    f'<span style="color:{curve.TRAINED.colour}"><b>—●</b></span> games learned from   '
    f'<span style="color:{curve.UNSEEN.colour}"><b>– –○</b></span> games never seen'
)


def training_picture(grid: Grid, rule_set: RuleSet, measured: Measured) -> Picture:
    """Draw what stands still while a training plays; its tracks come from `training_tracks`."""
    curves = [
        plot.scatter(
            x=measured.steps, y=right, mode="lines", opacity=0.4,
            line={"color": look.colour, "dash": look.dash, "width": 1.5},
            text=percent(*right.tolist(), decimals=1),
            hovertemplate=f"update %{{x}}: %{{text}} right<br>{look.name}<extra></extra>",
            xaxis="x2", yaxis="y2",
        )
        for look, right in _curves(measured)
    ]  # fmt: skip
    wide = _placed((0.0, 0.34, 0.0, 0.77), (0.44, 1.0, 0.1, 0.77), (0.0, 1.0, 0.86, 1.0))
    tall = _placed((0.0, 1.0, 0.45, 0.86), (0.12, 1.0, 0.06, 0.34), (0.0, 1.0, 0.92, 1.0))
    margin = {"l": 4, "r": 12, "t": 6, "b": 50}
    chance = curve.chance_line((0, UPDATES), CURVES, hoverinfo="skip")
    shapes = board.lines(rule_set, BOARD)
    layout = theme.layout(480, margin=margin, shapes=shapes, dragmode=False, **wide)
    traces = [guess_board.given_digits(grid, BOARD, 26), chance, *curves, plot.empty("3")]
    narrow = {"height": 880, "margin": {"l": 6, "r": 6, "t": 6, "b": 40}, **tall}
    return Picture(plot.figure(traces, layout), narrow)


def training_tracks(
    grid: Grid,
    predictions: FloatArray,
    judged: Sequence[Sequence[Verdict | None]],
    measured: Measured,
    details: Sequence[Sequence[str]],
    sentences: Sequence[str],
) -> Tracks:
    """Return what moves with the updates.

    All has one entry for every checkpoint. ``predictions``, shape (n_checkpoints, 16, 4), holds
    the probability of each digit in each cell, ``judged`` one verdict or None for each cell, and
    ``details`` the texts in the four boxes.
    """
    plane = guess_board.SHADE * guess_board.shades(predictions, grid)
    tracks: list[Any] = [
        MapTrack(
            values=np.round(255 * plane).astype(np.uint8),
            extent=(0.0, SIDE, 0.0, SIDE),
            stops=theme.SEQUENTIAL,
            axes=BOARD,
            stride=KEPT_EVERY,
        ),
        _quarters(grid, predictions, judged),
        _strip(details),
    ]
    for look, right in _curves(measured):
        points = np.column_stack([measured.steps.astype(np.float64), right])
        tracks += [
            TrailTrack(values=points, colour=look.colour, dash=look.dash, width=3, axes=CURVES,
                       stride=KEPT_EVERY),
            DotTrack(values=points, colour=look.colour, filled=look is curve.TRAINED, axes=CURVES,
                     stride=KEPT_EVERY),
        ]  # fmt: skip
    tracks += [
        ReadoutTrack(values=measured.train_loss, label="loss of a puzzle", stride=KEPT_EVERY),
        WordsTrack(values=np.arange(len(sentences)), texts=tuple(sentences), stride=KEPT_EVERY),
    ]
    return Tracks(tuple(tracks), int(measured.steps[-1]))


def _curves(measured: Measured) -> tuple[tuple[StudyLook, FloatArray], ...]:
    return (curve.TRAINED, measured.train_right), (curve.UNSEEN, measured.unseen_right)


def _placed(left: board.Area, right: board.Area, strip: board.Area) -> dict[str, Any]:
    x, y = board.board_axes("", left)
    unseen = theme.hidden_axis(0, 1)
    return {
        "xaxis": x,
        "yaxis": y,
        "xaxis2": theme.axis(
            "updates", domain=list(right[:2]), anchor="y2", range=[0, UPDATES], fixedrange=True,
            zeroline=False, dtick=100,
        ),
        "yaxis2": curve.fraction_axis(right, "x2", 1.03),
        **theme.panel("3", (strip[:2], strip[2:]), unseen, unseen),
        "annotations": [
            workflow.title(left[0], left[3], "<b>Four probabilities for every empty cell</b>", 13),
            workflow.title(right[0], right[3], _CURVE_LEGEND, 12),
            workflow.legend(left[0], left[2], guess_board.LEGEND),
        ],
    }  # fmt: skip


def _quarters(
    grid: Grid, predictions: FloatArray, judged: Sequence[Sequence[Verdict | None]]
) -> BoardTrack:
    """Return digit, percent and outline of every quarter of an empty cell."""
    quarters = guess_board.open_quarters(grid)
    texts: dict[str, int] = {}
    looks: dict[Look, int] = {_NONE: 0}
    values = np.zeros((len(predictions), max(1, len(quarters)), 2), dtype=np.int64)
    for k, verdicts in enumerate(judged):
        for i, (cell, digit) in enumerate(quarters):
            probability, verdict = float(predictions[k, cell, digit - 1]), verdicts[cell]
            sign, look = guess_board.sign_of(digit, verdict), _NONE
            text = f"{'~' if sign is None else f'*{sign}'}{digit}\n~{short_percent(probability)}"
            if sign is not None and verdict is not None:
                level = guess_board.SHADE * round(_LEVELS * probability) / _LEVELS
                fill = f"rgba(204,121,167,{level:.2f})"
                look = replace(guess_board.LOOKS[verdict.kind], fill=fill)
            values[k, i] = texts.setdefault(text, len(texts)), looks.setdefault(look, len(looks))
    items = tuple(
        _item(f"{cell_name(c)}, digit {d}", board.quarter(c, d), board.quarter_centre(c, d))
        for c, d in quarters
    )
    if not items:  # a full grid: a track needs something to stand on
        items, texts = (_item("", (0, 0, 0, 0), (0, 0)),), {"": 0}
    return _board_track(values, items, texts, tuple(looks), BOARD)


def _strip(details: Sequence[Sequence[str]]) -> BoardTrack:
    """Return the four boxes of data, algorithm, model and prediction."""
    texts = {"": 0}
    items = []
    for name, edges in zip(
        workflow.WORKFLOW, workflow.places(4, (0.003, 0.997, 0.05, 0.95)), strict=True
    ):
        left, right, bottom, top = edges
        items.append(_item(name, edges, ((left + right) / 2, (bottom + top) / 2), 12, 9))
    values = np.zeros((len(details), 4, 2), dtype=np.int64)
    for k, row in enumerate(details):
        active = active_parts(k, len(details))
        for i, (name, detail) in enumerate(zip(workflow.WORKFLOW, row, strict=True)):
            lines = [part for line in detail.split("\n") for part in wrap(line, _LONGEST_LINE)]
            text = "\n~".join((f"*{name}", *lines))
            values[k, i] = texts.setdefault(text, len(texts)), int(i in active)
    looks = (Look(theme.GREY, 1.2), Look(theme.INK, 3, workflow.HIGHLIGHT))
    return _board_track(values, tuple(items), texts, looks, STRIP)


def _board_track(
    values: Any, items: tuple[Item, ...], texts: dict[str, int], looks: tuple[Look, ...], axes: str
) -> BoardTrack:
    return BoardTrack(
        values=values, items=items, texts=tuple(texts), exact=("",) * len(texts), looks=looks,
        stride=KEPT_EVERY, axes=axes,
    )  # fmt: skip


def _item(
    about: str, edges: board.Area, middle: board.Point, size: int = 11, narrow: int = 11
) -> Item:
    left, right, bottom, top = edges
    corners = ((left, bottom), (right, bottom), (right, top), (left, top))
    return Item("", about, True, Form(corners, middle, size), Form(corners, middle, narrow))


def active_parts(checkpoint: int, n_checkpoints: int) -> tuple[int, ...]:
    """Return which of data, algorithm, model and prediction are active at a checkpoint."""
    if checkpoint == 0:
        return (0,)
    return (1, 2) if checkpoint < n_checkpoints - 1 else (3,)
