"""Remedies: changes of the plan that may help, chosen by the conditions of the training."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from nnviz.chapters.deeper_networks.diagnosis.conditions import conditions
from nnviz.nn.architecture import MOST_DRAWN_UNITS, MOST_HIDDEN_LAYERS
from nnviz.nn.rng import LARGEST_SEED
from nnviz.text.digits import digits
from nnviz.training.hyperparameters import LARGEST_PENALTY, LARGEST_RATE, MOST_EPOCHS
from nnviz.training.plan import Plan
from nnviz.training.record import Record

MOST: Final = 4
"""Number of remedies that are offered at most: what suits best comes first."""


@dataclass(frozen=True)
class Remedy:
    """One change to try."""

    kind: str  # the kind of condition that it is meant for
    words: str  # what to change, as a request in a short sentence without a full stop
    change: Plan  # the plan with that change
    # whether to train again from the start with it, instead of going on from the present step
    anew: bool = False


def remedies(record: Record, step: int) -> tuple[Remedy, ...]:
    """Return the remedies for a run at a step; none if all is well.

    The conditions are gone through in the order of their importance until there are two remedies:
    those that are less important may well go away by themselves.
    """
    plan = record.plan_at(step)
    found: list[Remedy] = []
    for condition in conditions(record, step):
        for words, change, anew in _REMEDIES[condition.kind](plan):
            if change != plan and change not in [each.change for each in found]:
                found.append(Remedy(condition.kind, words, change, anew))
        if len(found) > 1:
            break
    return tuple(found[:MOST])


Offer: TypeAlias = tuple[str, Plan, bool]
Offers: TypeAlias = Iterable[Offer]


def _trained(plan: Plan, words: str, *, anew: bool = False, **changes: Any) -> Offer:
    return words, replace(plan, hyperparameters=replace(plan.hyperparameters, **changes)), anew


def _built(plan: Plan, words: str, **changes: Any) -> Offer:
    return words, replace(plan, architecture=replace(plan.architecture, **changes)), True


def _rate(plan: Plan, factor: float, *, anew: bool = False) -> Offer:
    old = plan.hyperparameters.learning_rate
    new = min(float(f"{old * factor:.2g}"), LARGEST_RATE)
    how = f"{'larger' if factor > 1 else 'smaller'} learning rate"
    words = f"Take a {how}: {digits(new)} instead of {digits(old)}"
    return _trained(plan, words, anew=anew, learning_rate=new)


def _activation(plan: Plan, activation: str, instead_of: str, why: str = "") -> Offer:
    hidden = tuple(
        (n_units, activation if each == instead_of else each)
        for n_units, each in plan.architecture.hidden
    )
    words = f"Use {activation.replace('_', ' ')} instead of {instead_of}{why}"
    return _built(plan, words, hidden=hidden)


def _initialised(plan: Plan, title: str, weights: str) -> Offer:
    return _built(plan, f"Begin with {weights}: {title}", initialisation=title.lower())


def _adam(plan: Plan) -> Offer:
    words = "Use Adam at the rate 0.01"
    return _trained(plan, words, anew=True, optimizer="adam", learning_rate=0.01)


def _seed(plan: Plan) -> Offer:
    seed = plan.seed + 1 if plan.seed < LARGEST_SEED else 0
    words = f"Begin with other random weights: seed {seed}, which draws other test rows as well"
    return words, replace(plan, seed=seed), True


def _longer(plan: Plan) -> Offer:
    patience = min(3 * plan.hyperparameters.patience, MOST_EPOCHS)
    words = f"Wait longer before the run is stopped: {patience:,} epochs"
    return _trained(plan, words, anew=True, patience=patience)


def _oscillating(plan: Plan) -> Offers:
    yield _rate(plan, 1 / 3)
    n_rows, batch = len(plan.split.train), plan.batch_size
    larger = min(4 * batch, n_rows)
    words = f"Average over more rows: a batch of {larger:,} instead of {batch:,}"
    if batch < n_rows:
        yield _trained(plan, words, batch_size=larger)
    words = "Halve the learning rate after every 50 epochs"
    if plan.hyperparameters.schedule == "constant":
        yield _trained(plan, words, schedule="halve", schedule_epochs=50)


def _overfitting(plan: Plan) -> Offers:
    yield _l2(plan)
    if not plan.hyperparameters.patience:
        words = "Stop when the test loss has not become lower for 20 epochs"
        yield _trained(plan, words, anew=True, patience=20)
    if not plan.hyperparameters.dropout and plan.architecture.hidden:
        words = "Leave a fifth of the hidden units out of every update: dropout 0.2"
        yield _trained(plan, words, anew=True, dropout=0.2)
    smaller = tuple((max(1, n // 2), each) for n, each in plan.architecture.hidden)
    yield _built(plan, "Take half as many hidden units", hidden=smaller)


def _l2(plan: Plan) -> Offer:
    old = plan.hyperparameters.l2
    new = min(3 * old, LARGEST_PENALTY) if old else 0.01
    return _trained(plan, f"Make large weights cost: L2 of {digits(new)}", anew=True, l2=new)


def _less_l2(plan: Plan) -> Offers:
    """Yield an L2 with which an update takes a tenth off each weight, and none at all."""
    chosen = plan.hyperparameters
    less = float(f"{0.1 / chosen.learning_rate:.1g}")
    words = f"Take less L2: {digits(less)} instead of {digits(chosen.l2)}"
    yield _trained(plan, words, anew=True, l2=less)
    yield _trained(plan, "Take no L2", anew=True, l2=0.0)
    rate, old = float(f"{0.1 / chosen.l2:.1g}"), chosen.learning_rate
    words = f"Take a smaller learning rate: {digits(rate)} instead of {digits(old)}"
    yield _trained(plan, words, anew=True, learning_rate=rate)


def _stuck(plan: Plan) -> Offers:
    """Yield what increases the capacity of the network, the smallest change first."""
    hidden = plan.architecture.hidden
    if not hidden:
        words = "Add a hidden layer of four tanh units: one border is not enough"
        yield _built(plan, words, hidden=((4, "tanh"),))
    if hidden and all(activation == "linear" for _, activation in hidden):
        yield _activation(plan, "tanh", "linear", ": linear units only add up")
    yield from _inputs(plan)
    if hidden:
        words = "Take more units: 8 in every hidden layer"
        yield _built(plan, words, hidden=tuple((MOST_DRAWN_UNITS, each) for _, each in hidden))
    if 0 < len(hidden) < MOST_HIDDEN_LAYERS:
        yield _built(plan, "Add another hidden layer like the last", hidden=(*hidden, hidden[-1]))
    yield _standardised(plan)
    yield _seed(plan)


def _inputs(plan: Plan) -> Offers:
    given = plan.architecture.inputs
    for words, more in (
        ("Give it the product of both columns as an input", ("x1*x2",)),
        ("Give it the sines of both columns as inputs", ("sin x1", "sin x2")),
    ):
        if not set(more) & set(given):
            yield _built(plan, words, inputs=(*given, *more))


def _standardised(plan: Plan) -> Offer:
    return _built(plan, "Standardise the inputs, so that all have the same size", standardise=True)


_REMEDIES: Final[Mapping[str, Callable[[Plan], Offers]]] = MappingProxyType(
    {
        "penalty": _less_l2,
        "diverged": lambda plan: (
            _rate(plan, 0.1, anew=True), _standardised(plan), _rate(plan, 1 / 3, anew=True)
        ),
        "stopped": lambda plan: (_longer(plan), _l2(plan)),
        "equal": lambda plan: (
            _initialised(plan, "Glorot", "random weights"),
            _initialised(plan, "He", "random weights"),
        ),
        "all dead": lambda plan: (
            _activation(plan, "leaky_relu", "relu", ": it always lets something through"),
            _activation(plan, "tanh", "relu"),
            _rate(plan, 1 / 3, anew=True),
            _seed(plan),
        ),
        "all saturated": lambda plan: (
            _standardised(plan),
            _rate(plan, 0.1, anew=True),
            _rate(plan, 0.01, anew=True),
            _initialised(plan, "Glorot", "smaller weights"),
        ),
        "vanishing": lambda plan: (
            _activation(plan, "tanh", "sigmoid", ": its slope goes up to 1, not to a quarter"),
            _built(plan, "Take one hidden layer only", hidden=plan.architecture.hidden[:1]),
            _initialised(plan, "Glorot", "weights that keep the size of signals"),
            _adam(plan),
        ),
        "oscillating": _oscillating,
        "overfitting": _overfitting,
        "cooled": lambda plan: (
            _trained(plan, "Keep the learning rate: no schedule", schedule="constant"),
            _trained(plan, "Keep it from the start", anew=True, schedule="constant"),
        ),
        "flat": lambda plan: (*_stuck(plan), _rate(plan, 3.0)),
        "slow": lambda plan: (
            _rate(plan, 10.0), _rate(plan, 3.0), _standardised(plan), _adam(plan)
        ),
        "stuck": _stuck,
        # A few idle units do no harm while the rest is learning.
        **dict.fromkeys(
            ("learned", "settled", "dead", "saturated", "learning"), lambda plan: ()
        ),
    }
)  # fmt: skip
