"""The text of a file of rows: decoded, refused where it is no table, and cut into cells."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from nnviz.data.csv.problem import CsvProblem, shown
from nnviz.data.sample import MOST_ROWS

MOST_BYTES: Final = 10 * 1024 * 1024

MOST_LINES: Final = 200_000
"""Of the file: cells may hold line ends, and between the rows may be empty lines."""

LONGEST_LINE: Final = 20_000
"""Characters. No row of numbers needs them, and one that has more is a mistake."""

_BYTE_ORDER: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_KINDS: Final = (
    (b"PK\x03\x04", "is a packed file, such as a spreadsheet"),
    (b"\xd0\xcf\x11\xe0", "is a spreadsheet of an old kind"),
    (b"\x89PNG", "is a picture"),
    (b"\xff\xd8\xff", "is a picture"),
    (b"GIF8", "is a picture"),
    (b"%PDF", "is a PDF document"),
    (b"\x1f\x8b", "is a packed file"),
    (b"SQLite format", "is a database"),
    (b"PAR1", "is a Parquet file"),
    (b"{\\rtf", "is a text document"),
)
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
# Not the two joiners: some scripts and many emoji need them.
_INVISIBLE: Final = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
_WEB: Final = re.compile(r"<(?:!doctype|html|head|body|table|div|script|svg|\?xml)\b|<\?xml", re.I)
_JSON: Final = re.compile(r"\{\s*[\"}]|\[\s*[\[{\"\d\]-]")


def text_of(content: bytes | str) -> tuple[str, str]:
    r"""Return the text and the name of its encoding; lines end with ``\n``.

    Raises
    ------
    CsvProblem
        If it is no text, or no text that can hold rows.
    """
    if len(content) > MOST_BYTES:
        end = b"\n" if isinstance(content, bytes) else "\n"
        line = content[:MOST_BYTES].count(end) + 1  # type: ignore[arg-type]
        raise CsvProblem(
            f"The file has more than {MOST_BYTES // 2**20} MB, which are reached in line "
            f"{line:,}: leave out the lines from there on, or columns that are not needed."
        )
    text, encoding = (content, "text") if isinstance(content, str) else _decoded(content)
    # A byte order mark that another program has taken for text, or written twice.
    text = text.removeprefix("ï»¿").lstrip("\ufeff")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    _check_characters(text)
    _check_kind(text)
    text = _without_empty_end(text)
    if text.count("\n") >= MOST_LINES:
        raise CsvProblem(
            f"There are more than {MOST_LINES:,} lines: leave out those from line "
            f"{MOST_LINES + 1:,} on, or the empty ones."
        )
    return text, encoding


def _without_empty_end(text: str) -> str:
    """Return the text without the lines at its end that hold no cell: there can be a million."""
    end = text.find("\n", len(text.rstrip(" ,;\t|\n")))
    return text if end < 0 else text[:end]


def _decoded(content: bytes) -> tuple[str, str]:
    for start, kind in _KINDS:
        if content.startswith(start):
            raise CsvProblem(
                f"This {kind}, not lines of text, from line 1 on: open it in the program that "
                "made it and save the table as CSV."
            )
    for start, encoding in _BYTE_ORDER:
        if content.startswith(start):
            return _with(content, encoding), encoding.removesuffix("-sig")
    head = content[:2000]
    if head.count(0) > len(head) // 3:
        raise CsvProblem(
            "Every other byte of line 1 is zero, as in UTF-16 without the mark at its beginning: "
            "save the file as CSV in UTF-8."
        )
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    # The same characters as Latin-1, and quotation marks and the euro where that has none.
    return _with(content, "cp1252"), "latin-1"


def _with(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise CsvProblem(
            f"Line {line:,} holds bytes that are no letters of this file's encoding: save the "
            "file as CSV in UTF-8."
        ) from None


def _check_characters(text: str) -> None:
    found = _CONTROL.search(text)
    if found:
        raise CsvProblem(
            f"{_line(text, found)} holds a control character ({_code(found)}), which no text "
            "has: save the table as CSV in UTF-8."
        )
    found = _INVISIBLE.search(text)
    if found:
        raise CsvProblem(
            f"{_line(text, found)} holds an invisible mark ({_code(found)}): delete it, or type "
            "that cell again."
        )


def _check_kind(text: str) -> None:
    start = text.lstrip()
    if not start:
        raise CsvProblem(
            "There is nothing in it, from line 1 on: write a row in each line, with commas "
            "between its cells."
        )
    line = text[: len(text) - len(start)].count("\n") + 1
    if _WEB.match(start):
        raise CsvProblem(
            f"Line {line:,} begins a web page, not a table: download the file itself (often "
            "behind “Raw” or “Download”)."
        )
    if _JSON.match(start):
        raise CsvProblem(
            f"Line {line:,} begins like JSON, not like a table: save the data as CSV, one row "
            "in each line."
        )


def check_lengths(lines: Sequence[str], delimiters: str, before: int = 0) -> None:
    """Refuse a line that is too long for a row, before anything is done with it.

    Raises
    ------
    CsvProblem
        With what the line has too much of.
    """
    for number, line in enumerate(lines, 1 + before):
        if len(line) > LONGEST_LINE:
            cells = max(map(line.count, delimiters)) + 1
            if cells > LONGEST_LINE // 20:
                raise CsvProblem(
                    f"Line {number:,} has {cells:,} columns: keep only those that are needed."
                )
            raise CsvProblem(
                f"Line {number:,} has {len(line):,} letters, more than any row of numbers: "
                "shorten it, or leave out the column with long texts."
            )


def _line(text: str, found: re.Match[str]) -> str:
    before = text[: found.start()].count("\n")
    return f"Line {before + 1:,}"


def _code(found: re.Match[str]) -> str:
    return f"U+{ord(found.group()):04X}"


MOST_FILE_COLUMNS: Final = 100
MOST_CELLS: Final = 1_000_000

DELIMITER_NAMES: Final = (
    (",", "comma"),
    (";", "semicolon"),
    ("\t", "tab"),
    ("|", "bar"),
    (" ", "space"),
)

Row = tuple[str, ...]


class Rows(NamedTuple):
    """Rows of equally many cells, each with the line that it begins in."""

    cells: list[Row]
    lines: list[int]


def cut(lines: Sequence[str], delimiter: str, before: int = 0) -> Rows:
    """Return the cells of all lines that are not empty, without the blanks around them.

    Parameters
    ----------
    lines : sequence of str
        Without their ends.
    delimiter : str
        What stands between the cells; of blanks, any number.
    before : int
        So many lines of the file stand before them.

    Raises
    ------
    CsvProblem
        For a row of another length than the first one, a quotation mark that is not closed, too
        many columns or rows.
    """
    quoted = any('"' in line for line in lines)
    split = _with_quotes(lines, delimiter) if quoted else _without_quotes(lines, delimiter)
    cells: list[Row] = []
    numbers: list[int] = []
    width = 0
    for number, row in split:
        line = number + before
        if not any(row):
            continue  # spreadsheets leave such lines at the end
        if not width:
            width = len(row)
            _check_width(width, line)
        if len(row) > width and not any(row[width:]):
            row = row[:width]
        if len(row) != width:
            raise CsvProblem(_ragged(row, width, line, numbers[0], delimiter))
        cells.append(row)
        numbers.append(line)
        if len(cells) > MOST_ROWS + 1 or len(cells) * width > MOST_CELLS:
            most = min(MOST_ROWS, MOST_CELLS // width)
            raise CsvProblem(
                f"At most {most:,} rows of {width} columns can be read, which end before line "
                f"{line:,}: leave out the rows from there on."
            )
    return Rows(cells, numbers)


def delimiter_name(delimiter: str) -> str:
    """Return the name of a delimiter."""
    return dict(DELIMITER_NAMES).get(delimiter, shown(delimiter))


def _without_quotes(lines: Sequence[str], delimiter: str) -> Iterator[tuple[int, Row]]:
    for number, line in enumerate(lines, 1):
        parts = line.split() if delimiter == " " else line.split(delimiter)
        yield number, tuple(map(str.strip, parts))


def _with_quotes(lines: Sequence[str], delimiter: str) -> Iterator[tuple[int, Row]]:
    text = io.StringIO("\n".join(line.strip(" ") for line in lines), newline="\n")
    reader = csv.reader(text, delimiter=delimiter, skipinitialspace=True, strict=True)
    while True:
        start = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise CsvProblem(_open_quote(lines, start, reader.line_num)) from None
        yield start, tuple(map(str.strip, row))


def _open_quote(lines: Sequence[str], start: int, end: int) -> str:
    cell = lines[start - 1]
    cell = cell[cell.find('"') :] if '"' in cell else cell
    if end > start or end >= len(lines):
        wrong = "has a quotation mark that is not closed"
    else:
        wrong = "goes on after a closing quotation mark"
    return (
        f"Line {start:,} {wrong}, at {shown(cell)}: close it before the next cell, and write a "
        "quotation mark inside a cell twice."
    )


def _check_width(width: int, line: int) -> None:
    if width > MOST_FILE_COLUMNS:
        raise CsvProblem(
            f"Line {line:,} has {width:,} columns, and at most {MOST_FILE_COLUMNS} can be read: "
            "keep only those that are needed."
        )


def _ragged(row: Row, width: int, line: int, first: int, delimiter: str) -> str:
    text = (
        f"Line {line:,} has {_count(len(row))}, but line {first:,} has {width}: give every line "
        "the same number of cells"
    )
    for other, name in DELIMITER_NAMES:
        if other not in (delimiter, " ") and len(row) < width and row[0].count(other) == width - 1:
            return f"{text}, with a {delimiter_name(delimiter)} between them and not a {name}."
    if delimiter == "," and len(row) > width:
        return f"{text}; where a comma is a decimal mark, put semicolons between the cells."
    return f"{text}, empty ones too."


def _count(n: int) -> str:
    return f"{n:,} cell" if n == 1 else f"{n:,} cells"
