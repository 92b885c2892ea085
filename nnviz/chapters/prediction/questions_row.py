"""Questions about what one neuron predicts, asked before it is seen."""

from nnviz.chapters.prediction.decision import decide
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.trace import Trace
from nnviz.text.digits import digits, told_apart
from nnviz.text.question import Question
from nnviz.walkthrough.words.numbers import factor

_SIGNS = ("negative", "zero", "positive")
_WAYS = ("it falls", "it stays", "it rises")


def prediction_questions(trace: Trace, threshold: float) -> tuple[Question, ...]:
    """Return what can be asked of a row on its way through a neuron.

    Parameters
    ----------
    trace : Trace
        Of a single unit.
    threshold : float
    """
    layer = trace.layers[0]
    about = (
        f"{trace.input_vector.tolist()} {trace.network.parameters().tolist()} "
        f"{layer.activation} {threshold!r}"
    )
    questions = [_sign(trace, about), _answer(trace, threshold, about)]
    questions += [_weight(trace, i, about) for i in range(len(layer.inputs))]
    return tuple(questions)


def _sign(trace: Trace, about: str) -> Question:
    layer = trace.layers[0]
    z = float(layer.pre_activations[0])
    terms = " + ".join(
        f"{factor(x)} · {factor(w)}" for x, w in zip(layer.inputs, layer.weights[:, 0], strict=True)
    )
    return Question(
        "Will layer_1, the weighted sum with the bias, be negative, zero or positive?",
        _SIGNS,
        _SIGNS[1 + (z > 0) - (z < 0)],
        f"layer_1 = {terms} + {factor(layer.bias[0])} = {digits(z)}.",
        f"sign {about}",
    )


def _answer(trace: Trace, threshold: float, about: str) -> Question:
    prediction = float(trace.prediction[0])
    shown, limit = told_apart(prediction, threshold)
    return Question(
        f"With the threshold at {digits(threshold)}, will the answer be 0 or 1?",
        ("0", "1"),
        str(decide(prediction, threshold)),
        f"The prediction is {shown}, the threshold {limit}.",
        f"answer {about}",
    )


def _weight(trace: Trace, i: int, about: str) -> Question:
    """Ask which way the prediction goes when a weight grows by one."""
    layer = trace.layers[0]
    z = float(layer.pre_activations[0])
    moved = z + float(layer.inputs[i])
    activation = ACTIVATIONS[layer.activation]
    before, after = float(activation.value(z)), float(activation.value(moved))
    old, new = told_apart(before, after)
    outcome = (
        f"the prediction is {digits(before)} before and after"
        if before == after
        else f"the prediction goes from {old} to {new}"
    )
    return Question(
        f"If weights_1[{i}] grows by 1, what will the prediction do?",
        _WAYS,
        _WAYS[1 + (after > before) - (after < before)],
        f"Its input is {digits(layer.inputs[i])}, so layer_1 goes from {digits(z)} to "
        f"{digits(moved)}, and {outcome}.",
        f"weight {i} {about}",
    )
