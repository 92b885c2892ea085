"""The controls of a walk: step, undo, start again, and the learning rate."""

from typing import Any, Final

import streamlit as st

from nnviz.chapters.error_curve.address import (
    ADDRESS,
    MOST_STEPS,
    PAGE,
    RATES,
    WEIGHTS,
    path,
    walked,
)
from nnviz.chapters.error_curve.walk import Walk
from nnviz.chart.slider import rate_slider
from nnviz.site import frame

TYPICAL_RATES: Final = (0.001, 0.01, 0.1, 0.5, 0.9, 1.0, 1.1)
"""One for each way in which a rate can behave on the quadratic."""


def can_step(so_far: Walk) -> bool:
    """Return whether the walk may go on: it has not diverged and still fits into a link."""
    return so_far.stopped_at is None and len(ADDRESS[path().rates]) < MOST_STEPS


def step() -> None:
    """Take the next step."""
    if can_step(walked()):
        ADDRESS.set(path().rates, (*ADDRESS[path().rates], ADDRESS["rate"]))


def start_from(x: float) -> None:
    """Start a new walk at x; the walk that is left can be brought back."""
    here, rates = path(), ADDRESS[path().rates]
    if rates:
        _left()[here.name] = (ADDRESS[here.name], rates)
    ADDRESS.choose(**{here.name: min(max(x, here.low), here.high), here.rates: ()})


def walk_controls(so_far: Walk) -> None:
    """Show the buttons that step, undo and start, and the slider of the learning rate."""
    here = path()
    if here.index is not None and not frame.hidden("along"):
        st.segmented_control(
            "Along which parameter",
            WEIGHTS,
            format_func=lambda name: str(name).replace("_", " "),
            key=ADDRESS.key("along"),
            required=True,
            label_visibility="collapsed",
        )
    if not frame.hidden("steps"):
        _steps(so_far)
    if not frame.hidden("rate"):
        # Buttons, and no list: a list would keep the arrow keys, which step, to itself.
        learning_rate(
            "error_curve.slider",
            marks=(0.001, 0.01, 0.1, 0.5, 1, 10),
            tries=() if frame.hidden("rates") else TYPICAL_RATES,
        )
    if not frame.hidden("places"):
        with st.container(horizontal=True):
            for name, (x, label) in here.places.items():
                key = f"error_curve.go.{here.name}.{name}"
                st.button(label, key=key, on_click=start_from, args=(x,))


def _steps(so_far: Walk) -> None:
    here = path()
    with st.container(horizontal=True):
        st.button(
            "STEP",
            type="primary",
            key="error_curve.step",
            on_click=step,
            disabled=not can_step(so_far),
            shortcut="Right",
        )
        st.button(
            "UNDO",
            key="error_curve.undo",
            on_click=_undo,
            disabled=not ADDRESS[here.rates] and here.name not in _left(),
            shortcut="Left",
        )
        if not frame.hidden("again"):
            st.button(
                "START AGAIN",
                key="error_curve.start_again",
                on_click=lambda: start_from(ADDRESS[path().name]),
                disabled=not len(so_far.steps),
            )


def learning_rate(key: str, marks: tuple[float, ...], tries: tuple[float, ...] = ()) -> None:
    """Show the slider of the learning rate, which both views share."""
    rate_slider(
        "Learning rate",
        ADDRESS["rate"],
        key=key,
        values=RATES,
        marks=marks,
        on_slide=lambda rate, done: ADDRESS.set("rate", rate),
        tries=tries,
    )


def _undo() -> None:
    """Take the last step back; before the first step, bring back the walk that was left."""
    here, rates = path(), ADDRESS[path().rates]
    if rates:
        # Rates after the point where a walk diverged have done nothing.
        ADDRESS.set(here.rates, rates[: len(walked().steps)][:-1])
    elif here.name in _left():
        start, rates = _left().pop(here.name)
        ADDRESS.choose(**{here.name: start, here.rates: rates})


def _left() -> dict[str, Any]:
    """Return the walks (start, rates) that were left for a new start; no link carries them."""
    walks: dict[str, Any] = st.session_state.setdefault(f"{PAGE}_left", {})
    return walks
