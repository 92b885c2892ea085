"""The game of darts that the address holds, and how controls change it: throw, take back, move."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from nnviz.chapters.home import darts
from nnviz.chapters.home.address import ADDRESS
from nnviz.nn.rng import LARGEST_SEED

_LEFT: Final = "home_left"
"""Session key of the throws before "Start again"; no link needs to hold them."""


def current_game() -> darts.Game:
    """Return the throws of the address, played in the chosen wind."""
    return darts.play(ADDRESS["throws"], wind=ADDRESS["wind"], seed=ADDRESS["seed"])


def by_hand(game: darts.Game) -> bool:
    """Return whether the next throw is by hand: the first one, or after the hand was moved."""
    return not len(game) or bool(ADDRESS["moved"])


def hand(game: darts.Game) -> tuple[float, float]:
    """Return height and speed of the hand: as it was moved, or as the last dart left it."""
    if by_hand(game):
        return ADDRESS["height"], ADDRESS["speed"]
    return float(game.heights[-1]), float(game.speeds[-1])


def next_height(game: darts.Game) -> float | None:
    """Return the height of the corrected hand; None if the next throw is by hand or impossible."""
    if by_hand(game) or game.lost:
        return None
    return darts.corrected_height(
        float(game.heights[-1]), float(game.misses[-1]), ADDRESS["fraction"]
    )


def can_throw(game: darts.Game) -> bool:
    """Return whether there is a next throw."""
    return len(game) < darts.MOST_THROWS and (by_hand(game) or not game.lost)


def throw(n: int = 1) -> None:
    """Throw `n` darts: the first by hand if it was moved, all others corrected."""
    for _ in range(n):
        game = current_game()
        if not can_throw(game):
            return
        following: darts.Throw = darts.Corrected(ADDRESS["fraction"])
        if by_hand(game):
            following = darts.ByHand(*hand(game))
        # A link may hold throws after one that missed the wall; they were never made.
        ADDRESS.set("throws", (*ADDRESS["throws"][: len(game)], following))
        _rest()


def back() -> None:
    """Undo the last action: a move of the hand, a throw, or "Start again"."""
    game = current_game()
    if not len(game):
        for name, value in st.session_state.pop(_LEFT, {}).items():
            ADDRESS.set(name, value)
    elif ADDRESS["moved"]:
        _rest()
    else:
        *throws, last = ADDRESS["throws"][: len(game)]
        ADDRESS.set("throws", tuple(throws))
        if isinstance(last, darts.ByHand):
            _put(last)
        else:
            ADDRESS.set("fraction", last.fraction)


def can_go_back(game: darts.Game) -> bool:
    """Return whether there is anything to undo."""
    return len(game) > 0 or _LEFT in st.session_state


def start_again() -> None:
    """Take all darts off the board and put the hand where the first was thrown from."""
    throws = ADDRESS["throws"]
    if throws:
        names = ("throws", "height", "speed", "moved")
        st.session_state[_LEFT] = {name: ADDRESS[name] for name in names}
        ADDRESS.set("throws", ())
        _put(throws[0])


def move(**where: float) -> None:
    """Move the hand to another `height` or `speed`."""
    height, speed = hand(current_game())
    height = min(max(where.get("height", height), darts.LOWEST_HAND), darts.HIGHEST_HAND)
    _put(darts.ByHand(height, where.get("speed", speed)))


def slide(name: str, value: float, done: bool) -> None:
    """Take the value of a slider: of the hand, the fraction or the wind."""
    if name in ("height", "speed"):
        move(**{name: value})
    else:
        ADDRESS.set(name, value)


def change_gusts() -> None:
    """Repeat the same throws in other gusts, equally strong."""
    ADDRESS.set("seed", (ADDRESS["seed"] + 1) % (LARGEST_SEED + 1))


def show_game(first: darts.ByHand, corrections: Sequence[darts.Corrected], wind: float) -> None:
    """Show a throw by hand and its corrections, and choose their fraction and this wind."""
    ADDRESS.set("throws", (first, *corrections))
    _rest()
    ADDRESS.set("fraction", corrections[-1].fraction)
    ADDRESS.set("wind", wind)


def _put(where: darts.ByHand) -> None:
    ADDRESS.set("height", where.height)
    ADDRESS.set("speed", where.speed)
    # Before the first throw the hand is where it was put, in any case.
    ADDRESS.set("moved", bool(ADDRESS["throws"]))


def _rest() -> None:
    """Leave the hand where the last dart was thrown from."""
    ADDRESS.set("moved", False)
    ADDRESS.reset(("height", "speed"))
