"""Any settings that a person may choose, for property tests."""

from hypothesis import strategies as st

from nnviz.chapters.deeper_networks.settings import AUTOMATIC, KNOWN_INPUTS, OWN, Settings
from nnviz.data.toys import TOYS
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.architecture import OUTPUTS
from nnviz.nn.initializers import INITIALIZERS
from nnviz.nn.optimizers import OPTIMIZERS
from nnviz.nn.schedules import SCHEDULES

_seeds = st.integers(0, 2**32 - 1)
_layers = st.tuples(st.integers(1, 8), st.sampled_from(sorted(ACTIVATIONS)))
_outputs = sorted({output for outputs in OUTPUTS.values() for output in outputs})

CHOICES = {
    "data": st.sampled_from([*sorted(TOYS), OWN]),
    "rows": st.integers(10, 5_000),
    "noise": st.floats(0, 1),
    "classes": st.integers(2, 5),
    "draw": _seeds,
    "test": st.floats(0, 0.9),
    "seed": _seeds,
    "inputs": st.lists(st.sampled_from(KNOWN_INPUTS), min_size=1, unique=True).map(tuple),
    "standardise": st.booleans(),
    "hidden": st.lists(_layers, max_size=6).map(tuple),
    "loss": st.sampled_from([*sorted(OUTPUTS), AUTOMATIC]),
    "output": st.sampled_from([*_outputs, AUTOMATIC]),
    "init": st.sampled_from(sorted(INITIALIZERS)),
    "optimizer": st.sampled_from(sorted(OPTIMIZERS)),
    "rate": st.floats(0, 100),
    "batch": st.integers(1, 50_000),
    "l1": st.floats(0, 10),
    "l2": st.floats(0, 10),
    "dropout": st.floats(0, 0.9),
    "schedule": st.sampled_from(sorted(SCHEDULES)),
    "period": st.integers(1, 100_000),
    "patience": st.integers(0, 100_000),
}


def any_choices(without=()):
    """Some of the choices, each with a value that it may have."""
    there = {name: values for name, values in CHOICES.items() if name not in without}
    return st.fixed_dictionaries({}, optional=there)


def any_settings():
    """Settings in which some of the choices are others than the usual ones."""
    return any_choices().map(lambda choices: Settings(**choices))
