"""Draw the squared errors of a regression as squares, over one of its columns."""

from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Annotated, Any, Final

import numpy as np
import numpy.typing as npt

from nnviz.chapters.linear_regression.units import Quantity, column, target
from nnviz.chart import plot, theme
from nnviz.data.sample import Sample, evenly_chosen
from nnviz.nn.checks import Check, Checked, FloatArray, integer
from nnviz.text.digits import digits

MOST_SQUARES: Final = 40
TALL: Final = 0.85
"""Height of the picture as a part of its width; on the screen it is made to be so."""

_CORNERS: Final = 6  # four, the first one again, and a gap

PLANE: Final = theme.ABOVE
SQUARE: Final = theme.VERMILLION
FILLED: Final = "rgba(213,94,0,0.16)"
ANSWER: Final = theme.GREEN
TICK: Final = 0.014
"""Half of the width of a mark of what the plane says, as a part of the axis."""


@dataclass(frozen=True)
class Squares(Checked):
    """The rows of a sample and their squared errors as squares, over one column.

    A square has the miss as its side: upright in units of the target, and as long on the screen
    across, which is `side` units of the column for each unit of the target.
    """

    sample: Sample
    # The column that is drawn across: 0 or 1. Each row keeps its own value of the other one.
    feature: Annotated[int, Check(integer, low=0, high=1)]

    @cached_property
    def rows(self) -> npt.NDArray[np.int64]:
        """Rows that are drawn: all, or 40 of them evenly chosen."""
        return evenly_chosen(self.sample.n_rows, MOST_SQUARES)

    @property
    def x(self) -> FloatArray:
        """The column of the rows that are drawn, shape (n_shown,)."""
        return np.asarray(self.sample.X[self.rows, self.feature])

    @property
    def y(self) -> FloatArray:
        """The targets of the rows that are drawn, shape (n_shown,)."""
        return np.asarray(self.sample.y[self.rows])

    @cached_property
    def x_range(self) -> tuple[float, float]:
        """The ends of the horizontal axis."""
        return _around(self.sample.X[:, self.feature], 0.08)

    @cached_property
    def y_range(self) -> tuple[float, float]:
        """The ends of the vertical axis."""
        return _around(self.sample.y, 0.16)

    @cached_property
    def side(self) -> float:
        """Units of the column that are as long on the screen as one unit of the target."""
        across, upright = (high - low for low, high in (self.x_range, self.y_range))
        return TALL * across / upright

    def answers(self, in_units: FloatArray) -> FloatArray:
        """Return the predictions of planes (..., 3) for the drawn rows, shape (..., n_shown)."""
        with np.errstate(all="ignore"):
            heights = in_units[..., :2] @ self.sample.X[self.rows, :2].T
            return np.asarray(heights + in_units[..., 2:])

    def outlines(self, in_units: FloatArray) -> FloatArray:
        """Return the corners of all squares of planes, shape (..., 6 * n_shown, 2).

        A gap of NaN stands after each. A square stands where there is room: to the right of a
        row that is in the left half. All go round the same way: the fill of two that overlap
        would have a hole otherwise.
        """
        answers = self.answers(in_units)
        misses = np.abs(answers - self.y) * self.side
        far = self.x + np.where(self.x < sum(self.x_range) / 2, misses, -misses)
        near = np.broadcast_to(self.x, far.shape)
        prices = np.broadcast_to(self.y, far.shape)
        gap = np.full(far.shape, np.nan)
        turned = (far - near) * (answers - prices) < 0
        second = np.where(turned, far, near), np.where(turned, prices, answers)
        fourth = np.where(turned, near, far), np.where(turned, answers, prices)
        corners = [
            np.stack(pair, axis=-1)
            for pair in (
                (near, prices), second, (far, answers), fourth, (near, prices), (gap, gap)
            )
        ]  # fmt: skip
        outlines = np.stack(corners, axis=-2)
        return outlines.reshape(*answers.shape[:-1], _CORNERS * len(self.rows), 2)

    def line(self, in_units: FloatArray) -> FloatArray:
        """Return the planes cut at the mean of the other column, shape (..., 2, 2)."""
        other = 1 - self.feature
        mean = float(self.sample.X[:, other].mean())
        ends = np.array(self.x_range)
        with np.errstate(all="ignore"):
            flat = in_units[..., other] * mean + in_units[..., 2]
            heights = in_units[..., self.feature, np.newaxis] * ends + flat[..., np.newaxis]
        return np.stack([np.broadcast_to(ends, heights.shape), heights], axis=-1)


def _around(values: FloatArray, part: float) -> tuple[float, float]:
    """Return a range with some room on both sides; of equal values, one around them."""
    low, high = float(values.min()), float(values.max())
    room = part * (high - low) or max(1.0, 0.1 * abs(low))
    return low - room, high + room


def coloured(colour: str, mark: str) -> str:
    """Return a mark of a legend."""
    return f'<span style="color:{colour}"><b>{mark}</b></span>'


def squares_legend(squares: Squares, *, answer: bool) -> list[str]:
    """Return what the marks over one column mean, in lines."""
    noun = escape(target(squares.sample).noun)
    other = escape(column(squares.sample, 1 - squares.feature).noun)
    lines = [
        f"<b>●</b> {noun}  {coloured(PLANE, '–')} what the plane says  "
        f"{coloured(SQUARE, '□')} squared error",
        f"{coloured(PLANE, '──')} the plane at the mean {other}",
    ]
    if answer:
        lines[1] += f"  {coloured(ANSWER, '– –')} least squares"
    return lines


def squares_axes(squares: Squares, across: tuple[float, float]) -> dict[str, Any]:
    """Return both axes over one column; whatever the size of the window, a square is one."""
    column, target = squares.sample.columns[squares.feature], squares.sample.target
    return theme.panel(
        "",
        (across, (0, 1)),
        theme.axis(
            escape(column), range=list(squares.x_range), constrain="domain", zeroline=False
        ),
        theme.axis(
            escape(target), range=list(squares.y_range), scaleanchor="x", scaleratio=squares.side,
            constrain="domain", constraintoward="top", zeroline=False,
        ),
    )  # fmt: skip


def prices(squares: Squares) -> plot.Trace:
    """Return the rows as dots."""
    sample = squares.sample
    names = [escape(Quantity.of(name).noun) for name in (*sample.columns[:2], sample.target)]
    texts = [
        f"row {row + 1}<br>"
        + "<br>".join(
            f"{name} {digits(float(value))}"
            for name, value in zip(names, (*sample.X[row, :2], sample.y[row]), strict=True)
        )
        for row in squares.rows.tolist()
    ]
    return plot.scatter(
        x=squares.x,
        y=squares.y,
        mode="markers",
        marker={"size": 8, "color": theme.INK, "line": {"color": theme.PAPER, "width": 1}},
        text=texts,
        hovertemplate="%{text}<extra></extra>",
        name="rows",
    )


def cut(line: FloatArray, *, answer: bool) -> plot.Trace:
    """Return a plane cut at the mean of the other column; ``line`` of shape (2, 2)."""
    pen: dict[str, Any] = {"color": PLANE, "width": 2.5}
    if answer:
        pen = {"color": ANSWER, "width": 2, "dash": "dash"}
    return plot.scatter(
        x=line[:, 0],
        y=line[:, 1],
        mode="lines",
        line=pen,
        hoverinfo="skip",
        name="least squares" if answer else "the plane",
    )
