"""How prices, planes and squared errors look, wherever the page "Linear regression" shows them."""

from html import escape
from typing import Any, Final

import plotly.graph_objects as go

from nnviz.chapters.linear_regression.squares import Squares
from nnviz.chapters.linear_regression.units import Quantity, column, target
from nnviz.chart import theme
from nnviz.nn.checks import FloatArray
from nnviz.text.digits import digits

PLANE: Final = theme.ABOVE
SQUARE: Final = theme.VERMILLION
FILLED: Final = "rgba(213,94,0,0.16)"
ANSWER: Final = theme.GREEN
TICK: Final = 0.014
"""Half of the width of a mark of what the plane says, as a part of the axis."""


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
        lines[1] += f"  {coloured(ANSWER, '– –')} least squares there"
    return lines


def squares_axes(squares: Squares, number: str = "") -> tuple[dict[str, Any], dict[str, Any]]:
    """Return both axes over one column; whatever the size of the window, a square is one."""
    across, upright = squares.sample.columns[squares.feature], squares.sample.target
    x = theme.axis(
        escape(across),
        range=list(squares.x_range),
        anchor=f"y{number}",
        constrain="domain",
        zeroline=False,
    )
    y = theme.axis(
        escape(upright),
        range=list(squares.y_range),
        anchor=f"x{number}",
        scaleanchor=f"x{number}",
        scaleratio=squares.side,
        constrain="domain",
        constraintoward="top",
        zeroline=False,
    )
    return x, y


def prices(squares: Squares, on: dict[str, str] | None = None) -> go.Scatter:
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
    return go.Scatter(
        x=squares.x,
        y=squares.y,
        mode="markers",
        marker={"size": 8, "color": theme.INK, "line": {"color": theme.PAPER, "width": 1}},
        text=texts,
        hovertemplate="%{text}<extra></extra>",
        name="rows",
        **(on or {}),
    )


def cut(line: FloatArray, *, answer: bool, on: dict[str, str] | None = None) -> go.Scatter:
    """Return a plane cut at the mean of the other column; ``line`` of shape (2, 2)."""
    return go.Scatter(
        x=line[:, 0],
        y=line[:, 1],
        mode="lines",
        line={"color": ANSWER, "width": 2, "dash": "dash"}
        if answer
        else {"color": PLANE, "width": 2.5},
        hoverinfo="skip",
        name="least squares" if answer else "the plane",
        **(on or {}),
    )
