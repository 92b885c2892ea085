"""What one step of an update computes, read from the trace."""

import numpy as np

from nnviz.nn.checks import FloatArray
from nnviz.nn.trace import Trace
from nnviz.walkthrough.steps import Step


def step_values(trace: Trace, step: Step) -> tuple[float, ...]:
    """Return the numbers that a step computes.

    Parameters
    ----------
    trace : Trace
        Of a network with one output.
    step : Step
        One of `update_steps(trace.network, ...)`.

    Returns
    -------
    tuple of float
        One number, except: "take" the row; "term" the product and the sum so far; steps with
        "weights" in their name one number for each weight of the unit; "again" the prediction and
        the error after the update.
    """
    layer, j = trace.layers[step.layer], step.unit
    match step.kind:
        case "take":
            return tuple(trace.input_vector.tolist())
        case "term":
            product = float(term_products(trace, step)[step.source])
            return product, sum_of_terms(trace, step, step.source + 1)
        case "bias" | "sum":
            return (float(layer.pre_activations[j]),)
        case "activation":
            return (float(layer.activations[j]),)
        case "error":
            return (trace.error,)
        case "derror_dprediction":
            return (float(trace.derror_dprediction[0]),)
        case "contribution":
            return (path_contribution(trace, step.layer, j, step.source),)
        case "derror_dactivation":
            return (float(layer.derror_dactivations[j]),)
        case "dactivation_dpre_activation":
            return (float(layer.dactivations_dpre_activations[j]),)
        case "derror_dpre_activation":
            return (float(layer.derror_dpre_activations[j]),)
        case "dpre_activation_dbias":
            return (1.0,)
        case "derror_dbias":
            return (float(layer.derror_dbias[j]),)
        case "dpre_activation_dweights":
            return tuple(layer.inputs.tolist())
        case "derror_dweights":
            return tuple(layer.derror_dweights[:, j].tolist())
        case "update_bias":
            return (float(trace.updated.layers[step.layer].bias[j]),)
        case "update_weights":
            return tuple(trace.updated.layers[step.layer].weights[:, j].tolist())
        case "again":
            return float(trace.prediction_after[0]), trace.error_after
    raise ValueError(f"there is no step {step.kind!r}.")


def term_products(trace: Trace, step: Step) -> FloatArray:
    """Return the terms of a unit's weighted sum, shape (n_inputs,), without the bias."""
    layer = trace.layers[step.layer]
    # A diverging network is a result: it is shown, not warned of.
    with np.errstate(over="ignore", invalid="ignore"):
        products: FloatArray = layer.inputs * layer.weights[:, step.unit]
    return products


def sum_of_terms(trace: Trace, step: Step, n_terms: int) -> float:
    """Return the sum of the first terms of a unit's weighted sum, without the bias."""
    with np.errstate(over="ignore", invalid="ignore"):
        return float(term_products(trace, step)[:n_terms].sum())


def path_contribution(trace: Trace, layer: int, unit: int, towards: int) -> float:
    """Return what one path contributes to derror_dactivation of a hidden unit.

    The path leads through the unit ``towards`` of the next layer: the derivative of the error by
    that unit's weighted sum, times the weight between the two. `LayerTrace.derror_dactivations` is
    the sum over all paths.
    """
    following = trace.layers[layer + 1]
    with np.errstate(over="ignore", invalid="ignore"):
        return float(following.derror_dpre_activations[towards] * following.weights[unit, towards])
