"""A step of a training run in words."""

from itertools import count

import numpy as np
import numpy.typing as npt

from nnviz.chapters.live_training.diagnosis import Condition, conditions_of
from nnviz.nn.checks import FloatArray
from nnviz.text.digits import digits, told_apart
from nnviz.training.baselines.search_limits import Best
from nnviz.training.baselines.yardsticks import Yardsticks
from nnviz.training.evaluation import predictions
from nnviz.training.plan import Plan
from nnviz.training.playback import RunView, view
from nnviz.training.record import Record

_CLOSE = 1.05
"""An error of less than this many times the best has come close to it."""


def moment(run: Record, step: int, measures: Yardsticks) -> str:
    """Say where the run stands after ``step`` updates, measured against the yardsticks."""
    parameters = run.parameters_between(step, step)
    errors = run.cumulative_errors_between(step, step)
    return _told(run, np.array([step]), parameters, errors, measures)[0]


def moment_in_short(run: Record, step: int) -> str:
    """Say how many rows are right at a step, and nothing of what a run might still reach."""
    return moments_in_short(view(run, first=step, last=step))[0]


def moments_in_short(seen: RunView) -> tuple[str, ...]:
    """Say the same of every step that is shown."""
    n_rows, steps = seen.run.plan.sample.n_rows, count(seen.first, seen.stride)
    shown = zip(steps, seen.rows_right.tolist(), seen.cumulative_errors.tolist(), strict=False)
    return tuple(
        f"{f'After {step:,} updates' if step else 'Before training'}, {right} of {n_rows} rows "
        f"are right; the error is {digits(error)}."
        for step, right, error in shown
    )


def moments(run: Record, measures: Yardsticks) -> tuple[str, ...]:
    """Return the sentence of every recorded step."""
    return _told(run, run.recorded_steps, run.parameters, run.cumulative_errors, measures)


def moments_seen(seen: RunView, measures: Yardsticks) -> tuple[str, ...]:
    """Return the sentence of every step that is shown."""
    steps = seen.first + seen.stride * np.arange(len(seen.parameters))
    return _told(seen.run, steps, seen.parameters, seen.cumulative_errors, measures)


def _told(
    run: Record,
    steps: npt.NDArray[np.int64],
    parameters: FloatArray,
    errors: FloatArray,
    measures: Yardsticks,
) -> tuple[str, ...]:
    plan = run.plan
    answers = predictions(plan, parameters, plan.train_inputs)
    right = ((answers >= 0.5) == (plan.sample.y == 1)).sum(axis=1)
    told = zip(
        steps.tolist(), errors.tolist(), right.tolist(), conditions_of(run, parameters), strict=True
    )
    best = _best(measures, plan)
    return tuple(
        " ".join(part for part in _parts(run, measures, best, *moment) if part) for moment in told
    )


def _parts(
    run: Record,
    measures: Yardsticks,
    best: str,
    step: int,
    error: float,
    right: int,
    found: tuple[Condition, ...],
) -> list[str]:
    """Return the sentences about one moment, of which some may be empty."""
    plan, n_rows = run.plan, run.plan.sample.n_rows
    are = f"{right} of {n_rows} rows are right"
    if n_rows == 1:
        are = f"the one row is {'right' if right else 'wrong'}"
    # Told apart from what it is compared with.
    shown, guess = told_apart(error, measures.guess)
    when = f"After {step:,} update{'s' * (step > 1)}"
    if step == 0:
        when = f"Before training,{' with random weights,' * run.starts_at_random}"
    told = f"{when} the cumulative error is {shown}, and {are}."
    parts = [told, _against_guessing(error, measures.guess, guess, right == n_rows)]
    kinds = {condition.kind: condition for condition in found}
    if "diverged" in kinds:
        return [*parts, _diverged(kinds["diverged"])]
    if right == n_rows:
        return parts
    if step and "saturated" in kinds:
        return [*parts, _saturated(kinds["saturated"])]
    if "dead" in kinds:
        parts.append(_dead(kinds["dead"]))
        if len(kinds["dead"].units) == kinds["dead"].n_units:
            return parts
    if step and "full" in kinds:
        parts.append(_full(kinds["full"], plan))
    close = measures.best is not None and 0 < error < _CLOSE * measures.best.error
    parts.append(best)
    if step and close and best:
        parts.append(_come_close(measures, error, plan))
    elif step and set(kinds) == {"stuck"}:
        parts.append(_stuck(kinds["stuck"]))
    return parts


def _against_guessing(error: float, guess: float, shown: str, all_right: bool) -> str:
    if all_right:
        return "Every row is on the right side."
    if error > guess:
        return f"That is worse than answering 0.5 to everything ({shown})."
    return f"Answering 0.5 to everything would give {shown}."


def _diverged(found: Condition) -> str:
    return (
        f"At update {found.step:,} the numbers grew too large for the computer, so the run ends "
        f"there; the largest weight or bias before it is {digits(found.value, 2)} in size. "
        "Try a smaller learning rate."
    )


def _saturated(found: Condition) -> str:
    slope = "its slope is 0, so no update changes anything any more"
    if found.value:
        most = digits(found.value, 2)
        slope = f"its slope is {most} at the most, and every update is multiplied by it"
    return (
        f"Every answer is almost exactly 0 or 1, where the sigmoid is flat: {slope}. "
        "Try a smaller learning rate."
    )


def _dead(found: Condition) -> str:
    n_dead, n_units = len(found.units), found.n_units
    if n_dead == n_units:
        who = f"All {n_units} relu units are" if n_units > 1 else "The relu unit is"
    else:
        who = f"{_named(found)} of {n_units} {'are' if n_dead > 1 else 'is'}"
    each = "each" if n_dead > 1 else "it"
    alike = " The network answers the same to every row." if n_dead == n_units else ""
    return (
        f"{who} dead: {each} answers 0 to every row, and no update can change that.{alike} Try "
        "another seed, or tanh instead of relu."
    )


def _full(found: Condition, plan: Plan) -> str:
    """Say that no hidden unit moves; one alone may rest at its end while others do the work."""
    if len(found.units) < found.n_units:
        return ""
    who = f"All {found.n_units} hidden units are" if found.n_units > 1 else "The hidden unit is"
    advice = "" if plan.architecture.standardise else ", or standardise the inputs"
    activation = plan.architecture.hidden[0][1]
    return (
        f"{who} at an end of {activation} for every row, where it is flat (no slope above "
        f"{digits(found.value, 2)}). Try a smaller learning rate{advice}."
    )


def _named(found: Condition) -> str:
    *others, last = (str(unit + 1) for unit in found.units)
    return f"Units {', '.join(others)} and {last}" if others else f"Unit {last}"


def _stuck(found: Condition) -> str:
    return (
        f"The error is almost level here: its gradient is {digits(found.value, 2)} long. "
        "Try another seed."
    )


def _try(plan: Plan) -> str:
    if not plan.architecture.hidden:
        return "add an input or a hidden layer"
    if plan.architecture.hidden[0][1] == "linear":
        return "take tanh units instead of linear ones"
    return "add a unit or an input"


def _come_close(measures: Yardsticks, error: float, plan: Plan) -> str:
    best = measures.best
    assert best is not None
    near = "has reached that" if error <= best.error else "has come close to that"
    if best.sure:
        return f"This run {near}, and no model gets lower: equal rows have different targets."
    return f"This run {near}. To get lower, {_try(plan)}."


def _best(measures: Yardsticks, plan: Plan) -> str:
    """Say what the model can do, which is the same at every moment."""
    best = measures.best
    if plan.architecture.output != "sigmoid":
        return ""
    if best is None:
        return "The lowest error that this model can have is being looked for."
    if best.error == 0:
        return _free(plan)
    if plan.architecture.hidden:
        return _of_network(best, plan)
    which = "that one neuron can have here" if best.sure else "found for one neuron here"
    told = f"The lowest error {which} is {digits(best.error)}{_reached(best)}"
    if len(plan.architecture.inputs) > 2 or measures.line.n_correct == plan.sample.n_rows:
        return f"{told}."
    return (
        f"{told}. No straight line gets more than {measures.line.n_correct} of the "
        f"{plan.sample.n_rows} rows right."
    )


def _of_network(best: Best, plan: Plan) -> str:
    if plan.architecture.hidden[0][1] == "linear":
        return (
            "Linear units only add up, so this network can do no more than one neuron: "
            f"{digits(best.error)} {'at best' if best.sure else 'is the lowest error found'}"
            f"{_reached(best)}."
        )
    which = "that this network can have here" if best.sure else "found for this network"
    return f"The lowest error {which} is {digits(best.error)}{_reached(best)}."


def _free(plan: Plan) -> str:
    if plan.architecture.hidden:
        return (
            "A network like this can get every row right: the best it can do is 0 (approached, "
            "never reached)."
        )
    n_more = len(plan.architecture.inputs) - 2
    if n_more:
        these = "these extra inputs" if n_more > 1 else "this extra input"
        return f"With {these} a single neuron can get every row right."
    return "A straight line can separate these rows, so one neuron can get all of them right."


def _reached(best: Best) -> str:
    return "" if best.attained else " (approached, never reached)"
