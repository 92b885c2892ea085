"""A text that somebody is to take elsewhere, with a button that copies it."""

import streamlit as st

from nnviz.chart import assets


def to_copy(text: str, what: str, key: str, language: str | None = None) -> None:
    """Show a text as it stands, and below it the button that copies it.

    Parameters
    ----------
    text : str
    what : str
        What it is, for the button: "code" for *Copy code*.
    key : str
        Of the button's widget.
    language : str or None
        In which it is written, if it is a program.
    """
    with st.container(key=f"to_copy_{key}", gap="small"):
        # Wrapped: a box to scroll sideways cannot be reached by keyboard.
        st.code(text, language=language, wrap_lines=True)
        button = assets.component("nnviz_share", "share.js")
        button(key=f"copy.{key}", data={"text": text, "what": what}, height="content")
