"""Words placed by hand: two axes, a strip where words wait, and lines to the nearest."""

from collections.abc import Sequence
from typing import Any, Final

from nnviz.chapters.words_to_numbers.vectors.placing import END, nearest, placed, points, said
from nnviz.chart import plot, theme
from nnviz.chart.picture import Picture
from nnviz.text.digits import digits

LOW: Final = -2.9
"""Where the strip ends in which the words wait."""

_MIDDLE: Final = END / 2
_TICKS: Final = tuple(range(0, int(END) + 1, 2))


def placing_picture(
    numbers: Sequence[float], *, near: bool = True, fixed: Sequence[str] = ()
) -> Picture:
    """Draw the axes and, unless it must not be told, a line from each word to its nearest.

    `fixed` are words that are no handles, and are drawn here.
    """
    where = placed(numbers)
    # Without a trace Plotly would leave out the axes that the words stand on.
    traces: list[Any] = [plot.scatter(x=[None], y=[None], hoverinfo="skip", showlegend=False)]
    drawn: set[frozenset[str]] = set()
    for word, at in where.items():
        found = nearest(word, where)
        if not near or found is None or frozenset((word, found[0])) in drawn:
            continue
        drawn.add(frozenset((word, found[0])))
        other, far = found
        traces.append(
            plot.scatter(
                x=[at[0], where[other][0]],
                y=[at[1], where[other][1]],
                mode="lines",
                line={"color": theme.GREY, "width": 2, "dash": "dot"},
                hovertemplate=f"{word} and {other}: {digits(far, 3)} apart<extra></extra>",
                showlegend=False,
            )
        )
    there = points(numbers)
    if fixed:
        traces.append(
            plot.scatter(
                x=[there[word][0] for word in fixed],
                y=[there[word][1] for word in fixed],
                mode="markers+text",
                text=[f"<b>{said(word, there[word])}</b>" for word in fixed],
                # Never beyond the right edge, also where the picture is narrow.
                textposition=[f"top {'left' if there[w][0] > _MIDDLE else 'right'}" for w in fixed],
                textfont={"size": 13, "color": theme.INK},
                marker={"color": theme.GREY, "size": 10},
                hoverinfo="skip",
                showlegend=False,
            )
        )
    layout = theme.layout(
        430,
        xaxis=theme.axis("size: small to big", range=[0, END + 0.4], dtick=2),
        yaxis=theme.axis("danger: harmless to dangerous", range=[LOW, END + 0.8], tickvals=_TICKS),
        shapes=[
            {
                "type": "rect", "xref": "paper", "yref": "y", "x0": 0, "x1": 1, "y0": LOW, "y1": 0,
                "fillcolor": theme.PANEL, "line": {"width": 0}, "layer": "below",
            }
        ],
        annotations=[
            theme.panel_title("not placed yet", 0.01, LOW, yref="y"),
            theme.panel_title(
                "dotted: to the nearest word" if drawn else "", 0.01, 1, yanchor="top"
            ),
        ],
        margin={"l": 56, "r": 12, "t": 12, "b": 44},
    )  # fmt: skip
    return Picture(plot.figure(traces, layout), {"height": 470, "margin": {"l": 44, "r": 8}})
