"""Questions about what an update computes next, asked before it is seen."""

import math

from nnviz.nn.trace import Trace
from nnviz.text.digits import told_apart
from nnviz.text.names import CODE, Naming
from nnviz.text.question import Question
from nnviz.walkthrough.steps import Step
from nnviz.walkthrough.update_effect import UpdateEffect, update_effect
from nnviz.walkthrough.values import ValueNames, step_values
from nnviz.walkthrough.walk import BackpropWalk, Place, RowUpdate, next_trace
from nnviz.walkthrough.words.workings import working

_SIGNS = ("negative", "zero", "positive")
_WAYS = ("it falls", "it stays", "it rises")
_ONE_SIGN = (
    "derror_dprediction", "derror_dactivation", "derror_dpre_activation", "derror_dbias",
)  # fmt: skip


def backprop_questions(
    walk: BackpropWalk, position: int, naming: Naming = CODE
) -> tuple[Question, ...]:
    """Return the questions at a position: about this update, or about the next if it is done."""
    place = walk.place(position)
    trace, row, index = _asked_of(walk, place)
    if trace is None:
        return ()
    before = walk.taken[: place.update + (index < 0)]
    about = f"{walk.start!r} {before!r} {RowUpdate(row, trace.learning_rate)!r}"
    names = ValueNames.of(trace, naming)
    effect = update_effect(trace, walk.start.X, walk.start.y)
    return (
        *_next_sign(walk, trace, row, index, about, naming),
        *larger_move(trace, names, row, about),
        *_change(
            f"The update learns from row {row + 1}. What will happen to this row's own error?",
            f"The error of row {row + 1}",
            trace.error,
            trace.error_after,
            f"own {about}",
        ),
        *_other_errors(effect, row, about),
    )


def _asked_of(walk: BackpropWalk, place: Place) -> tuple[Trace | None, int, int]:
    """Return the update to ask of, its row, and the step of it that has been seen."""
    item = walk.taken[place.update]
    if place.step.phase not in ("update", "again"):
        return walk.traces[place.update], item.row, place.index
    # This update has been seen: ask of the one that would follow with the next row.
    if place.update + 1 < len(walk.traces):
        following = walk.taken[place.update + 1]
        return walk.traces[place.update + 1], following.row, -1
    row = (item.row + 1) % len(walk.start.rows)
    if walk.stopped is not None:
        return None, row, -1
    try:
        network = walk.traces[place.update].updated
        return next_trace(walk.start, network, RowUpdate(row, item.learning_rate)), row, -1
    except ValueError:
        return None, row, -1


def _next_sign(
    walk: BackpropWalk, trace: Trace, row: int, index: int, about: str, naming: Naming
) -> list[Question]:
    """Ask for the sign of the next derivative that is one number and has not been seen."""
    names = ValueNames.of(trace, naming)
    for step in walk.steps[index + 1 :]:
        if step.kind in _ONE_SIGN:
            (slope,) = step_values(trace, step)
            worked = working(trace, step, naming)
            numbers = f" = {worked.numbers}" if worked.numbers else ""
            # The numbers of the update before still stand in the picture.
            asked = f"the {worked.name}" if names.plain else worked.name
            whose = f"The next update learns from row {row + 1}. " if index < 0 else ""
            return [
                Question(
                    f"{whose}Will {asked} be negative, zero or positive?",
                    _SIGNS,
                    _SIGNS[1 + (slope > 0) - (slope < 0)],
                    f"{worked.name} = {worked.formula}{numbers} = {worked.result}.",
                    f"sign of {worked.name} {about}",
                )
            ]
    return []


def larger_move(trace: Trace, names: ValueNames, row: int, about: str) -> list[Question]:
    """Ask which of the first two weights of the first unit moves farther."""
    first = trace.layers[0]
    if len(first.inputs) < 2:
        return []
    a, b = (abs(float(u)) for u in first.weight_updates[:2, 0])
    options = (names.weight(0, 0, 0), names.weight(0, 1, 0), "both the same")
    x, y = told_apart(*(float(v) for v in first.inputs[:2]))
    moves = told_apart(a, b)
    if a == b and abs(first.inputs[0]) != abs(first.inputs[1]) and first.derror_dbias[0]:
        return []  # both are too small for the digits of a float
    return [
        Question(
            f"The update learns from row {row + 1}. Which will it move farther, {options[0]} or "
            f"{options[1]}?",
            options,
            options[2 if a == b else 0 if a > b else 1],
            f"They move by {moves[0]} and {moves[1]}. Both have the same factors but the last: "
            f"their inputs, {x} and {y}.",
            f"farther {about}",
        )
    ]


def _other_errors(effect: UpdateEffect, row: int, about: str) -> list[Question]:
    return [
        question
        for other in range(len(effect.before))
        if other != row
        for question in _change(
            f"The update learns from row {row + 1} alone. What will happen to the error of row "
            f"{other + 1}?",
            f"The error of row {other + 1}",
            float(effect.before[other]),
            float(effect.after[other]),
            f"other {other} {about}",
        )
    ][:3]


def _change(prompt: str, what: str, before: float, after: float, about: str) -> list[Question]:
    """Ask which way an error goes; nothing where one of the two is NaN."""
    if math.isnan(before) or math.isnan(after):
        return []
    answer = _WAYS[1 + (after > before) - (after < before)]
    old, new = told_apart(before, after)
    change = f"is {old} before and after" if before == after else f"goes from {old} to {new}"
    return [Question(prompt, _WAYS, answer, f"{what} {change}.", about)]


def shown_at(
    walk: BackpropWalk, position: int, question: Question, naming: Naming = CODE
) -> int | None:
    """Return the position at which the answer to a question is seen, if the walk goes that far."""
    place = walk.place(position)
    done = place.step.phase in ("update", "again")
    update = place.update + 1 if done else place.update
    if update >= len(walk.traces):
        return None
    start, trace = update * len(walk.steps), walk.traces[update]
    if question.about.startswith("sign of "):
        for index, step in enumerate(walk.steps):
            if step.kind in _ONE_SIGN:
                name = working(trace, step, naming).name
                if question.about.startswith(f"sign of {name} "):
                    return start + index
    if question.about.startswith("farther "):
        return start + walk.steps.index(Step("update_weights"))
    return start + len(walk.steps) - 1
