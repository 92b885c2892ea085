"""How many cells of games never seen are right, over the number of games learned from."""

from functools import partial
from typing import Any, Final

import numpy as np

from nnviz.chapters.rules_or_learning.figures.board import Area, shape
from nnviz.chapters.rules_or_learning.study import LADDER, REPEATS, GamesTrials
from nnviz.chart import plot, theme
from nnviz.chart.study_marks import Look, dots, middle
from nnviz.text.digits import percent

UNSEEN: Final = Look("games never seen", theme.VERMILLION, "dash", "square-open", "□", "– –", 1)
TRAINED: Final = Look("games learned from", theme.GREEN, "solid", "circle", "●", "—", -1)

LEGEND: Final = (
    f'<span style="color:{UNSEEN.colour}"><b>– □ –</b></span> median of {REPEATS} trainings',
    "▒ the middle half   small □ each of them",
    "┃ chosen   ··· chance (25%)",
)


def chance_line(x_range: tuple[float, float], axes: str, **hover: Any) -> plot.Trace:
    """Return the line of mere chance, a quarter of the cells."""
    x, y = plot.axis_names(axes)
    line = {"color": theme.INK, "dash": "dot", "width": 1.5}
    return plot.scatter(
        x=x_range, y=[0.25, 0.25], mode="lines", line=line, xaxis=x, yaxis=y, **hover
    )


def chance_label(axes: str) -> dict[str, Any]:
    """Return the word on the line of chance, where no legend explains it."""
    x, y = plot.axis_names(axes)
    corner = {"xanchor": "right", "yanchor": "bottom"}
    return theme.note("chance", len(LADDER) - 2.5, 0.25, size=12, xref=x, yref=y, **corner)


def curve_traces(study: GamesTrials, axes: str, *, band: bool = True) -> list[Any]:
    """Return median, band (where its legend is) and every training, and the line of chance."""
    names = [f"{n} games" if n > 1 else "1 game" for n in LADDER]
    texts = [
        [
            f"{name}, training {k}<br>{percent(right, decimals=1)[0]} of the cells right"
            for k, right in enumerate(row, 1)
        ]
        for name, row in zip(names, study.repeats(), strict=True)
    ]
    hover = "one digit in four by chance: 25%<extra></extra>"
    around, median = middle(UNSEEN, study.band(), names, partial(percent, decimals=1), axes)
    return [
        chance_line((-0.5, len(LADDER) - 0.5), axes, hovertemplate=hover),
        *([around] if band else ()),
        median,
        dots(UNSEEN, study.repeats(), texts, axes),
    ]


def curve_axes(number: str, place: Area) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return both axes of the curve, at a place in paper coordinates."""
    across = theme.axis(
        "solved games learned from", domain=list(place[:2]), anchor=f"y{number}",
        range=[-0.5, len(LADDER) - 0.5], tickvals=list(range(len(LADDER))),
        ticktext=[str(n) for n in LADDER], zeroline=False, fixedrange=True,
    )  # fmt: skip
    return across, fraction_axis(place, f"x{number}", 1.02)


def fraction_axis(place: Area, anchor: str, top: float) -> dict[str, Any]:
    """Return the vertical axis of a fraction of the cells, in percent."""
    return theme.axis(
        "", domain=list(place[2:]), anchor=anchor, range=[0, top], tickformat="~%", fixedrange=True
    )


def chosen_line(n_games: int, axes: str) -> dict[str, Any]:
    """Return a line at the number of games that is chosen."""
    _, y = plot.axis_names(axes)
    place = float(np.interp(n_games, LADDER, range(len(LADDER))))
    line = {"color": theme.INK, "width": 3}
    upright = shape("line", (place, place, 0, 1), axes, line=line, opacity=0.55, layer="below")
    return {**upright, "yref": f"{y} domain"}


def games_at(x: float) -> int:
    """Return the number of games that a click is nearest to."""
    return LADDER[min(max(round(x), 0), len(LADDER) - 1)]
