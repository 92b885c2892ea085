"""Compute what is printed, as somebody does who checks it with a calculator."""

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from nnviz.text.digits import digits, gives

_EXACT: Final = 17
_SIGNS: Final = str.maketrans({"−": "-", "·": "*", "²": "**2"})
_POWERS: Final = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_POWER: Final = re.compile(r" × 10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_THOUSANDS: Final = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_OPERATORS: Final[Mapping[type, Callable[..., Any]]] = MappingProxyType(
    {
        ast.Add: operator.add,
        ast.Sub: operator.sub,
        ast.Mult: operator.mul,
        ast.Div: operator.truediv,
        ast.Pow: operator.pow,
        ast.USub: operator.neg,
    }
)
_FUNCTIONS: Final[Mapping[str, Callable[..., float]]] = MappingProxyType(
    {
        "exp": math.exp,
        "ln": math.log,
        "max": max,
        "Φ": lambda z: math.erfc(-z / math.sqrt(2.0)) / 2.0,
        "φ": lambda z: math.exp(-z * z / 2.0) / math.sqrt(2.0 * math.pi),
    }
)


def calculated(text: str) -> npt.NDArray[np.float64] | None:
    """Return what a printed computation gives, shape () or (n,) of a list; None if it has words.

    It may hold numbers as `digits` writes them, lists of them, ``+ − · / ²``, parentheses, and the
    functions exp, ln, max, Φ and φ.
    """
    plain = _POWER.sub(lambda found: f"e{found[1].translate(_POWERS)}", text)
    plain = _THOUSANDS.sub("", plain).translate(_SIGNS)
    try:
        with np.errstate(all="ignore"):
            return np.asarray(_value(ast.parse(plain.strip(), mode="eval").body), dtype=float)
    except (SyntaxError, ValueError, OverflowError, ZeroDivisionError):
        return None


def _value(node: ast.expr) -> Any:
    match node:
        case ast.Constant(value=value) if type(value) in (int, float):
            return float(value)  # type: ignore[arg-type]
        case ast.List(elts=elements):
            return np.array([_value(element) for element in elements])
        case ast.UnaryOp(op=sign, operand=operand) if type(sign) in _OPERATORS:
            return _OPERATORS[type(sign)](_value(operand))
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _OPERATORS:
            return _OPERATORS[type(sign)](_value(left), _value(right))
        case ast.Call(func=ast.Name(id=name), args=args) if name in _FUNCTIONS:
            return _FUNCTIONS[name](*map(_value, args))
    raise ValueError("these are words.")


def agrees(text: str, values: Sequence[float], significant: int = 4) -> bool | None:
    """Return whether each side of a printed computation gives these values as they are printed.

    None if it cannot be computed, because it has words.
    """
    goals = [digits(value, significant) for value in values]
    for side in text.split(" = "):
        found = calculated(side)
        if found is None:
            return None
        each = np.atleast_1d(found).tolist()
        if len(each) != len(goals):
            return False
        if not all(map(partial(gives, significant=significant, exact=False), each, goals)):
            return False
    return True


def checkable(write: Callable[[int], str], values: Sequence[float], significant: int = 4) -> str:
    """Return a computation with the fewest digits with which it gives these values as printed.

    Parameters
    ----------
    write : callable
        Writes the computation with so many significant digits.
    values : sequence of float
        What comes out.
    significant : int
        The digits with which that is printed, and the fewest of the computation. Where none are
        enough, as for what rounding leaves of numbers that cancel, these are taken.
    """
    texts = (write(more) for more in range(significant, _EXACT))
    first = text = next(texts)
    while agrees(text, values, significant) is False:
        found = next(texts, None)
        if found is None:
            return first
        text = found
    return text
