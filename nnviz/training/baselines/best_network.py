"""How low a network with one hidden layer can bring its error, and how sure that is."""

from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt

from nnviz.nn.activations import ACTIVATIONS, sigmoid
from nnviz.nn.checks import FloatArray, integer, one_of
from nnviz.nn.rng import generator
from nnviz.text.digits import digits
from nnviz.training.baselines import network_search
from nnviz.training.baselines.network_search import Nets, Task
from nnviz.training.baselines.search_limits import Best, least_possible, refuse_too_many
from nnviz.training.baselines.separation import checked_rows, for_sums, whitened
from nnviz.training.baselines.single_neuron import best_neuron

MOST_UNITS = 8

_N_DIRECTIONS = 4_000
_LEAST_GAP = 1e-6  # closer sums are not told apart by a step between them
_SEPARATED: Final = """\
A search found weights that put every row on its right side; ever larger ones bring the error \
ever closer to 0."""
_BOUND: Final = """\
A search came within a millionth of it. Rows with equal inputs and different targets cost that \
much in any model."""

_SAME_ERROR = 1e-3
_REACHED = 1e-6

# A search on its way to infinity has a slope that is never quite 0, full units, large parameters.
# A corner of relu has a slope for good.
_FLAT = 3e-8
_FULL = 8.5
_FAR = 1e3
_AT_CORNER = 1e-6
_STEEP = 1e-4


def best_network(
    X: npt.ArrayLike,
    y: npt.ArrayLike,
    n_units: int,
    activation: str,
    neuron: Best | None = None,
) -> Best:
    """Return the least sum of squared errors that is found for a network on these rows.

    Parameters
    ----------
    X : array_like, shape (n_rows, n_inputs)
        At most 40 rows and 7 inputs.
    y : array_like, shape (n_rows,)
        0 or 1.
    n_units : int
        Of the hidden layer, 1 to 8.
    activation : str
        Of the hidden layer, a key of `ACTIVATIONS`.
    neuron : Best, optional
        What `best_neuron` gives for these rows, if it is known already.

    Notes
    -----
    What is proven, and by what:

    - Rows with equal inputs get equal predictions, so no error is below `least_possible`.
    - Parameters that put every row strictly on its side of 0.5 bring the error as close to 0 as
      one likes: multiply the weights and the bias of the output by ever more.
    - If along some direction in the space of the inputs the targets change k times, k steps are
      enough, and a unit of tanh or sigmoid with very large weights makes one (a unit of relu makes
      one bend, which does as well).
    - Linear units only add up: a product of matrices is a matrix, so the network is a neuron.

    Elsewhere it is the lowest of many searches, not proven. More units never do worse: each search
    adds one to what was found before. Units can imitate a neuron where they are almost straight.
    """
    X, signs = checked_rows(X, y)
    refuse_too_many("the best network", X)
    n_units = integer(n_units, "n_units", 1, MOST_UNITS)
    one_of(activation, "activation", ACTIVATIONS)
    neuron = best_neuron(X, y) if neuron is None else neuron
    if activation == "linear":
        return _disguised(neuron, X, n_units)
    bound = least_possible(X, y)
    if neuron.error <= bound + 1e-9 and not neuron.attained:
        how = f"One neuron alone can do it, and {n_units} units can do what it does. {neuron.how}"
        return Best(bound, None, neuron.n_correct, False, how, True)
    # 2 sigmoid(z) - 1 = tanh(z / 2), so both can do the same, and are searched alike.
    task = _task(X, (signs + 1.0) / 2.0, "tanh" if activation == "sigmoid" else activation)
    most = int(np.maximum(task.counts * task.means, task.counts * (1.0 - task.means)).sum())
    # Where every place has rows of both targets, what costs least may even be reached.
    reachable = bool(((task.means > 0) & (task.means < 1)).all())
    n_steps = np.inf if reachable else _fewest_steps(task)
    if n_steps <= n_units:
        how = (
            f"Along one direction the targets change {n_steps} times, and "
            f"{'one unit' if n_steps == 1 else f'{n_steps} units'} can follow. Ever steeper "
            f"weights bring the error ever closer to {digits(bound)}."
        )
        return Best(bound, None, most, False, how, True)
    nets: Nets | None = None
    for n in range(1, n_units + 1):
        nets, excesses = network_search.search(task, n, nets)
        if reachable and n < n_units:
            continue
        if _all_right(nets, task) or excesses[0] < _REACHED:
            how = _SEPARATED if bound == 0 else _BOUND
            there = [nets.take([i]) for i in range(int((excesses < _REACHED).sum()) * reachable)]
            settled = [_for_rows(net, task, X, activation) for net in there if _settled(net, task)]
            parameters = settled[0] if settled else None
            return Best(bound, parameters, most, bool(settled), how, True)
    assert nets is not None
    return _lowest(nets, excesses, task, bound, neuron, activation, X)


def _disguised(neuron: Best, X: FloatArray, n_units: int) -> Best:
    """Return the best of a linear hidden layer: the first unit passes the neuron's sum on."""
    parameters = None
    if neuron.parameters is not None:
        *weights, bias = neuron.parameters
        hidden, others = np.zeros((X.shape[1], n_units)), np.zeros(n_units - 1)
        hidden[:, 0] = weights
        parameters = np.concatenate([hidden.ravel(), [bias], others, [1.0], others, [0.0]])
    how = f"Linear units only add up, so this is one neuron in disguise. {neuron.how}"
    return replace(neuron, parameters=parameters, how=how)


def _task(X: FloatArray, targets: FloatArray, activation: str) -> Task:
    _, first, place, counts = np.unique(
        X, axis=0, return_index=True, return_inverse=True, return_counts=True
    )
    ones = np.bincount(place.ravel(), weights=targets)
    return Task(whitened(X)[first], ones / counts, counts.astype(np.float64), activation)


def _fewest_steps(task: Task) -> float:
    """Return how often the answer has to change along the best of many directions, or infinity."""
    points = task.points
    # Bends of relu follow sides, but they do not hold a level.
    sides = bool(np.isin(task.means, (0.0, 1.0)).all())
    if not (task.activation == "tanh" or (task.activation == "relu" and sides)):
        return np.inf
    directions = generator(0, "directions").standard_normal((_N_DIRECTIONS, points.shape[1]))
    directions = np.concatenate([np.eye(points.shape[1]), directions])
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    along = directions @ points.T
    order = np.argsort(along, axis=1)
    changes = np.diff(task.means[order], axis=1) != 0
    too_close = np.diff(np.take_along_axis(along, order, axis=1), axis=1) < _LEAST_GAP
    possible = ~(changes & too_close).any(axis=1)
    return int(changes.sum(axis=1)[possible].min()) if possible.any() else np.inf


def _all_right(nets: Nets, task: Task) -> bool:
    """Return whether a network has every row on its side, by more than rounding can be wrong."""
    if not np.isin(task.means, (0.0, 1.0)).all():
        return False
    _, a, z = network_search.outputs(nets, task)
    terms = (np.abs(a) @ np.abs(nets.output_weights)[:, :, None])[:, :, 0]
    margins = z * (2.0 * task.means - 1.0) / (terms + np.abs(nets.output_bias)[:, None] + 1e-300)
    return bool((margins > 1e-9).all(axis=1).any())


def _lowest(
    nets: Nets,
    excesses: FloatArray,
    task: Task,
    bound: float,
    neuron: Best,
    activation: str,
    X: FloatArray,
) -> Best:
    """Return the lowest of the searches, none of which reached what is proven."""
    error, n_searches = bound + float(excesses[0]), len(nets)
    if neuron.error < error - 1e-9:
        how = f"{n_searches} searches ended above what one neuron can do alone. {neuron.how}"
        return Best(neuron.error, None, neuron.n_correct, False, how, False)
    same = int((excesses < excesses[0] + _SAME_ERROR).sum())
    ended = "all of them" if same == n_searches else "only this one" if same == 1 else f"{same}"
    how = (
        f"The lowest of {n_searches} searches from different starts; {ended} ended within "
        f"{digits(_SAME_ERROR)} of it, none lower. Not proven."
    )
    answers = sigmoid(network_search.outputs(nets.take([0]), task)[2][0])
    wrong = np.where(answers >= 0.5, 1.0 - task.means, task.means) * task.counts
    n_correct = round(float(task.counts.sum() - wrong.sum()))
    if not _settled(nets, task):
        # Larger output weights take every answer to the side that it is on.
        if bound == 0 and abs(wrong.sum() - error) < _SAME_ERROR:
            error = min(error, float(wrong.sum()))
        return Best(error, None, n_correct, False, how, False)
    return Best(error, _for_rows(nets, task, X, activation), n_correct, True, how, False)


def _settled(nets: Nets, task: Task) -> bool:
    """Return whether the first network stands at a lowest point."""
    net = nets.take([0])
    slope = np.abs(network_search.error_and_gradient(net.flat()[0], task)[1]).max()
    z, _, output = network_search.outputs(net, task)
    full = max(np.abs(output).max(), np.abs(z).max() if task.activation == "tanh" else 0.0)
    has_kink = ACTIVATIONS[task.activation].has_kink
    corner = has_kink and np.abs(z).min() < _AT_CORNER and slope > _STEEP
    flat = slope < _FLAT and full < _FULL
    return bool(np.abs(net.flat()).max() <= _FAR and (corner or flat))


def _for_rows(nets: Nets, task: Task, X: FloatArray, activation: str) -> FloatArray:
    """Return the parameters of the first network of a task, for the rows."""
    net = nets.take([0])
    _, first = np.unique(X, axis=0, return_index=True)
    z = (task.points @ net.weights + net.biases[:, None])[0]
    weights, biases = for_sums(X[first], z)
    output_weights, output_bias = net.output_weights[0], net.output_bias
    if activation == "sigmoid":
        weights, biases = 2.0 * weights, 2.0 * biases
        output_weights, output_bias = 2.0 * output_weights, output_bias - output_weights.sum()
    return np.concatenate([weights.ravel(), biases, output_weights, output_bias])
