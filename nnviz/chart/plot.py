"""Plotly figures as the plain dictionaries that plotly.js reads.

Plotly's own classes check every property when they are made, which took 40 % of the time of an
ordinary page. The tests make the same check on every figure that a page shows: `validated`.
"""

import base64
import json
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt
from plotly.utils import PlotlyJSONEncoder

if TYPE_CHECKING:
    import plotly.graph_objects as go

MANY: Final = 64
"""Arrays with more elements are curves: they travel with seven digits, far below a pixel."""

Trace = dict[str, Any]
Layout = dict[str, Any]
Figure = dict[str, Any]


def scatter(**properties: Any) -> Trace:
    """Return points or lines in the plane."""
    return _trace("scatter", properties)


def scatter3d(**properties: Any) -> Trace:
    """Return points or lines in space."""
    return _trace("scatter3d", properties)


def bar(**properties: Any) -> Trace:
    """Return bars."""
    return _trace("bar", properties)


def heatmap(**properties: Any) -> Trace:
    """Return a grid of coloured cells."""
    return _trace("heatmap", properties)


def contour(**properties: Any) -> Trace:
    """Return the lines of equal height over a plane."""
    return _trace("contour", properties)


def surface(**properties: Any) -> Trace:
    """Return a surface in space."""
    return _trace("surface", properties)


def on(number: str) -> dict[str, str]:
    """Return the axes of a subplot by its number, as traces name them; "" is the first."""
    return {"xaxis": f"x{number}", "yaxis": f"y{number}"}


def axis_names(axes: str) -> tuple[str, str]:
    """Return the names of the two axes of a subplot: "x2" and "y2" of "x2y2"."""
    x, _, y = axes.partition("y")
    return x, f"y{y}"


def empty(number: str) -> Trace:
    """Return nothing to be seen: Plotly leaves out the axes of a subplot without a trace."""
    return scatter(x=[None], y=[None], hoverinfo="skip", **on(number))


def band(x: npt.ArrayLike, there: npt.ArrayLike, back: npt.ArrayLike, **properties: Any) -> Trace:
    """Return the surface between two curves over the same x, without lines of its own."""
    x, there, back = (np.asarray(each) for each in (x, there, back))
    return scatter(
        x=np.concatenate([x, x[::-1]]), y=np.concatenate([there, back[::-1]]), mode="lines",
        fill="toself", hoverinfo="skip", **{"line": {"width": 0}, **properties},
    )  # fmt: skip


def pointed_at(
    places: Iterable[Sequence[float]], texts: Iterable[str], number: str, **marker: Any
) -> Trace:
    """Return what is said where places of a subplot are pointed at; nothing is seen of it."""
    x, y = zip(*places, strict=True)
    return scatter(
        x=list(x), y=list(y), text=list(texts), hovertemplate="%{text}<extra></extra>",
        mode="markers", marker={"size": 12, "opacity": 0, **marker}, **on(number),
    )  # fmt: skip


def outline(corner: Sequence[float], side: float, number: str, colour: str, width: float) -> Trace:
    """Return the frame of a square of a subplot, from its lower left corner on."""
    (left, low), (right, top) = corner, (corner[0] + side, corner[1] + side)
    return scatter(
        x=[left, right, right, left, left], y=[low, low, top, top, low], mode="lines",
        line={"color": colour, "width": width}, hoverinfo="skip", **on(number),
    )  # fmt: skip


def figure(traces: Sequence[Trace], layout: Layout) -> Figure:
    """Return the figure of some traces, in the order in which they are drawn."""
    return {"data": list(traces), "layout": layout}


def to_json(figure: Figure) -> str:
    """Write a figure as JSON; arrays become base64, and what is no number becomes null."""
    return json.dumps(figure, cls=_Encoder, separators=(",", ":"))


def packed(figure: Figure) -> str:
    """Return a figure as the browser is sent it: its JSON, deflated, in base64."""
    return base64.b64encode(zlib.compress(to_json(figure).encode(), 1)).decode("ascii")


def unpacked(text: str) -> str:
    """Return the JSON of a figure that was packed."""
    return zlib.decompress(base64.b64decode(text)).decode()


def validated(figure: Mapping[str, Any]) -> "go.Figure":
    """Return Plotly's own form of a figure.

    Raises
    ------
    ValueError
        If a property does not exist, or its value is none that Plotly takes.
    """
    import plotly.graph_objects as go  # a third of a second, which no page needs

    go.Layout(figure.get("narrow", {}))
    return go.Figure(figure["data"], {"template": "none", **figure["layout"]})


def _shorter(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return floats with seven digits where that loses neither the largest nor the smallest."""
    with np.errstate(over="ignore", under="ignore"):
        short = values.astype(np.float32)
    same = np.array_equal(np.isinf(short), np.isinf(values)) and np.array_equal(
        short == 0, values == 0
    )
    return short if same else values


def _trace(kind: str, properties: Trace) -> Trace:
    """Return a trace with the properties that are set."""
    return {"type": kind} | {name: of for name, of in properties.items() if of is not None}


class _Encoder(PlotlyJSONEncoder):  # type: ignore[misc]  # plotly has no types
    def default(self, obj: Any) -> Any:
        if isinstance(obj, Mapping):
            return dict(obj)
        if not isinstance(obj, np.ndarray) or obj.size == 0 or obj.dtype.kind not in "iuf":
            return super().default(obj)
        if obj.dtype.kind != "f" and obj.itemsize > 4:
            # plotly.js reads no integers of 64 bits
            if np.abs(obj).max() >= 2**31:
                return obj.tolist()
            obj = obj.astype(np.int32)
        elif obj.size > MANY:
            obj = _shorter(obj)
        dtype = f"{obj.dtype.kind}{obj.itemsize}"
        spec = {
            "dtype": dtype,
            "bdata": base64.b64encode(obj.tobytes()).decode("ascii"),
        }
        return spec if obj.ndim == 1 else {**spec, "shape": ", ".join(map(str, obj.shape))}
