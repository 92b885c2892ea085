"""The lesson Generalization: overfitting, the moment to stop, and a world that moves."""

from functools import lru_cache
from typing import Final

from nnviz.chapters.generalization.distribution_shift import HOME, DistributionShift, shift_plan
from nnviz.chapters.generalization.studies import toy_plan
from nnviz.nn.checks import FloatArray
from nnviz.text.digits import digits, percent
from nnviz.text.lesson import Lesson, State, Task
from nnviz.text.question import Question, choice
from nnviz.training.learning_curve import Learning, learn
from nnviz.training.plan import Plan
from nnviz.training.record import record
from nnviz.training.timeline import Timeline

_LONG: Final = 150  # epochs after which it is seen that the test error rises
_NEAR: Final = 1.15  # times the lowest test error
_LOST: Final = 0.55  # of the test rows are right at the most
_AWAY: Final = (4.0, 4.0)


def _plan(state: State, hidden: str | None = None) -> Plan:
    hidden = hidden or state["hidden"]
    return toy_plan(state["data"], state["rows"], state["noise"], state["seed"], hidden)


def _learning(state: State, hidden: str | None = None) -> Learning:
    return _learned(_plan(state, hidden), int(state["epochs"]))


@lru_cache(maxsize=32)
def _learned(plan: Plan, epochs: int) -> Learning:
    return learn(plan, epochs)


@lru_cache(maxsize=32)
def _at_end(plan: Plan, epochs: int) -> FloatArray:
    ended = record(Timeline.of(plan, epochs * plan.updates_per_epoch))
    return ended.parameters_at(ended.last_step)


def _shift(state: State) -> DistributionShift:
    home, learned = _plan(state), state["learned"]
    ends = (_at_end(shift_plan(home, by), int(state["epochs"])) for by in (learned, HOME))
    return DistributionShift(home, state["moved"], learned, *ends)


def _accuracy(state: State) -> float:
    shift = _shift(state)
    return shift.n_correct() / shift.n_rows


def _which_rises(state: State) -> Question:
    learning = _learning(state)
    options = ("neither: both keep falling", "the training error", "the test error")
    train, test = learning.train_loss, learning.test_loss
    low, end = float(test[learning.best_epoch]), float(test[-1])
    answer = options[2] if end > 1.1 * low else options[0]
    return choice(
        options,
        answer,
        f"Training: down to {digits(float(train[-1]), 2)}. Test: down to "
        f"{digits(low, 2)}, then up to {digits(end, 2)}: sure and wrong costs much.",
    )


def _overfitted(state: State) -> str:
    wrong = round(float(_learning(state).train_error[-1]) * len(_plan(state).split.train))
    return (
        f"In the end {wrong} training rows are wrong: learned by heart. The [[test set]] got "
        "worse: [[overfitting]]."
    )


def _near_the_lowest(state: State) -> bool:
    loss = _learning(state).test_loss
    epoch = min(state["epoch"], len(loss) - 1)
    return bool(loss[epoch] <= _NEAR * loss.min())


def _stopped(state: State) -> str:
    loss = _learning(state).test_loss
    return (
        f"Epoch {state['epoch']}: test error {digits(float(loss[state['epoch']]), 2)} instead of "
        f"{digits(float(loss[-1]), 2)} at the end. Longer training is not better training."
    )


def _more_units(state: State) -> Question:
    small, large = (_learning(state, hidden) for hidden in ("none", "8-8-8"))
    options = ("none", "8-8-8")
    n_train, n_test = (len(each) for each in (small.plan.split.train, small.plan.split.test))
    (a, b), (c, d) = (
        (round(float(each.train_error[-1]) * n_train), round(float(each.test_error[-1]) * n_test))
        for each in (small, large)
    )
    return choice(
        options,
        options[int(d < b)],
        f"Training and test rows wrong: 8-8-8 (drawn beside) {c} and {d}, none {a} and {b}.",
    )


def _lost(state: State) -> str:
    shift = _shift(state)
    home, now = percent(shift.n_correct(HOME) / shift.n_rows, _accuracy(state))
    return (
        f"At home {home} of the test rows were right, there {now}, and nothing in the network "
        "tells it so. That is [[distribution shift]]."
    )


def _retrained(state: State) -> str:
    shift = _shift(state)
    before = shift.n_correct_at_home() / shift.n_rows
    then, now = percent(before, _accuracy(state))
    return f"From {then} to {now}: with rows of the new world it can [[retrain]]."


def _summary(state: State) -> str:
    shift = _shift(state)
    then, now = percent(shift.n_correct_at_home() / shift.n_rows, _accuracy(state))
    return (
        "Only rows it has not learned tell how good a network is: they showed you when to stop. "
        f"And when the world moved, {then} were right until you trained again: {now}."
    )


LESSON: Final = Lesson(
    "generalization",
    "A network is of use only if it is right about what it has never seen. Eight plants are too "
    "few to see that: these are made-up rows of two classes.",
    (
        Task(
            name="which",
            kind="predict",
            does="Half of the rows, the [[test set]], stay out. The others train 400 times "
            "([[epochs|epoch]]). Which error will rise again?",
            asks=_which_rises,
            then="Press Train and watch.",
            done=lambda state: state["epoch"] >= _LONG,
            start={"experiment": "stopping"},
            understood=_overfitted,
        ),
        Task(
            name="stop",
            kind="find",
            does="Find the moment to stop: move the slider under the picture to where the test "
            "error is lowest.",
            shows=("ahead",),
            done=_near_the_lowest,
            start={"experiment": "stopping", "epoch": 400},
            understood=_stopped,
            hint="The lowest place of the test error is far at the left. The arrow keys move by "
            "one epoch, with Shift by ten.",
        ),
        Task(
            name="size",
            kind="predict",
            does="Which network gets more test rows right: without hidden units (none), or with "
            "three layers of 8 (8-8-8)?",
            asks=_more_units,
            start={"experiment": "capacity", "hidden": "8-8-8"},
            understood="With more units fewer training rows are wrong, but not fewer test rows. "
            "Best is just large enough.",
        ),
        Task(
            name="move",
            kind="find",
            does="Now the world changes: all test rows move. Drag the filled diamond in their "
            "middle until hardly more than half of them are right.",
            done=lambda state: _accuracy(state) <= _LOST,
            start={"experiment": "shift"},
            understood=_lost,
            hint="Across the boundary it hurts, along it it does not. Or use the arrow keys.",
        ),
        Task(
            name="retrain",
            kind="try",
            does="Help the network: retrain it on rows from the world as it is now.",
            shows=("retrain",),
            done=lambda state: state["learned"] != HOME and state["learned"] == state["moved"],
            start={"experiment": "shift", "moved": _AWAY},
            carries=("moved",),
            understood=_retrained,
        ),
    ),
    _summary,
    fixed=("data", "rows", "noise", "repeats", "epochs"),
)
