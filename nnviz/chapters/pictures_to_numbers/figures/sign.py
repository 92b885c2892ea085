"""A sign and the drawing that tries, both errors by threshold, and the nearest strangers."""

from types import MappingProxyType
from typing import Any, Final

import numpy as np

from nnviz.chapters.pictures_to_numbers.drawing import EMPTY, MOST_INK, Drawing
from nnviz.chapters.pictures_to_numbers.figures.mosaic import Mosaic
from nnviz.chapters.pictures_to_numbers.sign.judge import N_OWN, Judgement
from nnviz.chapters.pictures_to_numbers.sign.words import decision, label, verdict
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
        number, place = NUMBERS[name], _WIDE[name]
        left = 0.0 if name == "errors" else place[0][0]
        layout["annotations"].append(_title(name, left, place[1][1]))
        if name == "five":
            layout |= FIVE.axes(number, place)
            traces += _six(made, threshold, tried, tried_is, chosen)
        elif name == "strangers":
            layout |= _NEAREST.axes(number, place)
            traces += [plot.empty(number)] if secret else _nearest(made, threshold)
        else:
            across = theme.axis(
                "threshold", range=[-0.02, 1.02], tickvals=[0, 0.25, 0.5, 0.75, 1], fixedrange=True
            )
            up = theme.axis(
                "", range=[-0.03, 1.03], tickformat="~%", tickvals=[0, 0.5, 1], fixedrange=True
            )
            layout |= theme.panel(number, place, across, up)
            traces += [plot.empty(number)] if secret else _errors(made, threshold)
    return Picture(plot.figure(traces, layout), _narrow(panels))


def threshold_handle(threshold: float) -> Handle:
    """Return the point that moves the threshold."""
    return Handle(
        name="threshold", label="Threshold", x=threshold, y=0.5, low=(0.0, 0.5), high=(1.0, 0.5),
        snap=0.01, stride=0.05, colour=theme.GREEN, symbol="diamond", size=7,
        axes=f"x{NUMBERS['errors']}y{NUMBERS['errors']}", says="{x}",
    )  # fmt: skip


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
        FIVE.painted(np.array(drawings), number, MOST_INK),
        *FIVE.frames(names, hovers, number),
    ]
    return traces if chosen is None else [*traces, FIVE.framed(chosen, number, theme.INK, 3.0)]


def _nearest(made: Judgement, threshold: float) -> list[plot.Trace]:
    near = made.nearest[: _NEAREST.n]
    found, number = made.strange[near], NUMBERS["strangers"]
    names = [label(p, threshold) for p in found.tolist()]
    labels = pictures().labels[made.which[near]].tolist()
    hovers = [
        f"a {label} by somebody else<br>{p!r}<br>{decision(p, threshold)}"
        for label, p in zip(labels, found.tolist(), strict=True)
    ]
    return [
        _NEAREST.painted(pictures().pictures[made.which[near]], number, MOST_INK),
        *_NEAREST.frames(names, hovers, number),
        *(
            _NEAREST.framed(k, number, theme.VERMILLION, 2.5)
            for k in np.flatnonzero(found >= threshold).tolist()
        ),
    ]


def _errors(made: Judgement, threshold: float) -> list[plot.Trace]:
    on, n, thresholds = plot.on(NUMBERS["errors"]), len(made.which), _THRESHOLDS.tolist()
    traces = []
    for name, count, of, colour, dash in (
        ("strangers let in", made.false_accepts, n, theme.VERMILLION, "solid"),
        ("own kept out", made.false_rejects, N_OWN, theme.ABOVE, "dash"),
    ):
        values = np.array([count(t) for t in thresholds]) / of
        texts = [
            f"threshold {digits(t, 3)}<br>{round(value * of):,} of {of:,}: "
            f"{percent(value, decimals=1)[0]}"
            for t, value in zip(thresholds, values.tolist(), strict=True)
        ]
        traces.append(
            plot.scatter(
                x=_THRESHOLDS, y=values, mode="lines", name=name, text=texts,
                line={"color": colour, "width": 2.5, "dash": dash, "shape": "hv"},
                hovertemplate="%{text}<extra></extra>", **on,
            )
        )  # fmt: skip
    here = {"color": theme.GREEN, "width": 2}
    x, y = [threshold, threshold], [0, 1]
    return [*traces, plot.scatter(x=x, y=y, mode="lines", line=here, hoverinfo="skip", **on)]


def _title(name: str, x: float, y: float) -> dict[str, Any]:
    text, note = _TITLES[name]
    return theme.panel_title(text, x, y, note, yshift=_SECOND_LINE if name == "five" else 0)


def _narrow(panels: Panels) -> dict[str, Any]:
    """Return the layout of a phone: one panel below the other."""
    inner, spans = theme.stacked([(_TALL[name], _GAP) for name in panels])
    narrow, titles = dict[str, Any](), list[dict[str, Any]]()
    for name, (low, high) in zip(panels, spans, strict=True):
        # The name of an axis needs room as well.
        left, room = (0.11, 30 / inner) if name == "errors" else (0.0, 0.0)
        narrow |= theme.moved(NUMBERS[name], ((left, 1.0), (low + room, high)))
        titles.append(_title(name, 0.0, high))
    return {**narrow, "annotations": titles, "height": inner + _MARGIN["t"] + _MARGIN["b"]}
