"""The view in which a person throws darts, and has each next throw corrected."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

import numpy as np
import streamlit as st

from nnviz.chapters.home import controls, darts, words_darts
from nnviz.chapters.home.address import ADDRESS, FIRST_HAND, PAGE
from nnviz.chapters.home.controls import by_hand, can_throw, hand, next_height, show_game
from nnviz.chapters.home.darts import BULLSEYE, MOST_THROWS, ByHand, Corrected, Game
from nnviz.chapters.home.figure_darts import Ahead, darts_picture, heights_shown
from nnviz.chapters.home.questions import darts_questions
from nnviz.chapters.home.script import darts_snippet
from nnviz.chart.chart import chart
from nnviz.chart.gestures import Handle
from nnviz.chart.slider import live_slider
from nnviz.site import frame
from nnviz.site.parts import code, formulas, parts, tutorial_says
from nnviz.site.predict_first import asking, predict_first
from nnviz.site.table import table
from nnviz.text.digits import digits, told_apart

HEIGHTS: Final = tuple(float(height) for height in range(130, 251))
SPEEDS: Final = tuple(speed / 10 for speed in range(50, 201))
FRACTIONS: Final = tuple(fraction / 100 for fraction in range(0, 251, 5))
WINDS: Final = tuple(wind / 4 for wind in range(0, 41))


def show() -> Callable[[], None]:
    """Show the throws and the controls of the next one; return what shows the parts below."""
    game = controls.current_game()
    secret = asking(ADDRESS)
    if not frame.hidden("controls"):
        with frame.controls():
            _buttons(game)
    height, _ = hand(game)
    chart(
        darts_picture(game, height, None if secret or frame.hidden("ahead") else _ahead(game)),
        key="darts",
        words=_words(game, secret=secret),
        hint="Drag the hand up or down. Blue: the last dart; dashed: the next one, without wind. "
        "Squares were thrown by hand, circles corrected.",
        handles=[] if frame.hidden("hand") else [_handle(game, height)],
        on_drag=lambda drag: controls.move(height=drag.y),
        fill=True,
    )
    if not frame.hidden("controls"):
        with frame.controls():
            _sliders(game)
    if not frame.hidden("judgement"):
        st.markdown(
            "What this fraction does is hidden while you predict." if secret else _judgement(game)
        )
    bodies = {
        "numbers": lambda: _numbers(game),
        "code": lambda: _code(game),
        "predict": lambda: _predict(game),
        "tutorial": _tutorial,
    }
    return lambda: parts(ADDRESS, bodies)


def _words(game: Game, *, secret: bool) -> str:
    following = next_height(game)
    words = words_darts.describe(game, hand(game), following)
    if secret and following is not None:
        words = f"{words_darts.last(game)} What comes next is hidden while you predict."
    if len(game) == MOST_THROWS:
        words += f" {MOST_THROWS} throws fill the board: go back, or start again."
    return words


def _ahead(game: Game) -> Ahead | None:
    height = next_height(game)
    if height is None or not can_throw(game):
        return None
    speed = float(game.speeds[-1])
    return Ahead(float(game.heights[-1]), height, speed, height - darts.fall(speed) - BULLSEYE)


def _handle(game: Game, height: float) -> Handle:
    low, high = heights_shown(game, height)
    return Handle(
        name="hand", label="The hand", x=0, y=min(max(height, low), high), low=(0, low),
        high=(0, high), snap=0.5, stride=1, text="hand",
        side="below" if height > (low + high) / 2 else "above", says="height {y} cm",
    )  # fmt: skip


def _buttons(game: Game) -> None:
    can, wind = can_throw(game), ADDRESS["wind"] > 0
    # The width is the same for both words: a button must not run away from the mouse.
    first: dict[str, Any] = {"type": "primary", "shortcut": "Right", "width": 164}
    buttons: list[tuple[str, str, Callable[[], None], bool, dict[str, Any]]] = [
        ("throw", "Throw" if by_hand(game) else "Correct, throw", controls.throw, can, first),
        ("ten", "Throw ten", partial(controls.throw, 10), can, {}),
        ("back", "Back", controls.back, controls.can_go_back(game), {"shortcut": "Left"}),
        ("again", "Start again", controls.start_again, len(game) > 0, {}),
        *([("gusts", "Other gusts", controls.change_gusts, True, {})] if wind else []),
    ]
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        for name, label, act, enabled, look in buttons:
            if not frame.hidden(name):
                st.button(label, key=f"home.{name}", on_click=act, disabled=not enabled, **look)


def _sliders(game: Game) -> None:
    height, speed = hand(game)
    sliders: tuple[tuple[str, str, float, tuple[float, ...], tuple[float, ...]], ...] = (
        ("fraction", "Fraction of the miss", ADDRESS["fraction"], FRACTIONS, (0, 0.5, 1, 1.5, 2)),
        ("height", "Height of the hand, cm", round(height, 1), HEIGHTS, (130, 170, 210, 250)),
        ("speed", "Speed, m/s", speed, SPEEDS, (5, 10, 15, 20)),
        ("wind", "Wind, cm", ADDRESS["wind"], WINDS, (0, 5, 10)),
    )
    shown = [slider for slider in sliders if not frame.hidden(slider[0])]
    if not shown:
        return
    columns = st.columns(len(shown))
    for column, (name, label, value, values, marks) in zip(columns, shown, strict=True):
        with column:
            live_slider(
                label, value, key=f"home.slider.{name}", values=values, marks=marks,
                on_slide=partial(controls.slide, name),
            )  # fmt: skip


def _judgement(game: Game) -> str:
    """Return what the chosen fraction does, and what the wind adds to it."""
    fraction, wind = ADDRESS["fraction"], ADDRESS["wind"]
    regime = darts.dart_regime(fraction)
    shown = told_apart(fraction, 0.0, 1.0, 2.0)[0]
    factor = told_apart(regime.factor, -1.0, 0.0, 1.0)[0]
    miss = float(game.misses[-1]) if len(game) else None
    return (
        f"**{regime.name.capitalize()}** · factor 1 − {shown} = {factor}  \n"
        f"{words_darts.fraction_effect(fraction, miss, wind)} "
        f"{words_darts.wind_effect(game, fraction, wind)}"
    )


def _numbers(game: Game) -> None:
    for sentence, lines in words_darts.darts_working(game, ADDRESS["fraction"], ADDRESS["wind"]):
        st.markdown(sentence)
        formulas(*lines)
    if len(game):
        hands = zip(game.heights, game.speeds, game.misses, strict=True)
        rows = [
            (str(i), "by hand" if np.isnan(fraction) else float(fraction), *map(float, numbers))
            for i, (fraction, numbers) in enumerate(zip(game.fractions, hands, strict=True), 1)
        ][::-1]
        table(
            ("throw", "fraction", "hand, cm", "m/s", "miss, cm"),
            rows,
            label="The throws so far, the newest first",
            height=270,
        )


def _code(game: Game) -> None:
    shown = game if len(game) else darts.play([FIRST_HAND, Corrected(ADDRESS["fraction"])])
    code([darts.fall, darts.corrected_height, darts.play], darts_snippet(shown))


def _predict(game: Game) -> None:
    questions = darts_questions(game, ADDRESS["fraction"], by_hand=by_hand(game))
    predict_first(PAGE, questions, then=("Throw", controls.throw) if can_throw(game) else None)


def _tutorial() -> None:
    tutorial_says(
        "if the dart is too high, throw a little lower, and so on.",
        "how much is a little? That is the learning rate. By a fraction of 1 one correction is "
        "enough here, by 0.05 it takes dozens, and above 2 each throw is worse than the last.",
    )
    with st.container(horizontal=True):
        for label, fraction in (("too small", 0.05), ("right", 1.0), ("too large", 2.2)):
            show = partial(show_game, FIRST_HAND, [Corrected(fraction)] * 9, wind=0.0)
            st.button(f"Show me: {label}", key=f"home.show.{fraction}", on_click=show)
    tutorial_says(
        "the process continues until the difference is minimal.",
        "with wind it never stays there. A fraction of 1 spreads the throws "
        f"{digits(darts.long_run_spread(1, 1), 3)} times as much as the wind does, 0.2 only "
        f"{digits(darts.long_run_spread(0.2, 1), 3)} times. A network that learns row by row has "
        "its own wind: every row pulls another way.",
    )
    with st.container(horizontal=True):
        for fraction in (1.0, 0.2):
            show = partial(show_game, ByHand(192.5, 12.0), [Corrected(fraction)] * 49, wind=4.0)
            label = f"Show me: {digits(fraction)} in the wind"
            st.button(label, key=f"home.wind.{fraction}", on_click=show)
    tutorial_says(
        "with neural networks the process is very similar.",
        "a network has thousands of hands, and 1 cm of each moves the hit by another length. So "
        "each correction is multiplied by the slope of the error along that hand: the gradient. "
        "Here the slope of miss² is 2 · miss, so a fraction of 1 is the rate 0.5 of the page "
        "Error curve.",
    )
