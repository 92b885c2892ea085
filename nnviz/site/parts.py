"""The parts that every lesson shows beside its picture: numbers, code, questions, notes."""

import inspect
import textwrap
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import streamlit as st

from nnviz.chart.copying import to_copy
from nnviz.site import frame, lesson_link
from nnviz.site.address import Address
from nnviz.site.lesson_link import PART_TITLES
from nnviz.site.parameters import Choice, Custom

PART: Final = Choice("part", "numbers", ("numbers", "code", "predict", "tutorial"))
"""The parameter of a page's address that says which part is open."""

PART_WITH_EXPORT: Final = Choice(
    "part", "numbers", ("numbers", "code", "export", "predict", "tutorial")
)
"""The same for a page whose lesson can be taken along."""

_OF_DEEPER_NETWORKS: Final = ("why", "solid")


def _part_of_a_run(text: str) -> str:
    # What the ledger shows was a part of its own, in links of the first version.
    offered = tuple(name for name in PART_TITLES if name not in _OF_DEEPER_NETWORKS)
    return Choice("part", "numbers", offered).parse("ledger" if text == "jumps" else text)


PART_OF_A_RUN: Final = Custom("part", "numbers", _part_of_a_run, str)
"""The parameter for a page that shows a run, which offers more parts."""


def in_sight(panels: tuple[str, ...]) -> tuple[str, ...]:
    """Return the panels of a picture that are not hidden, in their order; all if they all are."""
    return tuple(name for name in panels if not frame.hidden(name)) or panels


def parts(address: Address, bodies: Mapping[str, Callable[[], None]]) -> None:
    """Show the chosen part of the page; ``bodies`` maps names of parts to functions that draw them.

    Only the chosen body runs, so a costly one costs nothing while it is closed.
    """
    lesson_link.offer_parts({name: PART_TITLES[name] for name in PART_TITLES if name in bodies})
    offered = [name for name in PART_TITLES if name in bodies and not frame.hidden(name)]
    if not offered:
        return
    if address["part"] not in offered:
        address.set("part", offered[0])
    switch(
        address, "part", {name: PART_TITLES[name] for name in offered}, "More about this picture"
    )
    bodies[address["part"]]()


def view_switch(address: Address, titles: Mapping[str, str]) -> None:
    """Show the switch between the views of a page, unless it is out of sight.

    Parameters
    ----------
    address : Address
        The choices of the page; the one between the views is called ``view``.
    titles : mapping
        What each view is called on the screen, by its name.
    """
    if not frame.hidden("view"):
        switch(address, "view", titles, "View")


def switch(
    address: Address, name: str, titles: Mapping[str, str], label: str, about: str | None = None
) -> None:
    """Show buttons of which one is chosen, side by side.

    Parameters
    ----------
    address : Address
        The choices of the page.
    name : str
        Of the choice in it.
    titles : mapping
        What can be chosen, and what each is called on the screen.
    label : str
        What a screen reader calls them all.
    about : str or None
        What is said of them on request.
    """
    st.segmented_control(
        label,
        list(titles),
        format_func=titles.__getitem__,
        key=address.key(name),
        required=True,
        wrap=True,
        label_visibility="collapsed",
        help=about,
    )


def formulas(*lines: str) -> None:
    """Show formulas in LaTeX, one below the other; one element takes less than several."""
    if lines:
        st.latex("\n$$\n\n$$\n".join(lines))  # it puts the first and the last $$ around


def code(functions: Sequence[Callable[..., Any]], snippet: str) -> None:
    """Show the real functions that computed the picture, and a script that repeats its number."""
    st.markdown("This script runs by itself and prints the numbers on the screen:")
    to_copy(snippet, "script", "parts", "python")
    st.markdown("These functions computed the picture:")
    sources = (textwrap.dedent(inspect.getsource(function)) for function in functions)
    # Wrapped: a box to scroll sideways cannot be reached by keyboard.
    st.code("\n\n".join(sources), language="python", wrap_lines=True)


def tutorial_says(says: str, in_fact: str, who: str = "The tutorial says") -> None:
    """Show a remark of the tutorial that is not quite right, beside what is right."""
    with st.container(border=True):
        st.markdown(f"**{who}:** {says}")
        st.markdown(f"**In fact:** {in_fact}")
