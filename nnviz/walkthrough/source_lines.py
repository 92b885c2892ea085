"""The line of our own source that computed the value of a step."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.layers import send
from nnviz.nn.losses import LOSSES
from nnviz.nn.network import backward
from nnviz.nn.neuron import NeuralNetwork
from nnviz.nn.trace import Trace, trace_update
from nnviz.walkthrough.steps import Step

_ROOT: Final = Path(__file__).resolve().parents[2]
_RESULT: Final = "return "  # the line of a formula's function that computes it

Function = Callable[..., Any]


@dataclass(frozen=True)
class SourceLine:
    """A line of a function."""

    function: Function
    index: int  # within the function's source, counted from 0
    text: str  # without what indents it
    place: str  # the file and the number of the line, such as ``nnviz/nn/network.py:203``


def source_line(trace: Trace, step: Step) -> SourceLine:
    """Return the line of source that computed the value of a step."""
    return line_of(*_origin(trace, step))


def _origin(trace: Trace, step: Step) -> tuple[Function, str]:
    """Return a function and a fragment of the line in it that computes a step."""
    activation = ACTIVATIONS[trace.layers[step.layer].activation]
    loss, output = LOSSES[trace.loss], trace.layers[-1].activation
    match step.kind:
        case "take":
            return trace_update, "forward = network.forward("
        case "term" | "bias" | "sum":
            return send, "pre_activations.append("
        case "activation":
            return activation.array_value, _RESULT
        case "error":
            return loss.functions(output)[0], _RESULT
        case "derror_dprediction":
            return loss.functions(output)[1], _RESULT
        case "contribution" | "derror_dactivation":
            return backward, "derror_dinputs = "
        case "dactivation_dpre_activation":
            return activation.array_derivative, _RESULT
        case "derror_dpre_activation":
            last = step.layer == len(trace.layers) - 1
            return (
                backward,
                "derror_dz = prediction - y" if last and output == loss.link else "* local",
            )
        case "derror_dbias":
            return backward, "derror_dz.sum(axis=0)"
        case "dpre_activation_dbias":
            # Only the tutorial's way of writing it has a line of its own for these two.
            return NeuralNetwork._compute_gradients, "dlayer1_dbias = 1"
        case "dpre_activation_dweights":
            return NeuralNetwork._compute_gradients, "dlayer1_dweights = input_vector"
        case "derror_dweights":
            return backward, "inputs.T @ derror_dz"
        case "update_bias" | "update_weights":
            return trace_update, "weights, bias = layer.weights + weight_updates"
        case "again":
            return trace_update, "forward_after = "
    raise ValueError(f"there is no step {step.kind!r}.")


@cache
def line_of(function: Function, fragment: str) -> SourceLine:
    """Return the last line of a function that holds a piece of text.

    Raises LookupError if there is none.
    """
    lines, start = inspect.getsourcelines(function)
    found = [i for i, line in enumerate(lines) if fragment in line]
    if not found:
        raise LookupError(f"{function.__name__} holds no line with {fragment!r}.")
    index = found[-1]
    file = Path(inspect.getfile(function)).resolve().relative_to(_ROOT).as_posix()
    return SourceLine(function, index, lines[index].strip(), f"{file}:{start + index}")
