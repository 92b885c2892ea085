"""Work out one step of an update: its formula in names, and again with this moment's numbers."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.losses import LOSSES
from nnviz.nn.trace import Trace
from nnviz.text.calculator import checkable
from nnviz.text.digits import digits, joined
from nnviz.text.names import CODE, Naming, called
from nnviz.walkthrough.finite_differences import DerivativeCheck
from nnviz.walkthrough.steps import Step
from nnviz.walkthrough.values import ValueNames, step_values, sum_of_terms


@dataclass(frozen=True)
class Working:
    """The computation of one value."""

    name: str  # what is computed
    formula: str  # from what, in names; empty where it is given and not computed
    # the same with numbers, to four significant digits or as many as it takes until they give the
    # result as it is printed; empty where there is nothing to add
    numbers: str
    result: str  # what comes out, to four significant digits
    exact: str  # the result in full
    values: tuple[float, ...]  # the result as numbers


def working(trace: Trace, step: Step, naming: Naming = CODE) -> Working:
    """Return how a step of an update of a network with one output is computed."""
    values = step_values(trace, step)
    if step.kind in ("term", "again"):
        values = values[1:]
    names = ValueNames.of(trace, naming)
    name, formula, _ = _parts(trace, step, names, 4)
    numbers = checkable(lambda significant: _parts(trace, step, names, significant)[2], values)
    return Working(name, formula, numbers, several(values), several(values, exact=True), values)


def _parts(trace: Trace, step: Step, names: ValueNames, n: int) -> tuple[str, str, str]:
    """Return what a step computes, from what in names, and from what in numbers of n digits."""
    at, j = step.layer, step.unit
    layer, activation = trace.layers[at], ACTIVATIONS[trace.layers[at].activation]
    a, z, bias = names.activation(at, j), names.pre_activation(at, j), names.bias(at, j)
    weights, rate = names.weights(at, j), factor(trace.learning_rate, n)
    rate_name = called("learning rate", names.naming)
    p, t = factor(trace.prediction[0], n), factor(trace.target[0], n)
    loss, in_names = LOSSES[trace.loss], {"p": "prediction", "t": "target"}
    pairs = [f"{names.source(at, i)} · {names.weight(at, i, j)}" for i in range(len(layer.inputs))]
    products = [_product(x, w, n) for x, w in zip(layer.inputs, layer.weights[:, j], strict=True)]
    match step.kind:
        case "take":
            return names.inputs(), "", ""
        case "term" if step.source == 0:
            return f"{z}, first term", pairs[0], products[0]
        case "term":
            i, before = step.source, factor(sum_of_terms(trace, step, step.source), n)
            result = factor(step_values(trace, step)[0], n)
            numbers = f"{before} + {products[i]} = {before} + {result}"
            return f"{z} so far", f"so far + {pairs[i]}", numbers
        case "bias":
            so_far = sum_of_terms(trace, step, len(layer.inputs))
            return z, f"so far + {bias}", f"{factor(so_far, n)} + {factor(layer.bias[j], n)}"
        case "sum":
            return z, " + ".join([*pairs, bias]), " + ".join([*products, factor(layer.bias[j], n)])
        case "activation":
            number = float(layer.pre_activations[j])
            return a, f"{layer.activation}({z})", _on_side(activation.worked, number, n)
        case "error":
            return "error", loss.worked.format(**in_names), loss.worked.format(p=p, t=t)
        case "derror_dprediction":
            derivative = loss.worked_derivative
            formula, numbers = derivative.format(**in_names), derivative.format(p=p, t=t)
            return names.gradient("prediction"), formula, numbers
        case "contribution" | "derror_dactivation":
            return _over_paths(trace, step, names, n)
        case "dactivation_dpre_activation":
            return names.local(at, j), *_local(trace, step, a, z, n)
        case "derror_dpre_activation" if _cancelled(trace, step):
            formula = "the product of both, which is prediction − target"
            return names.gradient(z), formula, f"{p} − {t}"
        case "derror_dpre_activation":
            formula = f"{names.gradient(a)} · {names.local(at, j)}"
            numbers = _product(
                layer.derror_dactivations[j], layer.dactivations_dpre_activations[j], n
            )
            return names.gradient(z), formula, numbers
        case "dpre_activation_dbias":
            return names.by_bias(at, j), "", ""
        case "derror_dbias":
            formula, numbers = _to_the_sum(trace, step, names, n)
            last = names.by_bias(at, j) if names.neuron else "1"
            return names.gradient(bias), f"{formula} · {last}", f"{numbers} · 1"
        case "dpre_activation_dweights":
            return names.by_weights(at, j), names.inputs(), ""
        case "derror_dweights":
            formula, numbers = _to_the_sum(trace, step, names, n)
            sources = [names.source(at, i) for i in range(len(layer.inputs))]
            last = sources[0] if len(sources) == 1 else f"[{', '.join(sources)}]"
            last = names.by_weights(at, j) if names.neuron else last
            numbers = f"{numbers} · {_factors(layer.inputs.tolist(), n)}"
            return names.gradient(weights), f"{formula} · {last}", numbers
        case "update_bias":
            numbers = f"{digits(layer.bias[j], n)} − {rate} · {factor(layer.derror_dbias[j], n)}"
            return f"new {bias}", f"{bias} − {rate_name} · {names.gradient(bias)}", numbers
        case "update_weights":
            old, slopes = layer.weights[:, j].tolist(), layer.derror_dweights[:, j].tolist()
            formula = f"{weights} − {rate_name} · {names.gradient(weights)}"
            return f"new {weights}", formula, f"{several(old, n)} − {rate} · {_factors(slopes, n)}"
        case "again":
            name, after = "error after the update", factor(trace.prediction_after[0], n)
            if loss.link:  # a long formula, which stands there already
                formula = "the same formula with the new prediction"
                return name, formula, f"prediction {after}, target {t}"
            return name, loss.worked.format(**in_names), loss.worked.format(p=after, t=t)
    raise ValueError(f"there is no step {step.kind!r}.")


def _over_paths(trace: Trace, step: Step, names: ValueNames, n: int) -> tuple[str, str, str]:
    """Work out the derivative by a hidden value: one path of it, or the sum over all paths."""
    following, j = step.layer + 1, step.unit
    after = trace.layers[following]
    slopes, weights = after.derror_dpre_activations, after.weights[j]
    name = names.gradient(names.activation(step.layer, j))
    paths = [
        f"{names.gradient(names.pre_activation(following, k))} · {names.weight(following, j, k)}"
        for k in range(len(weights))
    ]
    numbers = [_product(*each, n) for each in zip(slopes, weights, strict=True)]
    if step.kind == "contribution":
        towards = names.activation(following, step.source)
        return f"{name} along the path through {towards}", paths[step.source], numbers[step.source]
    if len(paths) > 1:
        # Each path has had a step of its own: here they are only added.
        numbers = [factor(product, n) for product in (slopes * weights).tolist()]
    return name, " + ".join(paths), " + ".join(numbers)


def _local(trace: Trace, step: Step, a: str, z: str, n: int) -> tuple[str, str]:
    """Work out the derivative of the activation at the weighted sum."""
    layer = trace.layers[step.layer]
    activation, value = ACTIVATIONS[layer.activation], float(layer.pre_activations[step.unit])
    sides = f"{z} = {digits(value)} is {'above' if value > 0 else 'not above'} 0"
    more = {"a": factor(layer.activations[step.unit], n), "sides": sides}
    formula = activation.derivative_words.format(a=a, z=z)
    return formula, _on_side(activation.worked_derivative, value, n, **more)


def _to_the_sum(trace: Trace, step: Step, names: ValueNames, n: int) -> tuple[str, str]:
    """Return derror_dpre_activation; for a neuron, where it had no step, as its two factors."""
    layer, j = trace.layers[step.layer], step.unit
    slope = factor(layer.derror_dpre_activations[j], n)
    if not names.neuron:
        return names.gradient(names.pre_activation(step.layer, j)), slope
    formula = f"{names.gradient('prediction')} · {names.local(0, 0)}"
    if _cancelled(trace, step):
        return formula, slope
    return formula, _product(
        layer.derror_dactivations[j], layer.dactivations_dpre_activations[j], n
    )


def _cancelled(trace: Trace, step: Step) -> bool:
    """Return whether the two factors cancel, which `backward` uses to keep all digits."""
    last = step.layer == len(trace.layers) - 1
    return last and trace.layers[-1].activation == LOSSES[trace.loss].link


def _on_side(worked: tuple[str, str], z: float, n: int, **more: str) -> str:
    """Fill a number into the formula for its side of 0."""
    texts = {"z": digits(z, n), "minus_z": digits(-z, n), "factor": factor(z, n), **more}
    return worked[z <= 0].format(**texts)


def check_sentence(check: DerivativeCheck | None) -> str:
    """Describe what a finite difference gave; an empty text where there is no derivative."""
    if check is None:
        return ""
    tried = f"Tried out, a tiny move up and down: {numbers_in_a_row(check.numeric, 10)}"
    if check.at_kink:
        return f"{tried}, but it crosses a kink, where there is no one slope"
    if math.isnan(check.worst):
        return f"{tried}, which cannot be compared: a number is too large, or too close to 0 or 1"
    if check.too_small:
        return f"{tried}. Both are 0 but for rounding: too small to be told apart"
    sign = "✓" if check.agrees else "✗"
    return f"{sign} {tried}. Relative difference: {digits(check.worst, 2)}"


def several(values: Sequence[float], significant: int = 4, *, exact: bool = False) -> str:
    """Return one number as it is, and several as a list."""
    texts = [repr(float(value)) if exact else digits(value, significant) for value in values]
    return texts[0] if len(texts) == 1 else f"[{', '.join(texts)}]"


def factor(value: float, significant: int = 4) -> str:
    """Return a number for the middle of a formula, a negative one in parentheses."""
    text = digits(value, significant)
    return f"({text})" if text.startswith("−") else text


def _factors(values: Sequence[float], n: int) -> str:
    return factor(values[0], n) if len(values) == 1 else several(values, n)


def _product(first: float, second: float, n: int) -> str:
    return f"{factor(first, n)} · {factor(second, n)}"


def numbers_in_a_row(values: Sequence[float], significant: int = 4) -> str:
    """Return one number as it is, several with commas between them and "and" before the last."""
    return joined(digits(value, significant) for value in values)
