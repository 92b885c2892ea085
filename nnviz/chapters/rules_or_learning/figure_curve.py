"""How many cells of games never seen are right, over the number of games learned from."""

from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from nnviz.chapters.rules_or_learning.figure_board import references
from nnviz.chapters.rules_or_learning.study import LADDER, REPEATS, GamesStudy
from nnviz.chart import theme
from nnviz.chart.study_marks import Look, dots, middle

UNSEEN: Final = Look("games never seen", theme.VERMILLION, "dash", "square-open", "□", "– –", 1)
TRAINED: Final = Look("games learned from", theme.GREEN, "solid", "circle", "●", "—", -1)

LEGEND: Final = (
    f'<span style="color:{UNSEEN.colour}"><b>– □ –</b></span> median of {REPEATS} trainings',
    "▒ the middle half   small □ each of them",
    "┃ chosen   ··· chance (25 %)",
)


def curve_traces(study: GamesStudy, axes: str) -> list[Any]:
    """Return median, band and every training, and what mere chance would give."""
    names = [f"{n} games" if n > 1 else "1 game" for n in LADDER]
    texts = [
        [
            f"{name}, training {k + 1}<br>{share:.1%} of the cells right"
            for k, share in enumerate(row)
        ]
        for name, row in zip(names, study.shares, strict=True)
    ]
    x, y = references(axes)
    chance = go.Scatter(
        x=[-0.5, len(LADDER) - 0.5],
        y=[0.25, 0.25],
        mode="lines",
        line={"color": theme.INK, "dash": "dot", "width": 1.5},
        hovertemplate="one digit in four by chance: 25 %<extra></extra>",
        xaxis=x,
        yaxis=y,
    )
    return [
        chance,
        *middle(UNSEEN, study.band, names, "%{y:.1%} right", axes),
        dots(UNSEEN, study.shares, texts, axes),
    ]


def curve_axes(
    number: str, x_domain: tuple[float, float], y_domain: tuple[float, float]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return both axes of the curve."""
    return (
        theme.axis(
            "solved games learned from",
            domain=list(x_domain),
            anchor=f"y{number}",
            range=[-0.5, len(LADDER) - 0.5],
            tickvals=list(range(len(LADDER))),
            ticktext=[str(n) for n in LADDER],
            zeroline=False,
            fixedrange=True,
        ),
        theme.axis(
            "",
            domain=list(y_domain),
            anchor=f"x{number}",
            range=[0, 1.02],
            tickformat=".0%",
            fixedrange=True,
        ),
    )


def chosen_line(n_games: int, axes: str) -> dict[str, Any]:
    """Return a line at the number of games that is chosen."""
    x, y = references(axes)
    place = float(np.interp(n_games, LADDER, range(len(LADDER))))
    return {
        "type": "line", "xref": x, "yref": f"{y} domain", "x0": place, "x1": place, "y0": 0,
        "y1": 1, "line": {"color": theme.INK, "width": 3}, "opacity": 0.55, "layer": "below",
    }  # fmt: skip


def games_at(x: float) -> int:
    """Return the number of games that a click is nearest to."""
    return LADDER[min(max(round(x), 0), len(LADDER) - 1)]
