"""Real vectors on one or two directions: words on a plane, occupations on a line."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from nnviz.chapters.words_to_numbers.figures.labels import label, rows_axis
from nnviz.chapters.words_to_numbers.vectors.directions import Direction
from nnviz.chapters.words_to_numbers.words import signed
from nnviz.chart import plot, theme
from nnviz.chart.picture import Picture
from nnviz.nn.checks import FloatArray
from nnviz.text.digits import digits

_SMALLEST: Final = 0.12  # end of an axis, though all words are nearer to its middle
_LETTERS: Final = 14
_WIDE: Final = (0.1, 0.045)  # of the axes: what a label takes
_ROW: Final = 19  # px, of an occupation

# Where a label may stand, with how far its middle is from the point, in labels.
_SIDES: Final = (
    ("top center", 0.0, 0.8),
    ("bottom center", 0.0, -0.8),
    ("middle right", 0.65, 0.0),
    ("middle left", -0.65, 0.0),
)


def directions_picture(
    words: Sequence[str], across: Direction, up: Direction, *, secret: bool = False
) -> Picture:
    """Draw words on two axes; `secret` leaves them out, because a question is open."""
    shown = () if secret else words
    x, y = across.of(shown), up.of(shown)
    longest = [float(np.abs(each).max(initial=0)) for each in (x, y)]
    reach = [max(_SMALLEST, 1.25 * each) for each in longest]
    on_a_phone = max(_SMALLEST, 1.6 * longest[0])
    traces: list[Any] = [plot.scatter(x=[None], y=[None], hoverinfo="skip", showlegend=False)]
    if shown:
        traces.append(
            plot.scatter(
                x=x,
                y=y,
                mode="markers+text",
                text=[label(word, _LETTERS) for word in shown],
                textposition=_sides(x / reach[0] / 2, y / reach[1] / 2),
                textfont={"size": 13, "color": theme.INK},
                marker={"color": theme.BLUE, "size": 8},
                customdata=[
                    f"{word}<br>{digits(a, 3)} to {across.high}, {digits(b, 3)} to {up.high}"
                    for word, a, b in zip(shown, x.tolist(), y.tolist(), strict=True)
                ],
                hovertemplate="%{customdata}<extra></extra>",
                cliponaxis=False,
                showlegend=False,
            )
        )
    layout = theme.layout(
        430,
        xaxis=_axis(across, reach[0]),
        yaxis=_axis(up, reach[1]),
        margin={"l": 62, "r": 12, "t": 12, "b": 44},
    )
    narrow = {
        "height": 470,
        "margin": {"l": 52, "r": 8},
        "xaxis": {"range": [-on_a_phone, on_a_phone]},
    }
    return Picture(plot.figure(traces, layout), narrow)


def _axis(axis: Direction, reach: float) -> dict[str, Any]:
    return theme.axis(
        f"{axis.low}  ←  →  {axis.high}",
        range=[-reach, reach],
        zeroline=True,
        zerolinewidth=2,
        nticks=7,
    )


def _sides(x: FloatArray, y: FloatArray) -> list[str]:
    """Return the side of each label on which it covers the fewest points and labels before it."""
    taken = list(zip(x.tolist(), y.tolist(), strict=True))
    sides = []
    for at_x, at_y in list(taken):
        covered = []
        for name, right, up in _SIDES:
            middle = (at_x + right * _WIDE[0], at_y + up * _WIDE[1])
            n = sum(
                abs(middle[0] - other[0]) < _WIDE[0] and abs(middle[1] - other[1]) < _WIDE[1]
                for other in taken
                if other != (at_x, at_y)
            )
            covered.append((n, name, middle))
        _, name, middle = min(covered, key=lambda each: each[0])
        taken.append(middle)
        sides.append(name)
    return sides


def taken_over_picture(words: Sequence[str], at: FloatArray, *, secret: bool = False) -> Picture:
    """Draw where occupations stand between he and she, in their order on that line."""
    order = np.argsort(-at, kind="stable")
    names = [label(words[int(i)], _LETTERS) for i in order]
    values = at[order]
    longest = float(np.abs(at).max(initial=0))
    reach, on_a_phone = (max(_SMALLEST, by * longest) for by in (1.35, 1.7))
    if secret:
        values = np.zeros(0)
    trace = plot.bar(
        x=values,
        y=list(range(len(values))),
        orientation="h",
        marker={
            "color": [theme.POSITIVE if value > 0 else theme.NEGATIVE for value in values.tolist()]
        },
        text=[signed(round(value, 3)) for value in values.tolist()],
        textposition="outside",
        textfont={"size": 12, "color": theme.INK},
        cliponaxis=False,
        hoverinfo="skip",
        showlegend=False,
    )
    height = max(260, _ROW * len(names) + 70)
    layout = theme.layout(
        height,
        xaxis=theme.axis(
            "nearer to he  ←  →  nearer to she",
            range=[-reach, reach], zeroline=True, zerolinewidth=2,
        ),
        yaxis=rows_axis(() if secret else names, "x"),
        margin={"l": 110, "r": 12, "t": 12, "b": 44},
    )  # fmt: skip
    hidden = plot.scatter(x=[None], y=[None], hoverinfo="skip", showlegend=False)
    return Picture(
        plot.figure([hidden, trace], layout),
        {"height": height, "margin": {"r": 8}, "xaxis": {"range": [-on_a_phone, on_a_phone]}},
    )
