"""Buttons that offer files, which are made when they are asked for."""

from collections.abc import Callable

import streamlit as st


def offer(
    key: str, label: str, words: str, file_name: str, make: Callable[[], str], mime: str
) -> None:
    """Show a button that downloads a text, and beside it what the text is.

    Parameters
    ----------
    key : str
        Where the button stands; with its label it is the key of the widget.
    make : callable
        Called when the button is pressed; returns the text.
    """
    button, text = st.columns([0.3, 0.7], vertical_alignment="center")
    button.download_button(
        label,
        lambda: encoded(make(), mime),
        file_name,
        mime,
        key=f"{key}.{label}",
        on_click="ignore",
        width="stretch",
    )
    text.markdown(words)


def encoded(content: str, mime: str) -> bytes:
    """Return a text as UTF-8; a table of more than ASCII says so, for spreadsheets."""
    marked = mime == "text/csv" and not content.isascii()
    return content.encode("utf-8-sig" if marked else "utf-8")
