"""The side of the rules: moves made by buttons, keys and clicks, and taken back."""

from functools import partial
from typing import Final

import streamlit as st

from nnviz.chapters.rules_or_learning import address
from nnviz.chapters.rules_or_learning.address import ADDRESS, PAGE
from nnviz.chapters.rules_or_learning.figures.board import cell_at
from nnviz.chapters.rules_or_learning.figures.curve import games_at
from nnviz.chapters.rules_or_learning.figures.side_by_side import CURVE, LEFT, RIGHT
from nnviz.chapters.rules_or_learning.grids import DIGITS, N_CELLS, RULE_SETS, cell_name
from nnviz.chapters.rules_or_learning.puzzles import KINDS, TITLES
from nnviz.chapters.rules_or_learning.walk import MACHINE, State, by_hand, moved, read_moves
from nnviz.chart.gestures import Click
from nnviz.site import frame

KEYS: Final = (
    "ArrowRight", "ArrowLeft", "1", "2", "3", "4", "0", "Backspace", "Delete", "n", "p"
)  # fmt: skip
HINT: Final = (
    "→ makes one step, ← takes it back. Click a cell (or go with n and p) and press 1 to 4, or 0 "
    "to empty it. Click the curve to choose how many games."
)


def make(move: str) -> None:
    """Make a move, if it can be made."""
    has_room = len(read_moves(ADDRESS["moves"])) < address.MOST_MOVES
    if has_room and moved(address.states()[-1], move, address.rule_set()):
        ADDRESS.set("moves", ADDRESS["moves"] + move)


def step() -> None:
    """Let the rules, or otherwise search, make one step."""
    make(MACHINE)


def back() -> None:
    """Undo the last move."""
    ADDRESS.set("moves", "".join(read_moves(ADDRESS["moves"])[:-1]))


def set_digit(digit: int) -> None:
    """Set the digit of the chosen cell; 0, or the digit that stands there, empties it."""
    cell = address.selected()
    if cell is not None:
        stands = address.states()[-1].grid[cell] == digit
        make(by_hand(cell, 0 if stands else digit))


def another() -> None:
    """Take the next puzzle of the kind."""
    ADDRESS.set("number", (ADDRESS["number"] + 1) % (address.MOST_NUMBER + 1))
    new_puzzle()


def new_puzzle() -> None:
    """Reset what belonged to the previous puzzle."""
    ADDRESS.reset(("clues", "moves", "cell"))


def key_pressed(key: str) -> None:
    """Do what a key stands for."""
    if key == "ArrowRight":
        step()
    elif key == "ArrowLeft":
        back()
    elif key in ("n", "p"):
        _choose_next(1 if key == "n" else -1)
    else:
        set_digit(int(key) if key.isdigit() else 0)


def clicked(click: Click) -> None:
    """Choose a cell of one of the boards, or the number of games on the curve."""
    if click.axes == CURVE:
        ADDRESS.set("games", str(games_at(click.x)))
    elif click.axes in (LEFT, RIGHT):
        cell = cell_at(click.x, click.y)
        if cell is not None:
            ADDRESS.set("cell", 0 if ADDRESS["cell"] == cell + 1 else cell + 1)


def _choose_next(direction: int) -> None:
    """Choose the next cell that is no clue."""
    grid, cell = address.clues(), ADDRESS["cell"] - 1
    if ADDRESS["cell"] == 0:
        cell = -1 if direction > 0 else N_CELLS
    for _ in range(N_CELLS):
        cell = (cell + direction) % N_CELLS
        if not grid[cell]:
            ADDRESS.set("cell", cell + 1)
            return


def which_game() -> None:
    """Show the choice of rules and puzzle."""
    if not frame.hidden("rules"):
        st.segmented_control(
            "Rule set",
            list(RULE_SETS),
            format_func=lambda name: RULE_SETS[name].title,
            key=ADDRESS.key("rules"),
            required=True,
            on_change=new_puzzle,
            label_visibility="collapsed",
        )
    if not frame.hidden("puzzle"):
        st.selectbox(
            "Puzzle",
            KINDS,
            key=ADDRESS.key("kind"),
            on_change=new_puzzle,
            format_func=TITLES.__getitem__,
            label_visibility="collapsed",
            width=160,
        )
        st.button("Another puzzle", key=f"{PAGE}.do.another", on_click=another)


def moves(state: State) -> None:
    """Show the buttons of the grid: steps, digits, going back."""
    can_step = moved(state, MACHINE, address.rule_set()) is not None
    n_moves = len(read_moves(ADDRESS["moves"]))
    if not frame.hidden("step"):
        st.button(
            "Next step →",
            key=f"{PAGE}.do.step",
            on_click=step,
            disabled=not can_step,
            type="primary",
        )
    if not frame.hidden("back"):
        st.button("← Back", key=f"{PAGE}.do.back", on_click=back, disabled=not n_moves)
        forget = partial(ADDRESS.reset, ("moves",))
        st.button("Start again", key=f"{PAGE}.do.start", on_click=forget, disabled=not n_moves)
    cell = address.selected()
    mine = cell is not None and state.authors[cell] != "clue"
    about = f"Set {cell_name(cell)}" if cell is not None and mine else "Choose a cell first"
    for digit in (*DIGITS, 0):
        if not frame.hidden("digits" if digit else "empty"):
            st.button(
                str(digit) if digit else "Empty",
                key=f"{PAGE}.do.digit.{digit}",
                on_click=set_digit,
                args=(digit,),
                disabled=not mine or (not digit and not state.grid[cell or 0]),
                help=about if digit and not frame.hidden("tips") else None,
            )
