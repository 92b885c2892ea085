"""What a person does to a chart: points to drag, drags and clicks, as the browser reports them."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import streamlit as st

from nnviz.chart.theme import INK
from nnviz.chart.tracks import Dash
from nnviz.nn import checks


@dataclass(frozen=True, kw_only=True)
class Handle:
    """A point of a figure that a person can drag.

    Attributes
    ----------
    name : str
        Which point a ``Drag`` speaks of.
    label, text : str
        What a screen reader says, and what stands beside the point.
    x, y : float
        Where it is, in data coordinates of the subplot ``axes``.
    low, high : (float, float)
        The corners of where it may go. Equal x or equal y ties it to a line.
    snap, stride : float
        What a drag rounds to, and how far an arrow key moves (with Shift ten times as far).
    origin : (float, float) or None
        Where an arrow to the point starts.
    curve : (xs, ys) or None
        A curve the point cannot leave, as points in order of x.
    live : bool
        Whether it reports while it is dragged, or on release only.
    side : {"auto", "above", "below"}
        Where ``text`` stands; "auto" is beyond the arrow's tip.
    says : str
        The position in words, with {x} and {y}.
    """

    name: str
    label: str
    x: float
    y: float
    low: tuple[float, float]
    high: tuple[float, float]
    text: str = ""
    snap: float = 0.01
    stride: float = 0.1
    origin: tuple[float, float] | None = None
    curve: tuple[Sequence[float], Sequence[float]] | None = None
    live: bool = True
    colour: str = INK
    symbol: Literal["circle", "square", "diamond"] = "circle"
    size: float = 8
    dash: Dash = "solid"
    axes: str = "xy"
    side: Literal["auto", "above", "below"] = "auto"
    says: str = "x {x}, y {y}"


@dataclass(frozen=True)
class Drag:
    """Where a handle was dragged to; ``done`` when it was let go."""

    name: str
    x: float
    y: float
    done: bool


@dataclass(frozen=True)
class Click:
    """A click in the subplot ``axes``, in data coordinates; ``item`` of a board that it hit."""

    axes: str
    x: float
    y: float
    item: str = ""


def browser_form(handle: Handle) -> dict[str, Any]:
    """Return a handle as static/nnviz/handles.js takes it."""
    form = asdict(handle)
    if handle.curve is not None:
        xs, ys = handle.curve
        form["curve"] = {"x": [float(x) for x in xs], "y": [float(y) for y in ys]}
    return form


def read_drag(sent: Any, handles: Mapping[str, Handle]) -> Drag | None:
    """Read what the browser sent; anything that our own JavaScript would not send is ignored."""
    handle = handles.get(str(sent.get("name"))) if isinstance(sent, Mapping) else None
    if handle is None:
        return None
    try:
        x = checks.number(sent.get("x"), "x")
        y = checks.number(sent.get("y"), "y")
    except (TypeError, ValueError):
        return None
    (x_low, y_low), (x_high, y_high) = handle.low, handle.high
    x = min(max(x, x_low), x_high)
    if handle.curve is None:
        y = min(max(y, y_low), y_high)
    return Drag(handle.name, x, y, bool(sent.get("done")))


def fresh_keys(sent: Any, keys: Sequence[str], memory: str) -> list[str]:
    """Return the keys that were pressed and not answered yet, the oldest first.

    Every message holds the recent ones, each with a number that grows: Streamlit merges messages
    that come while it is busy. ``memory`` names where the newest answered number is kept.
    """
    pressed = sent.get("pressed") if isinstance(sent, Mapping) else None
    if not isinstance(pressed, list):
        return []
    answered: int = st.session_state.get(memory, 0)
    fresh = [
        (item["id"], item["key"])
        for item in pressed
        if isinstance(item, Mapping)
        and item.get("key") in keys
        and isinstance(item.get("id"), int)
        and item["id"] > answered
    ]
    if fresh:
        st.session_state[memory] = fresh[-1][0]
    return [name for _, name in fresh]


def read_click(sent: Any, subplots: Sequence[str]) -> Click | None:
    """Read what the browser sent; anything that our own JavaScript would not send is ignored."""
    if not isinstance(sent, Mapping) or sent.get("axes") not in subplots:
        return None
    try:
        x, y = (checks.number(sent.get(name), name) for name in ("x", "y"))
    except (TypeError, ValueError):
        return None
    item = sent.get("item", "")
    return Click(sent["axes"], x, y, item if isinstance(item, str) else "")
