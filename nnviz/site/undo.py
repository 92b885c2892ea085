"""Buttons that act on a thing with a name: on that one or on none, and deleting can be undone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import streamlit as st

from nnviz.site.address import Address


def key_of(name: str, *about: object) -> str:
    """Return the key of a button, or of what holds it, that acts on something.

    Under a key that names what it acts on, another one comes closed and unpressed in its place.

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


def delete(
    address: Address,
    names: Sequence[str],
    label: str,
    there: Callable[[], bool],
    act: Callable[[], None],
) -> None:
    """Delete something, in a callback, so that it can be brought back.

    A second, quick press comes when what the button named is gone. Streamlit still calls back for
    it, so `there` has to say whether it is the one that was meant.

    Parameters
    ----------
    names : sequence of str
        The parameters that `act` changes; the first of them holds what is deleted.
    label : str
        What is deleted, for the button that brings it back.
    there : callable
        Returns whether it is still there.
    act : callable
        Deletes it.
    """
    if not there():
        return
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
        if st.session_state.pop(f"{address.page}_deleted", None) is not kept:
            return
        for name, value in kept.before.items():
            address.set(name, value)

    st.button(
        f"Bring back {kept.label}",
        icon=":material/undo:",
        key=key_of(f"{address.page}_bring_back", kept.before),
        on_click=bring_back,
    )
