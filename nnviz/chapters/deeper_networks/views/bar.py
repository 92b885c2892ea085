"""The bar under the picture: branches, changes, the tool of the mouse, the axis of the losses."""

from functools import partial
from types import MappingProxyType
from typing import Final

import streamlit as st

from nnviz.chapters.deeper_networks.address import ADDRESS, Chosen
from nnviz.chapters.deeper_networks.lines import leaving_with
from nnviz.chapters.deeper_networks.link_text import LONGEST_NAME
from nnviz.chapters.deeper_networks.views.shown import ShownLines
from nnviz.chapters.deeper_networks.words import change_words, line_words
from nnviz.chart.strands import STROKES
from nnviz.site import frame
from nnviz.site.folded import folded
from nnviz.site.fresh import fresh
from nnviz.site.parts import switch
from nnviz.site.plain import kept, plain, say_cuts
from nnviz.site.undo import bring_back_button, delete, key_of
from nnviz.training.branch_letters import LETTERS
from nnviz.training.plan import Plan

_TOOLS: Final = MappingProxyType(
    {
        "ask": ":material/ads_click: Ask",
        "add": ":material/add_circle: Put in",
        "move": ":material/drag_pan: Move",
        "remove": ":material/delete: Take out",
    }
)
_TOOLS_HELP: Final = (
    "What the mouse does on the plane at the right.  \n"
    "Ask: click anywhere for the network's answer there.  \n"
    "Put in, Move, Take out: change the rows by hand. They then are rows of your own."
)


def bar(chosen: Chosen, shown: ShownLines, plan: Plan) -> None:
    """Show the bar, which no lesson asks for."""
    if frame.hidden("controls") or frame.hidden("bar"):
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            "Branch here",
            icon=":material/call_split:",
            on_click=chosen.branch,
            help="The run so far stays as it is. From this update on there is a second one; what "
            "you change then holds for that one only.",
        )
        if len(chosen.lines) > 1:
            _lines(chosen)
        if chosen.number:
            _edit(chosen)
        bring_back_button(ADDRESS)
        _changes(chosen, plan)
        switch(ADDRESS, "tool", _TOOLS, "Tool on the plane", _TOOLS_HELP)
        if ADDRESS["tool"] == "add" and plan.sample.classes:
            _class(plan)
        st.toggle(
            "Log axis",
            key=ADDRESS.key("log"),
            help="Counts the losses in powers of ten: small ones can be told apart.",
        )
    for number, line in enumerate(chosen.lines):
        if line.at >= shown.steps:
            st.caption(
                f"{LETTERS[number]} would begin at update {line.at:,}, where the line that it "
                "leaves has ended. It waits for a longer run."
            )


def _lines(chosen: Chosen) -> None:
    letters = tuple(LETTERS[: len(chosen.lines)])

    def label(letter: str) -> str:
        number = LETTERS.index(letter)
        return f"{STROKES[number].sample} {plain(line_words(chosen.lines[number], number))}"

    key, on_change = fresh(
        "deeper_line", letters, chosen.letter, lambda letter: ADDRESS.set("line", letter)
    )
    st.segmented_control(
        "Line that is followed",
        letters,
        format_func=label,
        key=key,
        on_change=on_change,
        required=True,
        wrap=True,
        label_visibility="collapsed",
    )


def _edit(chosen: Chosen) -> None:
    number, letter = chosen.number, chosen.letter
    # With a line less, the one that has this letter now is not under the same open lid.
    n_lines = len(chosen.lines)

    def choices() -> None:
        key, on_change = fresh(
            "deeper_name",
            (letter, n_lines),
            chosen.lines[number].name,
            lambda name: chosen.name(kept(name, LONGEST_NAME)),
        )
        st.text_input("Name", key=key, on_change=on_change)
        say_cuts()
        gone = [LETTERS[k] for k in leaving_with(chosen.lines, number)]
        st.button(
            f"Delete {letter} and what leaves it",
            icon=":material/delete:",
            key=key_of("deeper_delete", letter, n_lines),
            on_click=delete,
            args=(
                ADDRESS,
                ("lines", "line"),
                " and ".join(gone),
                lambda: len(chosen.lines) == n_lines,
                partial(chosen.delete, number),
            ),
        )

    folded(f"Edit {letter}", choices, key=f"deeper_edit_{n_lines}")


def _changes(chosen: Chosen, plan: Plan) -> None:
    """Offer from where on changes count, and to undo those that were made."""
    changes = chosen.lines[chosen.number].changes
    label = f"Changes ({len(changes)})" if changes else "Changes"

    def choices() -> None:
        st.radio(
            "What I change counts",
            ("here", "start"),
            format_func={"here": "from the update that is seen", "start": "from the start"}.get,
            key=ADDRESS.key("acts"),
            help="Seed and start of the weights always count from the start.",
        )
        if not changes:
            st.caption("Nothing has been changed on the way of this line yet.")
        for change in changes:
            text, button = st.columns([0.75, 0.25], vertical_alignment="center")
            text.markdown(plain(f"Update {change.step:,}: {change_words(change, plan)}"))
            button.button(
                "Undo",
                key=key_of("deeper_undo", chosen.letter, len(chosen.lines), change.step),
                on_click=chosen.take_back,
                args=(change.step,),
            )

    folded(label, choices, icon=":material/history:", key="deeper_changes")


def _class(plan: Plan) -> None:
    names = plan.sample.classes
    if ADDRESS["adds"] >= len(names):
        ADDRESS.set("adds", len(names) - 1)
    st.selectbox(
        "Class of the new row",
        range(len(names)),
        format_func=lambda k: f"class {names[k]}",
        key=ADDRESS.key("adds"),
        label_visibility="collapsed",
        width=130,
    )
