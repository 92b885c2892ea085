"""Questions about folding the stack of layers on the screen into one."""

from nnviz.chapters.prediction.linear_collapse import (
    Fold,
    FoldComparison,
    compare,
    fold,
    with_activation_between,
)
from nnviz.chapters.prediction.words_collapse import (
    between_name,
    counted,
    row_name,
    weights_and_biases,
)
from nnviz.nn.checks import FloatArray
from nnviz.text.digits import digits, told_apart
from nnviz.text.question import Question

_TURNED_TO = "tanh"  # what is asked about while the layers are linear


def folding_questions(folded: Fold, comparison: FoldComparison) -> tuple[Question, ...]:
    """Return what can be asked of this stack: what is left, another activation, one row.

    Parameters
    ----------
    folded : Fold
        Of two layers or more and one output.
    comparison : FoldComparison
        On the rows of the screen.
    """
    layers = [
        (la.weights.tolist(), la.bias.tolist(), la.activation) for la in folded.network.layers
    ]
    about = repr(layers)
    return (
        _left(folded, about),
        _other_activation(folded, comparison, about),
        _larger(folded, comparison, about),
    )


def _left(folded: Fold, about: str) -> Question:
    n_weights, n_biases = weights_and_biases(folded)
    left, first = folded.folded.layers[0].weights, folded.network.layers[0].weights
    # With few units some of these are the same number.
    options = tuple(dict.fromkeys(str(n) for n in (left.size, first.size, n_weights)))
    return Question(
        f"The stack has {counted(n_weights, 'weight')} and {counted(n_biases, 'bias')}. Multiply "
        "its matrices out to one layer: how many weights does that layer have?",
        options,
        str(left.size),
        f"It has one for each of the {counted(len(left), 'input')}, and 1 bias. A matrix of "
        f"{_shape(first)} times the matrices after it is a matrix of {_shape(left)}.",
        f"left {about}",
    )


def _other_activation(folded: Fold, comparison: FoldComparison, about: str) -> Question:
    to = _TURNED_TO if folded.exact else "linear"
    other = fold(with_activation_between(folded.network, to))
    result = compare(other, comparison.X)
    options = ("yes", "no")
    change = (
        f"Put {to} between the layers"
        if folded.exact
        else f"Take {between_name(folded)} away again, so that the layers are linear"
    )
    if result.same:
        why = "A product of matrices is one matrix. " if other.exact else ""
        reason = (
            f"{why}The largest difference on any row is {digits(result.worst_difference, 2)}: "
            "rounding, at the most."
        )
    else:
        stacked, one = _both(result, result.worst)
        reason = (
            f"On row {result.worst + 1}, {row_name(result, result.worst)}, the stack gives "
            f"{stacked} and the folded layer {one}."
        )
    return Question(
        f"{change}. Will one folded layer give the same outputs as the stack?",
        options,
        options[0 if result.same else 1],
        reason,
        f"other activation {about}",
    )


def _larger(folded: Fold, comparison: FoldComparison, about: str) -> Question:
    row = comparison.worst
    stacked, one = float(comparison.stacked[row]), float(comparison.folded[row])
    options = ("the stack’s", "both the same", "the folded one’s")
    if comparison.same:
        answer = options[1]
        reason = f"Both are {digits(stacked)}: the layer is the same function, multiplied out."
        if not folded.exact:
            reason = (
                f"Both are {digits(stacked)}: on these rows {between_name(folded)} changes nothing."
            )
    else:
        answer = options[0 if stacked > one else 2]
        first, second = _both(comparison, row)
        reason = (
            f"The stack gives {first} and the folded layer {second}: it was multiplied out as if "
            f"there were no {between_name(folded)} between the layers."
        )
    return Question(
        f"With {between_name(folded)} between the layers, which output is larger on row {row + 1}, "
        f"{row_name(comparison, row)}?",
        options,
        answer,
        reason,
        f"larger {about}",
    )


def _both(comparison: FoldComparison, row: int) -> tuple[str, str]:
    return told_apart(float(comparison.stacked[row]), float(comparison.folded[row]))


def _shape(weights: FloatArray) -> str:
    n_inputs, n_units = weights.shape
    return f"{n_inputs} × {n_units}"
