"""Widgets for single settings: each shows the value at the step on the screen, and changes it."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from nnviz.chapters.deeper_networks.address import Chosen
from nnviz.nn.rng import LARGEST_SEED
from nnviz.site.fresh import fresh


def _widget(chosen: Chosen, field: str, value: Any, take: Callable[[Any], None] | None) -> Any:
    """Return the key of the widget of a setting, and its callback."""
    about = (chosen.letter, field)
    return fresh(f"deeper_{field}", about, value, take or chosen.setter(field))


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
    width: int | str = "stretch",
) -> None:
    """Show a list to choose from; ``value`` replaces the value of the field."""
    value = getattr(chosen.settings, field) if value is None else value
    offered = list(options) if value in options else [value, *options]
    key, on_change = _widget(chosen, name or field, value, take)
    st.selectbox(
        label, offered, key=key, on_change=on_change, help=help, format_func=shown,
        width=width,  # type: ignore[arg-type]
    )  # fmt: skip


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
    key, on_change = _widget(chosen, field, value, None)
    st.select_slider(
        label, sorted({*options, value}), key=key, on_change=on_change, help=help,
        format_func=shown,
    )  # fmt: skip


def number_input(
    chosen: Chosen,
    field: str,
    label: str,
    help: str | None = None,
    *,
    low: int = 0,
    high: int = LARGEST_SEED,
    width: int | str = "stretch",
) -> None:
    """Show a field for a whole number."""
    key, on_change = _widget(chosen, field, getattr(chosen.settings, field), None)
    st.number_input(
        label, low, high, key=key, on_change=on_change, help=help, step=1,
        width=width,  # type: ignore[arg-type]
    )  # fmt: skip


def toggle(chosen: Chosen, field: str, label: str, help: str | None = None) -> None:
    """Show a switch."""
    key, on_change = _widget(chosen, field, getattr(chosen.settings, field), None)
    st.toggle(label, key=key, on_change=on_change, help=help)


def pills(
    chosen: Chosen,
    field: str,
    label: str,
    options: Sequence[str],
    help: str | None = None,
    *,
    value: Sequence[str],
    shown: Callable[[str], str] = str,
    take: Callable[[list[str]], None],
) -> None:
    """Show choices of which several can be selected."""
    key, on_change = _widget(chosen, field, list(value), take)
    st.pills(
        label, options, selection_mode="multi", key=key, on_change=on_change, help=help,
        format_func=shown,
    )  # fmt: skip
