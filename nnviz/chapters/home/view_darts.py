"""The view in which a person throws darts, and has each next throw corrected."""

from functools import partial
from typing import Final

import streamlit as st

from nnviz.chapters.home import choices
from nnviz.chapters.home import words_darts as sentences
from nnviz.chapters.home.choices import ADDRESS
from nnviz.chapters.home.dart_regimes import dart_regime
from nnviz.chapters.home.darts import BULLSEYE, MOST_THROWS, Game, fall
from nnviz.chapters.home.figure_darts import darts_picture, heights_shown
from nnviz.chapters.home.figure_flights import Ahead
from nnviz.chart.chart import chart
from nnviz.chart.gestures import Handle
from nnviz.chart.slider import live_slider
from nnviz.site import frame
from nnviz.text.digits import digits

HEIGHTS: Final = tuple(float(height) for height in range(130, 251))
SPEEDS: Final = tuple(speed / 10 for speed in range(50, 201))
FRACTIONS: Final = tuple(fraction / 100 for fraction in range(0, 251, 5))
WINDS: Final = tuple(wind / 4 for wind in range(0, 41))

Slider = tuple[str, str, float, tuple[float, ...], tuple[float, ...]]


def darts_view(so_far: Game) -> None:
    """Show the throws, and what makes the next one."""
    if not frame.hidden("controls"):
        _buttons(so_far)
    secret = ADDRESS["part"] == "predict" and not frame.hidden("predict")
    following = choices.next_height(so_far)
    words = sentences.darts(so_far, choices.hand(so_far), following)
    if secret and following is not None:
        words = f"{sentences.last(so_far)} What comes next is hidden while you predict."
    if len(so_far) == MOST_THROWS:
        words += f" {MOST_THROWS} throws fill the board: go back, or start again."
    height, _ = choices.hand(so_far)
    shown = following is not None and not secret
    chart(
        darts_picture(so_far, height, _ahead(so_far) if shown else None),
        key="darts",
        words=words,
        hint="Drag the hand up or down. Blue: the last dart; dashed: the next one, without wind. "
        "Squares were thrown by hand, circles corrected.",
        handles=[_handle(so_far, height)],
        on_drag=choices.dragged,
    )
    if not frame.hidden("controls"):
        _sliders(so_far)
    _judgement(so_far, secret=secret)


def _ahead(so_far: Game) -> Ahead | None:
    height = choices.next_height(so_far)
    if height is None or not choices.can_throw(so_far):
        return None
    speed = float(so_far.speeds[-1])
    return Ahead(float(so_far.heights[-1]), height, speed, height - fall(speed) - BULLSEYE)


def _handle(so_far: Game, height: float) -> Handle:
    low, high = heights_shown(so_far, height)
    return Handle(
        name="hand",
        label="The hand",
        x=0,
        y=min(max(height, low), high),
        low=(0, low),
        high=(0, high),
        snap=0.5,
        stride=1,
        text="hand",
        side="below" if height > (low + high) / 2 else "above",
        says="height {y} cm",
    )


def _buttons(so_far: Game) -> None:
    possible = choices.can_throw(so_far)
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.button(
            "Throw" if choices.by_hand(so_far) else "Correct, throw",
            key="home.throw",
            type="primary",
            shortcut="Right",
            width=164,  # The same for both: a button must not run away from the mouse.
            disabled=not possible,
            on_click=choices.throw,
        )
        st.button("Throw ten", key="home.ten", disabled=not possible, on_click=_ten)
        st.button(
            "Back",
            key="home.back",
            shortcut="Left",
            disabled=not choices.can_go_back(so_far),
            on_click=choices.back,
        )
        st.button(
            "Start again",
            key="home.again",
            disabled=not len(so_far),
            on_click=choices.start_again,
        )
        if ADDRESS["wind"] > 0:
            st.button("Other gusts", key="home.gusts", on_click=choices.other_wind)


_ten = partial(choices.throw, 10)


def _sliders(so_far: Game) -> None:
    height, speed = choices.hand(so_far)
    sliders: tuple[Slider, ...] = (
        ("fraction", "Fraction of the miss", ADDRESS["fraction"], FRACTIONS, (0, 0.5, 1, 1.5, 2)),
        ("height", "Height of the hand, cm", round(height, 1), HEIGHTS, (130, 170, 210, 250)),
        ("speed", "Speed, m/s", speed, SPEEDS, (5, 10, 15, 20)),
        ("wind", "Wind, cm", ADDRESS["wind"], WINDS, (0, 5, 10)),
    )
    columns = st.columns(4)
    for column, (name, label, value, values, marks) in zip(columns, sliders, strict=True):
        with column:
            live_slider(
                label,
                value,
                key=f"home.slider.{name}",
                values=values,
                marks=marks,
                on_slide=choices.slid(name),
            )


def _judgement(so_far: Game, *, secret: bool) -> None:
    """Say in words what the chosen fraction does, and what the wind adds to it."""
    if secret:
        st.markdown("What this fraction does is hidden while you predict.")
        return
    fraction, wind = ADDRESS["fraction"], ADDRESS["wind"]
    judged = dart_regime(fraction)
    told = sentences.fraction_told(
        fraction, float(so_far.misses[-1]) if len(so_far) else None, wind
    )
    blown = sentences.wind_told(so_far, fraction, wind)
    st.markdown(
        f"**{judged.name.capitalize()}** · factor 1 − {digits(fraction)} = "
        f"{digits(judged.factor)}  \n{told} {blown}"
    )
