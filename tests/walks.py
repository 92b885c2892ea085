"""Walks through updates that several tests share."""

from itertools import pairwise

from nnviz.nn.rng import generator
from nnviz.walkthrough.walk import BackpropWalk, RowUpdate, WalkStart, walk_updates

TUTORIAL = WalkStart(
    rows=((1.66, 1.56), (2.0, 1.5)),
    targets=(1.0, 0.0),
    sizes=(2, 1),
    activations=("sigmoid",),
    parameters=(1.45, -0.66, 0.0),
)


def tutorial_walk(*rows: int, rate: float = 0.1, every_term: bool = True) -> BackpropWalk:
    """Return a walk of the tutorial's neuron that takes these rows, counted from 0."""
    return walk_updates(TUTORIAL, [RowUpdate(row, rate) for row in rows], every_term=every_term)


def random_walk(
    sizes: tuple[int, ...],
    activation: str,
    loss: str = "squared_error",
    *,
    seed: int = 0,
    n_updates: int = 2,
    every_term: bool = False,
) -> BackpropWalk:
    """Return a walk of a random network over three random rows."""
    n_parameters = sum((a + 1) * b for a, b in pairwise(sizes))
    rng = generator(seed, "walk", activation, *map(str, sizes))
    end = "sigmoid" if loss == "binary_cross_entropy" else activation
    start = WalkStart(
        rows=tuple(map(tuple, rng.normal(size=(3, sizes[0])).tolist())),
        targets=(1.0, 0.0, 0.5),
        sizes=sizes,
        activations=(*[activation] * (len(sizes) - 2), end),
        parameters=tuple(rng.normal(0, 0.7, size=n_parameters).tolist()),
        loss=loss,
    )
    taken = [RowUpdate(i % 3, 0.1) for i in range(n_updates)]
    return walk_updates(start, taken, every_term=every_term)
