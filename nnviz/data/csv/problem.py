"""Why a table of rows cannot be used: a sentence with the line and the remedy."""

from typing import Final

MOST_CHARACTERS: Final = 30
"""Of a cell that stands in a sentence."""


class CsvProblem(ValueError):  # noqa: N818 (it is about the file, no error of ours)
    """What is wrong with a table of rows, in a sentence with the line and the remedy.

    The sentence holds characters of the file as they are: it is text, not Markdown and not HTML.
    """


def shown(cell: str) -> str:
    """Return a cell in quotation marks, shortened, with what cannot be seen made visible."""
    text = " ".join(cell[: 4 * MOST_CHARACTERS].split(" "))
    text = "".join(map(_visible, text))
    if len(text) > MOST_CHARACTERS or len(cell) > 4 * MOST_CHARACTERS:
        text = f"{text[: MOST_CHARACTERS - 1]}…"
    return f"“{text}”"


def at(line: int, name: str) -> str:
    """Return where a cell stands, as a sentence begins."""
    return f"Line {line:,}, column {shown(name)}"


def listed(names: tuple[str, ...], most: int = 3) -> str:
    """Return a few names in quotation marks, and how many more there are."""
    few = ", ".join(map(shown, names[:most]))
    return few if len(names) <= most else f"{few} and {len(names) - most} more"


def _visible(character: str) -> str:
    code = ord(character)
    if code < 32:
        return chr(0x2400 + code)  # Unicode has a picture of each
    return character if character.isprintable() else f"[U+{code:04X}]"
