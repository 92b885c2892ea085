"""What was found in a person's file, each item with a widget to correct it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

import streamlit as st

from nnviz.data.csv.cells import NO_NUMBER
from nnviz.data.csv.lines import DELIMITER_NAMES
from nnviz.data.csv.table import CsvChoices, CsvTable
from nnviz.data.csv.target import is_choice
from nnviz.data.csv.text import ENCODINGS
from nnviz.data.sample import MOST_CLASSES, MOST_COLUMNS
from nnviz.site.fresh import fresh

Choose = Callable[[CsvChoices], None]

_FIND: Final = ""
_BETWEEN: Final = MappingProxyType({_FIND: "find it", **dict(DELIMITER_NAMES)})
_DECIMAL: Final = MappingProxyType({_FIND: "find it", ".": "point: 1,234.5", ",": "comma: 1.234,5"})
_HEADER: Final = MappingProxyType({_FIND: "find out", "names": "has names", "row": "is a row"})
_LETTERS: Final = MappingProxyType({_FIND: "find them", **dict(ENCODINGS)})
_TASK: Final = MappingProxyType({"classes": "a class", "regression": "a number"})
_GAPS: Final = MappingProxyType(
    {"out": "leave the row out", "fill": "median, or a value “missing”"}
)
_EMPTY: Final = "empty cell"


def reading(
    page: str, about: str, choices: CsvChoices, table: CsvTable | None, choose: Choose
) -> None:
    """Show how the file is cut into cells; a correction drops what was chosen of the columns.

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
    found = table.understood if table else None
    now: Any = table or choices
    header = {None: _FIND, True: "names", False: "row"}[now.header]

    def chosen(name: str) -> Callable[[Any], None]:
        return lambda value: choose(_only_reading(choices, **{name: value or None}))

    def first(value: str) -> None:
        choose(_only_reading(choices, header={"names": True, "row": False}.get(value)))

    asked = table is None or bool(found and found.question)
    with st.expander("Read differently", expanded=asked), st.container(horizontal=True):
        if found and found.sheets:
            sheets = {sheet: sheet for sheet in found.sheets}
            _select(page, "sheet", "Sheet", about, sheets, found.sheet, chosen("sheet"))
        else:
            between = now.delimiter or _FIND
            _select(page, "between", "Between cells", about, _BETWEEN, between, chosen("delimiter"))
            decimal = _FIND if found and found.question else now.decimal or _FIND
            _select(
                page, "decimal", "Decimal mark", about, _DECIMAL, decimal, chosen("decimal"), 190
            )  # fmt: skip
        _select(page, "header", "The first line", about, _HEADER, header, first)
        _start(page, about, choices, table, choose)
        if found is None or found.encoding in dict(ENCODINGS):
            letters = found.encoding if found else choices.encoding or _FIND
            _select(page, "letters", "Letters", about, _LETTERS, letters, chosen("encoding"), 250)
        if table:
            _missing(page, about, choices, table, choose)


def _start(
    page: str, about: str, choices: CsvChoices, table: CsvTable | None, choose: Choose
) -> None:
    first = choices.start or 1
    if table and not choices.start:
        first = table.understood.header_line or table.lines[0]
    key, on_change = fresh(
        f"{page}.own_start", about, first, lambda line: choose(_only_reading(choices, start=line))
    )
    st.number_input(
        "It begins in line", 1, step=1, key=key, on_change=on_change, width=150,
        help="The line of the names, or of the first row where there are none.",
    )  # fmt: skip


def _missing(page: str, about: str, choices: CsvChoices, table: CsvTable, choose: Choose) -> None:
    # Shown as it stands in the file; it counts in any case.
    spelled = {mark.lower(): mark for mark in (*_known(table), *table.missing_marks)}
    marks = choices.missing
    if marks is None:
        marks = tuple(dict.fromkeys(mark.lower() for mark in table.missing_marks))
    options = list(dict.fromkeys((*marks, *spelled)))
    if not options:
        return

    def changed(values: Sequence[str]) -> None:
        chosen = tuple("" if value == _EMPTY else value.lower() for value in values)
        choose(_only_reading(choices, missing=chosen))

    def shown(mark: str) -> str:
        return spelled.get(mark, mark) or _EMPTY

    key, on_change = fresh(f"{page}.own_missing", about, [shown(mark) for mark in marks], changed)
    st.multiselect(
        "Taken as missing",
        [shown(mark) for mark in options],
        key=key,
        on_change=on_change,
        accept_new_options=True,
        width=250,
        help="What says in this file that there is no value. Take NA out if it is a class.",
    )


def _known(table: CsvTable) -> list[str]:
    """Return what the file holds that says elsewhere that something is missing."""
    cells = {cell for column in table.all_columns for cell in column.counts}
    return sorted(cell for cell in cells if cell.lower() in NO_NUMBER)


def roles(page: str, about: str, choices: CsvChoices, table: CsvTable, choose: Choose) -> None:
    """Show which column is predicted, which two make the plane, and which further ones are used."""
    names = table.names
    labels = {
        column.name: column.name if column.is_number else f"{column.name} (text)"
        for column in table.all_columns
    }
    about = repr((about, _only_reading(choices)))
    inputs = {
        column.name: _label(column.name, None if column.is_number else len(column.counts))
        for column in table.all_columns
        if column.name != table.target
        and (column.is_number or is_choice(column) or column.name in table.columns)
    }
    further = {name: label for name, label in inputs.items() if name not in table.columns[:2]}

    def put(**changed: Any) -> None:
        now = {"target": table.target or None, "task": table.task, "columns": table.columns}
        choose(replace(choices, **{**now, **changed}))

    def target(value: str) -> None:
        choose(replace(choices, target=value, task=None, columns=None, frequent=False))

    def axis(position: int) -> Callable[[str], None]:
        return lambda name: put(columns=placed(table.columns, position, name))

    def rest(chosen: Sequence[str]) -> None:
        put(columns=table.columns[:2] + tuple(name for name in names if name in chosen))

    first, second = (*table.columns[:2], None, None)[:2]
    with st.container(horizontal=True):
        _select(page, "target", "To be told", about, labels, table.target or None, target)
        _select(page, "task", "It is", about, _TASK, table.task, lambda value: put(task=value))
        _select(page, "across", "Across the picture", about, inputs, first, axis(0))
        _select(page, "up", "Up the picture", about, inputs, second, axis(1))
        if table.missing_marks:
            gaps = "fill" if choices.fill else "out"
            _select(
                page, "gaps", "Where something is missing", about, _GAPS, gaps,
                lambda value: choose(replace(choices, fill=value == "fill")), 220,
            )  # fmt: skip
    if _has_many(table):
        key, on_change = fresh(
            f"{page}.own_frequent", about, choices.frequent, lambda value: put(frequent=value)
        )
        st.checkbox(f"Only the {MOST_CLASSES} most frequent classes", key=key, on_change=on_change)
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


def _label(name: str, n_values: int | None) -> str:
    return name if n_values is None else f"{name} (text: {n_values} columns)"


def _has_many(table: CsvTable) -> bool:
    if table.task != "classes" or not table.target or table.note:
        return False
    return len(table.column(table.target).counts) > MOST_CLASSES


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
    return replace(choices, target=None, task=None, columns=None, frequent=False, **changed)


def _select(
    page: str,
    name: str,
    label: str,
    about: str,
    options: Mapping[str, str],
    value: str | None,
    changed: Callable[[str], None],
    width: int = 150,
) -> None:
    """Show a select box; names of a file stand in it as letters, as options are no Markdown."""
    if value is not None and value not in options:
        options = {**options, value: value}
    key, on_change = fresh(f"{page}.own_{name}", about, value, changed)
    st.selectbox(
        label,
        list(options),
        # Only where nothing is chosen yet: it brings a button that empties the box.
        index=None if value is None else 0,
        format_func=options.__getitem__,
        key=key,
        on_change=on_change,
        placeholder="choose",
        width=width,
    )
