"""Buttons that act on a thing with a name: on that one or on none, and deleting can be undone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import streamlit as st

from nnviz.site.address import Address


def key_of(name: str, *about: object) -> str:
    """Return the key of a button that acts on something.

    A second, quick press reaches the server when the page has been drawn anew already. Under a key
    that names what the button acts on, it is not taken for a press of the button that has come in
    its place: Streamlit does not know it any more, and nothing happens.

    Parameters
    ----------
    name : str
        The name of the button, which begins with that of its page.
    *about : object
        What it acts on: the same things, the same key.
    """
    return f"{name}.{crc32(repr(about).encode()):08x}"


@dataclass(frozen=True)
class _Deleted:
    """What was deleted, and what the address held before and after."""

    label: str
    before: dict[str, Any]
    after: dict[str, Any]


def delete(address: Address, names: Sequence[str], label: str, act: Callable[[], None]) -> None:
    """Delete something, in a callback, so that it can be brought back.

    Parameters
    ----------
    address : Address
    names : sequence of str
        The parameters that `act` changes; the first of them holds what is deleted.
    label : str
        What is deleted, for the button that brings it back.
    act : callable
        Deletes it.
    """
    before = {name: address[name] for name in names}
    act()
    after = {names[0]: address[names[0]]}
    st.session_state[f"{address.page}_deleted"] = _Deleted(label, before, after)


def bring_back_button(address: Address) -> None:
    """Show a button that brings back what was deleted last, until something else is changed."""
    kept: _Deleted | None = st.session_state.get(f"{address.page}_deleted")
    if kept is None or any(address[name] != value for name, value in kept.after.items()):
        return

    def bring_back() -> None:
        for name, value in kept.before.items():
            address.set(name, value)
        del st.session_state[f"{address.page}_deleted"]

    st.button(
        f"Bring back {kept.label}",
        icon=":material/undo:",
        key=key_of(f"{address.page}_bring_back", kept.before),
        on_click=bring_back,
    )
