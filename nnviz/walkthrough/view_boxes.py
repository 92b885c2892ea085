"""Let a person choose a box of the graph to read, by a click on the picture or from a list."""

from collections.abc import Mapping

import streamlit as st

from nnviz.site.address import Address


def choose_box(address: Address, meanings: Mapping[str, str]) -> str:
    """Show the list of the boxes, and return the key of the chosen one, or "".

    What was clicked stands in the choice ``read`` of the page; an arrow is read as its weight.
    """
    keys = tuple(key for key in meanings if not key.startswith("edge"))
    clicked = address["read"].replace("edge", "weight", 1)
    # What a link or another network says of a box that is not there is left alone.
    address.set("read", clicked if clicked in keys else "")
    st.selectbox(
        "Read a box of the picture",
        ("", *keys),
        format_func=lambda key: meanings[key].partition(":")[0] if key else "click one, or choose",
        key=address.key("read"),
    )
    return str(address["read"])
