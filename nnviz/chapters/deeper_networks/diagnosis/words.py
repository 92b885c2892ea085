"""The diagnosis of a training in words: conditions, what remedies came to, a lucky seed."""

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import numpy as np

from nnviz.chapters.deeper_networks.diagnosis.conditions import Condition
from nnviz.chapters.deeper_networks.diagnosis.seeds import SeedComparison
from nnviz.chapters.deeper_networks.diagnosis.trials import Trial
from nnviz.chapters.deeper_networks.losses import loss_name, loss_text, loss_value
from nnviz.text.digits import counted, digits, told_apart
from nnviz.training.plan import Plan
from nnviz.training.record import Record


def clause(record: Record, step: int, found: Condition) -> str:
    """Name a condition with its numbers, as the end of a sentence without a full stop."""
    if found.kind == "learning" and step == found.step:
        return "nothing is the matter"
    return _CLAUSES[found.kind](record.plan_at(step), found)


def layer_name(plan: Plan, layer: int | None) -> str:
    """Return the name of a hidden layer."""
    assert layer is not None
    return f"layer {layer + 1}" if len(plan.architecture.hidden) > 1 else "the hidden layer"


def factor_text(value: float) -> str:
    """Return a factor with two digits."""
    return f"{int(float(f'{value:.2g}')):,}" if 10 <= value < 1e6 else digits(value, 2)


def _dead(plan: Plan, found: Condition) -> str:
    each = "each gives" if len(found.units) > 1 else "it gives"
    return f"{_who(plan, found)} dead: {each} 0 for every training row"


def _saturated(plan: Plan, found: Condition) -> str:
    assert found.layer is not None
    activation = plan.activations[found.layer]
    return (
        f"{_who(plan, found)} at an end of {activation} for every training row, where no slope is "
        f"above {digits(found.value, 2)}"
    )


def _oscillating(plan: Plan, found: Condition) -> str:
    low, high = told_apart(loss_value(plan, found.other), loss_value(plan, found.value), at_least=3)
    jumps = "jumps between" if found.every else "jumps, for instance between"
    return f"since update {found.step:,} the {loss_name(plan)} {jumps} {low} and {high}"


def _overfitting(plan: Plan, found: Condition) -> str:
    when = "at the start" if not found.step else f"after {found.step:,} updates"
    least = loss_text(plan, found.other, 3)
    if found.every:
        then = f"of all epochs the {loss_name(plan, 'test')} was lowest {when}, {least},"
    else:
        then = f"the {loss_name(plan, 'test')} was {least} {when}"
    return f"it overfits: {then} and has risen since, while that of the training rows fell"


def _vanishing(plan: Plan, found: Condition) -> str:
    told = (
        f"the gradient of the first layer is {factor_text(found.value)} times smaller than that of "
        "the last"
    )
    if math.isnan(found.moved):
        return told
    less = "has not moved at all"
    if math.isfinite(found.moved):
        less = f"has moved {factor_text(found.moved)} times less than the last"
    return f"{told}, so the first layer hardly learns: since update {found.step:,} it {less}"


def _penalty(plan: Plan, found: Condition) -> str:
    return (
        f"the learning rate times the L2 penalty of {digits(found.other)} is above 1: each update "
        f"multiplies every weight by {digits(found.value)}, besides what the rows change"
    )


def _equal(plan: Plan, found: Condition) -> str:
    told = f"the {found.n_units} units of {layer_name(plan, found.layer)} are equal and "
    if found.value == 0:
        return f"{told}no gradient reaches them now"
    stay = "they stay equal and do" if found.lasts else "they do"
    return f"{told}get equal gradients, so {stay} no more than one would"


def _cooled(plan: Plan, found: Condition) -> str:
    told = f"the {loss_name(plan)} has hardly moved since update {found.step:,}"
    if not plan.hyperparameters.learning_rate:
        return f"{told}: the learning rate is 0"
    return f"{told}: the schedule has taken the learning rate down to {digits(found.other)}"


def _slow(plan: Plan, found: Condition) -> str:
    new, old = (loss_value(plan, each) for each in (found.value, found.other))
    lost = digits(100 * (1 - new / old), 2)
    return f"the {loss_name(plan)} keeps falling, but only by {lost}% so far"


def _learning(plan: Plan, found: Condition) -> str:
    when = f"after {found.step:,} updates" if found.step else "at the start"
    factor = found.value if plan.sample.classes else math.sqrt(found.value)
    if factor >= 1.5:
        return f"the {loss_name(plan)} is {factor_text(factor)} times smaller than {when}"
    comparison = (
        "lower than" if found.value > 1 else "higher than" if found.value < 1 else "the same as"
    )
    return (
        f"the {loss_name(plan)} is {comparison} {when}, where it was {loss_text(plan, found.other)}"
    )


def _who(plan: Plan, found: Condition) -> str:
    n, where = len(found.units), layer_name(plan, found.layer)
    if n == found.n_units:
        all_of_them = "both" if n == 2 else f"all {n}"
        return f"{all_of_them} units of {where} are" if n > 1 else f"the unit of {where} is"
    *names, last = (str(unit + 1) for unit in found.units)
    if not names:
        return f"unit {last} of {where} is"
    return f"units {', '.join(names)} and {last} of {where} are"


_CLAUSES: Final[Mapping[str, Callable[[Plan, Condition], str]]] = MappingProxyType(
    {
        "diverged": lambda plan, found: (
            f"at update {found.step:,} the numbers grow too large for the computer, the largest "
            f"weight or bias before it being {digits(found.value, 2)} in size"
        ),
        "stopped": lambda plan, found: (
            f"the run was stopped here, as the {loss_name(plan, 'test')} has not become lower for "
            f"{counted(plan.hyperparameters.patience, 'epoch')}"
        ),
        "penalty": _penalty,
        "equal": _equal,
        "all dead": lambda plan, found: (
            f"{_dead(plan, found)}, and the network the same answer for every one of them"
        ),
        "all saturated": _saturated,
        "vanishing": _vanishing,
        "oscillating": _oscillating,
        "overfitting": _overfitting,
        "cooled": _cooled,
        "flat": lambda plan, found: (
            f"the loss is almost level here: its gradient is {digits(found.value, 2)} long"
        ),
        "slow": _slow,
        "stuck": lambda plan, found: (
            f"the {loss_name(plan)} has hardly moved since update {found.step:,}: it is stuck"
        ),
        "learned": lambda plan, found: "there is little left to learn",
        "settled": lambda plan, found: (
            f"the {loss_name(plan)} has settled: it has hardly moved since update {found.step:,}"
        ),
        "dead": _dead,
        "saturated": _saturated,
        "learning": _learning,
    }
)


def luck_sentence(plan: Plan, found: SeedComparison) -> str:
    """Say how a training ends among others with other initial weights."""
    n = len(found.losses)
    if not n:
        return "No other random start has been tried yet."
    others, after = counted(n, "other"), f"after {counted(found.n_updates, 'update')}"
    if math.isinf(found.loss):
        return (
            f"This random start breaks off, and so do {found.n_diverged} of {others}: within "
            f"{found.n_updates:,} updates the numbers grow too large for the computer."
        )
    if found.verdict == "alike":
        return (
            f"Luck hardly matters here: {after} the {loss_name(plan)} is about "
            f"{loss_text(plan, found.loss, 3)} with this random start and with {others}."
        )
    lower = f"{found.n_lower} of {others} {'ends' if n == 1 else 'end'} lower"
    kind = "neither lucky nor unlucky" if found.verdict == "ordinary" else found.verdict
    middle = float(np.median(found.losses))
    half = f", and half of the others have {loss_text(plan, middle, 3)} or less" if n > 1 else ""
    if math.isinf(middle):
        half = f", and {found.n_diverged} of the others break off"
    return (
        f"{lower} {after}: this one is {kind}. Its {loss_name(plan)} is "
        f"{loss_text(plan, found.loss, 3)}{half}."
    )


def trial_sentence(trial: Trial) -> str:
    """Say how a training ends with a remedy, and how it ends without."""
    updates = counted(trial.n_updates, "update")
    where = "from the start" if trial.remedy.anew else "from here"
    plan = trial.remedy.change
    if trial.after.diverged:
        words = f"Tried {where}: after {updates} the numbers are too large for the computer."
    else:
        words = f"Tried {where} for {updates}: {_losses_with_and_without(plan, trial)}."
    if trial.helps:
        return words
    return f"{words} That {'helps little' if trial.lowers else 'does not help'} here."


def _losses_with_and_without(plan: Plan, trial: Trial) -> str:
    """Return both losses with and without the remedy, the one that matters first."""
    after, without = trial.after, trial.without
    losses = [("training", after.train_loss, without.train_loss),
              ("test", after.test_loss, without.test_loss)]  # fmt: skip
    return ", ".join(
        f"{loss_name(plan, rows)} {loss_text(plan, new, 3)} (without it "
        f"{'the run breaks off' if without.diverged else loss_text(plan, old, 3)})"
        for rows, new, old in (reversed(losses) if trial.on_test else losses)
        if not math.isnan(new)
    )
