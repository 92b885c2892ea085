"""The lesson Compare runs: one lucky run proves nothing, and what a seed is."""

from functools import lru_cache
from types import MappingProxyType
from typing import Final

import numpy as np

from nnviz.chapters.compare_runs.sweep import Sweep, error_curves
from nnviz.data.tutorial import eight_rows
from nnviz.nn.checks import FloatArray
from nnviz.text.digits import digits, told_apart
from nnviz.text.lesson import Lesson, State, Task
from nnviz.text.question import Question, choice
from nnviz.training.baselines.single_neuron import guess
from nnviz.training.model import Model
from nnviz.training.timeline import Timeline

N_RUNS: Final = 20
"""Runs that are made at once: there within a second."""

_LUCKY: Final = 2
"""A seed whose run succeeds at the rate of the tutorial."""

_STEPS: Final = 10_000
_NEARLY_ALL: Final = 16
_ALIKE: Final = 1.01
"""How much larger than the smallest an error may be whose colour looks the same."""

_ONE_RATE: Final = MappingProxyType({"low": 0.1, "high": 0.1, "rates": 1, "rate": 0.1})
_MANY: Final = MappingProxyType({**_ONE_RATE, "seeds": N_RUNS})


def base() -> Timeline:
    """Return what all runs of the lesson have in common: one neuron on the eight plants."""
    return Timeline.of(Model().plan(eight_rows()), _STEPS, record_every=_STEPS // 100)


@lru_cache(maxsize=64)
def _errors(rate: float, first: int, n_seeds: int) -> FloatArray:
    """Return the error of each run at the last note, as the page judges it."""
    sweep = Sweep(base(), (rate,), first, n_seeds)
    return error_curves(sweep.base, rate, sweep.seeds)[:, -2]


def _ends(state: State) -> FloatArray:
    return _errors(state["low"], state["first"], state["seeds"])


def _good(errors: FloatArray) -> int:
    """Return how many runs end better than always answering 0.5."""
    return int((errors <= guess(eight_rows().y)).sum())


def _all_there(state: State) -> bool:
    return bool(state["seeds"] >= N_RUNS and state["rates"] == 1)


def _how_many(state: State) -> Question:
    good = _good(_errors(state["low"], 0, N_RUNS))
    options = ("18 to 20", "6 to 14", "0 to 2")
    answer = next(
        option for option in options if int(option.split()[0]) <= good <= int(option.split()[-1])
    )
    n_rows, limit = eight_rows().n_rows, digits(guess(eight_rows().y))
    return choice(
        options,
        answer,
        f"{good} of the {N_RUNS} succeed, and only their seeds differ. Always answering 0.5 misses "
        f"each of {n_rows} plants by 0.5: error {n_rows} · 0.25 = {limit}.",
    )


def _again(state: State) -> Question:
    rate, seed = state["low"], state["first"]
    plan = base()
    twice = [error_curves(plan, rate, range(seed, seed + 1)) for _ in range(2)]
    options = ("exactly the same", "nearly the same", "something else")
    return choice(
        options,
        options[0] if np.array_equal(twice[0], twice[1]) else options[1],
        f"Both times the run ends at {digits(float(twice[0][0, -2]))}. The seed fixes all chance: "
        "with which weights it starts, and which plant comes when.",
    )


def _among_the_best(state: State) -> bool:
    """Return whether the chosen run is the best one, or one of the same colour."""
    if not _all_there(state):
        return False
    errors = _ends(state)
    return bool(errors[state["seed"] - state["first"]] <= _ALIKE * errors.min())


def _spread(state: State) -> str:
    errors = _ends(state)
    best, own = int(errors.argmin()), state["seed"] - state["first"]
    (low, yours), at = told_apart(float(errors[best]), float(errors[own])), state["first"]
    near = "" if own == best else f" (yours, seed {at + own}, looks the same: {yours})"
    return (
        f"The best of {len(errors)}, seed {at + best}, ends at {low}{near}, the worst at "
        f"{digits(float(errors.max()), 3)}. Only chance makes the difference: the [[seed]]."
    )


def _nearly_all(state: State) -> bool:
    return _all_there(state) and _good(_ends(state)) >= _NEARLY_ALL


def _found(state: State) -> str:
    return (
        f"At rate {digits(state['low'])}, {_good(_ends(state))} of {state['seeds']} runs succeed. "
        "A good [[learning rate]] is one that hardly needs luck."
    )


def _report(state: State) -> Question:
    errors = _errors(state["low"], 0, N_RUNS)
    best, median = digits(float(errors.min()), 3), digits(float(np.median(errors)), 3)
    options = (
        f"“Error {best}!”",
        f"“{_good(errors)} of {N_RUNS} runs succeed; the median error is {median}.”",
        "“We picked the best seed.”",
    )
    return choice(
        options,
        options[1],
        "It says what to expect. The best of many runs only says how lucky somebody was.",
    )


def _summary(state: State) -> str:
    good = _good(_errors(0.1, 0, N_RUNS))
    return (
        f"At rate 0.1 one lucky run looked fine, and only {good} of {N_RUNS} were. So run again "
        "with other seeds, count, and tell how they spread."
    )


LESSON: Final = Lesson(
    "compare_runs",
    "One run may be luck. So run it again, and count.",
    (
        Task(
            name="lucky",
            kind="predict",
            does="This neuron trained on the eight plants and succeeded: better than always "
            "answering 0.5. Chance drew its first weights: its [[seed]]. How many of "
            f"{N_RUNS} seeds, this one too, will succeed?",
            asks=_how_many,
            then=f"Press Run {N_RUNS} seeds.",
            done=_all_there,
            start={**_ONE_RATE, "first": _LUCKY, "seeds": 1, "seed": _LUCKY},
            reveals=("more",),
            understood="One lucky run proves nothing. Blue cells succeed, those with a dot fail, "
            "and only the [[seed]] differs.",
        ),
        Task(
            name="again",
            kind="predict",
            does=f"Suppose seed {_LUCKY} is trained once more, with the same rate. What will its "
            "curve be?",
            asks=_again,
            start={**_ONE_RATE, "first": _LUCKY, "seeds": 1, "seed": _LUCKY},
            understood="A [[seed]] makes chance repeatable. Another seed is another throw of the "
            "dice.",
        ),
        Task(
            name="spread",
            kind="find",
            does=f"Here are {N_RUNS} throws. Click the cell of the run that ends best.",
            shows=("seed",),
            done=_among_the_best,
            start={**_MANY, "seed": 0},
            understood=_spread,
            hint="The bluer, the better. Point at a cell to read its error, or choose its seed "
            "in the list.",
        ),
        Task(
            name="rate",
            kind="find",
            does=f"At rate 1 no run succeeds. Find a rate at which at least {_NEARLY_ALL} of "
            f"{N_RUNS} do.",
            shows=("one_rate",),
            done=_nearly_all,
            start={**_MANY, "low": 1.0, "high": 1.0, "rate": 1.0},
            understood=_found,
            hint="Smaller steps need less luck, but too small ones do not arrive.",
        ),
        Task(
            name="report",
            kind="say",
            does="Somebody asks whether training at rate 0.1 works. Which answer is honest?",
            asks=_report,
            start={**_MANY, "seed": 0},
            understood="A fair report: how many runs, how many of them succeeded, and the middle "
            "one's error.",
        ),
    ),
    _summary,
)
