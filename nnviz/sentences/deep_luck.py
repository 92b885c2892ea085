"""A lucky or an unlucky start, in words with numbers."""

import math

import numpy as np

from nnviz.deep_luck import Luck
from nnviz.plan import Plan
from nnviz.sentences.digits import digits


def told(plan: Plan, found: Luck) -> str:
    """Say how a training stands among others with other starting weights."""
    n = len(found.losses)
    if not n:
        return "No other random start has been tried yet."
    after = f"after {found.n_updates:,} update{'' if found.n_updates == 1 else 's'}"
    if math.isinf(found.loss):
        return (
            f"This random start breaks off, and so do {found.n_diverged} of {_others(n)}: within "
            f"{found.n_updates:,} updates the numbers grow too large for the computer."
        )
    if found.verdict == "alike":
        return (
            f"Luck hardly matters here: {after} the {_what(plan)} is about "
            f"{_size(plan, found.loss)} with this random start and with {_others(n)}."
        )
    lower = f"{found.n_lower} of {_others(n)} {'ends' if n == 1 else 'end'} lower"
    kind = {
        "lucky": "this one is lucky",
        "unlucky": "this one is unlucky",
        "ordinary": "this one is neither lucky nor unlucky",
    }[found.verdict]
    middle = float(np.median(found.losses))
    half = f", and half of the others have {_size(plan, middle)} or less" if n > 1 else ""
    return f"{lower} {after}: {kind}. Its {_what(plan)} is {_size(plan, found.loss)}{half}."


def _others(n: int) -> str:
    return "1 other" if n == 1 else f"{n} others"


def _what(plan: Plan) -> str:
    return "training loss" if plan.sample.classes else f"error in {plan.sample.target}"


def _size(plan: Plan, loss: float) -> str:
    """Return a loss, or how far off a regression is in the unit of its target."""
    if math.isinf(loss):
        return "a number too large for the computer"
    if plan.sample.classes:
        return digits(loss, 3)
    return digits(math.sqrt(loss) * plan.target_scale[1], 3)
