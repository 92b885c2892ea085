"""How the values on the way forward are computed, and the update, in names and in numbers."""

from nnviz.nn.losses import LOSSES
from nnviz.nn.trace import Trace
from nnviz.text.digits import digits
from nnviz.walkthrough.step_values import step_values, sum_of_terms
from nnviz.walkthrough.steps import Step
from nnviz.walkthrough.value_names import ValueNames
from nnviz.walkthrough.words.numbers import Parts, activated, factor, factors, several


def take(trace: Trace, step: Step, names: ValueNames) -> Parts:
    """Return how the row comes in: it is given."""
    return names.inputs(), "", ""


def term(trace: Trace, step: Step, names: ValueNames) -> Parts:
    """Return one term of a weighted sum, added to those before it."""
    layer, i = trace.layers[step.layer], step.source
    product, _ = step_values(trace, step)
    pair = f"{names.source(step.layer, i)} · {names.weight(step.layer, i, step.unit)}"
    numbers = f"{factor(layer.inputs[i])} · {factor(layer.weights[i, step.unit])}"
    if i == 0:
        return f"{names.pre_activation(step.layer, step.unit)}, first term", pair, numbers
    before = factor(sum_of_terms(trace, step, i))
    name = f"{names.pre_activation(step.layer, step.unit)} so far"
    return name, f"so far + {pair}", f"{before} + {numbers} = {before} + {factor(product)}"


def bias(trace: Trace, step: Step, names: ValueNames) -> Parts:
    """Return how the bias completes a weighted sum."""
    layer = trace.layers[step.layer]
    so_far, bias = sum_of_terms(trace, step, len(layer.inputs)), layer.bias[step.unit]
    return (
        names.pre_activation(step.layer, step.unit),
        f"so far + {names.bias(step.layer, step.unit)}",
        f"{factor(so_far)} + {factor(bias)}",
    )


def weighted_sum(trace: Trace, step: Step, names: ValueNames) -> Parts:
    """Return a whole weighted sum."""
    layer, j = trace.layers[step.layer], step.unit
    pairs = [
        f"{names.source(step.layer, i)} · {names.weight(step.layer, i, j)}"
        for i in range(len(layer.inputs))
    ]
    numbers = [
        f"{factor(x)} · {factor(w)}" for x, w in zip(layer.inputs, layer.weights[:, j], strict=True)
    ]
    return (
        names.pre_activation(step.layer, j),
        " + ".join([*pairs, names.bias(step.layer, j)]),
        " + ".join([*numbers, factor(layer.bias[j])]),
    )


def activation(trace: Trace, step: Step, names: ValueNames) -> Parts:
    """Return what a unit makes of its weighted sum."""
    layer = trace.layers[step.layer]
    z = float(layer.pre_activations[step.unit])
    return (
        names.activation(step.layer, step.unit),
        f"{layer.activation}({names.pre_activation(step.layer, step.unit)})",
        activated(layer.activation, z),
    )


def error(trace: Trace, step: Step, names: ValueNames) -> Parts:
    """Return how wrong the prediction is."""
    worked = LOSSES[trace.loss].worked
    p, t = factor(trace.prediction[0]), factor(trace.target[0])
    return "error", worked.format(p="prediction", t="target"), worked.format(p=p, t=t)


def update_bias(trace: Trace, step: Step, names: ValueNames) -> Parts:
    """Return how a bias is updated."""
    layer, j = trace.layers[step.layer], step.unit
    name = names.bias(step.layer, j)
    return (
        f"new {name}",
        f"{name} − learning_rate · {names.gradient(name)}",
        f"{digits(layer.bias[j])} − {factor(trace.learning_rate)} · "
        f"{factor(layer.derror_dbias[j])}",
    )


def update_weights(trace: Trace, step: Step, names: ValueNames) -> Parts:
    """Return how the weights of a unit are updated."""
    layer, j = trace.layers[step.layer], step.unit
    name = names.weights(step.layer, j)
    return (
        f"new {name}",
        f"{name} − learning_rate · {names.gradient(name)}",
        f"{several(layer.weights[:, j].tolist())} − {factor(trace.learning_rate)} · "
        f"{factors(layer.derror_dweights[:, j].tolist())}",
    )


def again(trace: Trace, step: Step, names: ValueNames) -> Parts:
    """Return the error of the same row after the update."""
    p, t = factor(trace.prediction_after[0]), factor(trace.target[0])
    loss, name = LOSSES[trace.loss], "error after the update"
    if loss.link:  # a long formula, which stands there already
        return name, "the same formula with the new prediction", f"prediction {p}, target {t}"
    return name, loss.worked.format(p="prediction", t="target"), loss.worked.format(p=p, t=t)
