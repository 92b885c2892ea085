"""The house chart: a Plotly figure that is updated in place, dragged, clicked and played.

``st.plotly_chart`` makes a new chart whenever its data change, which loses the zoom and flickers,
and it reports neither dragging nor a click on empty space. The browser's side is
``static/nnviz/chart.js``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

import plotly.io
import streamlit as st

from nnviz import checks
from nnviz.figures.picture import Picture
from nnviz.figures.theme import INK
from nnviz.figures.tracks import Dash
from nnviz.ui import assets, frames


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
    """A click in the subplot ``axes``, in data coordinates."""

    axes: str
    x: float
    y: float


@dataclass(frozen=True)
class Clock:
    """Where the player of a recorded run stands.

    Attributes
    ----------
    step : int
        The update it is to show.
    order : str
        Names the last jump ordered by the page. The player obeys each new one once, and is
        otherwise left alone, so that an answer from Python never pulls it back.
    play : str
        The word on the play button.
    """

    step: int
    order: str
    play: str = "Play"


def chart(
    picture: Picture,
    *,
    key: str,
    words: str,
    hint: str = "",
    handles: Sequence[Handle] = (),
    on_drag: Callable[[Drag], None] | None = None,
    clicks: Sequence[str] = (),
    on_click: Callable[[Click], None] | None = None,
    clock: Clock | None = None,
    on_position: Callable[[int], None] | None = None,
    packed: Sequence[tuple[bytes, str]] | None = None,
) -> None:
    """Show a picture; ``words`` says in a sentence what is seen, and is its text alternative.

    Parameters
    ----------
    picture : Picture
        The figure and what moves over it.
    key : str
        Names the chart; the same key keeps the same chart, zoom included.
    words, hint : str
        What is seen, and what can be done with it.
    handles, on_drag
        Points to drag, and who hears of it.
    clicks, on_click
        Subplots in which a click anywhere counts, and who hears of it.
    clock, on_position
        Needed when the picture has tracks: where the player is to stand, and who hears where the
        person took it.
    packed : sequence of (bytes, str) or None
        The tracks from ``frames.pack``, when the caller has cached them; each travels in a message
        of its own, so that a small one can change without sending a large one again.
    """
    if packed is None:
        packed = [frames.pack(picture.tracks)] if picture.tracks is not None else []
    for i, (content, _) in enumerate(packed):
        frames.send(content, key=f"{key}_frames_{i}")
    by_name = {handle.name: handle for handle in handles}

    def dragged() -> None:
        drag = _drag(st.session_state[key].get("drag"), by_name)
        if drag is not None and on_drag is not None:
            on_drag(drag)

    def clicked() -> None:
        click = _click(st.session_state[key].get("click"), clicks)
        if click is not None and on_click is not None:
            on_click(click)

    def moved() -> None:
        position = st.session_state[key].get("position")
        if on_position is None or picture.tracks is None or not isinstance(position, Mapping):
            return
        try:
            step = checks.integer(position.get("step"), "step", 0, picture.tracks.last)
        except (TypeError, ValueError):
            return
        on_position(step)

    assets.component("nnviz_chart", "chart.js")(
        key=key,
        data={
            "plotly": assets.plotly_js(),
            "figure": plotly.io.to_json(picture.figure, validate=False),
            "narrow": dict(picture.narrow),
            "heights": _heights(picture, with_player=bool(packed)),
            "words": words,
            "hint": hint,
            "handles": [_browser_form(handle) for handle in handles],
            "clicks": list(clicks),
            "frames": [digest for _, digest in packed],
            "clock": asdict(clock) if clock else None,
            "answered": _answered(key),
        },
        height="content",
        on_drag_change=dragged,
        on_click_change=clicked,
        on_position_change=moved,
    )


def last_report(key: str) -> tuple[int, int] | None:
    """Return the step that a chart's player last reported, and a number that names the report.

    A button's callback may run before the chart's, which has the newer step.
    """
    position = st.session_state.get(key, {}).get("position")
    if not isinstance(position, Mapping):
        return None
    step, at = position.get("step"), position.get("at")
    return (step, at) if isinstance(step, int) and isinstance(at, int) else None


def _heights(picture: Picture, *, with_player: bool) -> tuple[int, int]:
    """Return how much room picture, hint and sentence will need, wide and narrow, in pixels."""
    height = int(picture.figure.layout.height or 450)
    besides = 75 + 70 * with_player
    return height + besides, int(picture.narrow.get("height", height)) + besides


def _browser_form(handle: Handle) -> dict[str, Any]:
    form = asdict(handle)
    if handle.curve is not None:
        xs, ys = handle.curve
        form["curve"] = {"x": [float(x) for x in xs], "y": [float(y) for y in ys]}
    return form


def _answered(key: str) -> int:
    """Return the number of the newest drag that this rerun answers."""
    drag = st.session_state.get(key, {}).get("drag")
    sequence = drag.get("sequence") if isinstance(drag, Mapping) else None
    return sequence if isinstance(sequence, int) else 0


def _drag(sent: Any, handles: Mapping[str, Handle]) -> Drag | None:
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


def _click(sent: Any, subplots: Sequence[str]) -> Click | None:
    if not isinstance(sent, Mapping) or sent.get("axes") not in subplots:
        return None
    try:
        x, y = (checks.number(sent.get(name), name) for name in ("x", "y"))
    except (TypeError, ValueError):
        return None
    return Click(sent["axes"], x, y)
