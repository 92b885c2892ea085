"""The bar under a run with which it is branched: which line is followed, new ones, their names."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from nnviz.chapters.live_training.address import (
    LARGEST_WEIGHT,
    LONGEST_NAME,
    MOST_WEIGHTS,
    clean_name,
)
from nnviz.chapters.live_training.by_hand import FIRST_LINE
from nnviz.chapters.live_training.views.branch_choices import (
    Choices,
    add_branch,
    delete_branch,
    leaving_with,
)
from nnviz.chapters.live_training.views.lines import Shown
from nnviz.chapters.live_training.words.branches import changes, leaving, short
from nnviz.chart.strands import STROKES
from nnviz.site.address import Address
from nnviz.site.fresh import fresh
from nnviz.site.plain import kept, plain, say_cuts
from nnviz.site.undo import bring_back_button, delete, key_of
from nnviz.text.digits import digits
from nnviz.training.branch_letters import LETTERS, begun_already
from nnviz.training.parameter_names import parameter_keys, parameter_names

_NOTE = "branch_bar_note"


def branch_bar(address: Address, shown: Shown, choices: Choices, here: Callable[[], int]) -> None:
    """Show the bar, with the choices of the line that is followed.

    The address has ``branches``, ``line``, ``updates`` and ``edit``; `here` takes over where the
    player stands, and returns it.
    """
    note = st.session_state.pop(_NOTE, None)
    if note:
        st.toast(note)

    def add() -> None:
        branch_here(address, here())

    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            "Branch here",
            icon=":material/call_split:",
            on_click=add,
            help="The run so far stays as it is. From this update on there is a second one, whose "
            "rate, rows, model and weights can be changed.",
        )
        if shown.branches:
            _lines(address, shown)
            if choices.branch is not None:
                _edit(address, choices, shown)
        bring_back_button(address)
        st.toggle("Edit rows", key=address.key("edit"))
        _own_line(address)
    for number, branch in enumerate(shown.branches, 1):
        if shown.whole and shown.lines[number] is None:
            st.caption(
                f"{LETTERS[number]} would begin at update {branch.at:,}, where the line that it "
                "leaves has ended. It waits for a longer run."
            )
    if choices.branch is not None:
        st.caption(plain(leaving(choices.branch, choices.number)))


def _own_line(address: Address) -> None:
    """Offer a line to be drawn by hand over the picture."""

    def turn(on: bool) -> None:
        address.set("drawn", FIRST_LINE if on else ())

    key, on_change = fresh("branch_bar_drawn", "line", bool(address["drawn"]), turn)
    st.toggle("Draw a line", key=key, on_change=on_change)


def branch_here(address: Address, at: int) -> bool:
    """Leave the line that is followed, in a callback; say so on the page if that cannot be."""
    number = LETTERS.index(address["line"])
    followed = address["branches"][number - 1] if number else None
    if followed is not None and followed.at == at and not changes(followed):
        note: str | None = begun_already(number)
    else:
        note = add_branch(address, at)
    # A callback cannot show anything itself.
    st.session_state[_NOTE] = note
    return note is None


def _lines(address: Address, shown: Shown) -> None:
    # Whether a line that is not trained yet begins at all is seen when it is.
    there = [LETTERS[k] for k, line in enumerate(shown.lines) if line or not shown.whole]

    def label(letter: str) -> str:
        number = LETTERS.index(letter)
        sample = STROKES[number].sample
        if number == 0:
            return f"{sample} A the run"
        return f"{sample} {plain(short(shown.branches[number - 1], number))}"

    key, on_change = fresh(
        "branch_bar_line", tuple(there), address["line"], partial(address.set, "line")
    )
    st.segmented_control(
        "Line that is followed", there, format_func=label, key=key, on_change=on_change,
        required=True, wrap=True, label_visibility="collapsed",
    )  # fmt: skip


def _edit(address: Address, choices: Choices, shown: Shown) -> None:
    branch, letter = choices.branch, choices.letter
    assert branch is not None
    # With a branch less, the one that has this letter now is not under the same open lid.
    n_branches = choices.n_branches

    def rename(name: str) -> None:
        choices.change(name=clean_name(kept(name, LONGEST_NAME)))

    with st.popover(f"Edit {letter}", key=f"branch_bar_edit_{n_branches}"):
        key, on_change = fresh("branch_bar_name", (letter, n_branches), branch.name, rename)
        st.text_input("Name", key=key, on_change=on_change)
        say_cuts()
        _weights(choices, shown)
        others = [LETTERS[k] for k in leaving_with(address["branches"], choices.number)[1:]]
        gone = " and ".join([letter, *others])
        st.button(
            f"Delete {gone}{', which leave it' if others else ''}",
            icon=":material/delete:",
            key=key_of("branch_bar_delete", letter, n_branches),
            on_click=delete,
            args=(
                address, ("branches", "line"), gone,
                lambda: len(address["branches"]) == n_branches,
                partial(delete_branch, address, choices.number),
            ),
        )  # fmt: skip


def _weights(choices: Choices, shown: Shown) -> None:
    branch = choices.branch
    assert branch is not None
    plan, by_hand = shown.line.plan, dict(branch.weights)
    keys, names = parameter_keys(plan), parameter_names(plan)
    st.markdown(f"**Weights by hand**, at update {branch.at:,}:")
    chosen = st.selectbox(
        "Weight or bias", keys, format_func=lambda key: names[keys.index(key)],
        key="branch_bar_weight",
    )  # fmt: skip
    if chosen not in keys:
        return
    place = keys.index(chosen)
    began = float(shown.run_at(branch.at).parameters_at(branch.at)[place])

    def take(value: float | None) -> None:
        if value is not None and len({*by_hand, chosen}) <= MOST_WEIGHTS:
            choices.change(weights=tuple({**by_hand, chosen: float(value)}.items()))

    key, on_change = fresh(
        "branch_bar_value",
        (choices.letter, choices.n_branches, chosen),
        min(max(by_hand.get(chosen, began), -LARGEST_WEIGHT), LARGEST_WEIGHT),
        take,
    )
    st.number_input(
        f"Set it to, from {digits(-LARGEST_WEIGHT)} to {digits(LARGEST_WEIGHT)}",
        -LARGEST_WEIGHT, LARGEST_WEIGHT, step=0.1, format="%.4g", key=key, on_change=on_change,
    )  # fmt: skip
    if by_hand:
        st.button(
            "Let all weights be as they were",
            key=key_of("branch_bar_weights", choices.letter, choices.n_branches),
            on_click=lambda: choices.change(weights=()),
        )
