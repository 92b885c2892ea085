"""The lesson Prediction: add up, squeeze, what 0.87 means, the threshold, why no step."""

from typing import Final

import numpy as np

from nnviz.chapters.prediction.decision import decide, flip_coins
from nnviz.data import tutorial
from nnviz.nn.network import Layer, Network
from nnviz.text.digits import digits, told_apart
from nnviz.text.lesson import Lesson, State, Task
from nnviz.text.question import Question, choice

_SUM, _SQUEEZED, _ANSWERED = 3, 4, 5
"""The steps at which the weighted sum, the prediction and the answer are known."""

_FLIPS: Final = 2


def _through(state: State, row: int | None = None) -> tuple[float, float]:
    """Return the weighted sum and the prediction of the chosen row, or of another one."""
    layer = Layer(np.array(state["weights"])[:, None], np.array([state["bias"]]), "sigmoid")
    x1, x2, _ = state["rows"][state["row"] - 1 if row is None else row]
    forward = Network((layer,)).forward([[x1, x2]])
    return float(forward.pre_activations[0][0, 0]), float(forward.activations[-1][0, 0])


def _added(state: State) -> str:
    return (
        "Each input times its [[weight]], added up, and the [[bias]] on top: the "
        f"[[weighted sum]], here {digits(_through(state)[0])}."
    )


def _squeeze(state: State) -> Question:
    z, p = _through(state)
    options = (f"about {digits(p, 2)}", f"about {digits(z, 2)}", f"about {digits(10 * z, 2)}")
    return choice(
        options,
        options[0],
        f"The curve never leaves 0 to 1. Above {digits(z)} it stands at {digits(p, 3)}.",
    )


def _coins(state: State) -> Question:
    _, p = _through(state)
    n = round(100 * p)
    options = (f"exactly {n}", f"about {n}", "all 100")
    came = flip_coins(p, state["flips"]).n_ones
    return choice(
        options, options[1], f"Chance decides each coin by itself. This time {came} came up 1."
    )


def _right_now(state: State) -> bool:
    _, p = _through(state)
    return state["at"] >= _ANSWERED and decide(p, state["threshold"]) == tutorial.SECOND_TARGET


def _traded(state: State) -> str:
    first = _through(state, 0)[1]
    shown, limit = told_apart(first, state["threshold"])
    return (
        f"Now this plant is right. But the one of task 1, which thrives, is at {shown}: below "
        f"{limit}, so it would be wrong. The [[threshold]] is a choice between two mistakes."
    )


def _why_sigmoid(_: State) -> Question:
    options = (
        "A step makes more wrong answers.",
        "With it a small change of a weight shows.",
        "A step takes longer to compute.",
    )
    return choice(
        options,
        options[1],
        "A step is flat: a small change does nothing. The sigmoid always rises.",
    )


def _summary(state: State) -> str:
    z, p = _through({**state, "row": 2})
    return (
        f"A neuron adds up ({digits(z)}), squeezes ({digits(p, 3)}), and a threshold makes a yes "
        f"or a no of it. {digits(p, 2)} means: about {round(100 * p)} of 100 such plants thrive."
    )


LESSON: Final = Lesson(
    "prediction",
    "A [[neuron]] makes a [[prediction]] of a plant's sun and water: will it thrive? Follow the "
    "numbers through.",
    (
        Task(
            name="sum",
            kind="try",
            does="Here is what one plant gets. Take single steps until the weighted sum is "
            "complete.",
            done=lambda state: state["at"] >= _SUM,
            shows=("sentence",),
            understood=_added,
            hint="Press “one step” beside Play. The right arrow key does the same.",
        ),
        Task(
            name="squeeze",
            kind="predict",
            does="Another plant: its weighted sum is 1.91. The next box, a [[sigmoid]], squeezes "
            "it. What comes out?",
            asks=_squeeze,
            then="Take one step.",
            done=lambda state: state["at"] >= _SQUEEZED,
            start={"row": 2, "at": _SUM},
            reveals=("curve",),
            understood="The [[sigmoid]] squeezes any sum between 0 and 1. That is the "
            "[[prediction]].",
        ),
        Task(
            name="coins",
            kind="predict",
            does="The prediction is 0.87. Flip 100 coins that come up 1 with this chance: how many "
            "will?",
            asks=_coins,
            then="Flip them again, twice.",
            done=lambda state: state["flips"] >= _FLIPS,
            start={"row": 2, "at": _SQUEEZED},
            shows=("curve",),
            reveals=("coins", "flip"),
            understood="0.87 is a [[probability]]: of 100 such plants about 87 should thrive. Of "
            "one alone it is no promise.",
        ),
        Task(
            name="threshold",
            kind="find",
            does="From the threshold on the answer is 1. This plant withers (target 0): move the "
            "threshold until the answer is right.",
            shows=("curve", "threshold"),
            done=_right_now,
            start={"row": 2, "at": _ANSWERED},
            understood=_traded,
            hint="The prediction has to lie below the threshold, the dashed line.",
        ),
        Task(
            name="why_sigmoid",
            kind="say",
            does="A step from 0 to 1 would answer at once. Why a sigmoid instead?",
            asks=_why_sigmoid,
            start={"row": 2, "at": _ANSWERED},
            carries=("threshold",),
            shows=("curve",),
            reveals=("slope",),
            understood="A [[sigmoid]] has a [[slope]]: learning goes by it.",
        ),
    ),
    _summary,
)
