"""A sign and the drawing that tries, both errors by threshold, and the nearest strangers."""

from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from nnviz.chapters.pictures_to_numbers.drawing import EMPTY, MOST_INK, Drawing
from nnviz.chapters.pictures_to_numbers.figures.mosaic import Mosaic
from nnviz.chapters.pictures_to_numbers.sign.judge import N_OWN, Judgement
from nnviz.chapters.pictures_to_numbers.sign.words import label, verdict
from nnviz.chart import plot, theme
from nnviz.chart.gestures import Handle
from nnviz.chart.picture import Picture
from nnviz.data.digits import digits as pictures
from nnviz.text.digits import digits, percent

Panels = tuple[str, ...]
PANELS: Final[Panels] = ("five", "errors", "strangers")
"""The parts of the picture; all of them in free play."""

NUMBERS: Final = MappingProxyType({"five": "", "errors": "2", "strangers": "3"})
"""The number of the axes of each panel."""

FIVE: Final = Mosaic(N_OWN + 1, N_OWN + 1)
"""The drawings of the sign, and the one that tries."""

_NEAREST: Final = Mosaic(15, 5)
_THRESHOLDS: Final = np.linspace(0.0, 1.0, 201)
_HEIGHT: Final = 490
_MARGIN: Final = MappingProxyType({"l": 8, "r": 8, "t": 46, "b": 44})
_TITLES: Final = MappingProxyType(
    {
        "five": (
            "<b>your sign</b>, 1 to 5, and the drawing that tries",
            "How sure the neuron is, from 0 to 1, and who gets in. Each of the five is judged from "
            "the other four.",
        ),
        "errors": (
            "<b>both errors</b> by threshold<br>"
            f'<span style="color:{theme.VERMILLION}">━━</span> strangers let in   '
            f'<span style="color:{theme.ABOVE}">╍╍</span> own kept out',
            "Drag the line.",
        ),
        "strangers": ("<b>strangers</b> that come nearest", "None of them was learned from."),
    }
)
_WIDE: Final = MappingProxyType(
    {
        "five": ((0.0, 1.0), (0.68, 1.0)),
        "errors": ((0.06, 0.5), (0.0, 0.55)),
        "strangers": ((0.56, 1.0), (0.0, 0.55)),
    }
)
_TALL: Final = MappingProxyType({"five": 90, "errors": 230, "strangers": 260})
_GAP: Final = 56
_SECOND_LINE: Final = 16  # pixels that the second line of a name needs


def sign_picture(
    made: Judgement,
    threshold: float,
    tried: Drawing,
    tried_is: float,
    *,
    chosen: int | None = None,
    secret: bool = False,
    panels: Panels = PANELS,
) -> Picture:
    """Draw whom the neuron takes for the owner.

    Parameters
    ----------
    tried, tried_is : Drawing, float
        The drawing that tries, and how sure the neuron is of it.
    chosen : int or None
        Which of the six is on the board; it has a thick frame.
    secret : bool
        Whether the strangers and both errors are hidden, because they are asked for. Without a
        sign they are hidden too.
    """
    secret = secret or made.config.empty
    layout = theme.layout(_HEIGHT, margin=dict(_MARGIN), annotations=[])
    traces: list[plot.Trace] = []
    for name in panels:
        number, (x, y) = NUMBERS[name], _WIDE[name]
        layout["annotations"].append(_title(name, x[0] if name != "errors" else 0.0, y[1]))
        if name == "five":
            layout |= FIVE.axes(number, x, y)
            traces += _six(made, threshold, tried, tried_is, chosen)
        elif name == "strangers":
            layout |= _NEAREST.axes(number, x, y)
            traces += [_empty(number)] if secret else _nearest(made, threshold)
        else:
            layout |= _error_axes(number, x, y)
            traces += [_empty(number)] if secret else _errors(made, threshold)
    return Picture(plot.figure(traces, layout), _narrow(panels))


def threshold_handle(threshold: float) -> Handle:
    """Return the point that moves the threshold."""
    return Handle(
        name="threshold",
        label="Threshold",
        x=threshold,
        y=0.5,
        low=(0.0, 0.5),
        high=(1.0, 0.5),
        snap=0.01,
        stride=0.05,
        colour=theme.GREEN,
        symbol="diamond",
        size=7,
        axes=f"x{NUMBERS['errors']}y{NUMBERS['errors']}",
        says="{x}",
    )


def _six(
    made: Judgement, threshold: float, tried: Drawing, tried_is: float, chosen: int | None
) -> list[plot.Trace]:
    drawings = (*made.config.drawings, tried)
    found = (*made.own.tolist(), tried_is)
    names, hovers = [], []
    for k, probability in enumerate(found):
        name = f"drawing {k + 1}" if k < N_OWN else "the one that tries"
        hovers.append(f"{name}<br>{verdict(made, drawings[k], probability, threshold)}")
        if drawings[k] == EMPTY or made.config.empty:
            names.append("empty" if drawings[k] == EMPTY else "no sign<br>yet")
        else:  # in two lines, which have room on a phone
            names.append(label(probability, threshold).replace(" ", "<br>"))
            hovers[-1] += f"<br>{probability!r}"
    number = NUMBERS["five"]
    traces = [
        _painted(FIVE, np.array(drawings), number),
        *FIVE.frames(names, hovers, number),
    ]
    if chosen is not None:
        x, y = FIVE.corner(chosen)
        traces.append(_frame(x, y, theme.INK, 3.0, number))
    return traces


def _nearest(made: Judgement, threshold: float) -> list[plot.Trace]:
    near = made.nearest[: _NEAREST.n]
    found, number = made.strange[near], NUMBERS["strangers"]
    names = [label(p, threshold) for p in found.tolist()]
    labels = pictures().labels[made.which[near]].tolist()
    hovers = [
        f"a {label} by somebody else<br>{p!r}<br>{'gets in' if p >= threshold else 'is kept out'}"
        for label, p in zip(labels, found.tolist(), strict=True)
    ]
    traces = [
        _painted(_NEAREST, pictures().pictures[made.which[near]], number),
        *_NEAREST.frames(names, hovers, number),
    ]
    for k in np.flatnonzero(found >= threshold).tolist():
        traces.append(_frame(*_NEAREST.corner(k), theme.VERMILLION, 2.5, number))
    return traces


def _painted(mosaic: Mosaic, pictures: npt.NDArray[Any], number: str) -> plot.Trace:
    """Return pictures beside each other as one: 0 is paper, 16 ink."""
    whole = mosaic.whole(pictures.astype(np.uint8), 0)
    return plot.heatmap(
        z=whole.astype(np.float64),
        zmin=0,
        zmax=MOST_INK,
        x0=0.5,
        dx=1,
        y0=0.5,
        dy=1,
        colorscale=[[0, theme.PAPER], [1, theme.INK]],
        showscale=False,
        hoverinfo="skip",
        xaxis=f"x{number}",
        yaxis=f"y{number}",
    )


def _frame(x: float, y: float, colour: str, width: float, number: str) -> plot.Trace:
    side = 8
    return plot.scatter(
        x=[x, x + side, x + side, x, x],
        y=[y, y, y + side, y + side, y],
        mode="lines",
        line={"color": colour, "width": width},
        hoverinfo="skip",
        xaxis=f"x{number}",
        yaxis=f"y{number}",
    )


def _errors(made: Judgement, threshold: float) -> list[plot.Trace]:
    number = NUMBERS["errors"]
    own: dict[str, Any] = {"xaxis": f"x{number}", "yaxis": f"y{number}"}
    n = len(made.which)
    accepts = np.array([made.false_accepts(t) for t in _THRESHOLDS.tolist()]) / n
    rejects = np.array([made.false_rejects(t) for t in _THRESHOLDS.tolist()]) / N_OWN
    texts = [
        [
            f"threshold {digits(t, 3)}<br>{round(value * of):,} of {of:,}: "
            f"{percent(value, decimals=1)[0]}"
            for t, value in zip(_THRESHOLDS.tolist(), values.tolist(), strict=True)
        ]
        for values, of in ((accepts, n), (rejects, N_OWN))
    ]
    looks = (
        ("strangers let in", accepts, theme.VERMILLION, "solid", texts[0]),
        ("own kept out", rejects, theme.ABOVE, "dash", texts[1]),
    )
    return [
        *(
            plot.scatter(
                x=_THRESHOLDS, y=values, mode="lines", name=name, text=text,
                line={"color": colour, "width": 2.5, "dash": dash, "shape": "hv"},
                hovertemplate="%{text}<extra></extra>", **own,
            )
            for name, values, colour, dash, text in looks
        ),
        plot.scatter(
            x=[threshold, threshold], y=[0, 1], mode="lines",
            line={"color": theme.GREEN, "width": 2}, hoverinfo="skip", **own,
        ),
    ]  # fmt: skip


def _error_axes(number: str, x: tuple[float, float], y: tuple[float, float]) -> dict[str, Any]:
    return {
        f"xaxis{number}": theme.axis(
            "threshold", anchor=f"y{number}", domain=list(x), range=[-0.02, 1.02],
            tickvals=[0, 0.25, 0.5, 0.75, 1], fixedrange=True,
        ),
        f"yaxis{number}": theme.axis(
            "", anchor=f"x{number}", domain=list(y), range=[-0.03, 1.03], tickformat="~%",
            tickvals=[0, 0.5, 1], fixedrange=True,
        ),
    }  # fmt: skip


def _empty(number: str) -> plot.Trace:
    return plot.scatter(x=[None], y=[None], xaxis=f"x{number}", yaxis=f"y{number}")


def _title(name: str, x: float, y: float) -> dict[str, Any]:
    text, note = _TITLES[name]
    return theme.panel_title(text, x, y, note, yshift=_SECOND_LINE if name == "five" else 0)


def _narrow(panels: Panels) -> dict[str, Any]:
    """Return the layout of a phone: one panel below the other."""
    inner = sum(_TALL[name] + _GAP for name in panels)
    top, narrow, titles = float(inner), dict[str, Any](), list[dict[str, Any]]()
    for name in panels:
        number, low = NUMBERS[name], top - _TALL[name]
        left = 0.11 if name == "errors" else 0.0
        narrow[f"xaxis{number}"] = {"domain": [left, 1.0]}
        # The name of an axis needs room as well.
        bottom = low + (30 if name == "errors" else 0)
        narrow[f"yaxis{number}"] = {"domain": [bottom / inner, top / inner]}
        titles.append(_title(name, 0.0, top / inner))
        top = low - _GAP
    return {**narrow, "annotations": titles, "height": inner + _MARGIN["t"] + _MARGIN["b"]}
