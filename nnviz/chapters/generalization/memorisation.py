"""All training rows right: whether that means that a network has only remembered them. Counted.

The tutorial says that a network which is right about every training row is probably overfitted.
Here it is put to the test: networks learn half of the rows of sets with and without noise, and
those that end with every training row right are asked about the other half.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from nnviz.chapters.generalization.capacity import hidden_name
from nnviz.data.toys import TOYS, make
from nnviz.nn.architecture import Architecture
from nnviz.nn.checks import instance
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.plan import Plan
from nnviz.training.study import Study, Variant
from nnviz.training.study_results import Band, Results, band

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
"""Data set, noise, units of the hidden layers."""

RECIPE: Final = Hyperparameters(optimizer="adam", learning_rate=0.01, batch_size=10)
N_ROWS: Final = 100
TEST_SHARE: Final = 0.5

RISEN: Final = 1.1
"""The loss of the test rows has risen if it ends at more than so many times its lowest."""


@dataclass(frozen=True, eq=False)
class AllRight:
    """What became of one variant's runs; a diverged run is never all right.

    Attributes
    ----------
    name : str
        Of the variant.
    n_runs : int
        Runs that have been made.
    n_all_right : int
        How many of them ended with every training row right.
    n_both_right : int
        How many of those were right about every test row as well.
    n_risen : int
        How many of those had a loss of the test rows above `RISEN` times its lowest: they had
        been better before.
    n_risen_elsewhere : int
        The same among the runs that ended with some training row wrong.
    test_error : Band
        Share of the test rows wrong at the end of the runs with every training row right; each of
        shape (), NaN where there is no such run.
    best_error : Band
        Of the same runs, at the moment when the loss of the test rows was lowest.
    """

    name: str
    n_runs: int
    n_all_right: int
    n_both_right: int
    n_risen: int
    n_risen_elsewhere: int
    test_error: Band
    best_error: Band


def experiment(seed: int = 0, epochs: int = 400, n_repeats: int = 20) -> Study:
    """Return the study of `CASES`, 100 rows each, half of them held out.

    Parameters
    ----------
    seed : int
        Of the rows and of the first repeat.
    epochs, n_repeats : int
        As in `Study`.

    Raises
    ------
    TypeError, ValueError
        With a sentence that says what is wrong and what would be right.
    """
    variants = []
    for name, noise, sizes in CASES:
        hidden = tuple((units, "tanh") for units in sizes)
        plan = Plan(
            make(name, N_ROWS, noise, seed), Architecture(hidden=hidden), RECIPE, TEST_SHARE, seed
        )
        title = f"{TOYS[name].title}, noise {noise:.0%}, hidden {hidden_name(sizes)}"
        variants.append(Variant(title, plan))
    return Study(tuple(variants), epochs, n_repeats)


def all_right(results: Results) -> tuple[AllRight, ...]:
    """Return for each variant of a study what "every training row right" went with.

    Parameters
    ----------
    results : Results
        Of any study of classes, `experiment` among them; part of its runs is enough.

    Raises
    ------
    TypeError
        If it is no Results.
    ValueError
        If a variant tells numbers and not classes: none of its rows is ever right.
    """
    instance(results, "results", Results)
    for variant in results.study.variants:
        if not variant.plan.sample.classes:
            raise ValueError(f"{variant.name} tells numbers: only of classes, rows are right.")
    train, test = results.values("train_error"), results.values("test_error")
    with np.errstate(invalid="ignore"):
        right = train == 0
        risen = results.values("test_loss") > RISEN * results.values("test_loss", "best")
    later = band(np.where(right, test, np.nan))
    best = band(np.where(right, results.values("test_error", "best"), np.nan))
    return tuple(
        AllRight(
            name=name,
            n_runs=int((~np.isnan(train[k])).sum()),
            n_all_right=int(right[k].sum()),
            n_both_right=int((right[k] & (test[k] == 0)).sum()),
            n_risen=int((right[k] & risen[k]).sum()),
            n_risen_elsewhere=int((~right[k] & risen[k]).sum()),
            test_error=_one(later, k),
            best_error=_one(best, k),
        )
        for k, name in enumerate(results.study.names)
    )


def _one(bands: Band, k: int) -> Band:
    parts = (bands.low, bands.median, bands.high)
    low, median, high = (np.asarray(part[k]) for part in parts)
    return Band(low, median, high, np.asarray(bands.n[k]))
