"""The sentence under the picture at a step, and the changes of a training in words."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from nnviz.chapters.deeper_networks.diagnosis.conditions import Condition, conditions_over
from nnviz.chapters.deeper_networks.diagnosis.states import states
from nnviz.chapters.deeper_networks.diagnosis.words import clause
from nnviz.chapters.deeper_networks.items import parameter_label
from nnviz.chapters.deeper_networks.lines import Change, Line
from nnviz.chapters.deeper_networks.losses import LossCurve, loss_curve, loss_text
from nnviz.text.digits import counted, digits, percent, told_apart
from nnviz.training.branch_letters import LETTERS
from nnviz.training.plan import Plan
from nnviz.training.record import Record
from nnviz.training.scores import Scores

_LABELS: Final = MappingProxyType(
    {
        "draw": "seed of the rows",
        "test": "held out",
        "rate": "learning rate",
        "batch": "batch size",
        "l1": "L1",
        "l2": "L2",
        "hidden": "hidden layers",
        "init": "start of the weights",
        "period": "epochs of the schedule",
        "patience": "early stopping after",
    }
)


def choices_words(choices: Mapping[str, Any]) -> str:
    """Return choices with their values, such as "learning rate 0.01, batch size 1"."""
    return ", ".join(
        f"{_LABELS.get(name, name)} {_value(name, value)}" for name, value in choices.items()
    )


def change_words(change: Change, plan: Plan) -> str:
    """Return a change in words; ``plan`` names the parameters."""
    parts = [choices_words(change.choices)] if change.choices else []
    parts += [
        f"{parameter_label(plan, index)} = {digits(value)}"
        for index, value in change.by_hand.items()
        if index < plan.n_parameters
    ]
    return ", ".join(parts) or "nothing"


def line_words(line: Line, number: int) -> str:
    """Return the label of a line: its name, or its first step and its first change."""
    letter = LETTERS[number]
    if not number:
        return f"{letter} the run"
    if line.name:
        return f"{letter} {line.name}"
    changed = choices_words(line.changes[0].choices) if line.changes else "the same so far"
    return f"{letter} from {line.at:,}: {changed or 'set by hand'}"


def _value(name: str, value: Any) -> str:
    if name == "hidden":
        return ", ".join(f"{units} {activation}" for units, activation in value) or "none"
    if name == "inputs":
        return ", ".join(value)
    if isinstance(value, bool):
        return "on" if value else "off"
    if name == "test":
        return percent(value)[0]
    return digits(value) if isinstance(value, int | float) else str(value)


# Sentences of a part of a run; fewer if there are many rows, so that it takes about a second.
_SENTENCES, _FEWEST_SENTENCES = 60, 8
_MOST_ACTIVATIONS: Final = 6_000_000


def most_checkpoints(plan: Plan) -> int:
    """Return for how many checkpoints sentences can be made in about a second."""
    values = plan.sample.n_rows * sum(plan.sizes)
    return max(_FEWEST_SENTENCES, min(_SENTENCES, _MOST_ACTIVATIONS // values))


def checkpoint_sentence(record: Record, step: int, curve: LossCurve | None = None) -> str:
    """Say how the network does after ``step`` updates."""
    return checkpoint_sentences(record, [step], curve)[0]


def checkpoint_sentences(
    record: Record, steps: Sequence[int], curve: LossCurve | None = None
) -> tuple[str, ...]:
    """Return the sentences of many steps, which are in ascending order.

    ``curve`` is the `loss_curve` of the record, if it is known already.
    """
    curve = loss_curve(record) if curve is None else curve
    found = []
    for first, group in groupby(steps, key=lambda step: record.segment_at(step).first):
        parameters = np.array([record.parameters_at(step) for step in group])
        found.append(states(record.plan_at(first), parameters))
    scores = [(each.scores, at) for each in found for at in range(len(each.gradient))]
    found_conditions = conditions_over(record, steps, found, curve)
    return tuple(
        f"{_when(record, step)} {_how_well(record.plan_at(step), *score)}"
        f"{_what(record, step, here[0])}."
        for step, score, here in zip(steps, scores, found_conditions, strict=True)
    )


def brief_sentence(record: Record, step: int) -> str:
    """Say how the network does after ``step`` updates, and nothing of how it came there."""
    return f"{_when(record, step)} {_how_well(record.plan_at(step), record.scores_at(step), 0)}."


def epochs_told(epochs: float) -> str:
    """Return a number of epochs in words, with decimals if one is not finished."""
    text = epoch_number(epochs)
    return f"{text} epoch{'' if text == '1' else 's'}"


def epoch_number(epochs: float, decimals: int = 1) -> str:
    """Return a number of epochs, which looks whole only where it is."""
    below = int(epochs + 1e-9)
    if abs(epochs - below) < 1e-9:
        return f"{below:,}"
    significant = len(str(below)) + decimals if below else 2
    return told_apart(epochs, below, below + 1, at_least=significant)[0]


def _when(record: Record, step: int) -> str:
    if step == 0:
        return "Before training"
    return f"After {counted(step, 'update')} ({epochs_told(record.epoch_at(step))})"


def _how_well(plan: Plan, scores: Scores, at: int) -> str:
    if not plan.sample.classes:
        return _how_far(plan, scores, at)
    return ", ".join(
        f"the {name} loss is {digits(losses[at])} and {round(accuracies[at] * len(rows)):,} of "
        f"{len(rows):,} {name} rows are right"
        for name, losses, accuracies, rows in (
            ("training", scores.train_loss, scores.train_accuracy, plan.split.train),
            ("test", scores.test_loss, scores.test_accuracy, plan.split.test),
        )
        if len(rows)
    )


def _how_far(plan: Plan, scores: Scores, at: int) -> str:
    """Say how large the errors of a regression are, in the unit of the target."""
    far = loss_text(plan, float(scores.train_loss[at]))
    sentence = f"the error in {plan.sample.target} is {far} over the training rows"
    if len(plan.split.test):
        far = loss_text(plan, float(scores.test_loss[at]))
        sentence = f"{sentence} and {far} over the test rows"
    explained = scores.train_accuracy[at]
    sentence = f"{sentence} (root mean square)"
    if not explained > 0:
        return f"{sentence}, no better than the mean"
    share, _ = told_apart(100 * float(explained), 100.0, at_least=3)
    return f"{sentence}, with {share}% of the variance explained"


def _what(record: Record, step: int, found: Condition) -> str:
    if found.kind == "learning" and step == found.step:
        return ""
    return f"; {clause(record, step, found)}"
