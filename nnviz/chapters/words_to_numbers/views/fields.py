"""Fields for words and sentences: what is too long for a link is cut, and that is said."""

import streamlit as st

from nnviz.chapters.words_to_numbers.address import ADDRESS, PAGE
from nnviz.site.plain import plain

_CUTS = f"{PAGE}.cuts"


def text(name: str, label: str, longest: int, width: int, placeholder: str | None = None) -> None:
    """Show the field of a choice. `say_cuts` is to follow."""
    # A browser that is told of the limit takes nothing at all of a longer text, without a word.
    st.text_input(
        label,
        key=ADDRESS.key(name),
        width=width,
        placeholder=placeholder,
        on_change=cut,
        args=(name, longest),
    )


def cut(name: str, longest: int) -> None:
    """Cut what was typed if it is too long, after a whole word if there is one."""
    typed = str(ADDRESS[name])
    if len(typed) <= longest:
        return
    kept = typed[:longest]
    if not typed[longest].isspace():
        kept = kept[: max(map(kept.rfind, " \n"))] if {" ", "\n"} & set(kept) else kept
    ADDRESS.set(name, kept)
    rest = " ".join(typed[len(kept) :].split())
    st.session_state[_CUTS] = (
        f"This text has {len(typed):,} characters, and {longest} are the most here. What follows "
        f"from “{plain(rest[:24])}” on is left out."
    )


def say_cuts() -> None:
    """Say once what was cut."""
    said = st.session_state.pop(_CUTS, "")
    if said:
        st.warning(said)
