"""The lesson Deeper networks: one unit is one soft edge, units add up, and units can die."""

from typing import Final

import numpy as np

from nnviz.chapters.deeper_networks.items import Unit, switched_off
from nnviz.chapters.deeper_networks.lines import timeline_of
from nnviz.chapters.deeper_networks.presets import PRESETS
from nnviz.text.digits import digits
from nnviz.text.lesson import Lesson, State, Task
from nnviz.text.question import Question, choice
from nnviz.training import evaluation
from nnviz.training.record import Record, brief_record

MOST_UNITS: Final = 6
"""Hidden units with which the ring is to be made, at most."""

_CIRCLE: Final = PRESETS["circle"].settings.with_choices({"test": 0.0})
_ONE: Final = _CIRCLE.with_choices({"hidden": ((1, "tanh"),)})
_THREE: Final = _CIRCLE.with_choices({"hidden": ((3, "tanh"),)})
_DEAD: Final = PRESETS["dead"].settings.with_choices({"test": 0.0})
_EPOCHS, _EPOCHS_OF_RELU = "50", "30"
_NEAR_THE_END: Final = (int(_EPOCHS) - 1) * _CIRCLE.plan().updates_per_epoch
_SEEN: Final = 10  # epochs after which one has seen what training does


def _run(state: State) -> tuple[Record, int]:
    """Return the record of the run, and the step at which the player has come to rest."""
    settings = state["with"]
    steps = int(state["epochs"]) * settings.plan().updates_per_epoch
    found = brief_record(timeline_of(settings, state["lines"], 0, None, steps))
    return found, min(state["step"], found.last_step)


def _right(state: State) -> tuple[int, int]:
    """Return how many training rows are right at the step, and how many there are."""
    run, step = _run(state)
    n_rows = len(run.plan_at(step).split.train)
    return round(float(run.scores_at(step).train_accuracy[0]) * n_rows), n_rows


def _told_right(state: State) -> str:
    right, n_rows = _right(state)
    return f"{right} of {n_rows}"


def _trained(state: State) -> bool:
    return bool(state["step"] >= _SEEN * state["with"].plan().updates_per_epoch)


def _all_right(state: State) -> bool:
    right, n_rows = _right(state)
    return _trained(state) and right == n_rows


def _n_units(state: State) -> int:
    return sum(units for units, _ in state["with"].hidden)


def _off(state: State) -> list[Unit]:
    """Return the hidden units that are switched off at the step."""
    run, step = _run(state)
    plan, parameters = run.plan_at(step), run.parameters_at(step)
    units = [Unit(1, k) for k in range(plan.sizes[1])]
    return [unit for unit in units if switched_off(plan, parameters, unit)]


def _n_dead(state: State, step: int) -> int:
    """Return how many units of the second layer answer 0 to every training row."""
    run, _ = _run(state)
    plan = run.plan_at(step)
    parameters = run.parameters_at(step)[np.newaxis]
    second = evaluation.activations(plan, parameters, plan.train_inputs)[1][0]
    return int((second.max(axis=0) <= 0.0).sum())


def _one_edge(_: State) -> Question:
    options = ("a ring", "one straight, soft edge", "two straight edges")
    return choice(options, options[1], "A weighted sum of x1 and x2 grows in one direction only.")


def _open_side(_: State) -> Question:
    options = ("it opens on one side", "it stays closed", "everything turns orange")
    return choice(options, options[0], "The border is a sum of three edges.")


def _come_back(state: State) -> Question:
    last = _run(state)[0].last_step
    dead = _n_dead(state, last)
    n_units = state["with"].hidden[1][0]
    options = ("they come back", "some come back", "they stay at 0")
    return choice(
        options,
        options[0 if not dead else 2 if dead == n_units else 1],
        f"At the end {dead} of {n_units} answer 0 to every row: with slope 0, an update changes "
        "nothing.",
    )


def _one_unit(state: State) -> str:
    return (
        f"One [[unit]] is one soft edge: {_told_right(state)} rows right, however long it trains."
    )


def _ring(state: State) -> str:
    n = _n_units(state)
    return (
        f"{n} units are {n} soft edges. The output adds them up, and they close a ring. "
        "That is what a [[hidden layer]] is for."
    )


def _opened(state: State) -> str:
    units = _off(state)
    name = f"unit {units[0].unit + 1}" if units else "it"
    return (
        f"Without {name} only {_told_right(state)} rows are right: each unit guards its own side."
    )


def _found(state: State) -> str:
    rate = digits(state["with"].rate)
    return (
        f"At rate {rate} the same network gets all rows right. Too large a [[learning rate]] "
        "jumps about, and can kill units for good."
    )


def _summary(state: State) -> str:
    rate = digits(state["with"].rate)
    return (
        "One hidden unit is one soft edge, and a few of them add up to a ring. A second layer adds "
        "up such shapes: on the spiral in free play one layer of 8 stays above error 0.2, two get "
        f"below 0.05. But rate 3 killed all four units, your rate {rate} did not."
    )


LESSON: Final = Lesson(
    "deeper_networks",
    "These rows are made up, not plants: no line can ring the blue ones. Units in hidden layers "
    "can.",
    (
        Task(
            name="edge",
            kind="predict",
            does="One hidden unit: what border between blue and orange can it learn?",
            asks=_one_edge,
            then="Press Train and see.",
            done=_trained,
            start={"with": _ONE, "epochs": _EPOCHS, "acts": "start"},
            understood=_one_unit,
        ),
        Task(
            name="ring",
            kind="find",
            does="Press + above the hidden layer, then Train. How few units get every training "
            "row right?",
            shows=("units",),
            done=lambda state: _n_units(state) <= MOST_UNITS and _all_right(state),
            start={"with": _ONE, "epochs": _EPOCHS, "acts": "start"},
            carries=("with",),
            understood=_ring,
            hint="Two edges make a strip. One more can close it. Train to the end each time.",
        ),
        Task(
            name="off",
            kind="predict",
            does="Three units made this ring. What happens to it if one is switched off?",
            asks=_open_side,
            then="Press “switch off” below a unit.",
            done=lambda state: bool(_off(state)),
            start={"with": _THREE, "epochs": _EPOCHS, "acts": "start", "step": _NEAR_THE_END},
            reveals=("off",),
            understood=_opened,
        ),
        Task(
            name="dead",
            kind="predict",
            does="[[ReLU|relu]] units answer 0 when their sum is below 0, with slope 0. A large "
            "rate, 3, throws the last four there. Do they come back?",
            asks=_come_back,
            then="Press Train and watch their squares.",
            done=_trained,
            start={"with": _DEAD, "epochs": _EPOCHS_OF_RELU, "acts": "start"},
            understood="The last four squares are clear: each a [[dead unit]]. Its sum is below "
            "0 for every row. It never comes back.",
        ),
        Task(
            name="rate",
            kind="find",
            does="Same network, same start. Move the learning rate, then press Train: find one "
            "with which every training row becomes right.",
            shows=("rate",),
            done=_all_right,
            start={"with": _DEAD, "epochs": _EPOCHS_OF_RELU, "acts": "start"},
            understood=_found,
            hint="Rate 3 is too fast, 0.001 too slow. Press Train after each move.",
        ),
    ),
    _summary,
    fixed=("own",),
)
