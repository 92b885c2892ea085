"""The lesson Live training: draw the line yourself, watch a neuron do it, give it hidden units."""

from typing import Final

import numpy as np

from nnviz.chapters.live_training.branches import ORDERS
from nnviz.chapters.live_training.by_hand import (
    FIRST_LINE,
    HandLine,
    crossed_pairs,
    hand_line,
    sample_of,
)
from nnviz.text.digits import digits
from nnviz.text.lesson import Lesson, State, Task
from nnviz.text.question import Question, choice
from nnviz.training.baselines.separation import best_line
from nnviz.training.evaluation import predictions
from nnviz.training.model import Model
from nnviz.training.record import Record, brief_record
from nnviz.training.timeline import Timeline

_ENOUGH: Final = 6
_LONG: Final = 3_000  # updates after which it is seen that the neuron comes to no rest
_BEFORE: Final = 2_000
_STEPS: Final = 3


def _line(state: State) -> HandLine:
    return hand_line(sample_of(state["rows"]), state["drawn"] or FIRST_LINE)


def _run(state: State) -> Record:
    order = ORDERS[state["order"]]
    plan = state["model"].plan(sample_of(state["rows"]), state["rate"], order, state["seed"])
    last = int(state["updates"])
    return brief_record(Timeline.of(plan, last, 100)).run_at(min(state["step"], last))


def _n_right(state: State) -> int:
    run = _run(state)
    parameters = run.parameters_between(state["step"], state["step"])
    answers = predictions(run.plan, parameters, run.plan.train_inputs)[0]
    return int(((answers >= 0.5) == (run.plan.sample.y == 1)).sum())


def _all_right(state: State) -> bool:
    return state["model"].units > 0 and _n_right(state) == len(state["rows"])


def _drew(state: State) -> str:
    return (
        f"{_line(state).n_correct} of 8, by your own hand. Such a line is a "
        "[[decision boundary]]: on one side the answer is yes, on the other no."
    )


def _another(state: State) -> Question:
    sample = sample_of(state["rows"])
    best = best_line(sample.X, sample.y).n_correct
    pairs = crossed_pairs(sample)
    assert pairs is not None
    ones, zeros = (" and ".join(str(row + 1) for row in pair) for pair in pairs)
    options = ("yes, one could", "no, none can")
    return choice(
        options,
        options[int(best < sample.n_rows)],
        f"Plants {ones} thrive, {zeros} do not, and both pairs have the same middle. "
        "A line cannot have that point on both of its sides.",
    )


def _best_of_lines(state: State) -> str:
    sample = sample_of(state["rows"])
    return (
        f"The plants are not [[linearly separable]]: {best_line(sample.X, sample.y).n_correct} of "
        f"{sample.n_rows} is the most that any straight line gets."
    )


def _training(state: State) -> Question:
    options = ("all 8 right", "fewer, but it comes to rest", "fewer, and it never rests")
    run = _run({**state, "step": int(state["updates"])})
    late = run.cumulative_errors_between(int(state["updates"]) // 2, int(state["updates"]))
    return choice(
        options,
        options[2],
        "Each plant pulls the line its way: the error still jumps between "
        f"{digits(float(late.min()), 2)} and {digits(float(late.max()), 2)}.",
    )


def _stuck(state: State) -> str:
    return (
        f"The [[neuron]] has {_n_right(state)} of 8, your line as you left it "
        f"{_line(state).n_correct}: it makes errors small, not the number right. And it never "
        "rests."
    )


def _next_row(state: State) -> int:
    return int(_run(state).picks(state["step"], state["step"] + 1)[0])


def _one_update(state: State) -> Question:
    step = state["step"]
    before, after = _run(state).row_errors_between(step, step + 1)
    row, change = _next_row(state), after - before
    others = np.delete(change, row)
    options = ("they all get smaller", "some get smaller, some larger", "they stay as they are")
    answer = options[1] if (others > 0).any() and (others < 0).any() else options[0]
    worst = int(change.argmax())
    return choice(
        options,
        answer,
        f"Plant {row + 1}: from {digits(float(before[row]), 2)} down to "
        f"{digits(float(after[row]), 2)}. Plant {worst + 1}: from "
        f"{digits(float(before[worst]), 2)} up to {digits(float(after[worst]), 2)}.",
    )


def _free(state: State) -> str:
    n = state["model"].units
    each = "each is one soft edge" if n > 1 else "it is one soft edge"
    return (
        f"8 of 8 with a [[hidden layer]] of {n} unit{'s' * (n > 1)}: {each}, and added up they "
        "bend the boundary."
    )


def _summary(state: State) -> str:
    sample, n = sample_of(state["rows"]), state["model"].units
    # Whoever comes here by other ways than the last task may have another network, or line.
    units = f"{n} hidden units draw {n}" if _all_right(state) else "Hidden units draw"
    return (
        "One straight line, and so a single neuron however long it learns, gets at most "
        f"{best_line(sample.X, sample.y).n_correct} of {sample.n_rows} plants right. "
        f"{units} soft edges and add them up: all {sample.n_rows}."
    )


LESSON: Final = Lesson(
    "live_training",
    "A [[neuron]] learns from eight plants on a window sill which ones thrive, one small update "
    "after the other.",
    (
        Task(
            name="line",
            kind="find",
            does="Be the neuron: drag the two ends of the line until 6 of the 8 plants are on the "
            "side of their own colour.",
            done=lambda state: _line(state).n_correct >= _ENOUGH,
            start={"drawn": FIRST_LINE},
            understood=_drew,
            hint="Try a steep line: from below plant 2 up to the right of plant 4.",
        ),
        Task(
            name="another",
            kind="predict",
            does="Could another straight line get all 8 plants right?",
            asks=_another,
            reveals=("pairs",),
            carries=("drawn",),
            start={"drawn": FIRST_LINE},
            understood=_best_of_lines,
        ),
        Task(
            name="train",
            kind="predict",
            does="Now an untrained neuron draws the line. It makes 10,000 [[updates|update]], each "
            "from one plant. What will it reach?",
            asks=_training,
            then="Press Train. Watch the cumulative error, that of all plants.",
            done=lambda state: state["step"] >= _LONG,
            reveals=("run", "run_curve", "own_line"),
            carries=("drawn",),
            start={"drawn": FIRST_LINE},
            understood=_stuck,
        ),
        Task(
            name="jitter",
            kind="predict",
            does="The bars are the errors. The next update looks at one plant alone. What do the "
            "errors of the others do?",
            asks=_one_update,
            then="Press ▶ one update three times. Watch the bars.",
            done=lambda state: state["step"] >= _BEFORE + _STEPS,
            shows=("run", "run_curve", "run_rows"),
            carries=("drawn",),
            start={"drawn": FIRST_LINE, "step": _BEFORE},
            understood="Each update helps its own plant and may hurt others: so the error jumps.",
        ),
        Task(
            name="hidden",
            kind="find",
            does="Help the neuron with hidden units, small neurons before the answer: add them "
            "with +, press Train. Each square: its unit's answer, faint is low. Get all 8 plants "
            "right.",
            shows=("run", "run_network", "run_curve"),
            done=_all_right,
            carries=("drawn",),
            start={"drawn": FIRST_LINE, "model": Model(standardise=True)},
            understood=_free,
            hint="One hidden unit is one soft edge: see its square. Train to the end, "
            "then add another. Three are enough.",
        ),
    ),
    _summary,
    fixed=("rows", "updates", "branches"),
)
