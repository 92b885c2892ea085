"""Capacity: the same rows learned by networks of growing size, and with growing penalties."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from nnviz.nn.checks import items, number
from nnviz.text.digits import digits
from nnviz.training.hyperparameters import LARGEST_PENALTY
from nnviz.training.plan import Plan
from nnviz.training.study import Study, Variant

LADDER: Final = ((), (1,), (2,), (4,), (8,), (8, 8), (8, 8, 8))
"""Units of the hidden layers, from a network that can bend nothing to one that can bend a lot."""

PENALTIES: Final = (0.0, 0.001, 0.003, 0.01, 0.03, 0.1)


def by_capacity(
    plan: Plan,
    ladder: Iterable[Sequence[int]] = LADDER,
    activation: str = "tanh",
    epochs: int = 400,
    n_repeats: int = 8,
) -> Study:
    """Return the study of a plan whose hidden layers grow.

    Parameters
    ----------
    plan : Plan
        Its hidden layers are replaced by those of the ladder; all else is kept.
    ladder : iterable of sequence of int
        Units of the hidden layers of each variant.
    activation : str
        Of all hidden layers.
    epochs, n_repeats : int
        As in `Study`.

    Raises
    ------
    TypeError, ValueError
        With a sentence that says what is wrong and what would be right.
    """
    variants = []
    for sizes in items(ladder, "ladder"):
        hidden = tuple((units, activation) for units in sizes)
        architecture = replace(plan.architecture, hidden=hidden)
        variants.append(Variant(hidden_name(sizes), replace(plan, architecture=architecture)))
    return Study(tuple(variants), epochs, n_repeats)


def by_penalty(
    plan: Plan, penalties: Iterable[float] = PENALTIES, epochs: int = 400, n_repeats: int = 8
) -> Study:
    """Return the study of a plan with growing L2 penalties, in ascending order as they are given.

    Raises
    ------
    TypeError, ValueError
        With a sentence that says what is wrong and what would be right.
    """
    variants = []
    for penalty in items(penalties, "penalties"):
        l2 = number(penalty, "each of the penalties", 0.0, LARGEST_PENALTY)
        hyperparameters = replace(plan.hyperparameters, l2=l2)
        name = f"L2 {digits(l2)}" if l2 else "no L2"
        variants.append(Variant(name, replace(plan, hyperparameters=hyperparameters)))
    return Study(tuple(variants), epochs, n_repeats)


def hidden_name(sizes: Sequence[int]) -> str:
    """Return what hidden layers are called: "none", or their units as in "8-8"."""
    return "-".join(str(units) for units in sizes) or "none"
