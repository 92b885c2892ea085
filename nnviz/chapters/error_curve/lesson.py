"""The lesson Error curve: step down, find one step to the bottom, meet the flat shoulder."""

from typing import Final

from nnviz.chapters.error_curve.paths import PATHS
from nnviz.chapters.error_curve.walk import POINT_A, SMALL_ERROR, Walk, walk
from nnviz.text.digits import digits
from nnviz.text.lesson import Lesson, State, Task
from nnviz.text.question import Question, choice

_SHOULDER: Final = PATHS["weight_1"].places["flat"][0]
_WHOLE_WAY: Final = 0.5
"""The rate whose step ends at the bottom of a squared miss: its slope is twice the miss."""

_STEPS: Final = 4
"""Steps that show going back and forth for ever, or hardly moving at all."""


def _walked(state: State, name: str = "x") -> Walk:
    path = PATHS[name]
    return walk(path.curve(), state[name], state[path.rates])


def _stepped_down(state: State) -> bool:
    so_far = _walked(state)
    return bool(len(so_far.steps) > 1 and so_far.error[-1] < 0.2)


def _landed(state: State) -> bool:
    """Return whether one single step came down to the bottom, from where the error is large."""
    so_far = _walked(state)
    return bool(so_far.error[0] > 0.5 and len(so_far.steps) and so_far.error[1] < SMALL_ERROR)


def _landing(state: State) -> str:
    rate = float(_walked(state).learning_rates[0])
    way = "" if rate == _WHOLE_WAY else f" (yours, {digits(rate)}, nearly did it)"
    return (
        f"The slope of a square is twice the miss. So rate {digits(_WHOLE_WAY)} × slope{way} is "
        "the whole way, and 1 is twice too far: the [[learning rate]] is a fraction of the slope, "
        "not of the miss."
    )


def _back_and_forth(state: State) -> Question:
    so_far = walk(PATHS["x"].curve(), state["x"], (state["rate"],) * 2)
    a, b = (digits(float(x)) for x in so_far.x[:2])
    options = ("to the bottom", "to B, back to A, to B, …", "away, farther each time")
    return choice(
        options,
        options[1],
        f"The slope at A is {digits(float(so_far.slope[0]))}, so the step goes from {a} to {b}, "
        "and the next one back.",
    )


def _flat(state: State) -> Question:
    so_far = walk(PATHS["weight_1"].curve(), state["weight_1"], (state["rate"],))
    options = ("down in a few steps", "hardly move", "jump to the other side")
    return choice(
        options,
        options[1],
        f"The error is {digits(float(so_far.error[0]))}, but the slope is only "
        f"{digits(float(so_far.slope[0]))}: one step moves the weight by "
        f"{digits(abs(float(so_far.steps[0])))}.",
    )


def _why_square(_: State) -> Question:
    options = (
        "Too high and too low count alike, and big misses count most.",
        "Squares are easier to store.",
        "A square makes every miss larger.",
    )
    return choice(
        options,
        options[0],
        "Misses of +1 and −1 both count 1, a miss of 2 counts 4, and the slope says which way is "
        "down. The plain distance works too, but its slope never gets smaller near the bottom.",
    )


def _summary(state: State) -> str:
    n = len(_walked(state, "weight_1").steps)
    return (
        "Step against the slope, by a fraction of it: that is gradient descent. "
        f"The fraction decides: 0.5 lands at once here, 1 goes back and forth for ever, and on the "
        f"flat part {n} steps got you almost nowhere."
    )


LESSON: Final = Lesson(
    "error_curve",
    "A network learns by going downhill on a curve of its [[error]].",
    (
        Task(
            name="step",
            kind="try",
            does="The point is the error of a prediction that is too high. "
            "Press STEP until the error is below 0.2.",
            shows=("steps",),
            done=_stepped_down,
            understood="Each step goes against the [[slope]], and gets smaller as the curve gets "
            "flat. That is [[gradient descent]].",
            hint="STEP is the button beside the picture. The right arrow key does the same.",
        ),
        Task(
            name="back_and_forth",
            kind="predict",
            does="Each step is [[rate|learning rate]] × slope. Now the rate is 1. A is 0.871 too "
            "high, B as much too low. Where will the point go from A?",
            asks=_back_and_forth,
            shows=("named",),
            then=f"Press STEP {_STEPS} times and see.",
            done=lambda state: len(_walked(state).steps) >= _STEPS,
            start={"x": POINT_A, "rate": 1.0},
            reveals=("steps",),
            understood="A step that is too long overshoots: A, B, A, B, for ever. The error never "
            "gets smaller.",
        ),
        Task(
            name="one_step",
            kind="find",
            does="Find the rate with which one single step lands on the bottom.",
            shows=("steps", "rate", "named"),
            done=_landed,
            start={"x": POINT_A, "rate": 0.1},
            understood=_landing,
            hint="Too short with 0.1, too long with 1: try between. UNDO takes a step back.",
        ),
        Task(
            name="shoulder",
            kind="predict",
            does="Now the error of a neuron, over one [[weight]]. Its [[sigmoid]] makes both ends "
            "flat. The point stands on a flat part. What will it do at rate 1?",
            asks=_flat,
            shows=("named",),
            then=f"Press STEP {_STEPS} times.",
            done=lambda state: len(_walked(state, "weight_1").steps) >= _STEPS,
            start={"view": "weight", "along": "weight_1", "weight_1": _SHOULDER, "rate": 1.0},
            reveals=("steps",),
            understood="A neuron that is sure and wrong learns slowly: the [[sigmoid]] is flat "
            "there, so the [[gradient]] is almost 0.",
        ),
        Task(
            name="why_square",
            kind="say",
            does="The error is the miss, squared. Why squared?",
            asks=_why_square,
            carries=("weight_1", "weight_1_rates"),
            start={"x": 1.5},
            understood="Squared, big misses count most, and the slope shrinks near the bottom.",
        ),
    ),
    _summary,
)
