"""Linear layers one after the other are one linear layer: a stack, and the layer it folds into.

Without an activation between them, ``(x @ W1 + b1) @ W2 + b2`` is the same as
``x @ (W1 @ W2) + (b1 @ W2 + b2)``. A product of matrices is a matrix, so many linear layers reach
nothing that one could not.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.checks import FloatArray, freeze, instance, integer, matrix, one_of
from nnviz.nn.initializers import glorot_uniform
from nnviz.nn.layers import Layer
from nnviz.nn.network import Network
from nnviz.nn.rng import generator

MOST_HIDDEN_LAYERS = 8
MOST_UNITS = 64
LARGEST_BIAS = 1.0

ROUNDING = 1e-12
"""Two outputs are the same if they differ by no more than this share of all that was added up."""


@dataclass(frozen=True, eq=False)
class Fold:
    """A network, and the one layer that its weights and biases multiply out to.

    Attributes
    ----------
    network : Network
    folded : Network
        Of one layer: the last of `products`.
    products : tuple of Layer
        The first layer, the first two folded, the first three, ..., all of them. Each has weights
        of shape (n_inputs, n_units of its last layer) and the activation of its last layer.
    exact : bool
        Whether every layer but the last is linear, so that `folded` is the same function. The
        tests hold its outputs to `ROUNDING`.
    """

    network: Network
    folded: Network
    products: tuple[Layer, ...]
    exact: bool


def fold(network: Network) -> Fold:
    """Fold all layers into one, as if there were no activation between them.

    The weights are ``W1 @ W2 @ ...``, the bias is ``((b1 @ W2 + b2) @ W3 + b3) ...``, and the
    activation of the last layer stays: it comes after the sum.

    Parameters
    ----------
    network : Network

    Raises
    ------
    TypeError
        If `network` is no network.
    ValueError
        If the products do not fit into float64.
    """
    instance(network, "network", Network)
    products = [network.layers[0]]
    for layer in network.layers[1:]:
        before = products[-1]
        with np.errstate(over="ignore", invalid="ignore"):
            weights = before.weights @ layer.weights
            bias = before.bias @ layer.weights + layer.bias
        if not (np.isfinite(weights).all() and np.isfinite(bias).all()):
            raise ValueError("the weights must be small enough for their product to be finite.")
        products.append(Layer(weights, bias, layer.activation))
    exact = all(layer.activation == "linear" for layer in network.layers[:-1])
    return Fold(network, Network((products[-1],)), tuple(products), exact)


@dataclass(frozen=True, eq=False)
class FoldComparison:
    """What the stack and its folded layer make of the same rows; everything is dimensionless.

    Attributes
    ----------
    X : ndarray, shape (n_samples, n_inputs)
    stacked, folded : ndarray, shape (n_samples,)
        The outputs of the network and of the one layer.
    differences : ndarray, shape (n_samples,)
        `folded` minus `stacked`.
    worst : int
        Index of the row with the largest difference, the first of equals.
    worst_difference : float
        Its size, 0 or more.
    same : bool
        Whether no row differs by more than rounding does: `ROUNDING` times the sizes of all terms
        that were added up. Then every other difference is 0 to the eye.
    """

    X: FloatArray
    stacked: FloatArray
    folded: FloatArray
    differences: FloatArray
    worst: int
    worst_difference: float
    same: bool

    def __post_init__(self) -> None:
        freeze(self)


def compare(fold: Fold, X: npt.ArrayLike) -> FoldComparison:
    """Send rows through the network and through its folded layer.

    Parameters
    ----------
    fold : Fold
        Of a network with one output.
    X : array_like, shape (n_samples, n_inputs)

    Raises
    ------
    TypeError, ValueError
        If `X` does not fit, there is more than one output, or one is too large for float64.
    """
    instance(fold, "fold", Fold)
    X = matrix(X, "X", n_columns=fold.network.n_inputs)
    if fold.network.n_outputs != 1:
        raise ValueError(f"the network must have one output, but has {fold.network.n_outputs}.")
    stacked = fold.network.predict(X)[:, 0]
    folded = fold.folded.predict(X)[:, 0]
    if not (np.isfinite(stacked).all() and np.isfinite(folded).all()):
        raise ValueError("the rows and weights must be small enough for finite outputs.")
    differences = folded - stacked
    sizes = np.abs(differences)
    worst = int(np.argmax(sizes))
    return FoldComparison(
        X=X,
        stacked=stacked,
        folded=folded,
        differences=differences,
        worst=worst,
        worst_difference=float(sizes[worst]),
        same=bool((sizes <= ROUNDING * _terms(fold.network, X)).all()),
    )


def random_stack(n_hidden: int, n_units: int, between: str, last: str, *, seed: int) -> Network:
    """Return a network of two inputs and one output with random weights and biases.

    The weights are those of `glorot_uniform`; the biases, drawn after all of them, are uniform
    between -1 and 1, so that every layer has something to add. The activations change no draw.

    Parameters
    ----------
    n_hidden, n_units : int
        Hidden layers, and units in each; at least 1.
    between, last : str
        Activation of the hidden layers and of the output, keys of `ACTIVATIONS`.
    seed : int
        From 0 to 2**32 - 1.

    Raises
    ------
    TypeError, ValueError
        With a sentence that says what is wrong and what would be right.
    """
    n_hidden = integer(n_hidden, "n_hidden", 1, MOST_HIDDEN_LAYERS)
    n_units = integer(n_units, "n_units", 1, MOST_UNITS)
    one_of(between, "between", ACTIVATIONS)
    one_of(last, "last", ACTIVATIONS)
    rng = generator(seed, "folding")
    bare = glorot_uniform((2, *[n_units] * n_hidden, 1), (*[between] * n_hidden, last), rng=rng)
    return Network(
        tuple(
            Layer(
                layer.weights,
                rng.uniform(-LARGEST_BIAS, LARGEST_BIAS, size=len(layer.bias)),
                layer.activation,
            )
            for layer in bare.layers
        )
    )


def with_activation_between(network: Network, activation: str) -> Network:
    """Return the network with another activation in every layer but the last.

    Raises
    ------
    TypeError, ValueError
        If `network` is no network, or the activation is unknown.
    """
    instance(network, "network", Network)
    *hidden, last = network.layers
    return Network((*(Layer(layer.weights, layer.bias, activation) for layer in hidden), last))


def _terms(network: Network, X: FloatArray) -> FloatArray:
    """Return the sum of the sizes of all terms of each row's output, shape (n_samples,)."""
    total = np.abs(X)
    for layer in network.layers:
        total = total @ np.abs(layer.weights) + np.abs(layer.bias)
    return total[:, 0]
