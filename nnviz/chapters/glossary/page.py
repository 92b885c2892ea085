"""Glossary: the technical words of the course, each in one line."""

from html import escape
from typing import Final

import streamlit as st

from nnviz.site import frame
from nnviz.site.address import Address
from nnviz.text.glossary import GLOSSARY

ADDRESS: Final = Address("glossary", [])


def draw() -> None:
    """Draw the page: one list, made of the table that explains the words in the lessons."""
    items = "".join(
        f"<div><dt>{escape(term)}</dt><dd>{escape(line)}</dd></div>"
        for term, line in GLOSSARY.items()
    )
    st.html(f"<dl class='nv-glossary'>{items}</dl>")


def show() -> None:
    """Show the page: its frame and what is in it."""
    frame.show("glossary", ADDRESS, draw)
