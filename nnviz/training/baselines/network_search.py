"""Searches for the lowest error of a network with one hidden layer, many starts side by side."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from nnviz.nn.activations import ACTIVATIONS, sigmoid
from nnviz.nn.checks import FloatArray
from nnviz.nn.rng import generator
from nnviz.training.baselines.many_starts import Coordinates, clusters_of, coordinates_of, lowest

_N_CANDIDATES = 1_000
_N_NEURONS = 12
_N_STARTS = 384
_N_CARRIED = 8
# After so many rounds the lowest so many are followed further.
_ROUNDS = ((8, 160), (16, 72), (56, 56))
_N_POLISHED = 6


@dataclass(frozen=True, eq=False)
class Task:
    """What a network is to fit, one line per different row."""

    points: FloatArray  # (n_points, n_inputs): different from one another
    means: FloatArray  # (n_points,): mean target of the rows that stand there
    counts: FloatArray  # (n_points,): how many they are
    activation: str  # of the hidden layer; the output is a sigmoid

    @cached_property
    def clusters(self) -> list[FloatArray]:
        """The points of every cluster; none without inputs."""
        return clusters_of(self.points) if self.points.shape[1] else []

    @cached_property
    def matrices(self) -> FloatArray:
        """The matrix of the coordinates of every cluster."""
        return np.stack([coordinates_of(self.points, each).matrix for each in self.clusters])

    @cached_property
    def neurons(self) -> list[tuple[FloatArray, Coordinates]]:
        """Where searches for the best of one neuron end, the lowest first."""
        return lowest(self.points, self.means, _N_NEURONS) if self.points.shape[1] else []


@dataclass(frozen=True, eq=False)
class Nets:
    """Networks side by side."""

    weights: FloatArray  # (n_nets, n_inputs, n_units)
    biases: FloatArray  # (n_nets, n_units)
    output_weights: FloatArray  # (n_nets, n_units)
    output_bias: FloatArray  # (n_nets,)

    def __len__(self) -> int:
        """Return how many networks there are."""
        return len(self.output_bias)

    def take(
        self, chosen: slice | list[int] | npt.NDArray[np.int64] | npt.NDArray[np.bool_]
    ) -> "Nets":
        """Return some of the networks."""
        return Nets(*(np.asarray(part[chosen]) for part in self._parts()))

    def joined(self, other: "Nets") -> "Nets":
        """Return these networks and the others."""
        pairs = zip(self._parts(), other._parts(), strict=True)
        return Nets(*(np.concatenate(pair) for pair in pairs))

    def flat(self) -> FloatArray:
        """Return the parameters in the order of `Network.parameters`, (n_nets, n_parameters)."""
        return np.concatenate([part.reshape(len(self), -1) for part in self._parts()], axis=1)

    def _parts(self) -> tuple[FloatArray, ...]:
        return self.weights, self.biases, self.output_weights, self.output_bias


def unflat(parameters: FloatArray, n_inputs: int) -> Nets:
    """Return networks from their parameters, shape (n_nets, n_parameters)."""
    n_nets, n_units = len(parameters), (parameters.shape[1] - 1) // (n_inputs + 2)
    ends = np.cumsum([n_inputs * n_units, n_units, n_units])
    weights, biases, output_weights, output_bias = np.split(parameters, ends, axis=1)
    shaped = weights.reshape(n_nets, n_inputs, n_units)
    return Nets(shaped, biases, output_weights, output_bias[:, 0])


def outputs(nets: Nets, task: Task) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return z and a of the hidden units and z of the output, for every network and point."""
    z = task.points @ nets.weights + nets.biases[:, None]
    a = ACTIVATIONS[task.activation].value(z)
    return z, a, (a @ nets.output_weights[:, :, None])[:, :, 0] + nets.output_bias[:, None]


def excesses(nets: Nets, task: Task) -> FloatArray:
    """Return the sum of squared errors above what equal rows cost anyhow, shape (n_nets,)."""
    errors = np.square(sigmoid(outputs(nets, task)[2]) - task.means)
    return np.asarray((task.counts * errors).sum(axis=1))


def search(task: Task, n_units: int, fewer: Nets | None) -> tuple[Nets, FloatArray]:
    """Follow the error downhill from many starts; return where it ends, and the `excesses` there.

    The lowest come first. `fewer` are the networks that were found with one unit less: each of the
    lowest gets another unit and is a start too, so that no search ends above them.

    Notes
    -----
    Levenberg and Marquardt's method: as many equations as points have to be solved, few enough
    to do it for all starts at once. The lowest few are then followed to the bottom by BFGS.
    """
    rng = generator(0, "best network", str(n_units))
    nets = _starts(task, n_units, rng)
    if fewer is not None:
        fewer = fewer.take(slice(_N_CARRIED))
        more = _hidden(task, len(fewer), 1, rng)
        widened = Nets(
            np.concatenate([fewer.weights, more[0]], axis=2),
            np.concatenate([fewer.biases, more[1]], axis=1),
            np.concatenate([fewer.output_weights, np.zeros((len(fewer), 1))], axis=1),
            fewer.output_bias,
        )
        nets = widened.joined(nets)
    with np.errstate(all="ignore"):
        for n_rounds, n_kept in _ROUNDS:
            nets = _lowest_first(_descend(nets, task, n_rounds), task).take(slice(n_kept))
        for i in range(_N_POLISHED):
            nets = _polish(nets.take([i]), task).joined(nets.take(np.arange(len(nets)) != i))
        nets = _lowest_first(nets, task)
        return nets, excesses(nets, task)


def _lowest_first(nets: Nets, task: Task) -> Nets:
    return nets.take(np.argsort(excesses(nets, task), kind="stable"))


def _hidden(
    task: Task, n_nets: int, n_units: int, rng: np.random.Generator
) -> tuple[FloatArray, FloatArray]:
    """Return weights and biases of hidden units that bend between two points, at any steepness.

    In half of the networks each unit bends within a cluster of rows, which may be much smaller
    than the whole, in coordinates of the cluster.
    """
    points, n_inputs = task.points, task.points.shape[1]
    weights = rng.standard_normal((n_nets, n_inputs, n_units))
    weights /= np.maximum(np.linalg.norm(weights, axis=1, keepdims=True), 1e-12)
    weights *= np.exp(rng.uniform(np.log(0.3), np.log(6.0), (n_nets, 1, 1)))
    between = points[rng.integers(len(points), size=(2, n_nets, n_units))].mean(axis=0)
    if task.clusters:
        sizes = np.array([len(members) for members in task.clusters])
        which = rng.integers(len(sizes), size=(n_nets // 2, n_units))
        weights[1::2] = np.einsum("nuij,nju->niu", task.matrices[which], weights[1::2])
        chosen = (np.cumsum(sizes) - sizes)[which] + rng.integers(
            sizes[which], size=(2, *which.shape)
        )
        between[1::2] = np.concatenate(task.clusters)[chosen].mean(axis=0)
    return weights, -np.einsum("niu,nui->nu", weights, between)


def _starts(task: Task, n_units: int, rng: np.random.Generator) -> Nets:
    """Return the most promising of many random hidden layers, with output weights that fit."""
    weights, biases = _hidden(task, _N_CANDIDATES, n_units, rng)
    # Some begin with a unit that bends where a neuron alone would, at two steepnesses.
    for net, (local, coordinates) in enumerate(task.neurons * 2):
        alone = coordinates.parameters(local) * (0.5 if net < len(task.neurons) else 2.0)
        weights[net, :, 0], biases[net, 0] = alone[:-1], alone[-1]
    a = ACTIVATIONS[task.activation].value(task.points @ weights + biases[:, None])
    with_one = np.concatenate([a, np.ones((*a.shape[:2], 1))], axis=2)
    # Ridge regression on answers from -2 to 2, which a sigmoid turns into 0.12 to 0.88.
    columns = np.swapaxes(with_one, 1, 2)
    gram = columns @ with_one + 1e-2 * np.eye(n_units + 1)
    fitted = np.linalg.solve(gram, (columns @ (4.0 * task.means - 2.0))[:, :, None])[:, :, 0]
    nets = Nets(weights, biases, fitted[:, :-1], fitted[:, -1])
    half = _N_STARTS // 2
    # Some at random as well: what looks best at first leads to the same few valleys.
    return nets.take(slice(half)).joined(_lowest_first(nets, task).take(slice(half)))


def _descend(nets: Nets, task: Task, n_rounds: int) -> Nets:
    squares = task.points @ task.points.T + 1.0
    roots, damping = np.sqrt(task.counts), np.full(len(nets), 1e-2)
    parameters, errors = nets.flat(), excesses(nets, task)
    n_inputs, eye = task.points.shape[1], np.eye(len(task.points))
    derivative = ACTIVATIONS[task.activation].derivative
    for _ in range(n_rounds):
        nets = unflat(parameters, n_inputs)
        z, a, output = outputs(nets, task)
        slope = roots * ACTIVATIONS["sigmoid"].derivative(output)
        residuals = roots * (sigmoid(output) - task.means)
        by_a = slope[:, :, None] * a
        by_z = slope[:, :, None] * nets.output_weights[:, None] * derivative(z)
        # The Jacobian times its transpose; the Jacobian itself, with a column for every
        # parameter, is never written down.
        gram = by_a @ np.swapaxes(by_a, 1, 2) + slope[:, :, None] * slope[:, None]
        gram += (by_z @ np.swapaxes(by_z, 1, 2)) * squares
        size = np.trace(gram, axis1=1, axis2=2) / len(task.points)
        held = gram + (damping * size + 1e-14)[:, None, None] * eye
        pull = np.linalg.solve(held, residuals[:, :, None])
        moved = by_z * pull
        step = Nets(
            np.swapaxes(task.points, 0, 1) @ moved,
            moved.sum(axis=1),
            (by_a * pull).sum(axis=1),
            (slope * pull[:, :, 0]).sum(axis=1),
        )
        tried = parameters - step.flat()
        found = excesses(unflat(tried, n_inputs), task)
        better = found < errors
        parameters = np.where(better[:, None], tried, parameters)
        errors = np.where(better, found, errors)
        damping = np.clip(np.where(better, damping / 4.0, damping * 5.0), 1e-10, 1e10)
    return unflat(parameters, n_inputs)


def _polish(net: Nets, task: Task) -> Nets:
    n_inputs = task.points.shape[1]
    found = minimize(
        error_and_gradient,
        net.flat()[0],
        (task,),
        jac=True,
        method="BFGS",
        options={"gtol": 1e-10, "maxiter": 400},
    )
    polished = unflat(np.asarray(found.x)[None], n_inputs)
    return polished if excesses(polished, task)[0] < excesses(net, task)[0] else net


def error_and_gradient(parameters: FloatArray, task: Task) -> tuple[float, FloatArray]:
    """Return the excess of one network and its gradient, in the order of `Nets.flat`."""
    net = unflat(parameters[None], task.points.shape[1])
    z, a, output = outputs(net, task)
    wrong = sigmoid(output) - task.means
    by_output = 2.0 * task.counts * wrong * ACTIVATIONS["sigmoid"].derivative(output)
    by_z = by_output[:, :, None] * net.output_weights[:, None]
    by_z = by_z * ACTIVATIONS[task.activation].derivative(z)
    gradient = Nets(
        task.points.T @ by_z,
        by_z.sum(axis=1),
        (by_output[:, :, None] * a).sum(axis=1),
        by_output.sum(axis=1),
    )
    return float((task.counts * wrong * wrong).sum()), gradient.flat()[0]
