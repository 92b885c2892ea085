"""Many runs side by side: a map of how they end, and the curves of one learning rate."""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from nnviz.chapters.compare_runs.figure_sweep_map import MapPlan, colour_axis, map_axes, map_traces
from nnviz.chapters.compare_runs.sweep import SweepResult
from nnviz.chart import plot, theme
from nnviz.chart.picture import Picture
from nnviz.chart.study_marks import legend
from nnviz.nn.checks import FloatArray
from nnviz.text.digits import digits, percent
from nnviz.training.baselines.search_limits import Best

_MAP: Final = (0.0, 0.45)
_CURVES: Final = (0.56, 1.0)
_NARROW: Final = MappingProxyType(
    {
        "height": 720,
        "margin": {"l": 58, "r": 8, "t": 24, "b": 40},
        "xaxis": {"domain": [0, 0.87]},
        "yaxis": {"domain": [0.68, 1]},
        "xaxis2": {"domain": [0, 1]},
        "yaxis2": {"domain": [0, 0.36]},
        "coloraxis": {"colorbar": {"x": 0.435, "y": 0.49, "len": 0.87}},
    }
)
_STROKES: Final = MappingProxyType({None: "—", "dash": "– –", "dot": "···"})
_FAR: Final = 100.0  # guesses: far outside of the picture


def compare_runs_picture(
    result: SweepResult, rate: int, seed: int, best: Best | None, *, brief: bool = False
) -> Picture:
    """Draw the map of all runs, and all curves of one learning rate.

    `rate`, `seed`: indices of the learning rate whose curves are shown, and of the run that stands
    out. `best` becomes a line across the curves, where it says something.
    """
    x_map, y_map = map_axes(result, rate)
    sweep, guess = result.sweep, result.guess
    layout = theme.layout(
        390,
        margin={"l": 56, "r": 10, "t": 38, "b": 40},
        xaxis={**x_map, "domain": _MAP},
        yaxis={**y_map, "domain": [0.27, 1], "showticklabels": not brief},
        xaxis2=theme.axis("update", range=[0, sweep.base.steps], domain=_CURVES, anchor="y2"),
        yaxis2=theme.axis(
            "error" if brief else "cumulative error", range=[0, 2.1 * guess], anchor="x2"
        ),
        coloraxis=colour_axis(result, brief=brief),
        shapes=[dict(_NOT_MADE), _frame(result, rate, seed)],
    )
    if brief:  # the cells have the numbers
        layout["xaxis"] |= {"showticklabels": False, "title": {"text": "seeds"}}
    layout["coloraxis"]["colorbar"].update(
        x=sum(_MAP) / 2, xanchor="center", y=-0.13, yanchor="bottom", len=_MAP[1] - _MAP[0]
    )
    curves = _curves(result, rate, seed, best, band=not brief)
    of_map = [_map_legend(result, seed), *_shares(result), *(_seeds(result) if brief else ())]
    layout["annotations"] = [*of_map, _curves_legend(curves, 2 if brief else 4)]
    narrow = {**_NARROW, "annotations": [*of_map, _curves_legend(curves, 2)]}
    return Picture(plot.figure([*map_traces(result), *curves], layout), narrow)


_NOT_MADE: Final = MappingProxyType(
    {
        "type": "rect", "xref": "x domain", "yref": "y domain", "x0": 0, "x1": 1, "y0": 0, "y1": 1,
        "layer": "below", "line": {"width": 0}, "fillcolor": theme.PANEL,
    }
)  # fmt: skip
"""What is seen of runs that have not been made."""


def _frame(result: SweepResult, rate: int, seed: int) -> dict[str, Any]:
    """Return the frame around the chosen run."""
    column, row = MapPlan(result.sweep).cell(rate, seed)
    return {
        "type": "rect", "x0": column - 0.5, "x1": column + 0.5, "y0": row - 0.5, "y1": row + 0.5,
        "line": {"color": theme.PURPLE, "width": 3},
    }  # fmt: skip


def _map_legend(result: SweepResult, seed: int) -> dict[str, Any]:
    diverged = "  ✖ diverged" if result.n_diverged.any() else ""
    stands_out = f"seed {result.sweep.seeds[seed]}"
    square = f'<span style="color:{theme.PURPLE}"><b>□</b></span>'
    return legend([f"● worse than always 0.5{diverged}  {square} {stands_out}"], "xy")


def _curves_legend(curves: Sequence[plot.Trace], in_a_line: int) -> dict[str, Any]:
    """Return what each kind of line is, above the curves, which it must not cover."""
    named = []
    for curve in curves:
        line = curve["line"]
        sample = "▒" if "fill" in curve else f"<b>{_STROKES[line.get('dash')]}</b>"
        named.append(f'<span style="color:{line["color"]}">{sample}</span> {curve["name"]}')
    lines = ["   ".join(named[i : i + in_a_line]) for i in range(0, len(named), in_a_line)]
    return legend(lines, "x2y2")


def _seeds(result: SweepResult) -> list[dict[str, Any]]:
    """Return the seeds below their cells, as many as have room beside each other."""
    plan, seeds = MapPlan(result.sweep), result.sweep.seeds
    cells = [(seed, *plan.cell(0, i)) for i, seed in enumerate(seeds)]
    look = {"yanchor": "top", "showarrow": False, "font": {"size": 12}}
    return [
        {"x": column, "y": row - 0.45, "text": f"{seed}", **look}
        for seed, column, row in cells[:: plan.columns_apart(_MOST_SEEDS)]
    ]


_MOST_SEEDS: Final = 20  # whose numbers have room in one line


def _shares(result: SweepResult) -> list[dict[str, Any]]:
    """Return for each row of several rates how many of its runs are worse than guessing."""
    if len(result.sweep.learning_rates) == 1:
        return []
    texts = [
        percent(share)[0] if done else ""
        for share, done in zip(result.share_worse.tolist(), result.n_done.tolist(), strict=True)
    ]
    look = {"xref": "x domain", "x": 1.01, "xanchor": "left", "showarrow": False}
    look["font"] = {"size": 12}
    return [
        {**look, "yref": "y domain", "y": 1, "yanchor": "bottom", "text": "worse"},
        *({**look, "y": row, "text": text} for row, text in enumerate(texts)),
    ]


def _curves(
    result: SweepResult, rate: int, seed: int, best: Best | None, *, band: bool
) -> list[Any]:
    sweep, steps = result.sweep, result.sweep.steps
    low, median, high = result.quartiles(rate)
    made = result.made(rate)
    with_gaps = np.column_stack([made, np.full(len(made), np.nan)]).ravel()
    every = f"each of {len(made)} runs" if len(made) > 1 else "each run"
    traces = [
        _line(np.tile([*steps, np.nan], len(made)), with_gaps, every, color=theme.GREY, width=1,
              opacity=0.6 if len(made) <= 60 else 0.35, hover=""),
        *([_band(steps, low, high, result.guess)] if band else []),
        _line(steps, median, "median", color=theme.BLUE, width=3.5),
        _line(steps, result.curves[rate, seed], f"seed {sweep.seeds[seed]}",
              color=theme.PURPLE, width=2.5),
        _level(result, result.guess, f"always 0.5: {digits(result.guess)}",
               "to every row, without any training", theme.VERMILLION, "dash"),
    ]  # fmt: skip
    if best is not None:
        sign = "" if best.attained else "→ "
        which = "best of one neuron" if best.sure else "lowest found"
        name = f"{which}: {sign}{digits(best.error, 5)}"
        traces.append(_level(result, best.error, name, best.how, theme.GREEN, "dot"))
    return traces


def _line(
    x: Any,
    y: FloatArray,
    name: str,
    *,
    color: str,
    width: float,
    opacity: float = 1.0,
    hover: str = "update %{x:,}<br>error %{y:.5g}",
) -> plot.Trace:
    with np.errstate(over="ignore"):
        y = np.asarray(y, dtype=np.float32)
    return plot.scatter(
        x=np.asarray(x, dtype=np.float32),
        y=np.where(np.isfinite(y), y, np.float32(np.nan)),
        mode="lines",
        line={"color": color, "width": width},
        opacity=opacity,
        name=name,
        hoverinfo="skip" if not hover else None,
        hovertemplate=f"{name}<br>{hover}<extra></extra>" if hover else None,
        **plot.on("2"),
    )


def _band(steps: Any, low: FloatArray, high: FloatArray, guess: float) -> plot.Trace:
    """Return the band in which the middle half of the runs lies."""
    ends = [np.minimum(each, _FAR * guess).astype(np.float32) for each in (low, high)]
    return plot.band(
        np.asarray(steps, dtype=np.float32), *ends,
        line={"width": 0, "color": theme.BLUE}, fillcolor=theme.BLUE, opacity=0.35,
        name="the middle half", **plot.on("2"),
    )  # fmt: skip


def _level(
    result: SweepResult, error: float, name: str, note: str, color: str, dash: str
) -> plot.Trace:
    return plot.scatter(
        x=[0, result.sweep.base.steps],
        y=[error, error],
        mode="lines",
        line={"color": color, "width": 2, "dash": dash},
        name=name,
        hovertemplate=f"{name}<br>{note}<extra></extra>",
        **plot.on("2"),
    )
