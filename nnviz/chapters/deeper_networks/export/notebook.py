"""The training of a deeper network as a notebook: the script, cell by cell, with its words."""

import json
from collections.abc import Iterator
from typing import Any

from nnviz.chapters.deeper_networks.export.script import parts, title
from nnviz.chapters.deeper_networks.export.segments import legs_to, row_files
from nnviz.training.timeline import Timeline


def notebook(timeline: Timeline, step: int) -> str:
    """Return the script of `deep_script.script` as a notebook, nbformat 4.5.

    Its code cells, run in their order, print the very same numbers as the script.

    Returns
    -------
    str
        JSON, as it stands in a file that ends in .ipynb.

    Raises
    ------
    TypeError, ValueError
        If `timeline` is no Timeline, or `step` no step of it.
    """
    found = {
        "cells": list(_cells(timeline, step)),
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(found, indent=1, ensure_ascii=False) + "\n"


def _cells(timeline: Timeline, step: int) -> Iterator[dict[str, Any]]:
    legs = legs_to(timeline, step)
    words = (
        f"# A deeper network in NumPy\n\n{title(legs, step)} Run all cells in their order: they "
        "make the same updates as the page did, and print the same numbers. Then change "
        "something, and run them all again."
    )
    if files := row_files(legs):
        words += f" The rows are read from the same folder: {', '.join(files.values())}."
    yield _words("title", words)
    for number, (words, code) in enumerate(parts(timeline, step), start=1):
        if words:
            yield _words(f"words-{number}", words)
        yield {
            "cell_type": "code",
            "execution_count": None,
            "id": f"code-{number}",
            "metadata": {},
            "outputs": [],
            "source": code.strip("\n").splitlines(keepends=True),
        }


def _words(name: str, words: str) -> dict[str, Any]:
    source = words.replace("[", "\\[").replace("_", "\\_").splitlines(keepends=True)
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": source}
