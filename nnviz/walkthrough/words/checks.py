"""What trying a derivative out has shown, in a line."""

import math

from nnviz.text.digits import digits
from nnviz.walkthrough.finite_differences import Nudge
from nnviz.walkthrough.words.numbers import numbers_in_a_row


def proof(nudge: Nudge | None) -> str:
    """Say what moving the value a little up and down gave; nothing where there is no derivative."""
    if nudge is None:
        return ""
    tried = f"Tried out, a tiny move up and down: {numbers_in_a_row(nudge.numeric, 10)}"
    if nudge.at_kink:
        return f"{tried}, but it crosses a kink, where there is no one slope"
    if math.isnan(nudge.worst):
        return f"{tried}, which cannot be compared: a number is too large, or too close to 0 or 1"
    if nudge.too_small:
        return f"{tried}. Both are 0 but for rounding: too small to be told apart"
    sign = "✓" if nudge.agrees else "✗"
    return f"{sign} {tried}. Relative difference: {digits(nudge.worst, 2)}"
