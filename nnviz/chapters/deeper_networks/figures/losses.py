"""The still part of the losses: the whole curves, pale, and marks at every change."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

import numpy as np

from nnviz.chapters.deeper_networks.record_view import RecordView, ViewPiece
from nnviz.chart import plot, theme
from nnviz.chart.strands import Stroke
from nnviz.chart.tracks import readable
from nnviz.nn.checks import FloatArray

_MOST_POINTS: Final = 300
_HIGHEST: Final = 1e300
# The axis ends at this many times the initial loss if the loss grows without end.
_TIMES_THE_START: Final = 4.0
_LOWEST_LOG: Final = 1e-9
_LETTER_WIDTH: Final = 0.04  # of the axis


@dataclass(frozen=True)
class LossMark:
    """A change of the training, or its end, at a step."""

    step: int
    letter: str  # one or two letters above the line, such as "1"
    words: str  # what happened, shown under the pointer


@dataclass(frozen=True, eq=False)
class Strand:
    """One line of a branching training with the stroke that it is drawn with."""

    stroke: Stroke
    view: RecordView


def loss_traces(strand: Strand, *, followed: bool, pale: bool = True) -> list[plot.Trace]:
    """Return the losses of a line over all its steps, pale, for the clock to draw over.

    Without ``pale`` only the axes stand there: what is to come is not seen yet.
    """
    if not pale:
        return [plot.empty("3")]
    traces = []
    letter = strand.stroke.letter
    for piece in strand.view.pieces:
        for name, loss in _losses(piece, followed=followed):
            curve = thinned(piece, loss)
            dash = strand.stroke.dash if name == "training" else "dot"
            words = f"{letter}: {name} loss %{{y:.4g}}<br>update %{{x}}<extra></extra>"
            traces.append(
                plot.scatter(
                    x=curve[:, 0].astype(int).tolist(), y=readable(curve[:, 1]).tolist(),
                    mode="lines", line={"color": strand.stroke.colour, "width": 1, "dash": dash},
                    opacity=0.45, hovertemplate=words, **plot.on("3"),
                )
            )  # fmt: skip
    return traces


def thinned(piece: ViewPiece, loss: FloatArray) -> FloatArray:
    """Return at most about 300 points (step, loss) of a curve, the last one included."""
    every = max(1, len(loss) // _MOST_POINTS)
    kept = np.unique(np.append(np.arange(0, len(loss), every), len(loss) - 1))
    return np.column_stack([piece.steps[kept], loss[kept]])


def loss_range(strands: Sequence[Strand], *, log: bool) -> tuple[list[float], bool]:
    """Return the range of the axis for Plotly, and whether curves leave it."""
    shown = [piece.scores for strand in strands for piece in strand.view.pieces]
    values = np.concatenate([loss for each in shown for loss in (each.train_loss, each.test_loss)])
    values = values[np.isfinite(values)]
    if not len(values):
        return ([-3.0, 0.0] if log else [0.0, 1.0]), False
    highest = min(float(values.max()), _HIGHEST)
    if log:
        low = np.log10(max(float(values.min()), _LOWEST_LOG))
        high = np.log10(max(highest, _LOWEST_LOG))
        return [float(low - 0.1), float(max(high, low + 0.5) + 0.1)], False
    starts = [float(strand.view.pieces[0].scores.train_loss[0]) for strand in strands]
    limit = _TIMES_THE_START * max(*starts, float(np.median(values)))
    if highest > limit > 0:
        return [0.0, limit], True
    return [0.0, 1.05 * (highest or 1.0)], False


def mark_shapes(marks: Sequence[LossMark], last: int) -> list[dict[str, Any]]:
    """Return a vertical line for each mark, and its letter above the plot, where no curve is.

    Letters that would stand on each other stand beside each other at the first of their lines. The
    axis ends at the step `last`.
    """
    letters: dict[int, str] = {}
    place, end = 0, -1.0
    for k, mark in enumerate(marks):
        place = k if mark.step >= end else place
        letters[place] = " ".join(filter(None, (letters.get(place), mark.letter)))
        end = marks[place].step + _LETTER_WIDTH * last * len(letters[place])
    return [
        {
            "type": "line", "xref": "x3", "yref": "y3 domain", "x0": mark.step, "x1": mark.step,
            "y0": 0, "y1": 1, "line": {"color": theme.GREY, "width": 1.5, "dash": "dot"},
            "label": {
                "text": f"<b>{escape(letters.get(k, ''))}</b>", "textposition": "end",
                "textangle": 0, "xanchor": "left" if mark.step < 0.95 * last else "right",
                "yanchor": "bottom", "font": {"size": 12},
            },
        }
        for k, mark in enumerate(marks)
    ]  # fmt: skip


def mark_traces(marks: Sequence[LossMark], low: float, high: float) -> list[plot.Trace]:
    """Return hover texts of the marks; ``low`` and ``high`` are the ends of the axis."""
    if not marks:
        return []
    heights = low + (high - low) * np.array([0.15, 0.5, 0.85])
    places = [(mark.step, height) for mark in marks for height in heights.tolist()]
    words = (f"<b>update {mark.step:,}</b><br>{escape(mark.words)}" for mark in marks)
    return [plot.pointed_at(places, [text for text in words for _ in heights], "3")]


def loss_words(
    strands: Sequence[Strand],
    marks: Sequence[LossMark],
    *,
    cut: bool,
    separator: str,
    name: str = "loss",
) -> str:
    """Return the legend of the losses; ``separator`` stands between its parts."""
    lines = [f"<b>{name}</b>", "─── training"]
    if any(np.isfinite(p.scores.test_loss).any() for s in strands for p in s.view.pieces):
        lines.append("┈┈┈ test")
    if len(strands) > 1:
        lines += [
            f'<span style="color:{s.stroke.colour}">{s.stroke.letter} {s.stroke.sample}</span>'
            for s in strands
        ]
    if marks:
        lines.append("┊ change or end")
    if cut:
        lines.append("higher: cut off")
    return separator.join(lines)


def _losses(piece: ViewPiece, *, followed: bool) -> list[tuple[str, FloatArray]]:
    found = [("training", piece.scores.train_loss)]
    if followed and np.isfinite(piece.scores.test_loss).any():
        found.append(("test", piece.scores.test_loss))
    return found
