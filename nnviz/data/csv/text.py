"""The characters of a file of rows: its bytes decoded, and refused where they are no table."""

import re
from typing import Final, NamedTuple

from nnviz.data.csv.problem import CsvProblem

MOST_BYTES: Final = 10 * 1024 * 1024

MOST_LINES: Final = 200_000
"""Of the file: cells may hold line ends, and between the rows may be empty lines."""

LONGEST_LINE: Final = 20_000
"""Characters. No row of numbers needs them, and one that has more is a mistake."""

ENCODINGS: Final = (
    ("utf-8", "UTF-8"),
    ("utf-16", "UTF-16"),
    ("utf-32", "UTF-32"),
    ("cp1252", "Windows, Western"),
    ("mac-roman", "old Mac"),
    ("cp850", "DOS"),
    ("cp1250", "Windows, Central European"),
    ("cp1251", "Windows, Cyrillic"),
    ("cp932", "Japanese"),
    ("gb18030", "Chinese"),
)

_BYTE_ORDER: Final = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_SAVE: Final = "open it in the program that made it and save the table as CSV"
_UNPACK: Final = "unpack it and bring the table that is in it"
_KINDS: Final = (
    (b"PK\x03\x04", "a packed file", _UNPACK),
    (b"\xd0\xcf\x11\xe0", "a spreadsheet of an old kind (.xls)", "save it as .xlsx or as CSV"),
    (b"\x89PNG", "a picture", "copy the table out of it and save that as CSV"),
    (b"\xff\xd8\xff", "a picture", "copy the table out of it and save that as CSV"),
    (b"GIF8", "a picture", "copy the table out of it and save that as CSV"),
    (b"%PDF", "a PDF document", "copy the table out of it and save that as CSV"),
    (b"\x1f\x8b", "a packed file (gzip)", _UNPACK),
    (b"BZh", "a packed file (bzip2)", _UNPACK),
    (b"7z\xbc\xaf", "a packed file (7z)", _UNPACK),
    (b"Rar!", "a packed file (RAR)", _UNPACK),
    (b"\xfd7zXZ", "a packed file (xz)", _UNPACK),
    (b"SQLite format", "a database (SQLite)", "export the table from it as CSV"),
    (
        b"PAR1",
        "a Parquet file",
        "in Python, pandas.read_parquet(file).to_csv(...) writes it as CSV",
    ),
    (b"\x89HDF", "an HDF5 file", _SAVE),
    (b"\x93NUMPY", "an array of NumPy (.npy)", "numpy.savetxt writes it as lines of text"),
    (b"MATLAB 5.0", "a file of MATLAB (.mat)", "in MATLAB, writematrix writes it as CSV"),
    (b"RDX", "a file of R", "in R, write.csv writes the table as CSV"),
    (b"$FL2", "a file of SPSS (.sav)", _SAVE),
    (b"<stata_dta>", "a file of Stata (.dta)", _SAVE),
    (b"{\\rtf", "a text document", _SAVE),
)
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
# Not the two joiners: some scripts and many emoji need them.
_INVISIBLE: Final = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
_WEB: Final = re.compile(r"<(?:!doctype|html|head|body|table|div|script|svg|\?xml)\b|<\?xml", re.I)
_JSON: Final = re.compile(r"\{\s*[\"}]|\[\s*[\[{\"\d\]-]")

_COMMON: Final = frozenset("äöüßéèêëàâçñáíóúåøæœîïôûùìòãõÄÖÜÉÈÊÀÇÑÅØÆŒ")
_CENTRAL: Final = frozenset("ąćęłńśźżčďěňřšťůžőűĄĆŁŚŻŹČŘŠŽ")
_SYMBOLS: Final = frozenset("°€£§²³µ“”„\u2018’–—«»·\u00a0…×±½")
# What UTF-8 becomes where somebody takes it for cp1252: only characters of that.
_TWICE: Final = re.compile(
    "[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2013-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122]+"
)


class Text(NamedTuple):
    r"""The text of a file; its lines end with ``\n``."""

    text: str  # without byte order marks and invisible characters
    encoding: str  # what the bytes were decoded with; "text" where there were none
    remarks: tuple[str, ...]  # sentences on characters that were left out or repaired


def text_of(content: bytes | str, encoding: str | None = None) -> Text:
    """Return the text of a file, or of what was pasted.

    Raises CsvProblem if it is no text, or no text that can hold rows.
    """
    check_size(content)
    if isinstance(content, str):
        text, found = content, "text"
    else:
        text, found = (_with(content, encoding), encoding) if encoding else _decoded(content)
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
    if text.startswith("# nnviz ") or text.isascii():
        return Text(text, found, ())
    text, remarks = _repaired(text)
    return Text(text, found, remarks)


def check_size(content: bytes | str) -> None:
    """Refuse a file of more than 10 MB.

    Raises CsvProblem with the line in which they are reached.
    """
    if len(content) > MOST_BYTES:
        end = b"\n" if isinstance(content, bytes) else "\n"
        line = content[:MOST_BYTES].count(end) + 1  # type: ignore[arg-type]
        raise CsvProblem(
            f"The file has more than {MOST_BYTES // 2**20} MB, which are reached in line "
            f"{line:,}: leave out the lines from there on, or columns that are not needed."
        )


def _without_empty_end(text: str) -> str:
    """Return the text without the lines at its end that hold no cell: there can be a million."""
    end = text.find("\n", len(text.rstrip(" ,;\t|\n")))
    return text if end < 0 else text[:end]


def _decoded(content: bytes) -> tuple[str, str]:
    for start, kind, remedy in _KINDS:
        if content.startswith(start):
            raise CsvProblem(
                f"This is {kind} and holds no lines of text, from line 1 on: {remedy}."
            )
    for start, encoding in _BYTE_ORDER:
        if content.startswith(start):
            return _with(content, encoding), encoding.removesuffix("-sig")
    head = content[:2000]
    if head.count(0) > len(head) // 3 and len(content) % 2 == 0:
        # In UTF-16 the upper byte of every Latin character is zero.
        later, sooner = head[1::2].count(0), head[0::2].count(0)
        if min(later, sooner) == 0:
            return _with(content, "utf-16-le" if later else "utf-16-be"), "utf-16"
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    return _old(content)


def _old(content: bytes) -> tuple[str, str]:
    """Decode bytes of the time before UTF-8, with the encoding that makes likely words of them."""
    lines = [line for line in content[:500_000].splitlines() if not line.isascii()][:300]
    sample = b"\n".join(lines)
    scores = {}
    for encoding in ("cp1252", "mac-roman", "cp850", "cp1250", "cp1251", "cp932", "gb18030"):
        try:
            scores[encoding] = _likely(sample.decode(encoding)) if sample else 0.0
        except UnicodeDecodeError:
            continue
    for encoding in sorted(scores, key=scores.__getitem__, reverse=True):
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return _with(content, "cp1252"), "cp1252"


def _likely(text: str) -> float:
    """Return how likely a text was written so: its characters beyond ASCII as parts of words."""
    score = 0.0
    for before, character, after in zip(f" {text}", text, f"{text[1:]} ", strict=False):
        if character < "\x80":
            continue
        if "\u4e00" <= character <= "\u9fff":
            # Two bytes; in a word of Latin letters it is none.
            score += -2.0 if _latin(before) or _latin(after) else 1.2
        elif "\u3041" <= character <= "\u30ff":
            score += 2.0
        elif "\u0400" <= character <= "\u04ff":
            # Short of a common Latin letter: a single one in a Latin word is none.
            alone = not any("\u0400" <= side <= "\u04ff" for side in (before, after))
            score += -1.0 if alone or (character.isupper() and before.islower()) else 1.1
        elif character in _COMMON:
            inside = character.isupper() and before.islower()
            score += -1.0 if inside or not (before + after).strip() else 1.0
        elif character in _CENTRAL:
            score += 0.8
        else:
            score += 0.3 if character in _SYMBOLS else -1.0
    return score


def _latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


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


def _repaired(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the text without what cannot be seen, and with what was decoded wrongly before."""
    remarks = []
    found = _INVISIBLE.search(text)
    if found:
        text, n = _INVISIBLE.sub("", text), len(_INVISIBLE.findall(text))
        many = "An invisible character was" if n == 1 else f"{n:,} invisible characters were"
        remarks.append(f"{many} left out, the first ({_code(found)}) in {_line(text, found, 'l')}.")
    once = _decoded_twice(text)
    if once is not None:
        before = _TWICE.search(text)
        remarks.append(
            "Letters that another program had garbled were put right, such as "
            f"“{_word(text, before)}”, now “{_word(once, _TWICE.search(once))}”."
        )
        text = once
    elif "\ufffd" in text:
        line = text[: text.index("\ufffd")].count("\n") + 1
        remarks.append(
            f"Another program has lost letters of this file, the first in line {line:,}: they are "
            "shown as \ufffd."
        )
    return text, tuple(remarks)


def _decoded_twice(text: str) -> str | None:
    """Return the text as it was before UTF-8 was taken for cp1252; None if it was not."""
    if not any(sign in text for sign in "ÃÂâÐÅ"):
        return None
    try:
        once = _TWICE.sub(lambda run: _bytes(run.group()).decode(), text)
    except UnicodeError:
        return None
    return None if once == text or "\x80" <= min(_TWICE.findall(once) or "a") < "\xa0" else once


def _bytes(run: str) -> bytes:
    return b"".join(
        character.encode("latin-1" if character < "\u0100" else "cp1252") for character in run
    )


def _word(text: str, found: re.Match[str] | None) -> str:
    if found is None:
        return text[:10]
    start = max(text.rfind(sign, 0, found.start()) for sign in "\n\t,; ") + 1
    word = re.split(r"[\n\t,; ]", text[start : start + 24], maxsplit=1)[0]
    return word.strip('"')


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
            f"Line {line:,} begins JSON, not a table: write it as CSV, one row in each line; in "
            "Python, pandas.read_json(file).to_csv(...) does so."
        )


def check_lengths(lines: list[str], delimiters: str, before: int = 0) -> None:
    """Refuse a line that is too long for a row, before anything is done with it.

    Raises CsvProblem with what the line has too much of.
    """
    if max(map(len, lines), default=0) <= LONGEST_LINE:
        return
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


def _line(text: str, found: re.Match[str], first: str = "L") -> str:
    before = text[: found.start()].count("\n")
    return f"{first}ine {before + 1:,}"


def _code(found: re.Match[str]) -> str:
    return f"U+{ord(found.group()):04X}"
