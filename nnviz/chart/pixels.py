"""A board of 8 x 8 squares that is drawn on, by mouse, finger, keyboard or from an image."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import streamlit as st

from nnviz.chart import assets
from nnviz.chart.chart import answered_number
from nnviz.data.digits import INK, SIDE

_ROOM: Final = 314  # px: the squares of a lesson, and two lines below them
_WIDER: Final = 40  # px: so much larger are those of free play
_TOOLS: Final = 36  # and their buttons


def pixel_board(
    label: str,
    values: Sequence[int],
    *,
    key: str,
    on_draw: Callable[[tuple[int, ...]], None],
    notes: Sequence[str] = (),
    says: str = "",
    tools: bool = True,
    pointed: int = -1,
    fixed: bool = False,
    large: bool = True,
) -> None:
    """Show the board; ``on_draw(values)`` is called with what has been drawn, while it is drawn.

    Parameters
    ----------
    label : str
        What a screen reader calls the board.
    values : sequence of int
        The ink of each of the 64 squares, 0 to 16, row by row from the upper left.
    key : str
        Names the board; another key forgets what can be undone.
    notes : sequence of str
        What is said of each square besides where it is; by default its ink.
    says : str
        What comes of the drawing, in a few words below it.
    tools : bool
        Whether there are buttons to undo, to clear and to open an image.
    pointed : int
        The square that is pointed at elsewhere: it is framed, and what is said of it stands below
        as long as no other is pointed at. Below 0 it is none.
    fixed : bool
        Whether the drawing is to be looked at alone.
    large : bool
        Whether the page is not a lesson, where there is less room.
    """

    def drew() -> None:
        drawn = read_drawing(st.session_state[key].get("drawing"))
        if drawn is not None:
            on_draw(drawn)

    assets.component("nnviz_pixels", "pixels.js")(
        key=key,
        data={
            "key": key,
            "label": label,
            "values": [int(value) for value in values],
            "notes": list(notes),
            "says": says,
            "tools": tools and not fixed,
            "pointed": pointed,
            "fixed": fixed,
            "heights": [_ROOM + _WIDER * large + _TOOLS * (tools and not fixed)] * 2,
            "answered": answered_number(key, "drawing"),
        },
        height="content",
        on_drawing_change=drew,
    )


def read_drawing(sent: Any) -> tuple[int, ...] | None:
    """Return the drawing that the browser reports; None for what our JavaScript would not send."""
    values = sent.get("values") if isinstance(sent, Mapping) else None
    if not isinstance(values, list) or len(values) != SIDE * SIDE:
        return None
    whole = all(type(value) is int and 0 <= value <= INK for value in values)
    return tuple(values) if whole else None
