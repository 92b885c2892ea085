"""What was found in a person's file, each item with a widget to correct it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

import streamlit as st

from nnviz.data.csv.table import CsvChoices, CsvTable
from nnviz.data.sample import MOST_COLUMNS
from nnviz.site.fresh import fresh

Choose = Callable[[CsvChoices], None]

_FIND: Final = ""
_BETWEEN: Final = MappingProxyType(
    {_FIND: "find it", ",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", " ": "blanks"}
)
_DECIMAL: Final = MappingProxyType({_FIND: "find it", ".": "point: 1.5", ",": "comma: 1,5"})
_HEADER: Final = MappingProxyType({_FIND: "find out", "names": "has names", "row": "is a row"})
_TASK: Final = MappingProxyType({"classes": "a class", "regression": "a number"})


def reading(
    page: str, about: str, choices: CsvChoices, table: CsvTable | None, choose: Choose
) -> None:
    """Show how the lines are cut into cells; a correction drops what was chosen of the columns.

    Parameters
    ----------
    page : str
        The page's short name.
    about : str
        Names the file.
    choices : CsvChoices
        What the person has corrected so far.
    table : CsvTable or None
        What was found; None if it cannot be read so.
    choose : callable
        Called with the new choices.
    """
    now = table or choices
    header = {None: _FIND, True: "names", False: "row"}[now.header]

    def between(value: str) -> None:
        choose(_only_reading(choices, delimiter=value or None))

    def decimal(value: str) -> None:
        choose(_only_reading(choices, decimal=value or None))

    def first(value: str) -> None:
        choose(_only_reading(choices, header={"names": True, "row": False}.get(value)))

    with st.container(horizontal=True):
        _select(page, "between", "Between cells", about, _BETWEEN, now.delimiter or _FIND, between)
        _select(page, "decimal", "Decimal mark", about, _DECIMAL, now.decimal or _FIND, decimal)
        _select(page, "header", "The first line", about, _HEADER, header, first)


def roles(page: str, about: str, choices: CsvChoices, table: CsvTable, choose: Choose) -> None:
    """Show which column is predicted, which two make the plane, and which further ones are used."""
    names = table.names
    labels = {
        name: name if column.is_number else f"{name} (text)"
        for name, column in zip(names, table.all_columns, strict=True)
    }
    about = repr((about, choices.delimiter, choices.decimal, choices.header))
    others = {name: labels[name] for name in names if name != table.target}
    further = {name: label for name, label in others.items() if name not in table.columns[:2]}

    def target(value: str) -> None:
        choose(replace(choices, target=value, task=None, columns=None))

    def task(value: str) -> None:
        choose(replace(choices, target=table.target, task=value, columns=table.columns))

    def axis(position: int) -> Callable[[str], None]:
        def picked(name: str) -> None:
            columns = placed(table.columns, position, name)
            choose(replace(choices, target=table.target, task=table.task, columns=columns))

        return picked

    def rest(chosen: Sequence[str]) -> None:
        columns = table.columns[:2] + tuple(name for name in names if name in chosen)
        choose(replace(choices, target=table.target, task=table.task, columns=columns))

    first, second = (*table.columns[:2], None, None)[:2]
    with st.container(horizontal=True):
        _select(page, "target", "To be told", about, labels, table.target, target)
        _select(page, "task", "It is", about, _TASK, table.task, task)
        _select(page, "across", "Across the picture", about, others, first, axis(0))
        _select(page, "up", "Up the picture", about, others, second, axis(1))
    if not further:
        return
    key, on_change = fresh(f"{page}.own_further", about, list(table.columns[2:]), rest)
    st.multiselect(
        "Further columns to tell it from",
        list(further),
        format_func=further.__getitem__,
        key=key,
        on_change=on_change,
        max_selections=MOST_COLUMNS - 2,
    )


def placed(columns: tuple[str, ...], position: int, name: str) -> tuple[str, ...]:
    """Return the columns with this one at a position; where it was comes what stood there."""
    result = list(columns)
    if position >= len(result):
        return (*(column for column in result if column != name), name)
    if name in result:
        result[result.index(name)] = result[position]
    result[position] = name
    return tuple(result)


def _only_reading(choices: CsvChoices, **changed: Any) -> CsvChoices:
    return replace(choices, target=None, task=None, columns=None, **changed)


def _select(
    page: str,
    name: str,
    label: str,
    about: str,
    options: MappingProxyType[str, str] | dict[str, str],
    value: str | None,
    changed: Callable[[str], None],
) -> None:
    """Show a select box; names of a file stand in it as letters, as options are no Markdown."""
    key, on_change = fresh(f"{page}.own_{name}", about, value, changed)
    st.selectbox(
        label,
        list(options),
        # Only where nothing is chosen yet: it brings a button that empties the box.
        index=None if value is None else 0,
        format_func=options.__getitem__,
        key=key,
        on_change=on_change,
        width=150,
    )
