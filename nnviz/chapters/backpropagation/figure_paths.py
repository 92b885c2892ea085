"""The two paths from a hidden neuron to the error, alone: what each contributes, and their sum."""

from typing import Any, Final

from nnviz.chart import plot, theme
from nnviz.chart.picture import Picture
from nnviz.nn.trace import Trace
from nnviz.text.digits import digits
from nnviz.walkthrough.words.workings import factor

_WIDE: Final = 14
_NARROW: Final = 12
_HEIGHTS: Final = (0.78, 0.22)
_MIDDLE: Final = 0.5
_BOX: Final = 0.075
"""Half the height of a box, as a share of the picture."""


def paths_picture(trace: Trace, *, known: bool) -> Picture:
    """Draw both paths of the first hidden neuron of a network whose next layer has two.

    ``known`` tells the sum of what they contribute.
    """
    weights, slopes, shares = _paths(trace)
    total = digits(sum(shares)) if known else "?"
    boxes = [
        (0.14, _MIDDLE, f"this neuron<br><b>slope {total}</b>", theme.VERMILLION),
        (0.91, _MIDDLE, "error", theme.INK),
    ]
    lines: list[dict[str, Any]] = []
    notes: list[dict[str, Any]] = []
    for name, height, w, slope, share in zip("AB", _HEIGHTS, weights, slopes, shares, strict=True):
        boxes.append((0.57, height, f"neuron {name}<br>slope <b>{digits(slope)}</b>", theme.GREY))
        lines += [_line(0.14, _MIDDLE, 0.57, height), _line(0.57, height, 0.91, _MIDDLE)]
        outside = height + (0.14 if height > _MIDDLE else -0.14)
        notes += [
            _note(0.34, (height + _MIDDLE) / 2, f"weight<br><b>{digits(w)}</b>"),
            _note(0.57, outside, f"{digits(w)} · {factor(slope)} = <b>{digits(share)}</b>"),
        ]
    shapes = lines + [_box(x, y, colour) for x, y, _, colour in boxes]
    notes += [_note(x, y, text) for x, y, text, _ in boxes]
    layout = theme.layout(
        430,
        margin={"l": 0, "r": 0, "t": 4, "b": 4},
        xaxis=theme.hidden_axis(0, 1),
        yaxis=theme.hidden_axis(0, 1),
        shapes=shapes,
        annotations=notes,
        dragmode=False,
    )
    smaller = [{**note, "font": {**note["font"], "size": _NARROW}} for note in notes]
    return Picture(plot.figure([plot.empty("")], layout), {"annotations": smaller})


def paths_sentence(trace: Trace, *, known: bool) -> str:
    """Say what the picture shows."""
    *_, shares = _paths(trace)
    said = (
        "A hidden neuron reaches the error along two paths. They contribute "
        f"{digits(shares[0])} and {digits(shares[1])}"
    )
    return f"{said}, {digits(sum(shares))} together." if known else f"{said}."


def _paths(trace: Trace) -> tuple[list[float], list[float], list[float]]:
    """Return of each path its weight, the slope behind it, and their product."""
    layer = trace.layers[1]
    weights, slopes = layer.weights[0], layer.derror_dpre_activations
    return weights.tolist(), slopes.tolist(), (weights * slopes).tolist()


def _line(x0: float, y0: float, x1: float, y1: float) -> dict[str, Any]:
    line = {"color": theme.VERMILLION, "width": 2}
    return {
        "type": "line", "layer": "below", "x0": x0, "y0": y0, "x1": x1, "y1": y1, "line": line,
    }  # fmt: skip


def _box(x: float, y: float, colour: str) -> dict[str, Any]:
    half = 0.085 if x > 0.8 else 0.135
    return {
        "type": "rect", "layer": "below", "x0": x - half, "x1": x + half, "y0": y - _BOX,
        "y1": y + _BOX, "line": {"color": colour, "width": 2}, "fillcolor": theme.PAPER,
    }  # fmt: skip


def _note(x: float, y: float, text: str) -> dict[str, Any]:
    return theme.note(text, x, y, size=_WIDE, xref="x", yref="y", bgcolor=theme.PAPER)
