"""Numbers as they stand in the workings of a step."""

from collections.abc import Sequence
from typing import TypeAlias

from nnviz.nn.activations import ACTIVATIONS
from nnviz.text.digits import digits

Parts: TypeAlias = tuple[str, str, str]
"""What is computed, from what in names, and from what in numbers."""


def several(values: Sequence[float], *, exact: bool = False) -> str:
    """Return one number as it is, and several as a list."""
    texts = [repr(float(value)) if exact else digits(value) for value in values]
    return texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]"


def factor(value: float) -> str:
    """Return a number for the middle of a formula, a negative one in parentheses."""
    text = digits(value)
    return f"({text})" if text.startswith("−") else text


def factors(values: Sequence[float]) -> str:
    """Return one number or several for the middle of a formula."""
    return factor(values[0]) if len(values) == 1 else several(values)


def activated(activation: str, z: float) -> str:
    """Return an activation function with the number z in it."""
    template = ACTIVATIONS[activation].worked[0 if z > 0 else 1]
    return template.format(z=digits(z), minus_z=digits(-z), factor=factor(z))


def numbers_in_a_row(values: Sequence[float], significant: int = 4) -> str:
    """Return one number as it is, several with commas between them and "and" before the last."""
    texts = [digits(value, significant) for value in values]
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"
