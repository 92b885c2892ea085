"""The code of our own functions, as the exported scripts contain it.

A script that a person takes away repeats a formula of this package. It is not written a second
time: the body of the function that computes it here is copied into the script.
"""

import inspect
import re
from collections.abc import Callable
from functools import cache
from typing import Any


@cache
def source_code(function: Callable[..., Any], name: str) -> str:
    """Return the definition of a function under another name, for a script.

    Annotations and docstring are left out, and constants of the function's module are replaced
    by their values.

    Parameters
    ----------
    function : callable
        Defined with ``def``, its signature in one line.
    name : str
        What the script calls it.
    """
    text = inspect.getsource(function).rstrip()
    body = text.partition(":\n")[2]
    if function.__doc__:
        body = body.split('"""', 2)[2].lstrip("\n")
    for constant in function.__code__.co_names:
        value = function.__globals__.get(constant)
        if isinstance(value, int | float):
            body = re.sub(rf"\b{constant}\b", repr(value), body)
    parameters = ", ".join(inspect.signature(function).parameters)
    return f"def {name}({parameters}):\n{body}\n"


def import_lines(code: str) -> str:
    """Return the imports of a script that contains a piece of NumPy code."""
    lines = "import math\n\n" if "math." in code else ""
    return f"{lines}import numpy as np\n"


def math_names(code: str) -> tuple[str, ...]:
    """Return the functions of the module `math` that a piece of code calls by their bare names."""
    known = ("erfc", "exp", "expm1", "log1p", "tanh")
    return tuple(name for name in known if re.search(rf"(?<![\w.]){name}\(", code))
