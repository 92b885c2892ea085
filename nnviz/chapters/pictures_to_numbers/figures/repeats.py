"""The training of ten digits repeated: accuracy by pictures, by units, and by hands."""

from types import MappingProxyType
from typing import Any, Final

import numpy as np

from nnviz.chapters.pictures_to_numbers.ten import study
from nnviz.chapters.pictures_to_numbers.ten.network import TenConfig
from nnviz.chapters.pictures_to_numbers.ten.study import AMOUNTS, UNITS, VARIED, TenTrials
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
    traces = [*_curve(made, "pictures"), *_curve(made, "units"), *(() if secret else _strip(made))]
    (begins,) = percent(_range(made, "hands")[0])
    told = {
        "pictures": f"<b>right</b> of all others, {config.units} hidden units",
        "units": f"<b>right</b> of all others, {config.n_train:,} pictures",
        "hands": f"<b>right</b>; axis from {begins}",  # the panel is narrow
    }
    axes: dict[str, Any] = {}
    narrow: dict[str, Any] = {"height": 980, "margin": {"l": 50, "r": 8}}
    titles, narrow_titles = [], []
    for i, (varied, (number, x, title)) in enumerate(_PANELS.items()):
        names, top = _NAMES[varied], 1.0 - i * 0.36
        across = theme.axis(
            title, range=[-0.5, len(names) - 0.5], tickvals=list(range(len(names))),
            ticktext=list(names), fixedrange=True, zeroline=False, showgrid=False, tickangle=0,
        )  # fmt: skip
        up = theme.axis("", range=_range(made, varied), tickformat="~%", fixedrange=True)
        axes |= theme.panel(number, (x, (0.0, 1.0)), across, up)
        titles.append(theme.panel_title(told[varied], x[0], 1.0, yshift=4))
        narrow |= theme.moved(number, ((0.02, 1.0), (max(top - 0.26, 0.0), top)))
        narrow_titles.append(theme.panel_title(told[varied], 0.0, top, yshift=4))
    layout = theme.layout(_HEIGHT, margin=dict(_MARGIN), annotations=titles, **axes)
    return Picture(plot.figure(traces, layout), {**narrow, "annotations": narrow_titles})


def _place(config: TenConfig, varied: str) -> int | None:
    """Return where the training of the page stands on an axis, if it stands there."""
    value, variants = (config.n_train, AMOUNTS) if varied == "pictures" else (config.units, UNITS)
    return variants.index(value) if value in variants else None


def _range(made: TenTrials, varied: str) -> list[float]:
    if varied != "hands":
        return [0.0, 1.03]
    values = made.repeats(VARIED["hands"])
    known = values[np.isfinite(values)]
    if not len(known):
        return [0.8, 1.0]
    return [float(known.min()) - _LEAST, min(1.005, float(known.max()) + _LEAST)]


def _texts(made: TenTrials, varied: str) -> list[str]:
    found, mean = made.band(VARIED[varied]), made.mean(VARIED[varied])
    texts = []
    for i, name in enumerate(_NAMES[varied]):
        told = percent(float(mean[i]), float(found.low[i]), float(found.high[i]), decimals=1)
        texts.append(
            f"{name.replace('<br>', ' ')}<br>mean of {found.n[i]}: {told[0]}<br>"
            f"middle half {told[1]} to {told[2]}"
        )
    return texts


def _curve(made: TenTrials, varied: str) -> list[plot.Trace]:
    found, mean = made.band(VARIED[varied]), made.mean(VARIED[varied])
    known, texts, on = np.flatnonzero(found.n), _texts(made, varied), plot.on(_PANELS[varied][0])
    traces = [
        plot.band(known, found.high[known], found.low[known], fillcolor=_BAND, **on),
        plot.scatter(
            x=known, y=mean[known], mode="lines+markers",
            line={"color": theme.ABOVE, "width": 2.5}, marker={"size": 8, "color": theme.ABOVE},
            text=[texts[k] for k in known], hovertemplate="%{text}<extra></extra>", **on,
        ),
    ]  # fmt: skip
    here = _place(made.study.config, varied)
    if here is not None and here in known:
        line = {"color": theme.INK, "width": 2}
        ring = {"size": 16, "symbol": "circle-open", "color": theme.INK, "line": line}
        traces.append(
            plot.scatter(
                x=[here], y=[mean[here]], mode="markers", marker=ring, hoverinfo="skip", **on
            )
        )
    return traces


def _strip(made: TenTrials) -> list[plot.Trace]:
    """Return a dot for every training tested on the same and on other people's hands."""
    values, mean = made.repeats(VARIED["hands"]), made.mean(VARIED["hands"])
    texts, on, (_, far) = _texts(made, "hands"), plot.on(_PANELS["hands"][0]), SPREAD
    traces = []
    for i, (colour, symbol) in enumerate(((theme.BLUE, "circle"), (theme.VERMILLION, "square"))):
        known = np.flatnonzero(np.isfinite(values[i]))
        if not len(known):
            continue
        told = percent(*values[i, known].tolist(), decimals=1)
        places = [i - far + 2 * far * k / (study.REPEATS - 1) for k in known.tolist()]
        traces += [
            plot.scatter(
                x=places, y=values[i, known], mode="markers", text=list(told),
                marker={"size": 7, "color": colour, "symbol": symbol, "opacity": 0.8},
                hovertemplate="%{text}<extra></extra>", **on,
            ),
            plot.scatter(
                x=[i - 0.45, i + 0.45], y=[mean[i]] * 2, mode="lines", text=[texts[i]] * 2,
                line={"color": theme.INK, "width": 2.5},
                hovertemplate="%{text}<extra></extra>", **on,
            ),
        ]  # fmt: skip
    return traces
