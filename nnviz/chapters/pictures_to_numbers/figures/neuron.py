"""A neuron that reads a drawing: weights, ink times weight, sum, and how many pictures it takes.

`neuron_picture` draws what stands still; `weight_tracks` and `drawing_tracks` move over it.
"""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from nnviz.chapters.pictures_to_numbers import words
from nnviz.chapters.pictures_to_numbers.drawing import EMPTY, MOST_INK, Drawing
from nnviz.chapters.pictures_to_numbers.figures import squares
from nnviz.chapters.pictures_to_numbers.reading import Reading
from nnviz.chapters.pictures_to_numbers.two_digits import SIZES, NeuronRun, PictureTrials
from nnviz.chart import plot, theme
from nnviz.chart.picture import Picture
from nnviz.chart.tracks import DotTrack, ReadoutTrack, Track, Tracks, short_of, spoken
from nnviz.nn.activations import sigmoid
from nnviz.text.digits import digits, percent

Panels = tuple[str, ...]
PANELS: Final[Panels] = ("weights", "means", "products", "sum", "accuracy")
"""The parts of the picture; all of them in free play."""

_PLACES: Final[MappingProxyType[Panels, dict[str, theme.Place]]] = MappingProxyType(
    {
        PANELS: {
            "weights": ((0.03, 0.47), (0.46, 1.0)), "products": ((0.54, 0.98), (0.46, 1.0)),
            "sum": ((0.07, 0.34), (0.0, 0.33)), "means": ((0.41, 0.65), (0.0, 0.33)),
            "accuracy": ((0.75, 0.98), (0.0, 0.33)),
        },
        ("weights", "accuracy"): {
            "weights": ((0.03, 0.6), (0.0, 1.0)), "accuracy": ((0.7, 1.0), (0.4, 1.0)),
        },
        ("weights", "products", "sum"): {
            "weights": ((0.03, 0.48), (0.38, 1.0)), "products": ((0.55, 1.0), (0.38, 1.0)),
            "sum": ((0.25, 0.8), (0.0, 0.22)),
        },
        ("products", "sum"): {
            "products": ((0.03, 0.6), (0.0, 1.0)), "sum": ((0.7, 1.0), (0.4, 1.0)),
        },
        ("weights", "products"): {
            "weights": ((0.03, 0.48), (0.0, 1.0)), "products": ((0.55, 1.0), (0.0, 1.0)),
        },
        ("weights", "means"): {
            "weights": ((0.03, 0.48), (0.0, 1.0)), "means": ((0.55, 1.0), (0.0, 1.0)),
        },
        ("weights",): {"weights": ((0.03, 1.0), (0.0, 1.0))},
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
_MARGIN: Final = MappingProxyType({"l": 8, "r": 8, "t": 30, "b": 44})
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
    titles = [_title(name, x[0], y[1]) for name, (x, y) in places.items()]
    layout = theme.layout(_HEIGHT, annotations=titles, margin=dict(_MARGIN))
    traces: list[plot.Trace] = []
    for name, at in places.items():
        number, (low, high) = NUMBERS[name], at[1]
        if name in _MAPS:
            layout |= squares.axes(number, at)
            if high - low < _LOW:
                layout[f"xaxis{number}"]["showticklabels"] = False
                layout[f"yaxis{number}"]["showticklabels"] = False
            if veiled and name == "products":
                traces.append(plot.empty(number))
            else:
                traces.append(squares.hovered(number, _hovers(name, run, step, reading)))
        elif name == "sum":
            reach = reach_of(run, reading)
            across = theme.axis("sum", range=[-reach, reach], nticks=5)
            up = theme.axis("", range=[-0.06, 1.06], tickvals=[0, 0.5, 1])
            layout |= theme.panel(number, at, across, up)
            traces += _sigmoid(number, reach)
        elif made is not None:
            across = theme.axis(
                "pictures learned from", type="log", range=[0.93, 2.38],
                tickvals=[10, 20, 60, 200], tickangle=0,
            )  # fmt: skip
            up = theme.axis("", range=[0.84, 1.005], tickformat="~%")
            layout |= theme.panel(number, at, across, up)
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


def weight_tracks(run: NeuronRun, *, accuracy: bool, means: bool) -> Tracks:
    """Return what is so for every drawing: the weights and, if wanted, accuracy and means."""
    weights, n = run.parameters[:, :-1], len(run.held_out)
    tracks: list[Track] = [squares.painted(weights, squares.reach_of(weights), NUMBERS["weights"])]
    if means:
        apart = np.nan_to_num(run.mean_inks[1] - run.mean_inks[0])[np.newaxis]
        tracks.append(squares.painted(apart, MOST_INK, NUMBERS["means"]))
    if accuracy:
        wrong = np.round((1 - run.held_out_accuracy) * n)
        tracks.append(ReadoutTrack(values=wrong, label="held out: wrong", after=f" of {n}"))
    return Tracks(tuple(tracks), run.last_step)


def drawing_tracks(
    run: NeuronRun, drawing: Drawing, texts: Sequence[str], stride: int, *, counted: bool
) -> Tracks:
    """Return what moves for a drawing; ``texts`` is what is said at every ``stride`` steps.

    The sum is ``counted`` beside the player where the drawing is in sight.
    """
    weights = run.parameters[:, :-1]
    products = weights * np.array(drawing, dtype=np.float64)
    z = products.sum(axis=1) + run.parameters[:, -1]
    prediction = sigmoid(z)
    numbers: tuple[ReadoutTrack, ...] = (
        ReadoutTrack(values=z, label="sum"),
        ReadoutTrack(values=short_of(1.0, prediction), label="squeezed"),
    )
    if drawing == EMPTY:
        # Its sum looks like an answer, and there is none to nothing.
        numbers = (ReadoutTrack(values=z, label="nothing is drawn: the bias alone is"),)
    return Tracks(
        (
            squares.painted(products, MOST_INK * squares.reach_of(weights), NUMBERS["products"]),
            DotTrack(values=np.column_stack([z, prediction]), size=7, axes="x3y3"),
            *(numbers if counted else ()),
            spoken(texts, stride),
        ),
        run.last_step,
    )


def _in_two_columns(panels: Panels) -> dict[str, theme.Place]:
    """Return the places of panels of which a link has hidden others."""
    n_rows = -(-len(panels) // 2)
    high, used = 1.0 / n_rows, 0.75 if n_rows > 1 else 1.0
    return {
        name: (
            (0.05, 0.47) if i % 2 == 0 else (0.55, 0.98),
            (1.0 - (i // 2 + used) * high, 1.0 - i // 2 * high),
        )
        for i, name in enumerate(panels)
    }


def reach_of(run: NeuronRun, reading: Reading) -> float:
    """Return the end of the axis of sums: what all products and the bias of the run can reach."""
    inks = np.array(reading.drawing, dtype=np.float64)
    sums = run.parameters[:, :-1] @ inks + run.parameters[:, -1]
    return max(_SMALLEST_REACH, 1.08 * float(np.abs(sums).max()))


def _hovers(name: str, run: NeuronRun, step: int, reading: Reading) -> Sequence[str]:
    if name == "products":
        return words.notes(reading, step)
    if name == "means":
        threes, eights = ([digits(ink, 3) for ink in inks] for inks in run.mean_inks.tolist())
        return [f"mean of 8s {a}, of 3s {b}" for a, b in zip(eights, threes, strict=True)]
    return [f"weight {digits(w, 3)} (update {step:,})" for w in reading.weights.tolist()]


def _title(name: str, x: float, y: float) -> dict[str, Any]:
    text, note = _TITLES[name]
    return theme.panel_title(text, x, y, note)


def _sigmoid(number: str, reach: float) -> list[plot.Trace]:
    z = np.linspace(-reach, reach, 121)
    return [
        plot.scatter(
            x=[-reach, reach], y=[0.5, 0.5], mode="lines",
            line={"color": theme.GREY, "width": 1, "dash": "dot"},
            hovertemplate="below: a 3, above: an 8<extra></extra>", **plot.on(number),
        ),
        plot.scatter(
            x=z, y=sigmoid(z), mode="lines", line={"color": theme.GREY, "width": 2.5},
            hovertemplate="sum %{x:.3f}<br>squeezed %{y:.3f}<extra></extra>", **plot.on(number),
        ),
    ]  # fmt: skip


def _accuracies(number: str, made: PictureTrials, run: NeuronRun) -> list[plot.Trace]:
    found, known = made.band(), np.isfinite(made.mean())
    x = np.array(SIZES, dtype=np.float64)[known]
    low, high, mean = found.low[known], found.high[known], made.mean()[known]
    texts = []
    for size, n, *each in zip(x, found.n[known], mean, low, high, strict=True):
        middle, a, b = percent(*each, decimals=1)
        texts.append(
            f"{int(size)} pictures learned from<br>mean of {n}: {middle}, middle half {a} to {b}"
        )
    right, n_train = float(run.held_out_accuracy[-1]), run.config.n_train
    (told,) = percent(right, decimals=1)
    return [
        plot.band(x, high, low, fillcolor="rgba(0,114,178,0.2)", **plot.on(number)),
        plot.scatter(
            x=x, y=mean, mode="lines+markers", line={"color": theme.ABOVE, "width": 2},
            marker={"size": 6, "color": theme.ABOVE}, text=texts,
            hovertemplate="%{text}<extra></extra>", **plot.on(number),
        ),
        plot.scatter(
            x=[float(n_train)], y=[right], mode="markers+text", text=["this one, at its end"],
            textposition="bottom left" if n_train == SIZES[-1] else "bottom right",
            textfont={"size": 12, "color": theme.INK}, cliponaxis=False,
            marker={
                "size": 10, "symbol": "diamond", "color": theme.VERMILLION,
                "line": {"color": theme.INK, "width": 1},
            },
            hovertemplate=f"this training, at its end: {told}<extra></extra>", **plot.on(number),
        ),
    ]  # fmt: skip


def _narrow(panels: Panels) -> dict[str, Any]:
    """Return the layout of a phone: two maps beside each other, then the next, the curves below."""
    maps = [name for name in panels if name in _MAPS]
    curves = [name for name in panels if name not in maps]
    abreast = max(1, min(2, len(maps)))
    side, n_rows = _NARROW_MAP * 2 // abreast, -(-len(maps) // abreast)
    rooms = [_NARROW_TITLE] * (n_rows - 1) + [_NARROW_GAP] * len(curves) + [0]
    heights = [side] * n_rows + [_NARROW_CURVE] * len(curves)
    if not maps:
        heights.insert(0, 0)  # the title of the first curve
    inner, spans = theme.stacked(list(zip(heights, rooms, strict=True)))
    narrow, titles = dict[str, Any](), list[dict[str, Any]]()
    for i, name in enumerate(maps):
        x = (0.05, 1.0) if abreast == 1 else (0.05 + i % 2 * 0.52, 0.48 + i % 2 * 0.52)
        y = spans[i // abreast]
        for key, moved in theme.moved(NUMBERS[name], (x, y)).items():
            narrow[key] = {**moved, "showticklabels": True}
        titles.append(_title(name, x[0], y[1]))
    for name, y in zip(curves, spans[len(spans) - len(curves) :], strict=True):
        narrow |= theme.moved(NUMBERS[name], ((0.12, 0.98), y))
        titles.append(_title(name, 0.0, y[1]))
    return {**narrow, "annotations": titles, "height": inner + _MARGIN["t"] + _MARGIN["b"]}
