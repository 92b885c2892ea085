"""Short trainings for the tests of their picture."""

from dataclasses import replace

import numpy as np

from nnviz.chapters.deeper_networks.record_view import RecordView, view
from nnviz.data.sample import Sample
from nnviz.nn.architecture import Architecture
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.maps.heatmap import Plane
from nnviz.training.plan import Plan
from nnviz.training.record import record
from nnviz.training.timeline import Stage, Timeline

PLANE = Plane(-3.0, 3.0, -2.0, 4.0, 10)


def plan(n_classes: int = 2, n_rows: int = 30, seed: int = 0, **options) -> Plan:
    """Return a plan on random rows; no classes is a regression."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n_rows, 2))
    y = np.arange(n_rows) % n_classes if n_classes else X[:, 0] * 3 - 1
    names = tuple("abcde"[:n_classes])
    loss, output = {
        0: ("squared_error", "linear"), 2: ("binary_cross_entropy", "sigmoid"),
    }.get(n_classes, ("cross_entropy", "softmax"))  # fmt: skip
    hidden = options.pop("hidden", ((3, "tanh"), (2, "relu")))
    architecture = Architecture(hidden=hidden, output=output, loss=loss)
    return Plan(
        Sample(X, y, classes=names, target="kind"),
        architecture,
        Hyperparameters("sgd", 0.3, 5),
        **options,
    )


def seen(*stages: tuple[int, Plan], steps: int = 60) -> RecordView:
    """Return what is to be seen of a timeline of these stages."""
    timeline = Timeline(tuple(Stage(step, each) for step, each in stages), steps)
    return view(record(timeline))


def other_units(given: Plan, *hidden: tuple[int, str]) -> Plan:
    """Return the plan with other hidden layers."""
    return replace(given, architecture=replace(given.architecture, hidden=hidden))
