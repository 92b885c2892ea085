"""Spreadsheets as rows of text: .xlsx (Office Open XML) and .ods (OpenDocument).

They are read with the standard library alone. The readers of spreadsheets that were tried build
the whole rectangle up to the last cell: a file of 5 KB with one cell in its last corner ends the
process. Here only cells that hold something are kept, and packed parts are unpacked only as far
as they are expected to be.
"""

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final, NamedTuple
from xml.etree import ElementTree

from nnviz.data.csv.lines import MOST_CELLS, MOST_FILE_COLUMNS, Line
from nnviz.data.csv.marks import decide
from nnviz.data.csv.problem import CsvProblem, listed, shown
from nnviz.data.csv.text import MOST_LINES
from nnviz.text.numbers import parsed, written

_MOST_UNPACKED: Final = 128 * 1024 * 1024
_EPOCH: Final = datetime(1899, 12, 30)  # day 0 of spreadsheets
_DATES: Final = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

Grid = dict[int, dict[int, "str | float"]]


class Sheet(NamedTuple):
    """One sheet of a spreadsheet."""

    lines: list[Line]  # the rows that hold something, as many cells in each as the widest has
    decimal: str  # the decimal mark in these cells
    name: str  # of the sheet
    names: tuple[str, ...]  # of all sheets
    kind: str  # ``"xlsx"`` or ``"ods"``


def sheet_of(content: bytes, name: str | None = None) -> Sheet | None:
    """Return a sheet of a spreadsheet, the first one if none is named; None for another file.

    Raises CsvProblem if it is damaged, too large or empty.
    """
    if not content.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {info.filename: info.file_size for info in archive.infolist()}
            kind = "xlsx" if "xl/workbook.xml" in parts else "ods" if _is_ods(archive) else ""
            if not kind:
                return None
            if sum(parts.values()) > _MOST_UNPACKED:
                raise CsvProblem(
                    f"Unpacked, this spreadsheet has more than {_MOST_UNPACKED // 2**20} MB, from "
                    "line 1 on: save the sheet with the rows as CSV."
                )
            names, grid, chosen = (_xlsx if kind == "xlsx" else _ods)(archive, name)
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, ValueError, OSError) as reason:
        if isinstance(reason, CsvProblem):
            raise
        raise _damaged() from None
    except (
        NotImplementedError,
        RuntimeError,
        EOFError,
    ):  # packed in a rare way, or with a password
        raise _damaged() from None
    if not any(grid.values()):
        raise CsvProblem(
            f"The sheet {shown(chosen)} is empty, from line 1 on: choose another sheet of "
            f"{listed(names)}."
        )
    return Sheet(*_as_lines(grid), chosen, names, kind)


def _damaged() -> CsvProblem:
    return CsvProblem(
        "This spreadsheet is damaged or locked, from line 1 on: open it in the program that made "
        "it and save the sheet with the rows as CSV."
    )


def _as_lines(grid: Grid) -> tuple[list[Line], str]:
    """Return the rows as text, with the decimal mark that the texts among them need."""
    rows = {number: cells for number, cells in grid.items() if cells}
    width = max(max(cells) for cells in rows.values()) + 1
    first = min(min(cells) for cells in rows.values())
    if (width - first) * len(rows) > MOST_CELLS:
        raise CsvProblem(
            f"The sheet has more than {MOST_CELLS:,} cells, from line 1 on: leave out columns or "
            "rows that are not needed."
        )
    texts: dict[int, list[str]] = {}
    for cells in rows.values():
        for column, value in cells.items():
            if isinstance(value, str):
                texts.setdefault(column, []).append(value)
    decimal = decide(list(texts.values()), ",").decimal if texts else "."

    def cell(value: str | float) -> str:
        return value if isinstance(value, str) else written(value).replace(".", decimal)

    lines = []
    for number in sorted(rows):
        cells = rows[number]
        lines.append(
            Line(number, tuple(cell(cells[k]) if k in cells else "" for k in range(first, width)))
        )
    return lines, decimal


def _put(grid: Grid, row: int, column: int, value: str | float) -> None:
    """Keep a cell; far cells are refused, before anything is built up to them."""
    if isinstance(value, str):
        value = " ".join(value.split())
        if not value:
            return
    if column >= MOST_FILE_COLUMNS:
        raise CsvProblem(
            f"Line {row:,} of the sheet has a cell in column {column + 1:,}, and at most "
            f"{MOST_FILE_COLUMNS} can be read: delete what stands beside the table."
        )
    if len(grid) > MOST_LINES:
        raise CsvProblem(
            f"The sheet has more than {MOST_LINES:,} rows: leave out those from line {row:,} on."
        )
    grid.setdefault(row, {})[column] = value


def _elements(archive: zipfile.ZipFile, part: str) -> Iterator[ElementTree.Element]:
    """Yield every element when it is complete; whoever has used one clears it."""
    with archive.open(part) as file:
        if b"<!DOCTYPE" in file.read(1000):
            raise _damaged()
    with archive.open(part) as file:
        for _, element in ElementTree.iterparse(file):
            yield element


def _local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _xlsx(archive: zipfile.ZipFile, name: str | None) -> tuple[tuple[str, ...], Grid, str]:
    sheets = {}
    for element in _elements(archive, "xl/workbook.xml"):
        if _local(element) == "sheet":
            sheets[element.get("name", "")] = element.get(_RELATION, "")
    parts = {
        element.get("Id", ""): element.get("Target", "")
        for element in _elements(archive, "xl/_rels/workbook.xml.rels")
        if _local(element) == "Relationship"
    }
    known = {title: parts[key] for title, key in sheets.items() if "worksheets/" in parts[key]}
    chosen = name if name in known else next(iter(known))
    target = known[chosen]
    part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    return tuple(known), _xlsx_cells(archive, part), chosen


def _xlsx_cells(archive: zipfile.ZipFile, part: str) -> Grid:
    listing = archive.namelist()
    shared = _shared(archive) if "xl/sharedStrings.xml" in listing else []
    dates = _date_styles(archive) if "xl/styles.xml" in listing else frozenset()
    grid: Grid = {}
    row = 0
    for element in _elements(archive, part):
        name = _local(element)
        if name == "c":
            number, column = _place(element.get("r", ""), row + 1)
            value = _xlsx_value(element, shared, dates)
            if value is not None:
                _put(grid, number, column, value)
        elif name == "row":
            row = int(element.get("r") or row + 1)
            element.clear()
    return grid


def _place(reference: str, row: int) -> tuple[int, int]:
    """Return the line and the column of a cell called such as ``B12``."""
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters[:4]:
        column = 26 * column + ord(letter) - 64
    return int(reference[len(letters) :] or row), column - 1


def _xlsx_value(
    cell: ElementTree.Element, shared: list[str], dates: frozenset[int]
) -> str | float | None:
    kind = cell.get("t", "n")
    text = None
    for child in cell:
        if _local(child) == "v":
            text = child.text
        elif _local(child) == "is":
            return _joined(child)
    if text is None:
        return None
    if kind == "s":
        return shared[int(text)]
    if kind == "b":
        return "TRUE" if text == "1" else "FALSE"
    value = parsed(text) if kind == "n" else None
    if value is None:
        return text
    return _day(value) if int(cell.get("s", "0")) in dates else value


def _day(value: float) -> str:
    if not 0 < value < 2_958_466:  # the last day of the year 9999
        return written(value)
    when = _EPOCH + timedelta(days=value)
    return when.strftime("%Y-%m-%d") if value.is_integer() else when.isoformat(" ", "seconds")


def _joined(element: ElementTree.Element) -> str:
    """Return the text in an element, without how Japanese is to be pronounced."""
    if _local(element) == "rPh":
        return ""
    return (element.text or "" if _local(element) == "t" else "") + "".join(map(_joined, element))


def _shared(archive: zipfile.ZipFile) -> list[str]:
    texts = []
    for element in _elements(archive, "xl/sharedStrings.xml"):
        if _local(element) == "si":
            texts.append(_joined(element))
            element.clear()
    return texts


def _date_styles(archive: zipfile.ZipFile) -> frozenset[int]:
    """Return the numbers of the styles that show a number as a date."""
    formats: dict[int, str] = {}
    styles: list[int] = []
    for element in _elements(archive, "xl/styles.xml"):
        if _local(element) == "numFmt":
            formats[int(element.get("numFmtId", "0"))] = element.get("formatCode", "")
        elif _local(element) == "cellXfs":
            styles = [int(child.get("numFmtId", "0")) for child in element]
    dates = set(_DATES)
    for number, code in formats.items():
        bare = code.split(";")[0].lower()
        if "y" in bare or "d" in bare.replace("red", "") or "h:" in bare:
            dates.add(number)
        else:
            dates.discard(number)
    return frozenset(i for i, number in enumerate(styles) if number in dates)


def _is_ods(archive: zipfile.ZipFile) -> bool:
    if "content.xml" not in archive.namelist() or "mimetype" not in archive.namelist():
        return False
    with archive.open("mimetype") as file:
        return file.read(100).startswith(b"application/vnd.oasis.opendocument.spreadsheet")


def _ods(archive: zipfile.ZipFile, name: str | None) -> tuple[tuple[str, ...], Grid, str]:
    grids: dict[str, Grid] = {}
    grid: Grid = {}
    row = 0
    for element in _elements(archive, "content.xml"):
        kind = _local(element)
        if kind == "table-row":
            # A row that is repeated a million times is an empty one at the end.
            times = min(int(_attribute(element, "number-rows-repeated") or 1), MOST_LINES)
            found = list(_ods_row(element))
            for _ in range(times if found else 0):
                row += 1
                for column, value in found:
                    _put(grid, row, column, value)
            row += 0 if found else times
            element.clear()
        elif kind == "table":
            grids[_attribute(element, "name")] = grid
            grid, row = {}, 0
    chosen = name if name in grids else next(iter(grids))
    return tuple(grids), grids[chosen], chosen


def _ods_row(row: ElementTree.Element) -> Iterator[tuple[int, str | float]]:
    column = 0
    for cell in row:
        if _local(cell) not in ("table-cell", "covered-table-cell"):
            continue
        times = int(_attribute(cell, "number-columns-repeated") or 1)
        value = _ods_value(cell)
        if value not in (None, ""):
            for k in range(min(times, MOST_FILE_COLUMNS + 1)):
                yield column + k, value
        column += times


def _ods_value(cell: ElementTree.Element) -> str | float | None:
    kind = _attribute(cell, "value-type")
    if kind in ("float", "currency", "percentage"):
        return parsed(_attribute(cell, "value"))
    if kind == "date":
        return _attribute(cell, "date-value")
    if kind == "boolean":
        return _attribute(cell, "boolean-value").upper()
    return " ".join("".join(part.itertext()) for part in cell if _local(part) == "p")


def _attribute(element: ElementTree.Element, name: str) -> str:
    return next((v for key, v in element.attrib.items() if key.rpartition("}")[2] == name), "")
