"""What trying a derivative out has shown, in a line."""

import math

from nnviz.nudges import STEP, Nudge
from nnviz.sentences.digits import digits
from nnviz.sentences.working_numbers import numbers_in_a_row


def proof(nudge: Nudge | None) -> str:
    """Say what moving the value a little up and down gave; nothing where there is no derivative."""
    if nudge is None:
        return ""
    tried = f"Tried out: a move of ±{STEP:.5f} gives {numbers_in_a_row(nudge.numeric, 10)}"
    if nudge.at_kink:
        return f"{tried}, but it crosses a kink, where there is no one slope"
    if math.isnan(nudge.worst):
        return f"{tried}: too large to compare"
    sign = "✓" if nudge.agrees else "✗"
    return f"{sign} {tried}. Relative difference: {digits(nudge.worst, 2)}"
