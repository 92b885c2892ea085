"""What a person does to a chart, as the browser reports it: drags, clicks, keys, player positions.

Every ``read_*`` function takes a report as it arrived and returns None, or nothing, for one that
our JavaScript would not send: anybody can send anything to a server.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from nnviz.chart.theme import INK
from nnviz.chart.tracks import Dash
from nnviz.nn import checks

LAST_STEP: Final = 2**53
"""The largest step that a number of JavaScript counts exactly."""


@dataclass(frozen=True, kw_only=True)
class Handle:
    """A point of a figure that a person can drag."""

    name: str  # which point a ``Drag`` is of
    # label, text: what a screen reader says, and what stands beside the point
    label: str
    # x, y: where it is, in data coordinates of the subplot ``axes``
    x: float
    y: float
    # low, high: The corners of where it may go. Equal x or equal y ties it to a line.
    low: tuple[float, float]
    high: tuple[float, float]
    text: str = ""
    # snap, stride: what a drag rounds to, and how far an arrow key moves (with Shift ten times as
    # far)
    snap: float = 0.01
    stride: float = 0.1
    origin: tuple[float, float] | None = None  # where an arrow to the point starts
    # which trace of the figure is a line that the point cannot leave, its points in order of x
    curve: int | None = None
    live: bool = True  # whether it reports while it is dragged, or on release only
    colour: str = INK
    symbol: Literal["circle", "square", "diamond"] = "circle"
    size: float = 8
    dash: Dash = "solid"
    axes: str = "xy"
    # {"auto", "above", "below"}: where ``text`` stands; "auto" is beyond the arrow's tip
    side: Literal["auto", "above", "below"] = "auto"
    says: str = "x {x}, y {y}"  # the position in words, with {x} and {y}


@dataclass(frozen=True, kw_only=True)
class Button:
    """A small button that stands on a figure, for mouse, touch, keyboard and screen readers."""

    name: str  # which button a press is of
    label: str  # what it does, for screen readers and as a tip
    text: str  # one or two signs, such as "+"
    # x, y: the middle of it, in data coordinates of the subplot ``axes``
    x: float
    y: float
    axes: str = "xy"
    off: bool = False  # whether it cannot be pressed now


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


def read_drag(sent: Any, handles: Mapping[str, Handle]) -> Drag | None:
    """Return the drag that was reported, kept within the limits of its handle."""
    handle = handles.get(str(sent.get("name"))) if isinstance(sent, Mapping) else None
    point = _point(sent)
    if handle is None or point is None:
        return None
    (x_low, y_low), (x_high, y_high) = handle.low, handle.high
    x, y = point
    if handle.curve is None:
        y = min(max(y, y_low), y_high)
    return Drag(handle.name, min(max(x, x_low), x_high), y, bool(sent.get("done")))


def read_click(sent: Any, subplots: Sequence[str]) -> Click | None:
    """Return the click that was reported, if it is in one of the subplots."""
    point = _point(sent)
    if point is None or sent.get("axes") not in subplots:
        return None
    item = sent.get("item", "")
    return Click(sent["axes"], *point, item if isinstance(item, str) else "")


def read_keys(sent: Any, keys: Sequence[str], answered: int) -> list[tuple[int, str]]:
    """Return the number and name of each key that has not been answered, the oldest first.

    Every message holds the recent ones, each with a number that grows: Streamlit merges messages
    that come while it is busy. ``answered`` is the number of the last one that was answered.
    """
    pressed = sent.get("pressed") if isinstance(sent, Mapping) else None
    return [
        (item["id"], item["key"])
        for item in (pressed if isinstance(pressed, list) else ())
        if isinstance(item, Mapping)
        and item.get("key") in keys
        and isinstance(item.get("id"), int)
        and item["id"] > answered
    ]


def read_position(sent: Any, last: int = LAST_STEP) -> int | None:
    """Return the step, from 0 to ``last``, at which the player came to rest."""
    try:
        return checks.integer(sent.get("step"), "step", 0, last)
    except (AttributeError, TypeError, ValueError):
        return None


def _point(sent: Any) -> tuple[float, float] | None:
    try:
        return checks.number(sent.get("x"), "x"), checks.number(sent.get("y"), "y")
    except (AttributeError, TypeError, ValueError):
        return None
