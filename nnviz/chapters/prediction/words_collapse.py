"""A stack of layers and the one layer that it folds into, in a sentence."""

from typing import Final

from nnviz.chapters.prediction.linear_collapse import Fold, FoldComparison
from nnviz.text.digits import digits, told_apart

_COUNTS: Final = ("", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


def folding(fold: Fold, comparison: FoldComparison) -> str:
    """Say what is left after folding, and whether both networks give the same outputs."""
    n_rows, between = len(comparison.X), between_name(fold)
    if fold.exact:
        return (
            f"{_stack(fold)} fold into one layer with {_left(fold)}. "
            f"Both give the same output on all {n_rows} rows{_rounding(comparison)}."
        )
    if comparison.same:
        return (
            f"On these {n_rows} rows {between} changes no output: one layer with {_left(fold)} "
            f"gives the same{_rounding(comparison)}. On other rows it may not."
        )
    row = comparison.worst
    stacked, folded = told_apart(float(comparison.stacked[row]), float(comparison.folded[row]))
    return (
        f"With {between} between the layers the folded one is no longer the same: on row "
        f"{row + 1}, {row_name(comparison, row)}, the stack gives {stacked} and the folded layer "
        f"{folded}. They lie {digits(comparison.worst_difference)} apart."
    )


def waiting(fold: Fold, comparison: FoldComparison) -> str:
    """Describe the stack alone, for whoever is asked to predict what it folds into."""
    between = "" if fold.exact else f", and {between_name(fold)} between them,"
    return (
        f"{_stack(fold)}{between} put out "
        f"{digits(float(comparison.stacked[0]))} for row 1, {row_name(comparison, 0)}. "
        "What they fold into is hidden until you choose another part below."
    )


def row_name(comparison: FoldComparison, row: int) -> str:
    """Return the inputs of a row, such as (3, 1.5)."""
    return f"({', '.join(digits(float(x)) for x in comparison.X[row])})"


def between_name(fold: Fold) -> str:
    """Return what stands between the layers, for people: an activation, or "no activation"."""
    names = dict.fromkeys(
        layer.activation.replace("_", " ")
        for layer in fold.network.layers[:-1]
        if layer.activation != "linear"
    )
    return " and ".join(names) or "no activation"


def counted(n: int, noun: str) -> str:
    """Return a number of things, such as "1 bias" or "2 biases"."""
    plural = f"{noun}es" if noun.endswith("s") else f"{noun}s"
    return f"{n} {noun if n == 1 else plural}"


def weights_and_biases(fold: Fold) -> tuple[int, int]:
    """Return how many weights and how many biases the stack has."""
    layers = fold.network.layers
    return sum(layer.weights.size for layer in layers), sum(len(layer.bias) for layer in layers)


def _stack(fold: Fold) -> str:
    n_weights, n_biases = weights_and_biases(fold)
    n_layers = len(fold.network.layers)
    return (
        f"{_COUNTS[n_layers]} layers with {counted(n_weights, 'weight')} and "
        f"{counted(n_biases, 'bias')}"
    )


def _left(fold: Fold) -> str:
    layer = fold.folded.layers[0]
    left = f"{counted(layer.weights.size, 'weight')} and {counted(len(layer.bias), 'bias')}"
    return left if layer.activation == "linear" else f"{left}, and the {layer.activation} after it"


def _rounding(comparison: FoldComparison) -> str:
    if comparison.worst_difference == 0:
        return ""
    return f"; the largest difference, {digits(comparison.worst_difference, 2)}, is rounding"
