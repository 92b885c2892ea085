"""Branches of a run: at some step something is changed, and both go on.

A branch is a pure value: which line it leaves, at which step, and what is changed there. What it
looks like is replayed from that, so a link needs to hold nothing else.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from nnviz.nn.checks import FloatArray
from nnviz.nn.network import Layer, Network
from nnviz.training.initial_state import start
from nnviz.training.model import Model
from nnviz.training.parameter_names import parameter_keys
from nnviz.training.run import Run
from nnviz.training.run_config import Begin, RunConfig

MOST_BRANCHES: Final = 4
"""As many as can be told apart in one picture, besides the run that they leave."""


@dataclass(frozen=True)
class Branch:
    """What is changed at one step of a line. None leaves a choice as it is there.

    Attributes
    ----------
    parent : int
        The line that it leaves: 0 for the run itself, k for the k-th branch.
    at : int
        The last step that both share.
    learning_rate : float or None
    order : str or None
        A key of `run_config.ORDERS`.
    seed : int or None
        Of the order of the rows from here on; and of the random start of what begins anew.
    model : Model or None
    weights : tuple of (str, float)
        Parameters set by hand, by their keys in `parameter_names`; those that the model does not
        have are passed over.
    name : str
        What the person calls it.
    """

    parent: int
    at: int
    learning_rate: float | None = None
    order: str | None = None
    seed: int | None = None
    model: Model | None = None
    weights: tuple[tuple[str, float], ...] = ()
    name: str = ""

    @property
    def only_the_rate(self) -> bool:
        """Whether nothing but the rate is changed, or nothing at all."""
        return (self.order, self.seed, self.model, self.weights) == (None, None, None, ())


@dataclass(frozen=True)
class Piece:
    """Steps ``first`` to ``last`` of one run."""

    config: RunConfig
    first: int
    last: int


@dataclass(frozen=True)
class Line:
    """A run from step 0 to its end, through all that was changed on the way.

    Attributes
    ----------
    pieces : tuple of Piece
        One after the other, without a gap.
    own_from : int
        The step from which on it differs from the line that it leaves; 0 for the first.
    """

    pieces: tuple[Piece, ...]
    own_from: int = 0

    @property
    def config(self) -> RunConfig:
        """Of the last piece: what can be changed about the line."""
        return self.pieces[-1].config

    @property
    def last_step(self) -> int:
        """Its end."""
        return self.pieces[-1].last

    def piece_at(self, step: int) -> Piece:
        """Return the piece that holds a step."""
        return next(piece for piece in reversed(self.pieces) if piece.first <= step)


def lines(
    trunk: RunConfig, branches: Sequence[Branch], record: Callable[[RunConfig], Run]
) -> tuple[Line | None, ...]:
    """Return the run and its branches as lines.

    Parameters
    ----------
    trunk : RunConfig
    branches : sequence of Branch
        Each leaves the run or a branch before it, at a step that this one has of its own.
    record : callable
        `training.record`, or something that remembers what it has recorded.

    Returns
    -------
    tuple of Line or None
        The run first, then one for each branch; None for one that would begin at the run's end
        or beyond it.

    Raises
    ------
    ValueError
        If a branch leaves a line that comes later, or none.
    """
    end = record(trunk).last_step
    found: list[Line | None] = [Line((Piece(trunk, 0, end),))]
    for number, branch in enumerate(branches, 1):
        if not 0 <= branch.parent < number:
            raise ValueError(f"branch {number} must leave one that comes before it.")
        parent = found[branch.parent]
        begins = parent is not None and branch.at < parent.last_step
        found.append(_line(parent, branch, trunk, record) if parent and begins else None)
    return tuple(found)


def parting(branches: Sequence[Branch], first: int, second: int) -> int:
    """Return the last step that two lines share, by their numbers; 0 is the run itself.

    Two branches that leave one line share it up to the earlier of both.
    """
    ways = []
    for number in (first, second):
        way = {}
        while number:
            branch = branches[number - 1]
            # Where the line of this number has been left, on the way to the one asked about.
            way[number] = branch.at
            number = branch.parent
        ways.append(way)
    # Where each leaves the youngest line that both come from.
    return min(
        min((at for number, at in one.items() if number not in other), default=sys.maxsize)
        for one, other in (ways, ways[::-1])
    )


def _line(
    parent: Line, branch: Branch, trunk: RunConfig, record: Callable[[RunConfig], Run]
) -> Line:
    at, piece = branch.at, parent.piece_at(branch.at)
    kept = [each for each in parent.pieces if each.last < at and each != piece]
    if branch.only_the_rate:
        # The same run up to there to the last bit, so it needs no beginning of its own.
        config = _with_rate(piece.config, at, branch.learning_rate)
        return Line((*kept, Piece(config, piece.first, record(config).last_step)), at)
    config = _changed(piece.config, branch)
    parameters = carried(piece.config, record(piece.config).parameters_at(at), config)
    keys = parameter_keys(config)
    for key, value in branch.weights:
        if key in keys:
            parameters[keys.index(key)] = value
    begin = Begin(at, tuple(parameters.tolist()), trunk.sizes[0])
    config = replace(config, begin=begin)
    if piece.first < at:
        kept.append(Piece(piece.config, piece.first, at - 1))
    return Line((*kept, Piece(config, at, record(config).last_step)), at)


def _with_rate(config: RunConfig, at: int, learning_rate: float | None) -> RunConfig:
    if learning_rate is None:
        return config
    before = tuple(change for change in config.rate_changes if change[0] < at)
    return replace(config, rate_changes=(*before, (at, learning_rate)))


def _changed(config: RunConfig, branch: Branch) -> RunConfig:
    rate = branch.learning_rate
    return replace(
        config,
        learning_rate=config.learning_rate_at(branch.at) if rate is None else rate,
        rate_changes=() if rate is not None else _later(config, branch.at),
        order=branch.order or config.order,
        seed=config.seed if branch.seed is None else branch.seed,
        begin=None,
        **(branch.model.choices() if branch.model else {}),
    )


def _later(config: RunConfig, at: int) -> tuple[tuple[int, float], ...]:
    return tuple(change for change in config.rate_changes if change[0] > at)


def carries_over(old: RunConfig, new: RunConfig) -> bool:
    """Return whether a network of `new` can go on from one of `old`.

    It can as long as there is a hidden layer before and after, or neither before nor after.
    """
    return len(old.hidden) == len(new.hidden)


def carried(old: RunConfig, parameters: FloatArray, new: RunConfig) -> FloatArray:
    """Return the parameters with which a changed model goes on.

    What is added begins without a say: a new input with weight 0, a new hidden unit with random
    weights in front of it and weight 0 behind it. Where inputs become standardised, or are no
    longer, the weights are converted, so that the answers stay the same. What is removed is gone.
    A network that cannot go on (`carries_over`) begins anew, from the random start of its seed.

    Parameters
    ----------
    old, new : RunConfig
        On the same rows, with one hidden layer at the most.
    parameters : ndarray, shape (old.n_parameters,)

    Returns
    -------
    ndarray, shape (new.n_parameters,)
    """
    fresh = start(replace(new, begin=None))
    if not carries_over(old, new):
        return fresh.parameters()
    template = start(replace(old, begin=None))
    first, *later = template.with_parameters(parameters).layers
    weights, bias = _standardising(old, new, _other_inputs(old, new, first.weights), first.bias)
    layers = [Layer(weights, bias, new.activations[0])]
    if new.hidden:
        weights, bias, behind = _other_units(fresh, weights, bias, later[0].weights)
        output = Layer(behind, later[0].bias, later[0].activation)
        layers = [Layer(weights, bias, new.activations[0]), output]
    return Network(tuple(layers)).parameters()


def _other_inputs(old: RunConfig, new: RunConfig, weights: FloatArray) -> FloatArray:
    """Keep the weights of the inputs that stay, still in the scale of the old ones."""
    before = dict(zip(old.input_names, weights, strict=True))
    nothing = np.zeros(weights.shape[1])
    return np.array([before.get(name, nothing) for name in new.input_names])


def _standardising(
    old: RunConfig, new: RunConfig, weights: FloatArray, bias: FloatArray
) -> tuple[FloatArray, FloatArray]:
    if old.standardise == new.standardise:
        return weights, bias
    standardiser = (new if new.standardise else replace(new, standardise=True)).standardiser
    assert standardiser is not None
    mean, scale = standardiser.mean[:, None], standardiser.scale[:, None]
    if new.standardise:
        # x w = (x - mean) / scale * (w scale) + mean w
        return weights * scale, bias + (mean * weights).sum(axis=0)
    return weights / scale, bias - (mean * weights / scale).sum(axis=0)


def _other_units(
    fresh: Network, weights: FloatArray, bias: FloatArray, behind: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Leave out the last units, or add some that are not listened to yet."""
    n_units = fresh.sizes[1]
    kept = min(n_units, weights.shape[1])
    random = fresh.layers[0].weights
    weights = np.concatenate([weights[:, :kept], random[:, kept:]], axis=1)
    bias = np.concatenate([bias[:kept], np.zeros(n_units - kept)])
    behind = np.concatenate([behind[:kept], np.zeros((n_units - kept, behind.shape[1]))])
    return weights, bias, behind
