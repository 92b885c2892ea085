"""The training of ten digits repeated: accuracy by pictures, by units, and by hands."""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from nnviz.chapters.pictures_to_numbers.ten.network import HANDS, TenConfig
from nnviz.chapters.pictures_to_numbers.ten.study import AMOUNTS, REPEATS, UNITS, TenTrials
from nnviz.chart import plot, theme
from nnviz.chart.picture import Picture
from nnviz.chart.study_marks import SPREAD
from nnviz.text.digits import percent

_HEIGHT: Final = 430
_MARGIN: Final = MappingProxyType({"l": 52, "r": 8, "t": 34, "b": 46})
_BAND: Final = "rgba(0,114,178,0.2)"
_PANELS: Final = MappingProxyType(
    {
        "pictures": ("", (0.0, 0.36), "pictures learned from"),
        "units": ("2", (0.43, 0.74), "hidden units"),
        "hands": ("3", (0.81, 1.0), ""),
    }
)
_NAMES: Final = MappingProxyType(
    {
        "pictures": tuple(f"{n:,}" for n in AMOUNTS),
        "units": tuple(str(n) for n in UNITS),
        "hands": ("the same<br>people", "other<br>people"),
    }
)
_LEAST: Final = 0.02  # of the range of the hands above and below


def repeats_picture(made: TenTrials, *, secret: bool = False) -> Picture:
    """Draw the means of the trainings and their middle halves; of the hands a dot for each.

    `secret` leaves out the dots of the hands, because a question about them is open.
    """
    config = made.study.config
    traces: list[plot.Trace] = []
    for varied in ("pictures", "units"):
        traces += _curve(made, varied, _place(config, varied))
    if not secret:
        traces += _strip(made)
    axes: dict[str, Any] = {}
    titles, narrow_titles = [], []
    narrow: dict[str, Any] = {"height": 980, "margin": {"l": 50, "r": 8}}
    (begins,) = percent(_range(made.hands, "hands")[0])
    told = {
        "pictures": f"<b>right</b> of all others, {config.units} hidden units",
        "units": f"<b>right</b> of all others, {config.n_train:,} pictures",
        "hands": f"<b>right</b>; axis from {begins}",  # the panel is narrow
    }
    for i, (varied, (number, x, title)) in enumerate(_PANELS.items()):
        values = getattr(made, varied)
        names = _NAMES[varied]
        axes[f"xaxis{number}"] = theme.axis(
            title, domain=list(x), anchor=f"y{number}", range=[-0.5, len(names) - 0.5],
            tickvals=list(range(len(names))), ticktext=list(names), fixedrange=True,
            zeroline=False, showgrid=False, tickangle=0,
        )  # fmt: skip
        axes[f"yaxis{number}"] = theme.axis(
            "", anchor=f"x{number}", range=_range(values, varied), tickformat="~%", fixedrange=True
        )
        titles.append(theme.panel_title(told[varied], x[0], 1.0, yshift=4))
        top = 1.0 - i * 0.36
        narrow[f"xaxis{number}"] = {"domain": [0.02, 1.0]}
        narrow[f"yaxis{number}"] = {"domain": [max(top - 0.26, 0.0), top]}
        narrow_titles.append(theme.panel_title(told[varied], 0.0, top, yshift=4))
    layout = theme.layout(_HEIGHT, margin=dict(_MARGIN), annotations=titles, **axes)
    return Picture(plot.figure(traces, layout), {**narrow, "annotations": narrow_titles})


def _place(config: TenConfig, varied: str) -> tuple[int, str] | None:
    """Return where the training of the page stands on an axis, if it stands there."""
    variants: Sequence[int] = AMOUNTS if varied == "pictures" else UNITS
    value = config.n_train if varied == "pictures" else config.units
    return (variants.index(value), "this network") if value in variants else None


def _range(values: Any, varied: str) -> list[float]:
    known = values[np.isfinite(values)]
    if varied != "hands" or not len(known):
        return [0.0, 1.03] if varied != "hands" else [0.8, 1.0]
    return [float(known.min()) - _LEAST, min(1.005, float(known.max()) + _LEAST)]


def _on(varied: str) -> dict[str, str]:
    number = _PANELS[varied][0]
    return {"xaxis": f"x{number}", "yaxis": f"y{number}"}


def _texts(made: TenTrials, varied: str) -> list[str]:
    found, mean = made.band(varied), made.mean(varied)
    texts = []
    for i, name in enumerate(_NAMES[varied]):
        if not found.n[i]:
            texts.append("")
            continue
        numbers = (mean[i], found.low[i], found.high[i])
        told = percent(*map(float, numbers), decimals=1)
        texts.append(
            f"{name.replace('<br>', ' ')}<br>mean of {found.n[i]}: {told[0]}<br>"
            f"middle half {told[1]} to {told[2]}"
        )
    return texts


def _curve(made: TenTrials, varied: str, here: tuple[int, str] | None) -> list[plot.Trace]:
    found = made.band(varied)
    known = np.flatnonzero(found.n > 0)
    low, high, mean = found.low[known], found.high[known], made.mean(varied)[known]
    texts = _texts(made, varied)
    traces = [
        plot.scatter(
            x=np.concatenate([known, known[::-1]]),
            y=np.concatenate([high, low[::-1]]),
            mode="lines",
            fill="toself",
            fillcolor=_BAND,
            line={"width": 0},
            hoverinfo="skip",
            **_on(varied),
        ),
        plot.scatter(
            x=known,
            y=mean,
            mode="lines+markers",
            line={"color": theme.ABOVE, "width": 2.5},
            marker={"size": 8, "color": theme.ABOVE},
            text=[texts[k] for k in known],
            hovertemplate="%{text}<extra></extra>",
            **_on(varied),
        ),
    ]
    if here is not None and here[0] in known:
        place = int(np.flatnonzero(known == here[0])[0])
        traces.append(
            plot.scatter(
                x=[here[0]],
                y=[mean[place]],
                mode="markers",
                marker={"size": 16, "symbol": "circle-open", "color": theme.INK,
                        "line": {"color": theme.INK, "width": 2}},
                hoverinfo="skip",
                **_on(varied),
            )
        )  # fmt: skip
    return traces


def _strip(made: TenTrials) -> list[plot.Trace]:
    """Return a dot for every training tested on the same and on other people's hands."""
    values, mean, texts = made.hands, made.mean("hands"), _texts(made, "hands")
    _, far = SPREAD
    traces = []
    for i, colour, symbol in zip(
        range(len(HANDS)), (theme.BLUE, theme.VERMILLION), ("circle", "square"), strict=True
    ):
        known = np.flatnonzero(np.isfinite(values[i]))
        if not len(known):
            continue
        told = percent(*values[i, known].tolist(), decimals=1)
        traces += [
            plot.scatter(
                x=[i - far + 2 * far * k / (REPEATS - 1) for k in known.tolist()],
                y=values[i, known],
                mode="markers",
                marker={"size": 7, "color": colour, "symbol": symbol, "opacity": 0.8},
                text=list(told),
                hovertemplate="%{text}<extra></extra>",
                **_on("hands"),
            ),
            plot.scatter(
                x=[i - 0.45, i + 0.45],
                y=[mean[i]] * 2,
                mode="lines",
                line={"color": theme.INK, "width": 2.5},
                text=[texts[i]] * 2,
                hovertemplate="%{text}<extra></extra>",
                **_on("hands"),
            ),
        ]
    return traces
