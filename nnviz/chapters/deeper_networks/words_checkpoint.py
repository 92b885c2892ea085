"""Where the training of a deeper network stands, in one sentence."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final

import numpy as np

from nnviz.chapters.deeper_networks.diagnosis.conditions import DeepCondition, conditions_over
from nnviz.chapters.deeper_networks.diagnosis.states import states
from nnviz.chapters.deeper_networks.diagnosis.words_condition import clause
from nnviz.chapters.deeper_networks.loss_course import LossCourse, loss_course
from nnviz.chapters.deeper_networks.words_loss import loss_told
from nnviz.text.digits import digits
from nnviz.training.plan import Plan
from nnviz.training.record import Record
from nnviz.training.scores import Scores

# Moments of a part of a run; fewer where there are many rows, so that it takes about a second.
_MOMENTS, _FEWEST_MOMENTS = 60, 8
_MOST_ACTIVATIONS: Final = 6_000_000


def most_moments(plan: Plan) -> int:
    """Return of how many moments the sentences can be made in a second or so."""
    values = plan.sample.n_rows * sum(plan.sizes)
    return max(_FEWEST_MOMENTS, min(_MOMENTS, _MOST_ACTIVATIONS // values))


def moment(history: Record, step: int, course: LossCourse | None = None) -> str:
    """Say where the run stands after ``step`` updates."""
    return moments(history, [step], course)[0]


def moments(
    history: Record, steps: Sequence[int], course: LossCourse | None = None
) -> tuple[str, ...]:
    """Return the sentence of many steps, which are in ascending order.

    ``course`` is the `loss_course` of the history, for whoever has it already.
    """
    course = loss_course(history) if course is None else course
    found = []
    for first, group in groupby(steps, key=lambda step: history.segment_at(step).first):
        parameters = np.array([history.parameters_at(step) for step in group])
        found.append(states(history.plan_at(first), parameters))
    scores = [(each.scores, at) for each in found for at in range(len(each.downhill))]
    told = conditions_over(history, steps, found, course)
    return tuple(
        f"{_when(history, step)} {_how_well(history.plan_at(step), *score)}"
        f"{_what(history, step, here[0])}."
        for step, score, here in zip(steps, scores, told, strict=True)
    )


def epochs_told(epochs: float) -> str:
    """Return a number of epochs, with a decimal or two where one is not finished."""
    whole = abs(epochs - round(epochs)) < 1e-9
    text = f"{epochs:,.0f}" if whole else digits(epochs, 2) if epochs < 1 else f"{epochs:,.1f}"
    return f"{text} epoch{'' if text == '1' else 's'}"


def _when(history: Record, step: int) -> str:
    if step == 0:
        return "Before training"
    updates = f"{step:,} update{'s' if step > 1 else ''}"
    return f"After {updates} ({epochs_told(history.epoch_at(step))})"


def _how_well(plan: Plan, scores: Scores, at: int) -> str:
    n_train, n_test = len(plan.split.train), len(plan.split.test)
    if not plan.sample.classes:
        return _how_far(plan, scores, at)
    told = (
        f"the training loss is {digits(scores.train_loss[at])} and "
        f"{_right(scores.train_accuracy[at], n_train)} training rows are right"
    )
    if not n_test:
        return told
    return (
        f"{told}, the test loss is {digits(scores.test_loss[at])} and "
        f"{_right(scores.test_accuracy[at], n_test)} test rows are right"
    )


def _right(share: float, n_rows: int) -> str:
    return f"{round(share * n_rows):,} of {n_rows:,}"


def _how_far(plan: Plan, scores: Scores, at: int) -> str:
    """Say how far off a regression's answers are, in the unit of the target."""
    far = loss_told(plan, float(scores.train_loss[at]))
    told = f"the error in {plan.sample.target} is {far} over the training rows"
    if len(plan.split.test):
        far = loss_told(plan, float(scores.test_loss[at]))
        told = f"{told} and {far} over the test rows"
    share = scores.train_accuracy[at]
    if not share > 0:
        return f"{told} (root mean square), no better than the mean"
    return f"{told} (root mean square), with {digits(100 * share, 3)}% of the variance explained"


def _what(history: Record, step: int, found: DeepCondition) -> str:
    if found.kind == "learning" and step == found.step:
        return ""
    return f"; {clause(history, step, found)}"
