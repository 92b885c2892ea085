"""The house chart: a Plotly figure that is updated in place, dragged, clicked and played.

``st.plotly_chart`` makes a new chart whenever its data change, which loses the zoom and flickers,
and it reports neither dragging nor a click on empty space. The browser's side is
``static/nnviz/chart.js``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Final

import plotly.io
import streamlit as st

from nnviz.chart import assets, packing
from nnviz.chart.gestures import (
    Click,
    Drag,
    Handle,
    browser_form,
    fresh_keys,
    read_click,
    read_drag,
)
from nnviz.chart.picture import Picture
from nnviz.nn import checks


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
    unit : str
        What the clock counts.
    speeds, speed
        How many of them a second can be chosen, and what is chosen at first.
    jump : int
        How many an arrow key moves with Shift.
    jump_unit : str
        What so many are called, such as "epoch": then there are buttons for them, which stop where
        one ends. Empty for none.
    settles : bool
        Whether the player stops before any control of the page is used, because what is chosen
        counts from the moment that is seen.
    """

    step: int
    order: str
    play: str = "Play"
    unit: str = "update"
    speeds: tuple[float, ...] = (1, 10, 100, 1000, 5000)
    speed: float = 1000
    jump: int = 100
    jump_unit: str = ""
    settles: bool = False


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
    keys: Sequence[str] = (),
    on_key: Callable[[str], None] | None = None,
    save_as: str | None = None,
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
    keys, on_key
        Keys that count wherever the person is, named as browsers do, and who hears of them.
    save_as : str or None
        What a file begins with that the person saves the picture in, as a PNG or an SVG: the step
        and the ending follow. With None it is not offered.
    """
    if packed is None:
        packed = [packing.pack(picture.tracks)] if picture.tracks is not None else []
    # There is nothing to be seen of them: `frame` gives this container no height.
    with st.container(gap=None, key=f"{key}_packs"):
        for i, (content, _) in enumerate(packed):
            packing.send(content, key=f"{key}_frames_{i}")
    by_name = {handle.name: handle for handle in handles}

    def dragged() -> None:
        drag = read_drag(st.session_state[key].get("drag"), by_name)
        if drag is not None and on_drag is not None:
            on_drag(drag)

    def clicked() -> None:
        click = read_click(st.session_state[key].get("click"), clicks)
        if click is not None and on_click is not None:
            on_click(click)

    def moved() -> None:
        position = st.session_state[key].get("position")
        if on_position is None or not isinstance(position, Mapping):
            return
        # Where the tracks come packed, the page knows by itself where they end.
        last = picture.tracks.last if picture.tracks is not None else _FARTHEST
        try:
            step = checks.integer(position.get("step"), "step", 0, last)
        except (TypeError, ValueError):
            return
        on_position(step)

    def pressed() -> None:
        for name in fresh_keys(st.session_state[key].get("key"), keys, f"{key}_key_answered"):
            if on_key is not None:
                on_key(name)

    assets.component("nnviz_chart", "chart.js")(
        key=key,
        data={
            "plotly": assets.plotly_js(),
            "figure": plotly.io.to_json(picture.figure, validate=False),
            "narrow": dict(picture.narrow),
            "heights": _heights(picture, with_player=bool(packed), with_saving=bool(save_as)),
            "words": words,
            "hint": hint,
            "handles": [browser_form(handle) for handle in handles],
            "clicks": list(clicks),
            "keys": list(keys),
            "frames": [digest for _, digest in packed],
            "clock": asdict(clock) if clock else None,
            "save_as": save_as,
            "answered": _answered(key),
        },
        height="content",
        on_drag_change=dragged,
        on_click_change=clicked,
        on_key_change=pressed,
        on_position_change=moved,
    )


_FARTHEST: Final = 2**53


def last_report(key: str) -> tuple[int, int] | None:
    """Return the step that a chart's player last reported, and a number that names the report.

    A button's callback may run before the chart's, which has the newer step.
    """
    position = st.session_state.get(key, {}).get("position")
    if not isinstance(position, Mapping):
        return None
    step, at = position.get("step"), position.get("at")
    return (step, at) if isinstance(step, int) and isinstance(at, int) else None


def _heights(picture: Picture, *, with_player: bool, with_saving: bool) -> tuple[int, int]:
    """Return how much room picture, hint and sentence will need, wide and narrow, in pixels."""
    height = int(picture.figure.layout.height or 450)
    # Beside a player there is room for the two buttons.
    besides = 75 + 70 * with_player + 44 * (with_saving and not with_player)
    return height + besides, int(picture.narrow.get("height", height)) + besides


def _answered(key: str) -> int:
    """Return the number of the newest drag that this rerun answers."""
    drag = st.session_state.get(key, {}).get("drag")
    sequence = drag.get("sequence") if isinstance(drag, Mapping) else None
    return sequence if isinstance(sequence, int) else 0
