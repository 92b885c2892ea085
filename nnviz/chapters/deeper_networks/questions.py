"""Questions about the next epoch, and about the units and gradients at a step."""

import math

import numpy as np

from nnviz.chapters.deeper_networks.diagnosis.states import states
from nnviz.chapters.deeper_networks.items import Unit, unit_label
from nnviz.nn.checks import FloatArray
from nnviz.text.digits import counted, digits, told_apart
from nnviz.text.question import Question, by_sign
from nnviz.training import evaluation
from nnviz.training.plan import Plan
from nnviz.training.record import Record
from nnviz.training.scores import scores

# Two numbers whose ratio is below this are too close to ask about.
_SMALLEST_RATIO = 1.2
# A unit matters if the loss rises by at least this fraction without it.
_SMALLEST_RISE = 0.01


def deeper_questions(record: Record, step: int) -> tuple[Question, ...]:
    """Return the questions at a step; about the next epoch only if the run has one."""
    plan, parameters = record.plan_at(step), record.parameters_at(step)
    about = f"{step} of {record.timeline!r}"
    asked = [
        *_next_epoch(record, step, plan, about),
        _more_important(plan, parameters, about),
        _longer_gradient(plan, parameters, about),
    ]
    return tuple(question for question in asked if question is not None)


def _next_epoch(record: Record, step: int, plan: Plan, about: str) -> list[Question]:
    """Ask what one more epoch will change, if its plan is the same."""
    n = plan.updates_per_epoch
    if step + n > record.segment_at(step).last:
        return []
    found = scores(plan, record.parameters_every(n, step, step + n))
    updates = f"The next epoch has {counted(n, 'update')}."
    prompt = f"{updates} What will the training loss do?"
    asked = [_change(prompt, found.train_loss, "training loss", about)]
    if len(plan.split.test):
        prompt = f"{updates} What will the test loss do, of rows that it does not learn from?"
        asked.append(_change(prompt, found.test_loss, "test loss", about))
    if plan.sample.classes:
        asked.append(_right(updates, plan, found.train_accuracy, about))
    return asked


def _change(prompt: str, losses: FloatArray, what: str, about: str) -> Question:
    before, after = losses.tolist()
    options = ("it falls", "it stays the same", "it rises")
    answer = by_sign(before - after if before != after else 0.0, options)
    old, new = told_apart(before, after)
    reason = f"The {what} goes from {old} to {new}."
    if after == before:
        reason = f"The {what} is {digits(before)} before and after."
    return Question(prompt, options, answer, reason, f"{what} {about}")


def _right(updates: str, plan: Plan, accuracies: FloatArray, about: str) -> Question:
    n_rows = len(plan.split.train)
    before, after = (round(each * n_rows) for each in accuracies.tolist())
    options = ("more", "as many", "fewer")
    return Question(
        f"{updates} Will more of the {n_rows:,} training rows be right than the {before:,} now?",
        options,
        by_sign(after - before, options),
        f"After it {after:,} training rows are right, before it {before:,}.",
        f"right {about}",
    )


def _more_important(plan: Plan, parameters: FloatArray, about: str) -> Question | None:
    """Ask which of the two most important units the loss depends on more."""
    if not plan.architecture.hidden:
        return None
    layer = len(plan.architecture.hidden) - 1
    without = without_units(plan, parameters)
    if len(without) < 2 or not np.isfinite(without).all():
        return None
    now = float(scores(plan, parameters[np.newaxis]).train_loss[0])
    rises = without - now
    first, second = sorted(np.argsort(-rises, kind="stable")[:2].tolist())
    more, less = max(rises[first], rises[second]), min(rises[first], rises[second])
    if more < _SMALLEST_RISE * now or more < _SMALLEST_RATIO * max(less, 0.0):
        return None
    labels = [unit_label(plan, Unit(layer + 1, unit)) for unit in (first, second)]
    losses = told_apart(float(without[first]), float(without[second]), at_least=3)
    return Question(
        f"Suppose one unit gave the same to every row, its own average. Without which one would "
        f"the training loss, now {digits(now, 3)}, be higher: {labels[0]} or {labels[1]}?",
        tuple(labels),
        labels[0] if rises[first] > rises[second] else labels[1],
        f"With {labels[0]} held at its average the training loss is {losses[0]}, with {labels[1]} "
        f"held {losses[1]}.",
        f"say {about}",
    )


def without_units(plan: Plan, parameters: FloatArray) -> FloatArray:
    """Return the training loss with each unit of the last hidden layer held at its average.

    The result has the shape (n_units,); `parameters` has the shape (n_parameters,).
    """
    checkpoint = parameters[np.newaxis]
    means = evaluation.activations(plan, checkpoint, plan.train_inputs)[-2][0].mean(axis=0)
    variants, units = np.tile(parameters, (len(means), 1)), np.arange(len(means))
    weights, biases = plan.layers(variants)[-1]  # views: what is written there, the variants have
    with np.errstate(all="ignore"):
        # The same as holding it: what the unit gives on average goes into the biases behind it.
        biases += means[:, np.newaxis] * weights[units, units]
        weights[units, units] = 0.0
        losses = evaluation.row_losses(plan, variants, plan.train_inputs, plan.train_targets)
        return np.asarray(losses.mean(axis=-1))


def _longer_gradient(plan: Plan, parameters: FloatArray, about: str) -> Question | None:
    """Ask whether the gradient of the first layer or that of the output is longer."""
    if len(plan.architecture.hidden) < 2:
        return None
    found = states(plan, parameters[np.newaxis]).gradients[0]
    first, last = float(found[0]), float(found[-1])
    ratio_is_small = max(first, last) < _SMALLEST_RATIO * min(first, last)
    if not math.isfinite(first + last) or ratio_is_small or first == last:
        return None
    options = ("of layer 1", "of the output")
    return Question(
        "The gradient says how much the training loss changes with the weights. Of which layer is "
        "it longer now?",
        options,
        options[0] if first > last else options[1],
        f"The gradient by the weights and biases of layer 1 is {digits(first, 3)} long, that of "
        f"the output {digits(last, 3)}.",
        f"gradient {about}",
    )
