"""The plans of networks that read handwritten digits: the tutorial's neuron, and ten outputs."""

from typing import Final

from nnviz.data.digits import PIXEL_NAMES, digit_sample
from nnviz.nn.architecture import MOST_UNITS, Architecture
from nnviz.nn.checks import integer
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.plan import Plan
from nnviz.training.timeline import Timeline

TEN: Final = tuple(range(10))
THREE_EIGHT: Final = (3, 8)

EPOCHS: Final = 30
HYPERPARAMETERS: Final = Hyperparameters("sgd", 0.5, batch_size=32)


def digit_plan(
    n_train: int,
    seed: int = 0,
    *,
    kinds: tuple[int, ...] = TEN,
    units: int = 0,
    split_by: str = "drawn",
    hyperparameters: Hyperparameters = HYPERPARAMETERS,
) -> Plan:
    """Return the plan of a network that learns from some digits and is tested on all others.

    Its inputs are the 64 pixels from 0 to 1. Two kinds of digit have one sigmoid output, which is
    1 for the second; more have a softmax with an output for each.

    Parameters
    ----------
    n_train : int
        Pictures that are learned from.
    seed : int
        Of the pictures that are drawn, the first weights and the order of the pictures.
    kinds : tuple of int
        Which digits.
    units : int
        Hidden tanh units, 0 to 32; 0 for no hidden layer.
    split_by : {"drawn", "in order"}
        Whether the pictures are drawn, of each digit alike, or are the first ones of the file,
        so that those held out are by other people.
    """
    units = integer(units, "units", 0, MOST_UNITS)
    two = len(kinds) == 2
    architecture = Architecture(
        PIXEL_NAMES,
        standardise=False,
        hidden=((units, "tanh"),) if units else (),
        output="sigmoid" if two else "softmax",
        loss="binary_cross_entropy" if two else "cross_entropy",
    )
    sample = digit_sample(kinds)
    return Plan(sample, architecture, hyperparameters, 0.0, seed, n_train, split_by)


def digit_timeline(plan: Plan, epochs: int = EPOCHS) -> Timeline:
    """Return the training of a plan over some epochs."""
    return Timeline.of(plan, epochs * plan.updates_per_epoch)
