"""Write the programs that people take along: in parts, with real functions, and always valid.

A program is built of text. `literal` writes values into it, `sources` real functions, `stream`
a stream of random numbers. `snippet` and `program` return the whole and compile it first, so that
nothing is offered that Python cannot read; `notebook` returns the same parts as cells.
"""

import inspect
import json
from collections.abc import Callable, Iterable, Sequence
from textwrap import dedent, fill, indent
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

_WIDTH: Final = 98
_LONGEST_FLAT: Final = 70  # characters of a list that stays on one line at the outermost level
_INDENT: Final = "    "


class Part(NamedTuple):
    """One part of a script, one cell of a notebook."""

    words: str  # short plain sentences; a comment in a script, a text in a notebook
    code: str  # whole lines of Python


class Program(NamedTuple):
    """A program that can be taken along as a script or as a notebook."""

    title: str
    parts: tuple[Part, ...]

    @property
    def script(self) -> str:
        """The program as `program` writes it."""
        return program(*self)

    @property
    def notebook(self) -> str:
        """The program as `notebook` writes it."""
        return notebook(*self)


def snippet(code: str) -> str:
    """Return a short program as it is, after compiling it.

    Raises SyntaxError if Python could not run it.
    """
    compile(code, "<snippet>", "exec")
    return code


def program(title: str, parts: Iterable[Part]) -> str:
    """Return a program: its title as docstring, then every part under its comment.

    Raises SyntaxError if Python could not run it.
    """
    text, functions_before = f'"""{title}"""\n', False
    for words, code in parts:
        functions = code.startswith(("def ", "class "))
        comment = fill(words, _WIDTH - 2, initial_indent="# ", subsequent_indent="# ")
        # Two empty lines around functions, as is usual in Python.
        gap = "\n\n" if functions or functions_before else "\n"
        text += f"{gap}{comment}\n{code}" if words else f"{gap}{code}"
        functions_before = functions
    return snippet(text)


def notebook(title: str, parts: Iterable[Part]) -> str:
    """Return a program as a notebook, nbformat 4.5: JSON, as it stands in a file `.ipynb`.

    Raises SyntaxError if Python could not run one of them.

    Parameters
    ----------
    title : str
        Markdown above the first cell.
    parts : iterable of Part
        Run in their order, the code cells do what the script of the same parts does.
    """
    cells = [_text_cell("title", title)]
    for number, (words, code) in enumerate(parts, start=1):
        if words:
            cells.append(_text_cell(f"words-{number}", words))
        source = snippet(code.strip("\n")).splitlines(keepends=True)
        code_only: dict[str, Any] = {"execution_count": None, "outputs": []}
        cells.append(_cell("code", f"code-{number}", source) | code_only)
    python = {"display_name": "Python 3", "language": "python", "name": "python3"}
    content = {
        "cells": cells,
        "metadata": {"kernelspec": python, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def literal(value: Any, *, flat: int = _LONGEST_FLAT, width: int = _WIDTH) -> str:
    """Return Python code of a value, on several lines if it is long.

    Parameters
    ----------
    value : number, str, bool, None, array, or list, tuple or dict of such
        NumPy's arrays and numbers become lists and plain numbers.
    flat, width : int
        Characters of a list that stays on one line, and of the lines of one that does not.

    Returns
    -------
    str
        Without an indent. A list that is longer stands between brackets on lines of their own,
        filled with its items; an item that is longer than a line is broken up in the same way.
    """
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, float):
        return repr(value) if value - value == 0 else f'float("{value}")'
    if isinstance(value, dict):
        items = [f"{literal(key)}: {literal(each)}" for key, each in value.items()]
        opening, closing = "{", "}"
    elif isinstance(value, list | tuple):
        inner = width - len(_INDENT)
        items = [literal(each, flat=inner - 1, width=inner) for each in value]
        opening, closing = "()" if isinstance(value, tuple) else "[]"
    else:
        return repr(value)
    comma = "," if opening == "(" and len(items) == 1 else ""
    whole = f"{opening}{', '.join(items)}{comma}{closing}"
    if len(whole) <= flat and "\n" not in whole:
        return whole
    return f"{opening}\n{indent(_filled(items, width - len(_INDENT)), _INDENT)},\n{closing}"


def array(values: npt.ArrayLike, *, by_row: bool = False) -> str:
    """Return the expression of a float64 array; ``by_row`` gives each row a line of its own."""
    found = np.asarray(values, dtype=np.float64)
    return f"np.array({lines(found.tolist()) if by_row else literal(found)})"


def lines(values: Iterable[Any]) -> str:
    """Return a list as Python code, with a line for each of its items."""
    inner = _WIDTH - len(_INDENT)
    items = "".join(f"{literal(value, flat=inner - 1, width=inner)},\n" for value in values)
    return f"[\n{indent(items, _INDENT)}]"


def sources(*functions: Callable[..., Any]) -> str:
    """Return real functions as they are written, two empty lines between them."""
    return "\n\n".join(dedent(inspect.getsource(function)) for function in functions)


def _filled(items: Sequence[str], width: int) -> str:
    """Return items with commas between them, as many on a line as fit."""
    rows = [items[0]]
    for item in items[1:]:
        here = rows[-1].rpartition("\n")[2]
        if "\n" in item or "\n" in rows[-1] or len(f"{here}, {item},") > width:
            rows[-1] += ","
            rows.append(item)
        else:
            rows[-1] += f", {item}"
    return "\n".join(rows)


def _text_cell(name: str, words: str) -> dict[str, Any]:
    # As letters: a bracket would begin a link, and underscores slanted letters.
    shown = words.replace("[", "\\[").replace("_", "\\_")
    return _cell("markdown", name, shown.splitlines(keepends=True))


def _cell(kind: str, name: str, source: list[str]) -> dict[str, Any]:
    return {"cell_type": kind, "id": name, "metadata": {}, "source": source}
