"""Questions about a plane put by hand, and about the next update of gradient descent."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from nnviz.chapters.linear_regression.curvature import CONVERGES, DIVERGES, Curvature, curvature_of
from nnviz.chapters.linear_regression.descent import (
    Descent,
    change,
    in_scale,
    regression_plan,
    start_in_scale,
)
from nnviz.chapters.linear_regression.regression import gradient, mean_squared_error
from nnviz.chapters.linear_regression.units import column, parameter_units
from nnviz.chapters.linear_regression.words import describe_rate, short_names
from nnviz.data.sample import Sample
from nnviz.text.digits import digits, enough_digits, told_apart
from nnviz.text.question import Question
from nnviz.training.plan import Plan

FALLS: Final = ("it falls", "it rises")
HIGHER: Final = ("higher", "lower")
FATE: Final = ("it converges", "it diverges")


def hand_questions(
    sample: Sample, in_units: Sequence[float], nudges: Sequence[float]
) -> tuple[Question, ...]:
    """Return one question for each parameter: what raising it alone does to the error.

    ``nudges`` says by how much each is raised, above 0.
    """
    questions = []
    X, y = sample.X[:, :2], sample.y
    before = mean_squared_error(X, y, in_units[:2], in_units[2])
    slopes = gradient(X, y, in_units[:2], in_units[2])
    units = parameter_units(sample)
    for k, (nudge, name, unit) in enumerate(zip(nudges, short_names(sample), units, strict=True)):
        moved = np.array(in_units, dtype=np.float64)
        moved[k] += nudge
        after = mean_squared_error(X, y, moved[:2], moved[2])
        if not change(before, after):
            continue
        old, new = told_apart(before, after)
        questions.append(
            Question(
                f"Raise the {name} alone by {digits(nudge)} {unit}. "
                "Will the mean squared error fall or rise?",
                FALLS,
                FALLS[int(after > before)],
                f"It goes from {old} to {new}. Its slope along the {name} is "
                f"{digits(float(slopes[k]))}.",
                f"hand {sample.digest} {k} {tuple(in_units)} {nudge}",
            )
        )
    return tuple(questions)


def descent_questions(run: Descent, step: int) -> tuple[Question, ...]:
    """Return what can be asked before the next update; nothing at the end of a run."""
    about = f"{run.plan!r} {run.parameters[0].tolist()} {step}"
    scaling = _scaling(run, about)
    if step >= run.last_step:
        return scaling
    return (*_error(run, step, about), *_weights(run, step, about), *scaling)


def _error(run: Descent, step: int, about: str) -> list[Question]:
    before, after = (float(error) for error in run.errors[step : step + 2])
    if not change(before, after) or not np.isfinite(after):
        return []
    old, new = told_apart(before, after, at_least=6)
    return [
        Question(
            f"Take update {step + 1:,}. Will the mean squared error fall or rise?",
            FALLS,
            FALLS[int(after > before)],
            f"It goes from {old} to {new}. "
            f"{describe_rate(run.curvature, run.plan.hyperparameters.learning_rate)}",
            f"error {about}",
        )
    ]


def _weights(run: Descent, step: int, about: str) -> list[Question]:
    questions = []
    slopes = run.slopes(step)
    for k in (0, 1):
        before, after = (float(value) for value in run.parameters[step : step + 2, k])
        size = np.abs(run.parameters[step : step + 2]).max()
        if not np.isfinite(after) or abs(after - before) <= 1e-12 * size:
            continue
        noun, slope = column(run.plan.sample, k).noun, float(slopes[k])
        rate = run.plan.hyperparameters.learning_rate
        n = enough_digits(lambda slope, rate=rate: -rate * slope, (slope,), 4)
        questions.append(
            Question(
                f"Will update {step + 1:,} make the weight of {noun} higher or lower?",
                HIGHER,
                HIGHER[int(after < before)],
                f"The slope of the error along it is {digits(slope, n)}, and an update "
                f"goes against the slope: it changes by {digits(after - before)}.",
                f"weight {k} {about}",
            )
        )
    return questions


def _scaling(run: Descent, about: str) -> tuple[Question, ...]:
    rate = run.plan.hyperparameters.learning_rate
    scaled = run.plan.standardiser is not None
    other = regression_plan(run.plan.sample, rate, standardise=not scaled)
    curved = curvature_of(other)
    fate = curved.fate(rate)
    if fate not in (CONVERGES, DIVERGES) or (fate == DIVERGES and not _moves(run, other, curved)):
        return ()
    old, new, _ = told_apart(run.curvature.largest_rate, curved.largest_rate, rate)
    return (
        Question(
            f"Switch scaling {'off' if scaled else 'on'} and keep the rate {digits(rate)}. "
            "Will gradient descent converge or diverge?",
            FATE,
            FATE[int(fate == DIVERGES)],
            f"The largest rate goes from {old} to {new}. {describe_rate(curved, rate)}",
            f"scaling {about}",
        ),
    )


def _moves(run: Descent, other: Plan, curved: Curvature) -> bool:
    """Return whether the start lies off the lowest point along the steepest direction."""
    lowest = in_scale(other, run.answer.parameters)
    start = start_in_scale(other, run.in_units[0])
    size = float(np.abs([lowest, start]).max())
    return abs(float(curved.directions[-1] @ (start - lowest))) > 1e-9 * size
