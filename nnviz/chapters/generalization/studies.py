"""The studies of the chapter: growing networks, growing penalties, and memorisation counted.

The tutorial says that a network which is right about every training row is probably overfitted.
`memorisation` puts it to the test: networks learn half of the rows of data sets with and without
noise, and those that end with every training row right are tested with the other half.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from nnviz.data.toys import TOYS, make
from nnviz.nn.architecture import Architecture
from nnviz.nn.checks import instance, items, number
from nnviz.text.digits import digits, percent
from nnviz.training.hyperparameters import LARGEST_PENALTY, Hyperparameters
from nnviz.training.plan import Plan
from nnviz.training.study import Study, Variant
from nnviz.training.study_results import Band, Results, band

SIZES: Final = ((), (1,), (2,), (4,), (8,), (8, 8), (8, 8, 8))
"""Units of the hidden layers, from a straight boundary to one that can bend a lot."""

PENALTIES: Final = (0.0, 0.001, 0.003, 0.01, 0.03, 0.1)

CASES: Final = (
    ("gauss", 0.0, ()),
    ("gauss", 0.0, (8, 8)),
    ("xor", 0.0, (8, 8)),
    ("moons", 0.0, (8, 8)),
    ("gauss", 1.0, (8, 8)),
    ("moons", 1.0, (8, 8)),
    ("circle", 1.0, (8, 8)),
    ("xor", 1.0, (8, 8)),
)
"""Data set, noise and units of the hidden layers of the study of memorisation."""

HYPERPARAMETERS: Final = Hyperparameters(optimizer="adam", learning_rate=0.03, batch_size=10)
TEST_FRACTION: Final = 0.5

N_ROWS: Final = 100

OVERFITTED: Final = 1.1
"""A run has overfitted if its test loss ends at more than this many times its lowest."""


def by_capacity(
    plan: Plan,
    sizes: Iterable[Sequence[int]] = SIZES,
    activation: str = "tanh",
    epochs: int = 400,
    n_repeats: int = 8,
) -> Study:
    """Return the study of a plan whose hidden layers grow.

    Raises TypeError or ValueError if a size or another argument is out of range.

    Parameters
    ----------
    plan : Plan
        Its hidden layers are replaced; all else is kept.
    sizes : iterable of sequence of int
        Units of the hidden layers of each variant.
    activation : str
        The activation of all hidden layers.
    epochs, n_repeats : int
        As in `Study`.
    """
    variants = []
    for units in items(sizes, "sizes"):
        architecture = replace(plan.architecture, hidden=tuple((n, activation) for n in units))
        variants.append(Variant(hidden_name(units), replace(plan, architecture=architecture)))
    return Study(tuple(variants), epochs, n_repeats)


def by_penalty(
    plan: Plan, penalties: Iterable[float] = PENALTIES, epochs: int = 400, n_repeats: int = 8
) -> Study:
    """Return the study of a plan with several L2 penalties, in the order given.

    Raises TypeError or ValueError if a penalty or another argument is out of range.
    """
    variants = []
    for penalty in items(penalties, "penalties"):
        l2 = number(penalty, "each of the penalties", 0.0, LARGEST_PENALTY)
        name = f"L2 {digits(l2)}" if l2 else "no L2"
        variants.append(
            Variant(name, replace(plan, hyperparameters=replace(plan.hyperparameters, l2=l2)))
        )
    return Study(tuple(variants), epochs, n_repeats)


def toy_plan(data: str, n_rows: int, noise: float, seed: int, hidden: str) -> Plan:
    """Return the plan by which the chapter trains a network on rows of a toy.

    `data`: the name of the toy. `hidden`: hidden layers, as `hidden_name` writes those of `SIZES`.
    """
    sizes = next(sizes for sizes in SIZES if hidden_name(sizes) == hidden)
    sample = make(data, n_rows, noise, seed)
    return Plan(sample, tanh_layers(sizes), HYPERPARAMETERS, TEST_FRACTION, seed)


def tanh_layers(sizes: Sequence[int]) -> Architecture:
    """Return a network with hidden layers of so many tanh units."""
    return Architecture(hidden=tuple((units, "tanh") for units in sizes))


def hidden_name(sizes: Sequence[int]) -> str:
    """Return the name of hidden layers: "none", or their units as in "8-8"."""
    return "-".join(str(units) for units in sizes) or "none"


@dataclass(frozen=True, eq=False)
class Memorisation:
    """Runs of one variant, counted by whether they end with every training row right."""

    name: str  # name of the variant
    n_runs: int  # runs that have been made
    # runs that end with every training row right; a diverged run is none of them
    n_train_right: int
    n_both_right: int  # those of them that end with every test row right as well
    # n_overfitted, n_overfitted_elsewhere: runs whose test loss ends above `OVERFITTED` times its
    # lowest: among those with every training row right, and among the others
    n_overfitted: int
    n_overfitted_elsewhere: int
    # fraction of the test rows that is wrong at the end of the runs with every training row right;
    # arrays of shape (), NaN without such a run
    test_error: Band


def memorisation_study(seed: int = 0, epochs: int = 400, n_repeats: int = 20) -> Study:
    """Return the study of `CASES`, with 100 rows each, half of them held out.

    `seed` is that of the rows and of the first repeat; `epochs` and `n_repeats` are as in `Study`.
    """
    hyperparameters = replace(HYPERPARAMETERS, learning_rate=0.01)
    variants = []
    for name, noise, sizes in CASES:
        sample = make(name, N_ROWS, noise, seed)
        plan = Plan(sample, tanh_layers(sizes), hyperparameters, TEST_FRACTION, seed)
        title = f"{TOYS[name].title}, noise {percent(noise)[0]}, hidden {hidden_name(sizes)}"
        variants.append(Variant(title, plan))
    return Study(tuple(variants), epochs, n_repeats)


def memorisation(results: Results) -> tuple[Memorisation, ...]:
    """Count for each variant of a study what "every training row right" comes with.

    Raises ValueError if a variant predicts numbers instead of classes. `results`: results of
    any study of classes; some of its runs are enough.
    """
    instance(results, "results", Results)
    for variant in results.study.variants:
        if not variant.plan.sample.classes:
            raise ValueError(f"{variant.name} tells numbers: only of classes, rows are right.")
    train, test = results.values("train_error"), results.values("test_error")
    with np.errstate(invalid="ignore"):
        right = train == 0
        risen = results.values("test_loss") > OVERFITTED * results.values("test_loss", "best")
    at_end = band(np.where(right, test, np.nan))
    return tuple(
        Memorisation(
            name=name,
            n_runs=int((~np.isnan(train[k])).sum()),
            n_train_right=int(right[k].sum()),
            n_both_right=int((right[k] & (test[k] == 0)).sum()),
            n_overfitted=int((right[k] & risen[k]).sum()),
            n_overfitted_elsewhere=int((~right[k] & risen[k]).sum()),
            test_error=Band(*(np.asarray(each[k]) for each in vars(at_end).values())),
        )
        for k, name in enumerate(results.study.names)
    )
