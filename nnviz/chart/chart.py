"""The house chart: a Plotly figure that is updated in place, dragged, clicked and played.

``st.plotly_chart`` makes a new chart whenever its data change, which loses the zoom and flickers,
and it reports neither dragging nor a click on empty space. The browser's side is
``static/nnviz/chart.js``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import streamlit as st

from nnviz.chart import assets, packing, plot
from nnviz.chart.gestures import (
    LAST_STEP,
    Button,
    Click,
    Drag,
    Handle,
    read_click,
    read_drag,
    read_keys,
    read_position,
)
from nnviz.chart.picture import Picture


@dataclass(frozen=True)
class Clock:
    """Where the player of a recorded run stands."""

    step: int  # the update to show
    # Names the last jump ordered by the page. The player obeys each new one once, and is otherwise
    # left alone, so that an answer from Python never pulls it back.
    order: str
    play: str = "Play"  # the word on the play button
    unit: str = "update"  # what the clock counts
    # speeds, speed: how many of them a second can be chosen, and what is chosen at first
    speeds: tuple[float, ...] = (1, 10, 100, 1000, 5000)
    speed: float = 1000
    jump: int = 100  # how many an arrow key moves with Shift
    # What so many are called, such as "epoch": then there are buttons for them, which stop where
    # one ends. Empty for none.
    jump_unit: str = ""
    # whether the player stops before any control of the page is used, because what is chosen counts
    # from the step that is seen
    settles: bool = False
    # whether it stands at steps only whose sentence was recorded, as in a file without a server
    held: bool = False


@dataclass(frozen=True)
class Shown:
    """What a chart shows, as the browser is sent it."""

    message: Mapping[str, Any]
    packs: tuple[bytes, ...]


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
    buttons: Sequence[Button] = (),
    on_press: Callable[[str], None] | None = None,
    save_as: str | None = "",
    fill: bool = False,
) -> Shown:
    """Show a picture; ``words`` says in a sentence what is seen, and is its text alternative.

    Returns what was shown, for a file to take along.

    Parameters
    ----------
    picture : Picture
        The figure and what moves over it.
    key : str
        Names the chart; the same key keeps the same chart, zoom included.
    words, hint : str
        What is seen, and what can be done with it.
    handles, on_drag
        Points to drag, and what is called with each drag.
    clicks, on_click
        Subplots in which a click anywhere counts, and what is called with each click.
    clock, on_position
        Needed when the picture has tracks: where the player is to stand, and what is called with
        the step to which the person took it. `nnviz.site.player.Player` gives both.
    packed : sequence of (bytes, str) or None
        The tracks from ``packing.pack``, when the caller has cached them; each travels in a message
        of its own, so that a small one can change without sending a large one again.
    keys, on_key
        Keys that count wherever the person is, named as browsers do, and what is called with each.
    buttons, on_press
        Buttons that stand on the figure, and what is called with the name of each that is pressed.
    save_as : str or None
        What a file begins with in which the person saves the picture, as a PNG or an SVG: the step
        and the ending follow. None does not offer it; "" takes the name of the chart.
    fill : bool
        Whether the picture fills the height of the window in a lesson.
    """
    if packed is None:
        packed = [packing.pack(picture.tracks)] if picture.tracks is not None else []
    if packed or clock is not None:
        # There is nothing to be seen of them: `frame` gives this container no height.
        with st.container(gap=None, key=f"{key}_packs"):
            for i, (content, _) in enumerate(packed):
                # Unchanged bytes are not sent again by Streamlit.
                assets.packs()(key=f"{key}_frames_{i}", data=content, height="content")
    if save_as == "":
        save_as = f"nnviz-{key.removesuffix('_chart').replace('_', '-')}"
    by_name = {handle.name: handle for handle in handles}
    pressable = {button.name for button in buttons if not button.off}
    # Where the tracks come packed, the page knows by itself where they end.
    last = picture.tracks.last if picture.tracks is not None else LAST_STEP

    def dragged() -> None:
        drag = read_drag(_reported(key, "drag"), by_name)
        if drag is not None and on_drag is not None:
            on_drag(drag)

    def clicked() -> None:
        click = read_click(_reported(key, "click"), clicks)
        if click is not None and on_click is not None:
            on_click(click)

    def moved() -> None:
        step = read_position(_reported(key, "position"), last)
        if step is not None and on_position is not None:
            on_position(step)

    def pressed() -> None:
        answered = f"{key}_key_answered"
        # A button reports like a key: however fast they follow each other, each press counts once.
        for number, name in read_keys(
            _reported(key, "key"), (*keys, *pressable), st.session_state.get(answered, 0)
        ):
            st.session_state[answered] = number
            act = on_press if name in pressable else on_key
            if act is not None:
                act(name)

    # Room for hint and sentence, and for the player.
    extra = 75 + (70 if packed else 0)
    message = {
        "plotly": assets.plotly_js(),
        "figure": plot.packed({**picture.plain, "narrow": dict(picture.narrow)}),
        "height": picture.height,
        "heights": picture.heights(extra),
        "fill": fill,
        "words": words,
        "hint": hint,
        "handles": tuple(vars(handle) for handle in handles),
        "clicks": tuple(clicks),
        "keys": tuple(keys),
        "buttons": tuple(asdict(button) for button in buttons),
        "frames": tuple(digest for _, digest in packed),
        "clock": asdict(clock) if clock else None,
        "save_as": save_as,
        "answered": answered_number(key, "drag"),
    }
    assets.component("nnviz_chart", "chart.js")(
        key=key,
        data=message,
        height="content",
        on_drag_change=dragged,
        on_click_change=clicked,
        on_key_change=pressed,
        on_position_change=moved,
    )
    return Shown(message, tuple(content for content, _ in packed))


def last_report(key: str) -> tuple[int, str] | None:
    """Return the step that a chart's player last reported, and the order that it had then.

    The callback of a button may run before that of the chart, which has the newer step.
    """
    position = _reported(key, "position")
    if not isinstance(position, Mapping):
        return None
    step, order = position.get("step"), position.get("order")
    return (step, order) if isinstance(step, int) and isinstance(order, str) else None


def answered_number(key: str, state: str) -> int:
    """Return the number of the newest value that the browser has sent in a state, 0 for none."""
    sent = _reported(key, state)
    number = sent.get("sequence") if isinstance(sent, Mapping) else None
    return number if isinstance(number, int) else 0


def _reported(key: str, state: str) -> Any:
    """Return what the browser last reported of a component, or None."""
    return st.session_state.get(key, {}).get(state)
