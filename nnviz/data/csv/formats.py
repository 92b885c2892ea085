"""Formats of text with a grammar of their own: ARFF of Weka, and LibSVM (SVMlight)."""

import csv
import re
from collections.abc import Sequence
from itertools import islice
from typing import Final

from nnviz.data.csv.layout import Layout, LeftOut
from nnviz.data.csv.lines import MOST_CELLS, MOST_FILE_COLUMNS, Line
from nnviz.data.csv.problem import CsvProblem, shown
from nnviz.text.numbers import written

_ATTRIBUTE: Final = re.compile(
    r"@attribute\s+(?:'([^']*)'|\"([^\"]*)\"|([^\s{]+))\s*(\S.*)?", re.IGNORECASE
)
_PAIR: Final = re.compile(r"([0-9]{1,9}):([+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?)")
_LABEL: Final = re.compile(r"[+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?")


def arff(lines: Sequence[str]) -> Layout | None:
    """Return the rows of an ARFF file; None if it is none.

    Raises CsvProblem with the line that is wrong in it.
    """
    first = next((line for line in lines if line.strip() and not line.startswith("%")), "")
    if not first.lower().startswith("@relation"):
        return None
    names: list[str] = []
    kinds: list[str] = []
    data = len(lines)
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if text.lower().startswith("@data"):
            data = number
            break
        if text.lower().startswith("@attribute"):
            found = _ATTRIBUTE.fullmatch(text)
            if found is None:
                raise CsvProblem(
                    f"Line {number:,} of this ARFF file describes no column, {shown(text)}: write "
                    "@ATTRIBUTE, its name and its type."
                )
            names.append(next(group for group in found.groups()[:3] if group is not None))
            kinds.append((found[4] or "").lower())
    if not names or data == len(lines):
        raise CsvProblem(
            "This ARFF file has no row below @DATA, from line 1 on: add rows, one in each line."
        )
    rows = []
    for number, line in enumerate(lines[data:], data + 1):
        text = line.strip()
        if text and not text.startswith("%"):
            rows.append(_arff_row(text, number, kinds))
    nominal = [i for i, kind in enumerate(kinds) if kind.startswith("{")]
    target = ""
    if nominal and nominal[-1] == len(names) - 1:
        target = names[-1]
    head = LeftOut(tuple(range(1, data + 1)), "head of the ARFF file")
    return Layout(tuple(names), data, rows, (head,), target=target)


def _arff_row(text: str, number: int, kinds: Sequence[str]) -> Line:
    if text.startswith("{") and text.endswith("}"):  # only what is not 0
        cells = ["0" if not kind.startswith("{") else _first(kind) for kind in kinds]
        for pair in filter(None, map(str.strip, text[1:-1].split(","))):
            index, _, value = pair.partition(" ")
            if not index.isdecimal() or int(index) >= len(cells):
                raise CsvProblem(
                    f"Line {number:,} has {shown(pair)}, no number of a column and its value: "
                    "correct it."
                )
            cells[int(index)] = value.strip().strip("'\"")
        return Line(number, tuple(cells))
    single = "'" in text and '"' not in text
    (row,) = csv.reader(
        [text], quotechar="'" if single else '"', skipinitialspace=True, escapechar="\\"
    )
    if len(row) == 1 and "\t" in text:
        row = text.split("\t")
    if len(row) == len(kinds) + 1 and row[-1].startswith("{"):
        row = row[:-1]  # the weight of the row
    if len(row) != len(kinds):
        raise CsvProblem(
            f"Line {number:,} has {len(row)} cells, but {len(kinds)} columns are described above "
            "@DATA: give every line as many cells."
        )
    return Line(number, tuple(cell.strip() for cell in row))


def _first(kind: str) -> str:
    return kind.strip("{} ").split(",")[0].strip("'\" ")


def libsvm(lines: Sequence[str]) -> Layout | None:
    """Return the rows of a LibSVM file, as a column for each index; None if it is none.

    Raises CsvProblem with the line that is wrong in it.
    """
    every = ((i, line) for i, line in enumerate(lines, 1) if line.split("#")[0].strip())
    filled = list(islice(every, 20))
    if len(filled) < 2 or not all(_is_pairs(line) for _, line in filled):
        return None
    filled += every
    rows: list[tuple[int, str, dict[int, str]]] = []
    most = 0
    for number, line in filled:
        label, *pairs = line.split("#")[0].split()
        found = {}
        for pair in pairs:
            match = _PAIR.fullmatch(pair)
            if match is None and not pair.startswith("qid:"):
                raise CsvProblem(
                    f"Line {number:,} of this LibSVM file has {shown(pair)}, no index and value: "
                    "write them as 3:0.5."
                )
            if match is not None:
                found[int(match[1])] = match[2]
        most = max(most, *found, 0)
        rows.append((number, label, found))
    least = min((min(found) for _, _, found in rows if found), default=1)
    columns = range(min(least, 1), most + 1)
    if len(columns) > MOST_FILE_COLUMNS or len(columns) * len(rows) > MOST_CELLS:
        raise CsvProblem(
            f"This LibSVM file has {len(columns):,} columns, from line 1 on, and at most "
            f"{MOST_FILE_COLUMNS} can be read: keep only those that are needed."
        )
    names = ("label", *(f"x{i}" for i in columns))
    cells = [
        Line(number, (_label(label), *(found.get(i, "0") for i in columns)))
        for number, label, found in rows
    ]
    return Layout(names, 0, cells, target="label")


def _is_pairs(line: str) -> bool:
    label, *pairs = line.split("#")[0].split()
    return bool(pairs and _LABEL.fullmatch(label)) and all(
        _PAIR.fullmatch(pair) or pair.startswith("qid:") for pair in pairs
    )


def _label(label: str) -> str:
    try:
        return written(float(label))
    except ValueError:
        return label
