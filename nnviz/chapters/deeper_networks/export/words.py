"""What can be taken along of a deeper network's training, and what a file of weights holds."""

from nnviz.nn.architecture import Architecture
from nnviz.text.digits import digits
from nnviz.training.model import nice
from nnviz.training.sensitivity import Sensitivity

_COUNT = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
# Two last bits: a float64 and its neighbour are at most 2.2e-16 apart.
_GROWN = 4.5e-16


def repeatable(found: Sensitivity) -> str:
    """Say how far a change of the last bit has grown, and what that means for the scripts."""
    change = "A change in the last bit"
    if found.difference <= _GROWN:
        how = "has not grown by here"
    elif found.difference == float("inf"):
        how = "makes this training leave the range of numbers"
    elif found.difference > 0.5:
        how = "grows as large as the parameters themselves by here"
    else:
        how = f"grows to {digits(found.difference, 1)} of a parameter by here"
    if found.chaotic:
        return (
            f"{change} {how}: this training is chaotic. The scripts add the same numbers in "
            "another order, which changes last bits, so they end with other digits than this page. "
            "With a smaller learning rate, or earlier on the way, they often agree."
        )
    return f"{change} {how}, so the scripts print the same to {_COUNT[found.digits_kept]} digits."


def unmeasured(seconds: float) -> str:
    """Say why it is not known yet whether the scripts print the same digits."""
    return (
        "Whether the scripts print the same digits depends on whether this training is chaotic. To "
        f"find out, all of it must be followed once more, which takes about {digits(seconds, 1)} "
        "seconds."
    )


def weights_read(architecture: Architecture, n_parameters: int) -> str:
    """Say what a file of weights holds."""
    inputs = ", ".join(nice(name) for name in architecture.inputs)
    scaled = ", standardised" if architecture.standardise else ""
    if architecture.hidden:
        layers = ", ".join(f"{units} × {name}" for units, name in architecture.hidden)
        count = len(architecture.hidden)
        layers = f"{count} hidden layer{'s' * (count > 1)} ({layers})"
    else:
        layers = "no hidden layer"
    return (
        f"Read {n_parameters} weights and biases of a network with the inputs {inputs}{scaled}; "
        f"{layers}; the output is {architecture.output}, the loss {_words(architecture.loss)}."
    )


def _words(name: str) -> str:
    return name.replace("_", " ").replace("cross entropy", "cross-entropy")
