"""How the derivatives on the way back are computed, in names and in numbers."""

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.losses import LOSSES
from nnviz.nn.trace import Trace
from nnviz.text.digits import digits
from nnviz.walkthrough.steps import Step
from nnviz.walkthrough.value_names import ValueNames
from nnviz.walkthrough.words.numbers import Parts, factor, factors


def derror_dprediction(trace: Trace, step: Step, names: ValueNames) -> Parts:
    """Return how fast the error rises with the prediction."""
    p, t = factor(trace.prediction[0]), factor(trace.target[0])
    name, worked = names.gradient("prediction"), LOSSES[trace.loss].worked_derivative
    return name, worked.format(p="prediction", t="target"), worked.format(p=p, t=t)


def contribution(trace: Trace, step: Step, names: ValueNames) -> Parts:
    """Return what one path contributes to the derivative by a hidden value."""
    after = trace.layers[step.layer + 1]
    behind, weight = _path(trace, step, names, step.source)
    numbers = (
        f"{factor(after.derror_dpre_activations[step.source])} · "
        f"{factor(after.weights[step.unit, step.source])}"
    )
    towards = names.activation(step.layer + 1, step.source)
    name = names.gradient(names.activation(step.layer, step.unit))
    return f"{name} along the path through {towards}", f"{behind} · {weight}", numbers


def _path(trace: Trace, step: Step, names: ValueNames, towards: int) -> tuple[str, str]:
    """Return the names of the two factors of one path."""
    return (
        names.gradient(names.pre_activation(step.layer + 1, towards)),
        names.weight(step.layer + 1, step.unit, towards),
    )


def derror_dactivation(trace: Trace, step: Step, names: ValueNames) -> Parts:
    """Return the derivative by a hidden value: the sum over all paths."""
    after = trace.layers[step.layer + 1]
    slopes, weights = after.derror_dpre_activations, after.weights[step.unit]
    paths = [" · ".join(_path(trace, step, names, k)) for k in range(len(weights))]
    numbers = [f"{factor(d)} · {factor(w)}" for d, w in zip(slopes, weights, strict=True)]
    if len(paths) > 1:
        # Each path has had a step of its own: here they are only added.
        numbers = [factor(float(d * w)) for d, w in zip(slopes, weights, strict=True)]
    name = names.gradient(names.activation(step.layer, step.unit))
    return name, " + ".join(paths), " + ".join(numbers)


def local_derivative(trace: Trace, step: Step, names: ValueNames) -> Parts:
    """Return the derivative of the activation at the weighted sum."""
    layer = trace.layers[step.layer]
    a, z = layer.activations[step.unit], layer.pre_activations[step.unit]
    a_name = names.activation(step.layer, step.unit)
    z_name = names.pre_activation(step.layer, step.unit)
    sides = f"{z_name} = {digits(z)} is {'above' if z > 0 else 'not above'} 0"
    activation = ACTIVATIONS[layer.activation]
    formula = activation.derivative_words.format(a=a_name, z=z_name)
    numbers = activation.worked_derivative[0 if z > 0 else 1].format(
        a=factor(a), z=digits(z), minus_z=digits(-z), factor=factor(z), sides=sides
    )
    return names.local(step.layer, step.unit), formula, numbers


def derror_dsum(trace: Trace, step: Step, names: ValueNames) -> Parts:
    """Return the derivative by a weighted sum."""
    layer, j = trace.layers[step.layer], step.unit
    name = names.gradient(names.pre_activation(step.layer, j))
    if _cancelled(trace, step):
        p, t = factor(trace.prediction[0]), factor(trace.target[0])
        return name, "the product of both, which is prediction − target", f"{p} − {t}"
    return (
        name,
        f"{names.gradient(names.activation(step.layer, j))} · {names.local(step.layer, j)}",
        f"{factor(layer.derror_dactivations[j])} · "
        f"{factor(layer.dactivations_dpre_activations[j])}",
    )


def _cancelled(trace: Trace, step: Step) -> bool:
    """Return whether the two factors cancel, which `backward` uses to keep all digits."""
    last = step.layer == len(trace.layers) - 1
    return last and trace.layers[-1].activation == LOSSES[trace.loss].link


def dsum_dbias(trace: Trace, step: Step, names: ValueNames) -> Parts:
    """Return the derivative of a weighted sum by its bias."""
    return names.by_bias(step.layer, step.unit), "", ""


def derror_dbias(trace: Trace, step: Step, names: ValueNames) -> Parts:
    """Return the derivative by a bias."""
    name = names.gradient(names.bias(step.layer, step.unit))
    behind, numbers = _down_to_sum(trace, step, names)
    if names.neuron:
        return name, f"{behind} · {names.by_bias(0, 0)}", f"{numbers} · 1"
    return name, f"{behind} · 1", f"{numbers} · 1"


def _down_to_sum(trace: Trace, step: Step, names: ValueNames) -> tuple[str, str]:
    """Return derror_dpre_activation: for a neuron as its two factors, which it never had a step."""
    layer, j = trace.layers[step.layer], step.unit
    slope = factor(layer.derror_dpre_activations[j])
    if not names.neuron:
        return names.gradient(names.pre_activation(step.layer, j)), slope
    formula = f"{names.gradient('prediction')} · {names.local(0, 0)}"
    if _cancelled(trace, step):
        return formula, slope
    local = factor(layer.dactivations_dpre_activations[j])
    return formula, f"{factor(layer.derror_dactivations[j])} · {local}"


def dsum_dweights(trace: Trace, step: Step, names: ValueNames) -> Parts:
    """Return the derivatives of a weighted sum by its weights."""
    return names.by_weights(step.layer, step.unit), names.inputs(), ""


def derror_dweights(trace: Trace, step: Step, names: ValueNames) -> Parts:
    """Return the derivatives by the weights of a unit."""
    inputs = trace.layers[step.layer].inputs
    behind, numbers = _down_to_sum(trace, step, names)
    sources = [names.source(step.layer, i) for i in range(len(inputs))]
    inner = names.by_weights(0, 0) if names.neuron else f"[{', '.join(sources)}]"
    if len(inputs) == 1 and not names.neuron:
        inner = sources[0]
    name = names.gradient(names.weights(step.layer, step.unit))
    return name, f"{behind} · {inner}", f"{numbers} · {factors(inputs.tolist())}"
