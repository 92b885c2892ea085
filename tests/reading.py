"""Numbers read back from sentences, as a person would read them."""

from decimal import Decimal

_LOWERED = str.maketrans("−⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "--0123456789")

NUMBER = r"−?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?: × 10⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)?"
"""The pattern of a number in a sentence."""


def read(text: str) -> Decimal:
    """Return the number; a Decimal, because a rounded one may not fit a float."""
    return Decimal(text.translate(_LOWERED).replace(" × 10", "e").replace(",", ""))
