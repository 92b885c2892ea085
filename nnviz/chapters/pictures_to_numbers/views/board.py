"""The board that the views of the page share: what is drawn is the choice ``drawing``."""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nnviz.chapters.pictures_to_numbers import address, two_digits
from nnviz.chapters.pictures_to_numbers.address import ADDRESS, PAGE
from nnviz.chapters.pictures_to_numbers.drawing import Drawing, shifted
from nnviz.chapters.pictures_to_numbers.questions import MOVES
from nnviz.chapters.pictures_to_numbers.two_digits import LARGEST_FIRST_SEED, TWO
from nnviz.chapters.pictures_to_numbers.words import a_digit
from nnviz.chart.pixels import pixel_board
from nnviz.site import frame, lesson


def sides() -> tuple[DeltaGenerator, DeltaGenerator]:
    """Return the places of the board with its controls, and of the picture that reads it.

    The board comes first, so that on a phone one draws above what comes of it.
    """
    if lesson.shown() is not None:
        return frame.controls(), st.container()
    left, right = st.columns([0.32, 0.68])
    return left, right


def show(key: str, notes: Sequence[str] = (), says: str = "", pointed: int = -1) -> None:
    """Show the board.

    Parameters
    ----------
    notes : sequence of str
        What pointing at each square of the drawing says.
    says : str
        What comes of the drawing, in a few words below it.
    pointed : int
        The square that is pointed at in a picture beside it; below 0 for none.
    """
    centred = bool(ADDRESS["centre"])
    pixel_board(
        "Your drawing in the middle" if centred else "Your drawing",
        address.seen(),
        key=key,
        on_draw=lambda drawn: ADDRESS.set("drawing", drawn),
        notes=notes,
        says=says,
        tools=not frame.hidden("tools"),
        pointed=pointed,
        fixed=lesson.secret(),
        large=lesson.shown() is None,
    )


def examples() -> None:
    """Show the buttons that put pictures of the data on the board."""
    if frame.hidden("examples"):
        return
    with st.container(horizontal=True, gap="small"):
        for digit in TWO:
            st.button(
                f"Next {digit}",
                key=f"{PAGE}.next_{digit}",
                on_click=_example,
                args=(digit,),
                help=f"{a_digit(digit).capitalize()} of the data that is never learned from.",
            )


def _example(digit: int) -> None:
    go_on(two_digits.examples(ADDRESS["seed"], digit))


def go_on(pictures: Sequence[Drawing]) -> None:
    """Put the next of some pictures on the board: the first, unless one of them is there."""
    if pictures:
        drawn = address.drawn()
        at = pictures.index(drawn) if drawn in pictures else -1
        ADDRESS.set("drawing", pictures[(at + 1) % len(pictures)])


def other_pictures() -> None:
    """Learn from other pictures, in another order."""
    ADDRESS.set("seed", (ADDRESS["seed"] + 1) % LARGEST_FIRST_SEED)


def moves() -> None:
    """Show the buttons that move the drawing, and the switch that keeps it in the middle."""
    if not frame.hidden("moves"):
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            for name in MOVES:
                st.button(
                    name.capitalize(),
                    key=f"{PAGE}.move_{name}",
                    on_click=_move,
                    args=(name,),
                    help=f"Move the drawing {name} by one square. Ink beyond the edge is lost.",
                    disabled=bool(ADDRESS["centre"]),
                )
    if not frame.hidden("centre"):
        st.toggle(
            "Centre my drawing",
            key=ADDRESS.key("centre"),
            help="It is read, and shown, with its ink in the middle. Otherwise it is read where "
            "you drew it.",
        )


def _move(name: str) -> None:
    ADDRESS.set("drawing", shifted(address.drawn(), *MOVES[name]))
