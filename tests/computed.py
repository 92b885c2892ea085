"""Check what a page prints of its computations, as a learner with a calculator does."""

import itertools
import math
import re
from collections.abc import Iterable, Iterator

from nnviz.text.digits import digits

_RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_NUMBER = r"-?\d[\d.]*(?:e-?\d+)?"
PRINTED = r"−?[0-9](?:[0-9.,]*[0-9])?(?: × 10[⁻⁰-⁹]+)?"
"""A number in a sentence, as a pattern."""
_ALONE = re.compile(rf"\(?({_NUMBER})\)?")
_COMPUTED = re.compile(rf"(?:{_NUMBER}|exp|sqrt|\*\*|[-+*/() ])+")
# What parts one computation of a text from the next; a comma parts thousands only.
_BETWEEN = re.compile(r"\\q?quad|\n|[;:,.](?!\d)|(?<=\d)%")


def computations(texts: Iterable[str], significant: int = 4) -> tuple[int, list[str]]:
    """Return how many computations texts print, and those that do not give what they print.

    A result has ``significant`` digits, or as many as are printed if they are more; between two
    numbers that are equally near either is right.
    """
    lines = (line for text in texts for line in _BETWEEN.split(_without_spaces(text)))
    found = [each for line in lines for each in _of_line(line)]
    wrong = [
        f"{side} = {result}, not {_value(side)}"
        for side, result in found
        if not _agrees(side, result, significant)
    ]
    return len(found), wrong


def _of_line(line: str) -> Iterator[tuple[str, str]]:
    """Yield what is computed in a chain of equations, each with its result as printed.

    Products that are added up, with as many numbers on the next side, have those as results too.
    """
    sides = [_plain(side) for side in line.split("=")]
    for i, side in enumerate(sides):
        results = [found[1] for each in sides[i + 1 :] if (found := _ALONE.fullmatch(each))]
        if results and _value(side) is not None and not _ALONE.fullmatch(side):
            yield side, results[0]
    for one, other in itertools.pairwise(map(_terms, sides)):
        if len(one) == len(other) > 1:
            for term, product in zip(one, other, strict=True):
                if "*" in term and (found := _ALONE.fullmatch(product)):
                    yield term, found[1]


def matrices(formula: str) -> list[list[list[float]]]:
    """Return the matrices of a formula in LaTeX."""
    return [
        [[float(_plain(cell).strip("()")) for cell in row.split("&")] for row in text.split(r"\\")]
        for text in re.findall(r"\\begin\{pmatrix\}(.*?)\\end\{pmatrix\}", formula)
    ]


def _agrees(side: str, printed: str, significant: int) -> bool:
    n = max(significant, len(re.sub(r"e.*|\.|-", "", printed).lstrip("0")))
    value = _value(side)
    assert value is not None
    by = 1e-11
    size = max((abs(float(x)) for x in re.findall(_NUMBER, side)), default=0.0)
    near = (value - by * size, value, value + by * size)
    goal = digits(float(printed), n)
    return goal in {digits(x, n) for x in near}


def _terms(side: str) -> list[str]:
    """Return what a side adds up, outside all parentheses."""
    if _value(side) is None:
        return []
    parts, depth, start = [], 0, 0
    for i, sign in enumerate(side):
        depth += (sign == "(") - (sign == ")")
        if depth == 0 and sign in "+-" and side[i - 1 : i] == " " and side[i + 1 : i + 2] == " ":
            parts.append(side[start:i])
            start = i + (sign == "+")
    return [part.strip().replace("- ", "-") for part in (*parts, side[start:])]


def _value(side: str) -> float | None:
    if not side or not _COMPUTED.fullmatch(side):
        return None
    try:
        found = eval(side, {"__builtins__": {}, "exp": math.exp, "sqrt": math.sqrt})
    except (SyntaxError, TypeError):
        return None
    return float(found)


def _without_spaces(text: str) -> str:
    """Return a formula without units, thin spaces and what makes a parenthesis large."""
    text = re.sub(r"(?<=\d)\\,(?=\()", r" \\cdot ", text)
    return re.sub(r"\\,|\\text\{(?:cm|\(wind\))\}|\\left|\\right", "", text)


def _plain(side: str) -> str:
    """Return one side of an equation, of a sentence or a formula, as Python; words stay words."""
    side = re.sub(r"(?<=\d),(?=\d{3})", "", side)
    side = re.sub(r" \\cdot 10\^\{(-?\d+)\}", r"e\1", side)
    side = re.sub(r" × 10([⁻⁰¹²³⁴-⁹]+)", lambda found: f"e{found[1].translate(_RAISED)}", side)
    side = side.replace("−", "-").replace("·", "*").replace("×", "*").replace("²", "**2")
    side = side.replace(r"\cdot", "*").replace("e^{", "exp^{")
    for _ in range(6):
        side = re.sub(r"\\t?frac\{([^{}]*)\}\{([^{}]*)\}", r"((\1) / (\2))", side)
        side = re.sub(r"\\sqrt\{([^{}]*)\}", r"sqrt(\1)", side)
        side = re.sub(r"exp\^\{([^{}]*)\}", r"exp(\1)", side)
    # -x² of a formula is a square of what stands before the sign of the power.
    side = re.sub(r"\^\{?(\d)\}?", r"**\1", side)
    return re.sub(r"\s+", " ", side).strip()
