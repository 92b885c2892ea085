"""Describe what each box and arrow of a network's graph is, in a sentence."""

from nnviz.nn.losses import LOSSES
from nnviz.nn.trace import Trace
from nnviz.text.names import CODE, Naming
from nnviz.walkthrough.values import ValueNames


def value_meanings(trace: Trace, naming: Naming = CODE) -> dict[str, str]:
    """Return the meaning of every box and arrow of a network with one output, by key."""
    network, names = trace.network, ValueNames.of(trace, naming)
    meanings = {
        "target": "target: the right answer, which comes with the row.",
        "loss": f"The error compares the prediction with the target: {LOSSES[trace.loss].words}.",
        "error": "error: how wrong the prediction is. Learning makes it smaller.",
    }
    for i in range(network.n_inputs):
        meanings[f"input.{i}"] = f"{names.input(i)}: number {i + 1} of the row."
    for layer, at in enumerate(network.layers):
        for unit in range(len(at.bias)):
            meanings |= _unit(names, layer, unit, at.activation, len(at.weights))
    if names.neuron:
        meanings |= _derivatives(names)
    return meanings


def _unit(
    names: ValueNames, layer: int, unit: int, activation: str, n_inputs: int
) -> dict[str, str]:
    place = f"{layer}.{unit}"
    z, a = names.pre_activation(layer, unit), names.activation(layer, unit)
    bias, the_z, the_a = names.bias(layer, unit), names.spoken(z), names.spoken(a)
    result = {
        f"bias.{place}": f"{bias}: what is added to the weighted sum. It is learnt.",
        f"sum.{place}": f"The weighted sum of what comes in, and the bias: it makes {the_z}.",
        f"z.{place}": f"{z}: the inputs times their weights, added up, and the bias.",
        f"act.{place}": f"The activation {activation}: it makes {the_a} of {the_z}.",
        f"a.{place}": f"{a}: {'the answer' if a == 'prediction' else 'the output'} of this unit.",
    }
    for i in range(n_inputs):
        source, weight = names.spoken(names.source(layer, i)), names.weight(layer, i, unit)
        result |= {
            f"weight.{layer}.{i}.{unit}": f"{weight}: what {source} is multiplied by on its way to "
            f"{the_z}. It is learnt.",
            f"edge.{layer}.{i}.{unit}": f"The way of {source} to {the_z}, along {weight}.",
        }
    return result


def _derivatives(names: ValueNames) -> dict[str, str]:
    z = names.spoken(names.pre_activation(0, 0))
    by_prediction, by_bias, by_weights = (
        names.gradient(name) for name in ("prediction", "bias", names.weights(0, 0))
    )
    return {
        "derror_dprediction": f"{by_prediction}: how fast the error rises with the prediction.",
        "local": f"{names.local(0, 0)}: how fast the prediction rises with {z}.",
        "by_bias": f"{names.by_bias(0, 0)}: how fast {z} rises with the bias.",
        "derror_dbias": f"{by_bias}: how fast the error rises with the bias.",
        "by_weights": f"{names.by_weights(0, 0)}: how fast {z} rises with each weight.",
        "derror_dweights": f"{by_weights}: how fast the error rises with each weight.",
    }
