"""One neuron as a graph of functions and values, highlighted where a step acts; errors as bars."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import plotly.graph_objects as go

from nnviz.chapters.home.four_steps import Progress
from nnviz.chart import theme
from nnviz.chart.picture import Picture
from nnviz.data.tutorial import INPUT_NAMES
from nnviz.text.digits import digits
from nnviz.walkthrough.figures.plan import Box, Point

FUNCTIONS: Final = MappingProxyType(
    {"weighted sum": "predict", "sigmoid": "predict", "compare": "compare", "adjust": "adjust"}
)
"""Every function, with the step in which it acts."""

ARROWS: Final = (
    ("input[0]", "weighted sum", "predict"),
    ("input[1]", "weighted sum", "predict"),
    ("parameters", "weighted sum", "predict"),
    ("weighted sum", "sum", "predict"),
    ("sum", "sigmoid", "predict"),
    ("sigmoid", "prediction", "predict"),
    ("prediction", "compare", "compare"),
    ("target", "compare", "compare"),
    ("compare", "error", "compare"),
    ("error", "adjust", "adjust"),
    ("adjust", "parameters", "adjust"),
)
"""Start and end of every arrow, and the step in which a value passes along it."""


@dataclass(frozen=True)
class Plan:
    """The layout of the graph for one width of screen.

    Attributes
    ----------
    boxes : Mapping
        Box of every function and value by name, of the frame round the parameters, and of the
        learning rate.
    value_size : int
        Font size of the values, in pixels.
    """

    boxes: Mapping[str, Box]
    value_size: int

    def arrow_between(self, start: str, end: str) -> tuple[Point, Point]:
        """Return the two ends of an arrow; at the frame it is vertical or horizontal."""
        a, b = self.boxes[start], self.boxes[end]
        if start == "parameters":
            a = Box(b.x, a.y, a.width, a.height)
        elif end == "parameters":
            vertical = abs(a.x - b.x) < b.width / 2
            b = Box(a.x if vertical else b.x, b.y if vertical else a.y, b.width, b.height)
        return a.edge_towards(b.x, b.y), b.edge_towards(a.x, a.y)


WIDE: Final = Plan(
    MappingProxyType(
        {
            "input[0]": Box(5, 78, 10, 16),
            "input[1]": Box(5, 56, 10, 16),
            "weighted sum": Box(19.8, 67, 12.5, 24),
            "sum": Box(34.5, 67, 10, 16),
            "sigmoid": Box(49, 67, 12, 24),
            "prediction": Box(64, 67, 11, 16),
            "compare": Box(79, 67, 11.5, 24),
            "target": Box(79, 92, 10.5, 16),
            "error": Box(94.2, 67, 11.5, 16),
            "adjust": Box(94.2, 20, 11, 24),
            "learning rate": Box(74, 25, 0, 0),
            "parameters": Box(27, 19, 54, 34),
            "weights[0]": Box(9.5, 16, 16.5, 21),
            "weights[1]": Box(27, 16, 16.5, 21),
            "bias": Box(44.5, 16, 16.5, 21),
        }
    ),
    value_size=14,
)
"""From left to right, and back along the bottom."""

TALL: Final = Plan(
    MappingProxyType(
        {
            "input[0]": Box(11, 92.5, 21, 15),
            "input[1]": Box(11, 76.5, 21, 15),
            "weighted sum": Box(38, 85.5, 23, 19),
            "sum": Box(62.8, 85.5, 18.5, 16),
            "sigmoid": Box(88, 85.5, 23, 19),
            "prediction": Box(88, 27.5, 23, 13),
            "compare": Box(61.5, 27.5, 21, 17),
            "target": Box(61.5, 6.5, 21, 13),
            "error": Box(35.7, 27.5, 21.5, 13),
            "adjust": Box(10.5, 27.5, 20, 17),
            "learning rate": Box(31, 39, 0, 0),
            "parameters": Box(38.5, 55, 77, 25),
            "weights[0]": Box(13.3, 53, 24, 18.5),
            "weights[1]": Box(38.5, 53, 24, 18.5),
            "bias": Box(63.7, 53, 24, 18.5),
        }
    ),
    value_size=13,
)
"""Round: right along the top, down, left along the bottom, and up to the parameters."""

_LABEL: Final = 12
_NAME: Final = 13
"""Font sizes in pixels, of the names of values and of functions."""

_LABELS: Final = MappingProxyType(
    {
        **{f"input[{i}]": name.replace(" ", "<br>", 1) for i, name in enumerate(INPUT_NAMES)},
        **{f"weights[{i}]": f"weight {i + 1}" for i in range(len(INPUT_NAMES))},
        "sum": "weighted<br>sum",
        "weighted sum": "multiply<br>and add",
    }
)
"""How a box is called on the screen, where that is not its name."""

_ROUNDS_SHOWN: Final = (5, 10, 20, 50, 100)

# Without a trace Plotly would leave out the axes that the shapes stand on.
_GRAPH: Final = go.Scatter(x=[None], y=[None], hoverinfo="skip")

_HIGHLIGHTS: Final = MappingProxyType(
    {
        theme.INK: "rgba(86,180,233,0.3)",
        theme.GREEN: "rgba(0,158,115,0.25)",
        theme.VERMILLION: "rgba(213,94,0,0.25)",
    }
)
"""Fill of a highlighted shape by the colour of its outline; readable in light and dark."""


@dataclass(frozen=True)
class _Value:
    """Value of a rectangle; ``text`` is None until a step has computed it."""

    step: str
    text: str | None
    exact: str
    colour: str = theme.INK


def four_steps_picture(progress: Progress) -> Picture:
    """Draw the graph of one sigmoid unit with two inputs, and the error of each round so far.

    The last step is drawn thick; values that are still to come are empty boxes.
    """
    values = _values(progress)
    layout = theme.layout(
        320,
        margin={"l": 0, "r": 14, "t": 6, "b": 4},
        xaxis=_plane(domain=[0, 0.78]),
        yaxis=_plane(domain=[0, 1]),
        xaxis2=_rounds(progress, domain=[0.84, 1]),
        yaxis2=theme.axis(
            "error", anchor="x2", domain=[0.13, 1], range=[0, 0.85], fixedrange=True, nticks=5
        ),
        shapes=_shapes(WIDE, progress, values),
        annotations=_annotations(WIDE, progress, values),
        dragmode=False,
    )
    narrow = {
        "height": 500,
        "margin": {"r": 4},
        "xaxis": {"domain": [0, 1]},
        "yaxis": {"domain": [0.27, 1]},
        "xaxis2": {"domain": [0.14, 1]},
        "yaxis2": {"domain": [0.09, 0.24], "nticks": 3},
        "shapes": _shapes(TALL, progress, values),
        "annotations": _annotations(TALL, progress, values),
    }
    return Picture(go.Figure([_GRAPH, _bars(progress)], layout), narrow)


def _plane(**options: Any) -> dict[str, Any]:
    return {"range": [-1, 101], "visible": False, "fixedrange": True, **options}


def _values(progress: Progress) -> dict[str, _Value]:
    trace, layer, after = progress.trace, progress.trace.layers[0], progress.trace.updated.layers[0]

    def value(step: str, number: float, colour: str = theme.INK) -> _Value:
        text = _short(number) if progress.made(step) else None
        return _Value(step, text, repr(float(number)), colour)

    def parameter(old: float, new: float) -> _Value:
        if not progress.made("adjust"):
            return _Value("adjust", _short(old), repr(float(old)), theme.GREEN)
        exact = f"{float(old)!r} → {float(new)!r}"
        return _Value("adjust", f"{_short(old)} →<br>{_short(new)}", exact, theme.GREEN)

    target = float(trace.target[0])
    return {
        "input[0]": value("input", layer.inputs[0]),
        "input[1]": value("input", layer.inputs[1]),
        "weights[0]": parameter(layer.weights[0, 0], after.weights[0, 0]),
        "weights[1]": parameter(layer.weights[1, 0], after.weights[1, 0]),
        "bias": parameter(layer.bias[0], after.bias[0]),
        "sum": value("predict", layer.pre_activations[0]),
        "prediction": value("predict", trace.prediction[0]),
        # The right answer comes with the row: no step computes it.
        "target": _Value("compare", _short(target), repr(target)),
        "error": value("compare", trace.error, theme.VERMILLION),
    }


def _short(value: float) -> str:
    """Return the number so that it fits its box: a small one with three digits, not four."""
    return digits(value, 4 if abs(value) >= 1e-3 else 3)


def _shapes(plan: Plan, progress: Progress, values: Mapping[str, _Value]) -> list[dict[str, Any]]:
    group = plan.boxes["parameters"].rectangle()
    shapes = [_outline(group, theme.GREEN, highlighted=False, dash="dot")]
    for name, value in values.items():
        dash = "solid" if value.text else "dot"
        path = plan.boxes[name].rectangle()
        shapes.append(
            _outline(path, value.colour, highlighted=value.step == progress.step, dash=dash)
        )
    for name, step in FUNCTIONS.items():
        path = plan.boxes[name].hexagon()
        shapes.append(_outline(path, theme.INK, highlighted=step == progress.step))
    return shapes


def _outline(path: str, colour: str, *, highlighted: bool, dash: str = "solid") -> dict[str, Any]:
    quiet = theme.GREY if colour == theme.INK else colour
    return {
        "type": "path", "xref": "x", "yref": "y", "path": path,
        "line": {
            "color": colour if highlighted else quiet, "width": 3.5 if highlighted else 1.5,
            "dash": dash,
        },
        "fillcolor": _HIGHLIGHTS[colour] if highlighted else theme.PAPER,
    }  # fmt: skip


def _annotations(
    plan: Plan, progress: Progress, values: Mapping[str, _Value]
) -> list[dict[str, Any]]:
    marks = [_arrow(plan, *ends, highlighted=step == progress.step) for *ends, step in ARROWS]
    for name, value in values.items():
        label = _LABELS.get(name, name)
        text = f"<span style='font-size:{_LABEL}px'>{label}</span><br><b>{value.text or '?'}</b>"
        mark = _text(plan.boxes[name], text, plan.value_size)
        if value.text:
            hover = f"{label.replace('<br>', ' ')}: {value.exact}"
            mark |= {"hovertext": hover, "captureevents": True}
        marks.append(mark)
    for name in FUNCTIONS:
        marks.append(_text(plan.boxes[name], _LABELS.get(name, name), _NAME))
    frame = plan.boxes["parameters"]
    title = Box(frame.x, frame.y + frame.height / 2, 0, 0)
    rate = f"learning rate {digits(progress.trace.learning_rate)} × slope"
    marks.append(_text(title, "parameters", _LABEL) | {"yanchor": "top"})
    marks.append(_text(plan.boxes["learning rate"], rate, _LABEL))
    return marks


def _text(box: Box, text: str, size: int) -> dict[str, Any]:
    return {
        "x": box.x, "y": box.y, "xref": "x", "yref": "y", "showarrow": False, "borderpad": 0,
        "text": text, "font": {"size": size, "color": theme.INK},
    }  # fmt: skip


def _arrow(plan: Plan, start: str, end: str, *, highlighted: bool) -> dict[str, Any]:
    (ax, ay), (x, y) = plan.arrow_between(start, end)
    return {
        "x": x, "y": y, "ax": ax, "ay": ay,
        "xref": "x", "yref": "y", "axref": "x", "ayref": "y",
        "text": "", "showarrow": True, "arrowhead": 2,
        "arrowsize": 0.9 if highlighted else 1.2,
        "arrowwidth": 3 if highlighted else 1.5,
        "arrowcolor": theme.INK if highlighted else theme.GREY,
    }  # fmt: skip


def _rounds(progress: Progress, **options: Any) -> dict[str, Any]:
    """Return an axis that changes only when the rounds outgrow it."""
    last = next(n for n in _ROUNDS_SHOWN if n >= progress.round)
    return theme.axis(
        "round",
        anchor="y2",
        range=[0.4, last + 0.6],
        fixedrange=True,
        tick0=1 if last == 5 else 0,
        dtick=max(1, last // 5),
        **options,
    )


def _bars(progress: Progress) -> go.Bar:
    errors = progress.errors
    newest = len(errors) - 1
    few = progress.round <= _ROUNDS_SHOWN[0]
    return go.Bar(
        x=list(range(1, len(errors) + 1)),
        y=list(errors),
        marker={
            "color": [theme.VERMILLION if i == newest else theme.GREY for i in range(newest + 1)]
        },
        # Low bars stand so close together that only the newest has room for its number.
        text=[
            digits(error, 2) if few and (error > 0.1 or i == newest) else ""
            for i, error in enumerate(errors)
        ],
        textposition="outside",
        textangle=0,
        textfont={"size": _LABEL},
        constraintext="none",
        cliponaxis=False,
        customdata=[repr(error) for error in errors],
        hovertemplate="round %{x}: error %{customdata}<extra></extra>",
        xaxis="x2",
        yaxis="y2",
    )
