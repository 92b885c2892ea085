"""Timelines of every kind, for whatever has to repeat them."""

from dataclasses import replace
from typing import Any

import numpy as np

from nnviz.data.sample import Sample
from nnviz.data.toys import make
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.architecture import ENGINEERED, Architecture
from nnviz.nn.initializers import INITIALIZERS
from nnviz.nn.optimizers import OPTIMIZERS
from nnviz.nn.schedules import SCHEDULES
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.plan import Plan
from nnviz.training.timeline import Stage, Timeline

CIRCLE = make("circle", 46, 0.2, 1)
THREE = make("blobs", 47, 0.3, 2, 3)
WIDE = np.random.default_rng(5).normal(size=(31, 4)).round(4) * (1.0, 30.0, 0.1, 1.0)
NUMBERS = Sample(WIDE, WIDE[:, 0] * 3 + WIDE[:, 1], ("a", "b\nb", "c", "d"), (), "price")
FLAT = Sample(
    np.column_stack([WIDE[:, 0], np.full(31, 0.1)]), np.full(31, 0.7), classes=(), target="t"
)

RATES = {"adagrad": 0.05, "rmsprop": 0.01, "adam": 0.02, "momentum": 0.02, "nesterov": 0.02}


def changed(plan: Plan, **choices: Any) -> Plan:
    """Return a plan with other hyperparameters."""
    return replace(plan, hyperparameters=replace(plan.hyperparameters, **choices))


def plan_of(sample=CIRCLE, architecture=(), test_fraction=0.5, seed=0, **hyperparameters):
    return Plan(
        sample,
        Architecture(**dict(architecture)),
        Hyperparameters(**hyperparameters),
        test_fraction,
        seed,
    )


def once(steps=200, **choices):
    return Timeline.of(plan_of(**choices), steps)


REGRESSION = {"output": "linear", "loss": "squared_error"}
SOFTMAX = {"output": "softmax", "loss": "cross_entropy"}

SINGLE = {
    **{
        f"optimiser {name}": once(optimizer=name, learning_rate=RATES.get(name, 0.1), batch_size=7)
        for name in OPTIMIZERS
    },
    **{
        f"activation {name}": once(
            architecture={"hidden": ((3, name), (2, name))}, learning_rate=0.05, batch_size=5
        )
        for name in ACTIVATIONS
    },
    **{
        f"start {name}": once(architecture={"initialisation": name}, seed=4)
        for name in INITIALIZERS
    },
    **{
        f"schedule {name}": once(schedule=name, schedule_epochs=9, batch_size=6)
        for name in SCHEDULES
    },
    "no update": once(steps=1),
    "no hidden layer": once(architecture={"hidden": ()}, dropout=0.5),
    "six layers": once(architecture={"hidden": ((4, "tanh"),) * 6}, steps=60),
    "batch of one": once(batch_size=1),
    "all rows": once(batch_size=50_000),
    "a short last batch": once(batch_size=9, test_fraction=0.3),
    "no test rows": once(test_fraction=0.0, batch_size=8),
    "dropout": once(dropout=0.3, batch_size=6, architecture={"hidden": ((8, "relu"), (5, "tanh"))}),
    "dropout, all rows": once(dropout=0.5, batch_size=10**4, seed=2**32 - 1),
    "penalties": once(l1=0.002, l2=0.01, batch_size=4),
    "engineered": once(architecture={"inputs": ("x2", *ENGINEERED)}, learning_rate=0.02),
    "plain inputs": once(architecture={"standardise": False}, learning_rate=0.02),
    "three classes": once(sample=THREE, architecture=SOFTMAX),
    "three classes, squared": once(
        sample=THREE, architecture={"output": "tanh", "loss": "squared_error"}
    ),
    "three classes, linear": once(sample=THREE, architecture=REGRESSION, learning_rate=0.02),
    "two classes, softmax": once(architecture=SOFTMAX, batch_size=3),
    "two classes, tanh": once(architecture={"output": "tanh", "loss": "squared_error"}),
    "regression": once(
        sample=NUMBERS, architecture={**REGRESSION, "inputs": ("x1", "x4", "x2")}, batch_size=3,
        learning_rate=0.02,
    ),
    "regression, plain": once(
        sample=make("plane", 40, 0.1, 0), architecture={**REGRESSION, "standardise": False},
        learning_rate=0.001,
    ),
    "nothing differs": once(sample=FLAT, architecture=REGRESSION, steps=20),
    "a flat input": once(
        sample=replace(FLAT, y=np.arange(31.0) % 2, classes=('a "quote"', "b")), steps=50
    ),
}  # fmt: skip

_A = plan_of(batch_size=8)
_B = changed(_A, optimizer="adam", learning_rate=0.01)


def deeper(plan, **choices):
    return replace(plan, architecture=replace(plan.architecture, **choices))


def along(*plans, steps=300, by_hand=()):
    """Return a timeline that changes to the next plan every 60 steps."""
    stages = [Stage(60 * k, plan) for k, plan in enumerate(plans)]
    stages[-1] = replace(stages[-1], by_hand=tuple(by_hand))
    return Timeline(tuple(stages), steps)


SEVERAL = {
    "rate and optimiser": along(
        _A, replace(_A, hyperparameters=Hyperparameters(learning_rate=0.03)), _B, _A, _B
    ),
    "the optimiser goes on": along(_B, changed(_B, learning_rate=0.002)),
    "batch size": along(_B, changed(_B, batch_size=5)),
    "all rows, then some": along(changed(_B, batch_size=99), _B),
    "by hand": along(_B, _B, by_hand=((1, 0.5), (9, -1.0), (24, 0.25), (14, 1e-3))),
    "by hand at the start": Timeline((Stage(0, _A, ((3, 0.5), (8, 1.0))),), 100),
    "more units": along(_A, deeper(_A, hidden=((6, "tanh"), (3, "tanh"))), _A),
    "other layers": along(
        _B, deeper(_B, hidden=((4, "tanh"),)), deeper(_B, hidden=()),
        deeper(_B, hidden=((2, "relu"),)),
    ),
    "other activations": along(_B, deeper(_B, hidden=((4, "relu"), (2, "sigmoid")))),
    "other inputs": along(
        _B, deeper(_B, inputs=("x2", "x1*x2", "x1")), deeper(_B, inputs=("x1", "sin x1"))
    ),
    "inputs in another order": along(_B, deeper(_B, inputs=("x2", "x1"))),
    "standardised from here": along(
        deeper(_B, standardise=False), deeper(_B, inputs=("x2", "x1^2", "x1")), _B
    ),
    "standardised no longer": along(_B, deeper(_B, inputs=("x2", "x1*x2"), standardise=False), _B),
    "other loss": along(_B, deeper(_B, output="tanh", loss="squared_error"), deeper(_B, **SOFTMAX)),
    "other rows": along(_A, replace(_A, sample=make("xor", 46, 0.1, 3)), _A),
    "fewer rows": along(_A, replace(_A, sample=make("gauss", 20, 0.1, 3))),
    "other seed": along(
        _A, replace(_A, seed=5), deeper(replace(_A, seed=5), hidden=((5, "tanh"),))
    ),
    "other start": along(
        _A, deeper(_A, initialisation="he"),
        deeper(_A, initialisation="he", hidden=((5, "tanh"), (4, "tanh"))),
    ),
    "other share": along(_A, replace(_A, test_fraction=0.2), replace(_A, test_fraction=0.0)),
    "more classes": along(
        _A,
        Plan(THREE, Architecture(**SOFTMAX), _A.hyperparameters),
        Plan(THREE, Architecture(**SOFTMAX)),
    ),
    "to a number": along(_A, Plan(make("plane", 40, 0.1, 0), Architecture(**REGRESSION))),
    "a number standardised, and not": along(
        *[
            Plan(
                NUMBERS,
                Architecture(**REGRESSION, standardise=yes, hidden=hidden),
                _B.hyperparameters,
            )
            for yes, hidden in (
                (True, ((3, "tanh"),)), (False, ((3, "tanh"),)), (True, ((4, "tanh"),)),
                (False, ()), (True, ()),
            )
        ]
    ),
    "dropout and penalties": along(
        _A, changed(_A, dropout=0.4, l2=0.01),
        changed(_A, l1=0.01, schedule="halve", schedule_epochs=7),
        changed(_A, batch_size=4, schedule="cosine"),
    ),
}  # fmt: skip
TIMELINES = {**SINGLE, **SEVERAL}
