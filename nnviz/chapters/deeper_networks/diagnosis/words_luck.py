"""A lucky or an unlucky start, in words with numbers."""

import math

import numpy as np

from nnviz.chapters.deeper_networks.diagnosis.luck import Luck
from nnviz.chapters.deeper_networks.words_loss import loss_name, loss_told
from nnviz.training.plan import Plan


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
            f"Luck hardly matters here: {after} the {loss_name(plan)} is about "
            f"{loss_told(plan, found.loss, 3)} with this random start and with {_others(n)}."
        )
    lower = f"{found.n_lower} of {_others(n)} {'ends' if n == 1 else 'end'} lower"
    kind = {
        "lucky": "this one is lucky",
        "unlucky": "this one is unlucky",
        "ordinary": "this one is neither lucky nor unlucky",
    }[found.verdict]
    middle = float(np.median(found.losses))
    half = f", and half of the others have {loss_told(plan, middle, 3)} or less" if n > 1 else ""
    return (
        f"{lower} {after}: {kind}. Its {loss_name(plan)} is {loss_told(plan, found.loss, 3)}{half}."
    )


def _others(n: int) -> str:
    return "1 other" if n == 1 else f"{n} others"
