"""The choices on the page "Backpropagation" that its address carries, and the walk from them.

What is computed is read-only, so visitors share it; the caches are bounded.
"""

from types import MappingProxyType
from typing import Final

from nnviz.chapters.backpropagation.figure import backprop_tracks, board_of
from nnviz.chart import packing
from nnviz.chart.slider import logarithmic_values
from nnviz.data import tutorial
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.initializers import glorot_uniform
from nnviz.nn.inputs import FEATURES, engineer
from nnviz.nn.rng import generator
from nnviz.nn.trace import Trace
from nnviz.site.address import Address
from nnviz.site.caching import cached
from nnviz.site.naming import naming
from nnviz.site.parameters import Choice, Custom, Numbers, Whole
from nnviz.site.parts import PART_WITH_EXPORT
from nnviz.site.player import Player
from nnviz.site.rows.few_rows import LIMIT, MOST_ROWS, ROWS
from nnviz.text.names import Naming
from nnviz.text.numbers import number, whole, written
from nnviz.walkthrough.figures.update import UpdateBoard
from nnviz.walkthrough.update_effect import UpdateEffect, update_effect
from nnviz.walkthrough.walk import BackpropWalk, RowUpdate, WalkStart, walk_updates
from nnviz.walkthrough.words.sentences import step_sentence

MOST_UPDATES: Final = 40
_STRETCH: Final = 8  # updates that are packed together
MOST_LAYERS: Final = 3
MOST_UNITS: Final = 4
MOST_INPUTS: Final = 4

RATES: Final = logarithmic_values(-3, 1)
NETWORKS: Final = ("neuron", "2-2-1", "2-2-2-1", "own")
ENDS: Final = ("sigmoid", "sigmoid, cross-entropy", "linear")
"""The last activation, with the squared error unless another loss is named."""

FIRST_TAKEN: Final = (RowUpdate(1, 0.1),)

PAGE: Final = "backpropagation"
CHART: Final = "backpropagation_chart"
_HIDDEN: Final = MappingProxyType({"neuron": (), "2-2-1": (2,), "2-2-2-1": (2, 2)})
_HASHED: Final = (WalkStart, RowUpdate, BackpropWalk)


def parse_taken(text: str) -> tuple[RowUpdate, ...]:
    """Return the rows taken: ``2:0.1;1`` is row 2 at rate 0.1, then row 1 at the same rate."""
    taken: list[RowUpdate] = []
    for part in text.split(";"):
        row, _, rate = part.partition(":")
        if not rate and not taken:
            raise ValueError("it must begin with a row and a rate, such as 2:0.1")
        if len(taken) == MOST_UPDATES:
            raise ValueError(f"it may hold {MOST_UPDATES} rows at the most")
        index = whole(row, 1, MOST_ROWS) - 1
        learning_rate = number(rate, RATES[0], RATES[-1]) if rate else taken[-1].learning_rate
        taken.append(RowUpdate(index, learning_rate))
    return tuple(taken)


def format_taken(taken: tuple[RowUpdate, ...]) -> str:
    """Return the rows taken, each with its rate where that is another than the one before."""
    parts, before = [], None
    for item in taken:
        rate = "" if item.learning_rate == before else f":{written(item.learning_rate)}"
        parts.append(f"{item.row + 1}{rate}")
        before = item.learning_rate
    return ";".join(parts)


def _parse_hidden(text: str) -> tuple[int, ...]:
    sizes = tuple(whole(part, 1, MOST_UNITS) for part in text.split(",") if text)
    if len(sizes) > MOST_LAYERS:
        raise ValueError(f"it may hold {MOST_LAYERS} layers at the most")
    return sizes


def _parse_features(text: str) -> tuple[str, ...]:
    names = tuple(text.split(","))
    if not set(names) <= set(FEATURES) or not 1 <= len(set(names)) == len(names) <= MOST_INPUTS:
        raise ValueError(f"it must be 1 to {MOST_INPUTS} of: {', '.join(FEATURES)}")
    return names


ADDRESS: Final = Address(
    PAGE,
    [
        Choice("net", "neuron", NETWORKS),
        Custom("features", ("x1", "x2"), _parse_features, ",".join),
        Custom("hidden", (3, 2), _parse_hidden, lambda sizes: ",".join(map(str, sizes))),
        Choice("activation", "tanh", tuple(ACTIVATIONS)),
        Choice("end", "sigmoid", ENDS),
        Whole("seed", 0, 0, 2**32 - 1),
        Numbers("start", (), -LIMIT, LIMIT, at_most=65),
        ROWS,
        Custom("taken", FIRST_TAKEN, parse_taken, format_taken),
        Whole("at", 0, 0, 12_000),
        Choice("sums", "auto", ("auto", "term by term", "at once")),
        Custom("read", "", lambda text: text[:40], str),
        PART_WITH_EXPORT,
    ],
)
PLAYER: Final = Player(ADDRESS, CHART, "at")


def walk_start(address: Address) -> WalkStart:
    """Return the start of the chosen walk; parameters that do not fit the network are left out."""
    net = address["net"]
    inputs = [(x1, x2) for x1, x2, _ in address["rows"]]
    targets = tuple(target for _, _, target in address["rows"])
    if net == "own":
        hidden, between = address["hidden"], address["activation"]
        end, _, cross_entropy = address["end"].partition(", ")
        inputs = engineer(inputs, address["features"]).tolist()
    else:
        hidden, between, end, cross_entropy = _HIDDEN[net], "tanh", "sigmoid", ""
    sizes = (len(inputs[0]), *hidden, 1)
    activations = (*(between for _ in hidden), end)
    parameters = first_parameters(net, sizes, activations, address["seed"])
    if len(address["start"]) == len(parameters):
        parameters = address["start"]
    if cross_entropy:
        targets = tuple(min(max(target, 0.0), 1.0) for target in targets)
    return WalkStart(
        rows=tuple(tuple(float(x) for x in row) for row in inputs),
        targets=targets,
        sizes=sizes,
        activations=activations,
        parameters=parameters,
        loss="binary_cross_entropy" if cross_entropy else "squared_error",
    )


def clamped(address: Address) -> bool:
    """Return whether the loss cannot use some targets as they are."""
    if address["net"] != "own" or "cross-entropy" not in address["end"]:
        return False
    return any(not 0 <= target <= 1 for _, _, target in address["rows"])


def first_parameters(
    net: str, sizes: tuple[int, ...], activations: tuple[str, ...], seed: int
) -> tuple[float, ...]:
    """Return the parameters that a network starts with, unless a person has set others."""
    if net == "neuron":
        return (*tutorial.FIRST_WEIGHTS, tutorial.FIRST_BIAS)
    network = glorot_uniform(sizes, activations, rng=generator(seed, "backpropagation"))
    # Two decimals: they are to be read, typed and worked with by hand.
    return tuple(round(float(p), 2) for p in network.parameters())


def chosen_walk(address: Address) -> BackpropWalk:
    """Return the walk that the address speaks of."""
    every_term = address["sums"] == "term by term"
    if address["sums"] == "auto":
        every_term = address["net"] == "neuron"
    return _walk(walk_start(address), taken_rows(address), every_term=every_term)


def taken_rows(address: Address) -> tuple[RowUpdate, ...]:
    """Return the rows taken; those that do not exist any more are row 1."""
    n_rows = len(address["rows"])
    return tuple(
        item if item.row < n_rows else RowUpdate(0, item.learning_rate) for item in address["taken"]
    )


@cached(*_HASHED)
def _walk(start: WalkStart, taken: tuple[RowUpdate, ...], *, every_term: bool) -> BackpropWalk:
    return walk_updates(start, taken, every_term=every_term)


def effects(walk: BackpropWalk) -> tuple[UpdateEffect, ...]:
    """Return the effect of each update of a walk on all rows."""
    return tuple(update_effect(trace, walk.start.X, walk.start.y) for trace in walk.traces)


def packed(
    walk: BackpropWalk,
    effects: tuple[UpdateEffect, ...],
    *,
    ledger: bool = True,
    ahead: bool = True,
    held: int | None = None,
) -> list[tuple[bytes, str]]:
    """Return all that moves in the picture of a walk, packed for the browser in stretches.

    A stretch that is over stays as it is while the walk goes on, and is not sent again. The last
    one comes first: the clock of a picture is that of its first pack. ``ledger`` and ``ahead`` are
    those of `backprop_tracks`; ``held`` is the step beyond which nobody can play.
    """
    every_term = any(step.kind == "term" for step in walk.steps)
    n_updates = len(walk.traces)
    firsts = range(0, n_updates, _STRETCH) if held is None else (0,)
    return [
        _packed(
            walk.start,
            walk.taken[: first + _STRETCH if held is None else n_updates],
            first,
            walk,
            effects,
            every_term=every_term,
            naming=naming(),
            ledger=ledger,
            ahead=ahead,
            held=held,
        )
        for first in reversed(firsts)
    ]


@cached(*_HASHED)
def _packed(
    start: WalkStart,
    taken: tuple[RowUpdate, ...],
    first: int,
    _walk: BackpropWalk,
    _effects: tuple[UpdateEffect, ...],
    *,
    every_term: bool,
    naming: Naming,
    ledger: bool,
    ahead: bool,
    held: int | None,
) -> tuple[bytes, str]:
    end = min(len(taken), len(_walk.traces))
    effects = _effects[first:end]
    updates = [
        _update(start, taken[: i + 1], _walk, trace, effect, every_term=every_term, naming=naming)
        for i, (trace, effect) in enumerate(
            zip(_walk.traces[first:end], effects, strict=True), start=first
        )
    ]
    boards, words = zip(*updates, strict=True)
    tracks = backprop_tracks(
        _walk, boards, effects, words, naming, ledger=ledger, ahead=ahead, first=first
    )
    return packing.pack(tracks if held is None else tracks.up_to(held))


# An update depends on the rows taken so far alone, so going on computes one update and no more.
@cached(*_HASHED)
def _update(
    start: WalkStart,
    taken: tuple[RowUpdate, ...],
    _walk: BackpropWalk,
    _trace: Trace,
    _effect: UpdateEffect,
    *,
    every_term: bool,
    naming: Naming,
) -> tuple[UpdateBoard, tuple[str, ...]]:
    words = tuple(
        step_sentence(_trace, step, taken[-1].row, _effect, naming) for step in _walk.steps
    )
    return board_of(_trace, _walk.steps, naming), words
