"""Fields for words and sentences: what is too long for a link is cut, and that is said."""

import streamlit as st

from nnviz.chapters.words_to_numbers.address import ADDRESS
from nnviz.site.plain import kept


def text(name: str, label: str, longest: int, width: int, placeholder: str | None = None) -> None:
    """Show the field of a choice. `say_cuts` is to follow."""
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
    if len(typed) > longest:
        ADDRESS.set(name, kept(typed, longest))
