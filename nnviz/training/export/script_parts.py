"""Scripts are made of parts: a few lines of code, and the sentence that says what they are for."""

from collections.abc import Sequence
from textwrap import fill, indent
from typing import NamedTuple

from nnviz.training.run_config import RunConfig

_WIDTH = 96


class Part(NamedTuple):
    """One part of a script, one cell of a notebook.

    Attributes
    ----------
    words : str
        Short plain sentences; a comment in a script, a text in a notebook.
    code : str
        Whole lines of Python.
    """

    words: str
    code: str


def joined(title: str, parts: Sequence[Part]) -> str:
    """Return the script: its title as docstring, then every part under its comment."""
    text, functions_before = f'"""{title}"""\n', False
    for words, code in parts:
        functions = code.startswith("def ")
        comment = fill(words, _WIDTH, initial_indent="# ", subsequent_indent="# ")
        # Two empty lines around functions, as is usual in Python.
        gap = "\n\n" if functions or functions_before else "\n"
        text += f"{gap}{comment}\n{code}" if words else f"{gap}{code}"
        functions_before = functions
    return text


def title(config: RunConfig, step: int) -> str:
    """Return what the script does, as one sentence."""
    shape = f"a {'-'.join(map(str, config.sizes))} network" if config.hidden else "a single neuron"
    first = config.first_step
    if first:
        return f"Trains {shape} from step {first} to {step}, row by row."
    return f"Trains {shape} with {step} one-row updates."


def wrapped(values: Sequence[object]) -> str:
    """Return a list as Python code, on several lines if it is long."""
    items = [repr(value) for value in values]
    if len(text := f"[{', '.join(items)}]") <= 70:
        return text
    # Spaces within a row are kept from being broken at.
    lines = fill(", ".join(item.replace(" ", "\0") for item in items), 94).replace("\0", " ")
    return f"[\n{indent(lines, '    ')},\n]"
