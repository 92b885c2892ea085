"""Settings: everything that is chosen for a deeper network, each choice by a short name."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Annotated, Any, Final

from nnviz.data import toys
from nnviz.data.sample import MOST_COLUMNS, Sample
from nnviz.data.toys import TOYS
from nnviz.nn.architecture import (
    ENGINEERED,
    MOST_DRAWN_UNITS,
    OUTPUTS,
    Architecture,
    hidden_layers,
    input_names,
    offered_inputs,
)
from nnviz.nn.checks import Check, Checked, integer, number, one_of
from nnviz.nn.initializers import INITIALIZERS
from nnviz.nn.losses import LOSSES
from nnviz.nn.rng import LARGEST_SEED
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.plan import MOST_TEST_FRACTION, Plan

OWN: Final = "own"
"""The name of the person's own rows among the data sets."""

AUTOMATIC: Final = "automatic"

KNOWN_INPUTS: Final = (*(f"x{k + 1}" for k in range(MOST_COLUMNS)), *ENGINEERED)
"""Every input that a network may have; those without a column are left out."""

EVERY_OUTPUT: Final = tuple(sorted({output for outputs in OUTPUTS.values() for output in outputs}))
"""Every activation that an output may have, whatever the loss."""

USUAL: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "two classes": ("binary_cross_entropy", "sigmoid"),
        "several classes": ("cross_entropy", "softmax"),
        "regression": ("squared_error", "linear"),
    }
)
"""Loss and activation of the output, by the task, where nothing else is chosen."""

FROM_THE_START: Final = ("seed", "init")
"""Settings that decide the start of a run, so they cannot be changed during it."""

ARCHITECTURE: Final = MappingProxyType(
    {
        "inputs": "inputs",
        "standardise": "standardise",
        "hidden": "hidden",
        "loss": "loss",
        "output": "output",
        "init": "initialisation",
    }
)
"""Fields of `Settings` that stand for those of `Architecture`."""

HYPERPARAMETERS: Final = MappingProxyType(
    {
        "optimizer": "optimizer",
        "rate": "learning_rate",
        "batch": "batch_size",
        "l1": "l1",
        "l2": "l2",
        "dropout": "dropout",
        "schedule": "schedule",
        "period": "schedule_epochs",
        "patience": "patience",
    }
)
"""Fields of `Settings` that stand for those of `Hyperparameters`."""


@dataclass(frozen=True)
class Settings(Checked):
    """Everything that is chosen for a training but the rows themselves.

    Attributes
    ----------
    data : str
        A key of `TOYS`, or `OWN`.
    rows, noise, classes, draw : int, float, int, int
        Number of rows, noise from 0 to 1, number of classes and seed of the rows of a toy data set.
    test : float
        Fraction of the rows that is held out.
    seed : int
        As in `Plan`.
    inputs, standardise, hidden, init
        As in `Architecture`.
    loss, output : str
        As in `Architecture`, or `AUTOMATIC` for what suits the data.
    optimizer, rate, batch, l1, l2, dropout, schedule, period, patience
        As in `Hyperparameters`.
    """

    data: Annotated[str, Check(one_of, options=(*TOYS, OWN))] = "circle"
    rows: Annotated[int, Check(integer, low=toys.FEWEST_ROWS, high=toys.MOST_ROWS)] = 250
    noise: Annotated[float, Check(number, low=0.0, high=1.0)] = 0.0
    classes: Annotated[int, Check(integer, low=2, high=toys.MOST_CLASSES)] = 3
    draw: Annotated[int, Check(integer, low=0, high=LARGEST_SEED)] = 0
    test: Annotated[float, Check(number, low=0.0, high=MOST_TEST_FRACTION)] = 0.5
    seed: Annotated[int, Check(integer, low=0, high=LARGEST_SEED)] = 0
    inputs: Annotated[tuple[str, ...], Check(input_names)] = ("x1", "x2")
    standardise: Annotated[bool, Check(lambda value, name: bool(value))] = True
    hidden: Annotated[
        tuple[tuple[int, str], ...], Check(hidden_layers, most_units=MOST_DRAWN_UNITS)
    ] = (
        (4, "tanh"),
        (2, "tanh"),
    )
    loss: Annotated[str, Check(one_of, options=(*OUTPUTS, AUTOMATIC))] = AUTOMATIC
    output: Annotated[str, Check(one_of, options=(*EVERY_OUTPUT, AUTOMATIC))] = AUTOMATIC
    init: Annotated[str, Check(one_of, "initialisation", options=INITIALIZERS)] = "glorot"
    optimizer: str = "sgd"
    rate: float = 0.3
    batch: int = 10
    l1: float = 0.0
    l2: float = 0.0
    dropout: float = 0.0
    schedule: str = "constant"
    period: int = 100
    patience: int = 0

    def check_together(self) -> None:
        """Refuse hyperparameters out of their ranges, and inputs that no rows have."""
        self.hyperparameters()
        for name in self.inputs:
            one_of(name, "an input", KNOWN_INPUTS)

    def with_choices(self, choices: Mapping[str, Any]) -> "Settings":
        """Return these settings with other choices."""
        return replace(self, **choices)

    def hyperparameters(self) -> Hyperparameters:
        """Return the hyperparameters of the training."""
        return Hyperparameters(
            **{theirs: getattr(self, ours) for ours, theirs in HYPERPARAMETERS.items()}
        )

    def sample(self, own: Sample | None) -> Sample:
        """Return the rows; the circle stands in for own rows that are missing."""
        if self.data == OWN and own is not None:
            return own
        name = "circle" if self.data == OWN else self.data
        return _toy(name, self.rows, self.noise, self.draw, self.classes)

    def plan(self, own: Sample | None = None) -> Plan:
        """Return the plan of the training.

        A loss, an output or an input that does not suit the rows is replaced by one that does.
        """
        sample = self.sample(own)
        usual_loss, usual_output = USUAL[task_of(sample)]
        loss = self.loss if self.loss in losses_for(sample) else usual_loss
        outputs, n_columns = OUTPUTS[loss], sample.X.shape[1]
        wanted = (self.output, usual_output, outputs[0])
        known = offered_inputs(n_columns)
        suited = {
            "loss": loss,
            "output": next(output for output in wanted if output in outputs),
            "inputs": tuple(name for name in self.inputs if name in known)
            or known[: min(2, n_columns)],
        }
        chosen = {theirs: getattr(self, ours) for ours, theirs in ARCHITECTURE.items()}
        architecture = Architecture(**{**chosen, **suited})
        return Plan(sample, architecture, self.hyperparameters(), self.test, self.seed)


def choices_of(made: Architecture | Hyperparameters) -> dict[str, Any]:
    """Return the fields of `Settings` that stand for an architecture or hyperparameters."""
    fields = ARCHITECTURE if isinstance(made, Architecture) else HYPERPARAMETERS
    return {ours: getattr(made, theirs) for ours, theirs in fields.items()}


def choices_between(old: Plan, new: Plan) -> dict[str, Any]:
    """Return the choices in which two plans on the same rows differ."""
    before, after = (
        {
            "test": plan.test_fraction,
            "seed": plan.seed,
            **choices_of(plan.architecture),
            **choices_of(plan.hyperparameters),
        }
        for plan in (old, new)
    )
    return {name: value for name, value in after.items() if value != before[name]}


def task_of(sample: Sample) -> str:
    """Return a key of `USUAL`: what is to be predicted for the rows."""
    if not sample.classes:
        return "regression"
    return "two classes" if sample.n_classes == 2 else "several classes"


def losses_for(sample: Sample) -> tuple[str, ...]:
    """Return the losses that suit the rows, the usual one first."""
    usual, n = USUAL[task_of(sample)][0], sample.n_classes
    # For two classes one output is enough, so none is offered that needs two.
    found = [
        name
        for name, loss in LOSSES.items()
        if loss.suits(n) and (n != 2 or loss.n_outputs(2) == 1)
    ]
    return (usual, *(name for name in found if name != usual))


@lru_cache(maxsize=64)
def _toy(name: str, rows: int, noise: float, draw: int, classes: int) -> Sample:
    return toys.make(name, rows, noise, draw, n_classes=classes)
