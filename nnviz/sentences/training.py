"""A moment of a training run in words."""

from nnviz.checks import FloatArray
from nnviz.jumps import Jump
from nnviz.run_config import RunConfig
from nnviz.sentences.digits import digits, told_apart
from nnviz.snapshots import predictions
from nnviz.training import Run
from nnviz.yardsticks import Yardsticks

_SATURATED = 0.999
"""An answer beyond this, or below 1 minus this, hardly moves any more: its slope is below 0.001."""


def moment(run: Run, step: int, measures: Yardsticks) -> str:
    """Say where the run stands after ``step`` updates, measured against the yardsticks."""
    config = run.config
    answers = predictions(config, run.parameters_between(step, step), config.inputs())[0]
    error = float(run.cumulative_errors_between(step, step)[0])
    right = int(((answers >= 0.5) == (config.y == 1)).sum())
    are = f"{right} of {len(answers)} rows are right" if len(answers) > 1 else _one(right)
    score = f"the cumulative error is {digits(error)}, and {are}"
    if step == 0:
        told = f"Before training, with random weights, {score}."
    else:
        told = f"After {step:,} update{'s' if step > 1 else ''} {score}."
    parts = [told, _against_guessing(error, measures.guess, right, len(answers))]
    if run.diverged_at is not None:
        parts.append(
            f"At update {run.diverged_at:,} the numbers grew too large for the computer, so the "
            "run ends there. Try a smaller learning rate."
        )
    elif right < len(answers) and step and _saturated(answers, config):
        parts.append(
            "Every answer is almost exactly 0 or 1, where the sigmoid is flat: the slopes are "
            "nearly 0, so it hardly learns any more. Try a smaller learning rate."
        )
    elif not config.hidden and right < len(answers):
        parts.append(_best(measures, config))
    return " ".join(part for part in parts if part)


def moments(run: Run, measures: Yardsticks) -> tuple[str, ...]:
    """Return the sentence of every recorded step."""
    return tuple(moment(run, step, measures) for step in run.recorded_steps.tolist())


def blame(jump: Jump, config: RunConfig) -> str:
    """Say which row pushed the cumulative error up, and who paid for it."""
    before, after = told_apart(jump.before, jump.after)
    changes = jump.row_errors_after - jump.row_errors_before
    worst = int(changes.argmax())
    own = float(changes[jump.row])
    if own == 0:
        gained = "Its own error stayed the same"
    else:
        gained = f"Its own error {'fell' if own < 0 else 'rose'} by {digits(abs(own), 3)}"
    x1, x2 = config.rows[jump.row]
    return (
        f"Update {jump.step:,} used row {jump.row + 1}, [{x1:g}, {x2:g}] → "
        f"{config.targets[jump.row]}. {gained}; the error of all rows rose from "
        f"{before} to {after}. Row {worst + 1} paid most: "
        f"its error rose by {digits(float(changes[worst]), 3)}."
    )


def _one(right: int) -> str:
    return "the one row is right" if right else "the one row is wrong"


def _against_guessing(error: float, guess: float, right: int, n_rows: int) -> str:
    if right == n_rows:
        return "Every row is on the right side."
    if error > guess:
        return f"That is worse than answering 0.5 to everything ({digits(guess)})."
    return f"Answering 0.5 to everything would give {digits(guess)}."


def _best(measures: Yardsticks, config: RunConfig) -> str:
    neuron, n_rows = measures.neuron, len(config.rows)
    if neuron.error == 0:
        if config.features:
            return "With this extra input a single neuron can get every row right."
        return "A straight line can separate these rows, so one neuron can get all of them right."
    best = f"The best that one neuron can do here is {digits(neuron.error)}"
    if not neuron.attained:
        best += " (approached, never reached)"
    if config.features or measures.line.n_correct == n_rows:
        return f"{best}."
    return (
        f"{best}: no straight line gets more than {measures.line.n_correct} of the {n_rows} "
        "rows right."
    )


def _saturated(answers: FloatArray, config: RunConfig) -> bool:
    far = (answers > _SATURATED) | (answers < 1 - _SATURATED)
    return config.output_activation == "sigmoid" and bool(far.all())
