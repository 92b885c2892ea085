"""What a person chooses on the home page, and how darts are thrown and taken back."""

from collections.abc import Callable
from typing import Any, Final

import streamlit as st

from nnviz.chapters.home.dart_text import read_throws, write_throws
from nnviz.chapters.home.darts import (
    FASTEST,
    HIGHEST_HAND,
    LARGEST_FRACTION,
    LOWEST_HAND,
    MOST_THROWS,
    SLOWEST,
    STRONGEST_WIND,
    ByHand,
    Corrected,
    Game,
    Throw,
    corrected_height,
    play,
)
from nnviz.chart.gestures import Drag
from nnviz.nn.rng import LARGEST_SEED
from nnviz.site.address import Address
from nnviz.site.parameters import Choice, Custom, Number, Switch, Whole
from nnviz.site.parts import PART
from nnviz.walkthrough.four_steps import MOST_STEPS

PAGE: Final = "home"
VIEWS: Final = ("steps", "darts")
FIRST_HAND: Final = ByHand(210.0, 12.0)

ADDRESS: Final = Address(
    PAGE,
    [
        Choice("view", "steps", VIEWS),
        Whole("at", 0, low=0, high=MOST_STEPS),
        Number("height", FIRST_HAND.height, LOWEST_HAND, HIGHEST_HAND),
        Number("speed", FIRST_HAND.speed, SLOWEST, FASTEST),
        Switch("moved"),
        Custom("throws", (), read_throws, write_throws),
        Number("fraction", 0.5, 0, LARGEST_FRACTION),
        Number("wind", 0, 0, STRONGEST_WIND),
        Whole("seed", 0, low=0, high=LARGEST_SEED),
        PART,
    ],
)


def game() -> Game:
    """Return the throws so far, in the wind that is chosen."""
    return play(ADDRESS["throws"], wind=ADDRESS["wind"], seed=ADDRESS["seed"])


def by_hand(so_far: Game) -> bool:
    """Return whether the next throw is by hand: the first one, or after the hand was moved."""
    return not len(so_far) or bool(ADDRESS["moved"])


def hand(so_far: Game) -> tuple[float, float]:
    """Return height and speed of the hand: as it was moved, or as the last dart left it."""
    if by_hand(so_far):
        return ADDRESS["height"], ADDRESS["speed"]
    return float(so_far.heights[-1]), float(so_far.speeds[-1])


def next_height(so_far: Game) -> float | None:
    """Return the height of the corrected hand; None when the next throw is by hand or cannot be."""
    if by_hand(so_far) or so_far.lost:
        return None
    return corrected_height(
        float(so_far.heights[-1]), float(so_far.misses[-1]), ADDRESS["fraction"]
    )


def can_throw(so_far: Game) -> bool:
    """Return whether there is a next throw."""
    return len(so_far) < MOST_THROWS and (by_hand(so_far) or not so_far.lost)


def throw(n: int = 1) -> None:
    """Throw so many darts: the first by hand if it was moved, all others corrected."""
    for _ in range(n):
        so_far = game()
        if not can_throw(so_far):
            return
        following: Throw = Corrected(ADDRESS["fraction"])
        if by_hand(so_far):
            following = ByHand(*hand(so_far))
        # Throws after one that met no wall were never made, but a link may name some.
        ADDRESS.set("throws", (*ADDRESS["throws"][: len(so_far)], following))
        _rest()


def back() -> None:
    """Take back what was done last: a move of the hand, a throw, or starting again."""
    so_far = game()
    if not len(so_far):
        left = st.session_state.pop(_LEFT, None)
        for name, value in (left or {}).items():
            ADDRESS.set(name, value)
    elif ADDRESS["moved"]:
        _rest()
    else:
        throws = ADDRESS["throws"][: len(so_far)]
        ADDRESS.set("throws", throws[:-1])
        if isinstance(throws[-1], ByHand):
            _put(throws[-1])
        else:
            ADDRESS.set("fraction", throws[-1].fraction)


def can_go_back(so_far: Game) -> bool:
    """Return whether there is anything to take back."""
    return len(so_far) > 0 or _LEFT in st.session_state


def start_again() -> None:
    """Take all darts off the board and put the hand where the first was thrown from."""
    throws = ADDRESS["throws"]
    if throws:
        names = ("throws", "height", "speed", "moved")
        st.session_state[_LEFT] = {name: ADDRESS[name] for name in names}
        ADDRESS.set("throws", ())
        _put(throws[0])


def move(**where: float) -> None:
    """Move the hand to another height or speed."""
    height, speed = hand(game())
    height = min(max(where.get("height", height), LOWEST_HAND), HIGHEST_HAND)
    _put(ByHand(height, where.get("speed", speed)))


def dragged(drag: Drag) -> None:
    """Move the hand to the height that it was dragged to."""
    move(height=drag.y)


def slid(name: str) -> Callable[[float, bool], None]:
    """Return what hears of a slider."""

    def hear(value: float, done: bool) -> None:
        if name in ("height", "speed"):
            move(**{name: value})
        else:
            ADDRESS.set(name, value)

    return hear


def other_wind() -> None:
    """Throw the same throws again in other gusts, equally strong."""
    ADDRESS.set("seed", (ADDRESS["seed"] + 1) % (LARGEST_SEED + 1))


def show(throws: tuple[Throw, ...], **choices: Any) -> None:
    """Show a game: other throws, and whatever else is chosen with them."""
    ADDRESS.set("throws", throws)
    _rest()
    for name, value in choices.items():
        ADDRESS.set(name, value)


_LEFT: Final = "home_left"
"""Where the throws are kept that were left to start again; no link needs to carry them."""


def _put(where: ByHand) -> None:
    ADDRESS.set("height", where.height)
    ADDRESS.set("speed", where.speed)
    # Before the first throw the hand is where it was put, in any case.
    ADDRESS.set("moved", bool(ADDRESS["throws"]))


def _rest() -> None:
    """Leave the hand where the last dart was thrown from."""
    ADDRESS.set("moved", False)
    ADDRESS.reset(("height", "speed"))
