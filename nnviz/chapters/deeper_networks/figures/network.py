"""The network in the picture: its still part with hover texts and key."""

from collections.abc import Sequence
from html import escape
from typing import Any, Final

from nnviz.chapters.deeper_networks.figures.layout import HEIGHT, NetworkLayout
from nnviz.chapters.deeper_networks.figures.prediction import class_sign, short_name
from nnviz.chapters.deeper_networks.items import Bias, Edge, Item, Unit, input_name, item_name
from nnviz.chart import plot, theme
from nnviz.text.digits import digits
from nnviz.training.maps.network_maps import BOUNDED
from nnviz.training.plan import Plan

_LONGEST_NAME: Final = 7  # characters beside an input or output
_FEW_EDGES: Final = 150
_IN_LESSONS: Final = ("relu",)

KEY: Final = (
    f'<b>line</b>: a weight, <span style="color:{theme.ABOVE}">━━</span> above 0, '
    f'<span style="color:{theme.NEGATIVE}">╍╍</span> below 0; wider: further from 0',
    f'<b>corner</b>: the bias, <span style="color:{theme.ABOVE}">■</span> above 0, '
    f'<span style="color:{theme.NEGATIVE}">◆</span> below 0; fuller: further from 0',
    "<b>square</b>: what a unit gives over the plane, from "
    f'<span style="color:{theme.NEGATIVE}">■</span> below 0',
    f'through clear, 0, to <span style="color:{theme.SKY}">■</span> above 0 '
    "(a sigmoid: 0 through ½ to 1)",
)
"""The meaning of the marks of the network, in lines that fit a phone."""


def network_traces(plan: Plan, layout: NetworkLayout, selected: Item | None) -> list[plot.Trace]:
    """Return invisible marks with hover texts, and the halo of a selected edge."""
    traces = [_edges(plan, layout), _units(plan, layout), _biases(plan, layout)]
    if isinstance(selected, Edge) and selected in layout.edges:
        points = layout.points(selected)
        halo = {"color": theme.PURPLE, "width": 9}
        traces.insert(0, plot.scatter(x=points[:, 0], y=points[:, 1], mode="lines", line=halo,
                                    opacity=0.5, hoverinfo="skip"))  # fmt: skip
    return traces


def network_shapes(layout: NetworkLayout, selected: Item | None) -> list[dict[str, Any]]:
    """Return the frame around a selected unit or bias."""
    if isinstance(selected, Unit) and selected in layout.units:
        x, y, side = layout.tile(selected)
        half = side / 2 + 1
    elif isinstance(selected, Bias) and selected in layout.biases:
        x, y, side = layout.mark(selected)
        half = side / 2 + 4
    else:
        return []
    ends = {"x0": x - half, "x1": x + half, "y0": y - half, "y1": y + half}
    line = {"color": theme.PURPLE, "width": 4}
    return [{"type": "rect", "xref": "x", "yref": "y", **ends, "line": line}]


def network_texts(
    plan: Plan, layout: NetworkLayout, *, small: bool, brief: bool = False
) -> list[dict[str, Any]]:
    """Return the names of inputs and outputs, and a header above each layer.

    Briefly, for a lesson, the activation functions that it does not speak of have no name.
    """
    size = 9 if small else 12
    texts = []
    for unit, name in enumerate(plan.architecture.inputs):
        x, y, side = layout.tile(Unit(0, unit))
        text = short_name(input_name(plan, name), _LONGEST_NAME)
        texts.append(_text(text, x - side / 2 - 3, y, "right", "middle", size))
    last = len(layout.sizes) - 1
    for unit, name in enumerate(_output_names(plan)):
        x, y, side = layout.tile(Unit(last, unit))
        texts.append(_text(name, x + side / 2 + 3, y, "left", "middle", size))
    for layer, lines in enumerate(_headers(plan, small=small, brief=brief)):
        x = layout.tile(Unit(layer, 0)).x
        header = _text("<br>".join(lines), x, HEIGHT, "center", "bottom", 12)
        texts.append({**header, "yshift": 40 if small else 44})  # above the buttons
    return texts


def _units(plan: Plan, layout: NetworkLayout) -> plot.Trace:
    texts = []
    for unit in layout.units:
        name = escape(item_name(plan, unit))
        if unit.layer == 0:
            kind = ", standardised" if plan.architecture.standardise else ""
            ends = "clear is 0, full colour its largest value"
        else:
            activation = plan.activations[unit.layer - 1]
            kind, ends = f": {activation.replace('_', ' ')}", _ends(plan, activation, unit)
        texts.append(f"<b>{name}</b>{kind}<br>the map: what it gives over the plane,<br>{ends}")
    tiles = [layout.tile(unit) for unit in layout.units]
    return _marks([t.x for t in tiles], [t.y for t in tiles], texts, [0.9 * t.side for t in tiles])


def _ends(plan: Plan, activation: str, unit: Unit) -> str:
    """Return the meaning of the colours of a unit's map, as `network_maps.unit_maps` makes it."""
    is_output = unit.layer == len(plan.sizes) - 1
    if is_output and not plan.sample.classes:
        return "in the colours of the answer"
    low, high = plan.target_levels if is_output else (-1.0, 1.0)
    if activation in ("sigmoid", "softmax"):
        low, high = 0.0, 1.0
    if activation in BOUNDED or is_output:
        return f"orange {digits(low)}, clear {digits((low + high) / 2)}, blue {digits(high)}"
    return "clear is 0, full colour its largest value"


def _biases(plan: Plan, layout: NetworkLayout) -> plot.Trace:
    marks = [layout.mark(bias) for bias in layout.biases]
    texts = [f"<b>{escape(item_name(plan, bias))}</b><br>square: above 0, diamond: below 0"
             for bias in layout.biases]  # fmt: skip
    return _marks([m.x for m in marks], [m.y for m in marks], texts, 6)


def _edges(plan: Plan, layout: NetworkLayout) -> plot.Trace:
    n = 7 if len(layout.edges) <= _FEW_EDGES else 5
    # Not at its ends, where it meets others.
    points = [layout.points(edge, n)[1:-1].tolist() for edge in layout.edges]
    x, y = ([round(at[axis], 1) for along in points for at in along] for axis in (0, 1))
    names = (f"<b>{escape(item_name(plan, edge))}</b>" for edge in layout.edges)
    return _marks(x, y, [name for name in names for _ in range(n - 2)], None)


def _marks(
    x: Sequence[float], y: Sequence[float], texts: Sequence[str], size: float | list[float] | None
) -> plot.Trace:
    """Return invisible marks with hover texts; ``size`` None makes them points."""
    look: dict[str, Any] = {"mode": "none"}
    if size is not None:
        look = {"mode": "markers", "marker": {"size": size, "opacity": 0}}
    return plot.scatter(x=x, y=y, hovertext=texts, hoverinfo="text", **look)


def _output_names(plan: Plan) -> list[str]:
    sample = plan.sample
    if not sample.classes:
        return [short_name(sample.target, _LONGEST_NAME)]
    shown = range(plan.n_outputs) if plan.n_outputs > 1 else (1,)
    return [f"{class_sign(k)} {short_name(sample.classes[k], _LONGEST_NAME - 2)}" for k in shown]


def _headers(plan: Plan, *, small: bool, brief: bool) -> list[tuple[str, ...]]:
    names = [name.partition("_")[0] for name in plan.activations]
    units = [f"{n}" if small and not brief else f"{n} unit{'s' * (n > 1)}" for n in plan.sizes[1:]]
    return [
        ("inputs",),
        *(
            (size,) if brief and name not in _IN_LESSONS else (name, size)
            for name, size in zip(names, units, strict=True)
        ),
    ]


def _text(text: str, x: float, y: float, xanchor: str, yanchor: str, size: int) -> dict[str, Any]:
    return {
        "text": text, "x": x, "y": y, "xref": "x", "yref": "y", "xanchor": xanchor,
        "yanchor": yanchor, "showarrow": False, "font": {"size": size},
    }  # fmt: skip
