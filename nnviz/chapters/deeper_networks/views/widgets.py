"""Widgets for single settings: each shows the value at the step on the screen, and changes it."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from nnviz.chapters.deeper_networks.address import Chosen
from nnviz.nn.rng import LARGEST_SEED
from nnviz.site.fresh import fresh


def keyed(
    chosen: Chosen, field: str, value: Any, take: Callable[[Any], None] | None = None
) -> tuple[str, Callable[[], None]]:
    """Return the key of the widget of a setting, and its callback; ``take`` gets a new value."""
    take = take or (lambda value: chosen.take({field: value}))
    return fresh(f"deeper_{field}", (chosen.letter, field), value, take)


def select(
    chosen: Chosen,
    field: str,
    label: str,
    options: Sequence[Any],
    help: str | None = None,
    *,
    value: Any = None,
    shown: Callable[[Any], str] = str,
    take: Callable[[Any], None] | None = None,
    name: str = "",
) -> None:
    """Show a list to choose from; ``value`` replaces the value of the field."""
    value = getattr(chosen.settings, field) if value is None else value
    offered = list(options) if value in options else [value, *options]
    key, on_change = keyed(chosen, name or field, value, take)
    st.selectbox(label, offered, key=key, on_change=on_change, help=help, format_func=shown)


def slider(
    chosen: Chosen,
    field: str,
    label: str,
    options: Sequence[Any],
    help: str | None = None,
    *,
    shown: Callable[[Any], str] = str,
) -> None:
    """Show a slider over given values; a value from a link is offered as well."""
    value = getattr(chosen.settings, field)
    key, on_change = keyed(chosen, field, value)
    st.select_slider(
        label, sorted({*options, value}), key=key, on_change=on_change, help=help,
        format_func=shown,
    )  # fmt: skip


def seed_input(chosen: Chosen, field: str, label: str, help: str) -> None:
    """Show a field for a seed."""
    key, on_change = keyed(chosen, field, getattr(chosen.settings, field))
    st.number_input(label, 0, LARGEST_SEED, key=key, on_change=on_change, help=help, step=1)
