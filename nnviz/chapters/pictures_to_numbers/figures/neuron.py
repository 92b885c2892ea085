"""A neuron that reads a drawing: weights, ink times weight, sum, and how many pictures it takes.

What moves while it learns is in `tracks`; here is what stands still.
"""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from nnviz.chapters.pictures_to_numbers import words
from nnviz.chapters.pictures_to_numbers.drawing import N_PIXELS, place
from nnviz.chapters.pictures_to_numbers.figures import squares
from nnviz.chapters.pictures_to_numbers.reading import Reading
from nnviz.chapters.pictures_to_numbers.trials import SIZES, PictureTrials
from nnviz.chapters.pictures_to_numbers.two_digits import NeuronRun
from nnviz.chart import plot, theme
from nnviz.chart.picture import Picture
from nnviz.chart.tracks import Tracks
from nnviz.nn.activations import sigmoid
from nnviz.text.digits import digits, percent

Panels = tuple[str, ...]
PANELS: Final[Panels] = ("weights", "means", "products", "sum", "accuracy")
"""The parts of the picture; all of them in free play."""

_Place = tuple[float, float, float, float]
# x and y of each panel, from and to, by what is shown.
_PLACES: Final[MappingProxyType[Panels, dict[str, _Place]]] = MappingProxyType(
    {
        PANELS: {
            "weights": (0.03, 0.47, 0.46, 1.0), "products": (0.54, 0.98, 0.46, 1.0),
            "sum": (0.07, 0.34, 0.0, 0.33), "means": (0.41, 0.65, 0.0, 0.33),
            "accuracy": (0.75, 0.98, 0.0, 0.33),
        },
        ("weights", "accuracy"): {
            "weights": (0.03, 0.6, 0.0, 1.0), "accuracy": (0.7, 1.0, 0.4, 1.0),
        },
        ("weights", "products", "sum"): {
            "weights": (0.03, 0.48, 0.38, 1.0), "products": (0.55, 1.0, 0.38, 1.0),
            "sum": (0.25, 0.8, 0.0, 0.22),
        },
        ("products", "sum"): {"products": (0.03, 0.6, 0.0, 1.0), "sum": (0.7, 1.0, 0.4, 1.0)},
        ("weights", "products"): {
            "weights": (0.03, 0.48, 0.0, 1.0), "products": (0.55, 1.0, 0.0, 1.0),
        },
        ("weights", "means"): {"weights": (0.03, 0.48, 0.0, 1.0), "means": (0.55, 1.0, 0.0, 1.0)},
        ("weights",): {"weights": (0.03, 1.0, 0.0, 1.0)},
    }
)  # fmt: skip
NUMBERS: Final = MappingProxyType(
    {"weights": "", "products": "2", "sum": "3", "accuracy": "4", "means": "5"}
)
"""The number of the axes of each panel."""

_TITLES: Final = MappingProxyType(
    {
        "weights": (
            "<b>weight</b> of each square",
            "Blue: ink here speaks for an 8. Orange: ink here speaks for a 3.",
        ),
        "means": (
            "<b>8s minus 3s</b>: mean ink",
            "Of the pictures learned from. Blue: 8s have more ink here. Orange: 3s have.",
        ),
        "products": (
            "<b>ink × weight</b>",
            "What each square adds to the sum: blue for an 8, orange for a 3.",
        ),
        "sum": ("<b>sum</b>, squeezed: 1 is an 8", "The sigmoid of the sum of all products."),
        "accuracy": (
            "<b>right</b> of all others",
            "Mean of repeats, and their middle half.",
        ),
    }
)
_MAPS: Final = ("weights", "means", "products")
_LOW: Final = 0.4  # of the height; a lower picture of squares has no room for their numbers
_HEIGHT: Final = 510
_SMALLEST_REACH: Final = 4.0
_NARROW_MAP, _NARROW_CURVE, _NARROW_GAP, _NARROW_TITLE = 170, 150, 70, 45


def neuron_picture(
    run: NeuronRun,
    step: int,
    reading: Reading,
    made: PictureTrials | None,
    *,
    pixel: int | None = None,
    panels: Panels = PANELS,
    veiled: bool = False,
) -> Picture:
    """Draw what stands still: axes, lines, the sigmoid, what pointing at a square says.

    Parameters
    ----------
    made : PictureTrials or None
        How many pictures it takes; needed for the panel that shows it.
    pixel : int or None
        A square that is framed in the picture of the weights; in that of the products the chart
        has a handle there.
    panels : tuple of str
        Which of `PANELS` are drawn, in their order.
    veiled : bool
        Whether pointing at a product tells nothing, because the products are asked for.
    """
    places = _PLACES.get(panels) or _in_two_columns(panels)
    layout = theme.layout(_HEIGHT, annotations=_titles(places), margin=dict(_MARGIN))
    traces: list[plot.Trace] = []
    for name, (x0, x1, y0, y1) in places.items():
        number = NUMBERS[name]
        if name in _MAPS:
            layout |= squares.axes(number, (x0, x1), (y0, y1))
            if y1 - y0 < _LOW:
                layout[f"xaxis{number}"]["showticklabels"] = False
                layout[f"yaxis{number}"]["showticklabels"] = False
            if veiled and name == "products":
                traces.append(plot.scatter(x=[None], y=[None], xaxis="x2", yaxis="y2"))
            else:
                traces.append(squares.hovered(number, _hovers(name, run, step, reading)))
        elif name == "sum":
            layout |= _curve_axes(number, (x0, x1), (y0, y1), "sum", reach_of(run, reading))
            traces += _sigmoid(number, reach_of(run, reading))
        elif made is not None:
            layout |= _accuracy_axes(number, (x0, x1), (y0, y1))
            traces += _accuracies(number, made, run)
    if pixel is not None and "weights" in panels:
        x, y = squares.at(pixel)
        layout["shapes"] = [
            {
                "type": "rect", "xref": "x", "yref": "y", "x0": x - 0.46, "x1": x + 0.46,
                "y0": y - 0.46, "y1": y + 0.46, "line": {"color": theme.INK, "width": 2.5},
            }
        ]  # fmt: skip
    return Picture(plot.figure(traces, layout), _narrow(panels), Tracks((), run.last_step))


def _in_two_columns(panels: Panels) -> dict[str, _Place]:
    """Return the places of panels of which a link has hidden others."""
    n_rows = -(-len(panels) // 2)
    high = 1.0 / n_rows
    return {
        name: ((0.05, 0.47) if i % 2 == 0 else (0.55, 0.98))
        + (1.0 - (i // 2 + (0.75 if n_rows > 1 else 1.0)) * high, 1.0 - i // 2 * high)
        for i, name in enumerate(panels)
    }


_MARGIN: Final = MappingProxyType({"l": 8, "r": 8, "t": 30, "b": 44})


def reach_of(run: NeuronRun, reading: Reading) -> float:
    """Return the end of the axis of sums: what all products and the bias of the run can reach."""
    inks = np.array(reading.drawing, dtype=np.float64)
    sums = run.parameters[:, :-1] @ inks + run.parameters[:, -1]
    return max(_SMALLEST_REACH, 1.08 * float(np.abs(sums).max()))


def _hovers(name: str, run: NeuronRun, step: int, reading: Reading) -> tuple[str, ...]:
    if name == "products":
        texts: Sequence[str] = words.notes(reading, step)
    elif name == "means":
        threes, eights = ([digits(ink, 3) for ink in inks] for inks in run.mean_inks.tolist())
        texts = [f"mean of 8s {a}, of 3s {b}" for a, b in zip(eights, threes, strict=True)]
    else:
        texts = [f"weight {digits(w, 3)} (update {step:,})" for w in reading.weights.tolist()]
    return tuple(f"{place(pixel)}<br>{texts[pixel]}" for pixel in range(N_PIXELS))


def _titles(places: dict[str, _Place]) -> list[dict[str, Any]]:
    return [_title(name, x0, y1) for name, (x0, _, _, y1) in places.items()]


def _title(name: str, x: float, y: float) -> dict[str, Any]:
    text, note = _TITLES[name]
    return theme.panel_title(text, x, y, note)


def _curve_axes(
    number: str, x: tuple[float, float], y: tuple[float, float], title: str, reach: float
) -> dict[str, Any]:
    return {
        f"xaxis{number}": theme.axis(
            title, anchor=f"y{number}", domain=list(x), range=[-reach, reach], nticks=5
        ),
        f"yaxis{number}": theme.axis(
            "", anchor=f"x{number}", domain=list(y), range=[-0.06, 1.06], tickvals=[0, 0.5, 1]
        ),
    }


def _accuracy_axes(number: str, x: tuple[float, float], y: tuple[float, float]) -> dict[str, Any]:
    return {
        f"xaxis{number}": theme.axis(
            "pictures learned from",
            anchor=f"y{number}",
            domain=list(x),
            type="log",
            range=[0.93, 2.38],
            tickvals=[10, 20, 60, 200],
            tickangle=0,
        ),
        f"yaxis{number}": theme.axis(
            "", anchor=f"x{number}", domain=list(y), range=[0.84, 1.005], tickformat="~%"
        ),
    }


def _sigmoid(number: str, reach: float) -> list[plot.Trace]:
    z = np.linspace(-reach, reach, 121)
    own = {"mode": "lines", "xaxis": f"x{number}", "yaxis": f"y{number}"}
    return [
        plot.scatter(
            x=[-reach, reach],
            y=[0.5, 0.5],
            line={"color": theme.GREY, "width": 1, "dash": "dot"},
            hovertemplate="below: a 3, above: an 8<extra></extra>",
            **own,
        ),
        plot.scatter(
            x=z,
            y=sigmoid(z),
            line={"color": theme.GREY, "width": 2.5},
            hovertemplate="sum %{x:.3f}<br>squeezed %{y:.3f}<extra></extra>",
            **own,
        ),
    ]


def _accuracies(number: str, made: PictureTrials, run: NeuronRun) -> list[plot.Trace]:
    found, mean = made.band, made.mean
    known = np.isfinite(mean)
    x = np.array(SIZES, dtype=np.float64)[known]
    low, high, mean = found.low[known], found.high[known], mean[known]
    own = {"xaxis": f"x{number}", "yaxis": f"y{number}"}
    texts = [
        f"{int(n)} pictures learned from<br>mean of {k}: {m}, middle half {a} to {b}"
        for n, k, (m, a, b) in (
            (n, k, percent(*each, decimals=1))
            for n, k, *each in zip(x, found.n[known], mean, low, high, strict=True)
        )
    ]
    right = float(run.held_out_accuracy[-1])
    return [
        plot.scatter(
            x=np.concatenate([x, x[::-1]]),
            y=np.concatenate([high, low[::-1]]),
            mode="lines",
            fill="toself",
            fillcolor="rgba(0,114,178,0.2)",
            line={"width": 0},
            hoverinfo="skip",
            **own,
        ),
        plot.scatter(
            x=x,
            y=mean,
            mode="lines+markers",
            line={"color": theme.ABOVE, "width": 2},
            marker={"size": 6, "color": theme.ABOVE},
            text=texts,
            hovertemplate="%{text}<extra></extra>",
            **own,
        ),
        plot.scatter(
            x=[float(run.config.n_train)],
            y=[right],
            mode="markers+text",
            textposition="bottom left" if run.config.n_train == SIZES[-1] else "bottom right",
            textfont={"size": 12, "color": theme.INK},
            cliponaxis=False,
            marker={
                "size": 10, "symbol": "diamond", "color": theme.VERMILLION,
                "line": {"color": theme.INK, "width": 1},
            },
            text=["this one, at its end"],
            hovertemplate="this training, at its end: "
            f"{percent(right, decimals=1)[0]}<extra></extra>",
            **own,
        ),
    ]  # fmt: skip


def _narrow(panels: Panels) -> dict[str, Any]:
    """Return the layout of a phone: two maps beside each other, then the next, the curves below."""
    maps = [name for name in panels if name in _MAPS]
    curves = [name for name in panels if name not in maps]
    abreast = min(2, len(maps))
    side, n_rows = _NARROW_MAP * 2 // max(1, abreast), -(-len(maps) // max(1, abreast))
    above = n_rows * side + max(0, n_rows - 1) * _NARROW_TITLE
    inner = above + len(curves) * (_NARROW_CURVE + _NARROW_GAP)
    narrow, titles = dict[str, Any](), list[dict[str, Any]]()
    for i, name in enumerate(maps):
        number = NUMBERS[name]
        x = [0.05, 1.0] if abreast == 1 else [0.05 + i % 2 * 0.52, 0.48 + i % 2 * 0.52]
        top = 1.0 - (i // abreast) * (side + _NARROW_TITLE) / inner
        narrow[f"xaxis{number}"] = {"domain": x, "showticklabels": True}
        narrow[f"yaxis{number}"] = {"domain": [top - side / inner, top], "showticklabels": True}
        titles.append(_title(name, x[0], top))
    top = 1.0 - above / inner
    for name in curves:
        number = NUMBERS[name]
        upper = top - _NARROW_GAP / inner
        top = upper - _NARROW_CURVE / inner
        narrow[f"xaxis{number}"] = {"domain": [0.1, 0.98]}
        narrow[f"yaxis{number}"] = {"domain": [max(top, 0.0), upper]}
        titles.append(_title(name, 0.0, upper))
    return {**narrow, "annotations": titles, "height": inner + _MARGIN["t"] + _MARGIN["b"]}
