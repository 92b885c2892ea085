"""A training run as a notebook that needs NumPy alone: the script, cell by cell, with its words."""

import json
from collections.abc import Iterator
from typing import Any

from nnviz.chapters.live_training.export_files import checked, script_parts
from nnviz.training.export.script_parts import title
from nnviz.training.run_config import RunConfig


def run_notebook(config: RunConfig, step: int) -> str:
    """Return the script of `export.run_script` as a notebook, nbformat 4.5.

    Its code cells, run in their order, print the very same numbers as the script.

    Returns
    -------
    str
        JSON, as it stands in a file that ends in .ipynb.

    Raises
    ------
    TypeError, ValueError
        If `config` is no RunConfig, or `step` no step of it.
    """
    notebook = {
        "cells": list(_cells(config, checked(config, step))),
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def _cells(config: RunConfig, step: int) -> Iterator[dict[str, Any]]:
    yield _text(
        "title",
        f"# A run in NumPy\n\n{title(config, step)} Run all cells in their order: they make the "
        "same updates as the page did, and print the same numbers. Then change something, and run "
        "them all again.",
    )
    for number, (words, code) in enumerate(script_parts(config, step), start=1):
        if words:
            yield _text(f"words-{number}", words)
        yield {
            "cell_type": "code",
            "execution_count": None,
            "id": f"code-{number}",
            "metadata": {},
            "outputs": [],
            "source": code.strip("\n").splitlines(keepends=True),
        }


def _text(name: str, words: str) -> dict[str, Any]:
    return {
        "cell_type": "markdown",
        "id": name,
        "metadata": {},
        "source": words.splitlines(keepends=True),
    }
