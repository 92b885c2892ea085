"""The lesson Vector similarity: multiply and add, the sign, the length that misleads, a neuron."""

from typing import Final

from nnviz.chapters.vector_similarity.vectors import Comparison, compare, length, verdict
from nnviz.data import tutorial
from nnviz.text.digits import digits, told_apart
from nnviz.text.lesson import Lesson, State, Task
from nnviz.text.question import Question, choice

_PLANT: Final = (2.0, 1.0)
_WEIGHTS: Final = (1.5, -1.0)


def _first(state: State) -> Comparison:
    return compare(state["input_vector"], state["weights_1"])


def _second(state: State) -> Comparison:
    return compare(state["input_vector"], state["weights_2"])


def _multiply(state: State) -> Question:
    first = _first(state)
    (x1, x2), (w1, w2) = first.input_vector.tolist(), first.weights.tolist()
    right = digits(first.score)
    wrong = (digits(x1 * w1 - x2 * w2), digits(sum((x1, x2, w1, w2))))
    a, b = first.products.tolist()
    return choice(
        (wrong[0], right, wrong[1]),
        right,
        f"{digits(x1)} · {digits(w1)} + {digits(x2)} · ({digits(w2)}) = "
        f"{digits(a)} − {digits(abs(b))} = {right}. The bars show it.",
    )


def _doubled(state: State) -> Question:
    first = _first(state)
    after = compare(first.input_vector, 2 * first.weights)
    before, now = told_apart(first.score, after.score)
    options = ("it doubles", "it stays the same", "it grows fourfold")
    return choice(
        options, options[0], f"Every product is twice as large: it goes from {before} to {now}."
    )


def _is_doubled(state: State) -> bool:
    return length(state["weights_1"]) >= 2 * length(tutorial.WEIGHTS_1) - 1e-9


def _disagrees(state: State) -> bool:
    judged = verdict(_first(state), _second(state))
    return judged.by_dot == 1 and judged.by_cosine == 2


def _misled(state: State) -> str:
    first, second = _first(state), _second(state)
    dots = told_apart(first.score, second.score)
    angles = told_apart(first.shown_angle or 0.0, second.shown_angle or 0.0)
    return (
        f"By [[dot product]] candidate 1 wins, {dots[0]} to {dots[1]}, because it is long. By "
        f"angle it loses, {angles[0]}° to {angles[1]}°. [[Cosine similarity|cosine similarity]] "
        "sees direction alone."
    )


def _neuron(_: State) -> Question:
    options = (
        "It adds them number by number, and multiplies the sums.",
        "It multiplies them number by number, and adds up.",
        "It measures the angle between them.",
    )
    return choice(
        options,
        options[1],
        "That sum is the dot product: large for inputs that point the way the weights do.",
    )


def _summary(state: State) -> str:
    first = compare(tutorial.INPUT_VECTOR, tutorial.WEIGHTS_1)
    return (
        "A dot product is above 0 when two arrows point the same way, and it grows with their "
        f"length: doubled, {digits(first.score)} became {digits(2 * first.score)}. A neuron "
        "uses it to see how well an input fits its weights."
    )


LESSON: Final = Lesson(
    "vector_similarity",
    "A plant is two numbers, its sun and its water: a [[vector]]. A neuron compares it with its "
    "weights by a [[dot product]].",
    (
        Task(
            name="multiply",
            kind="predict",
            does="The input is a plant, (2, 1). Candidate 1, (1.5, −1), could be a neuron's "
            "weights. Multiply number by number, then add up: what comes out?",
            asks=_multiply,
            start={"input_vector": _PLANT, "weights_1": _WEIGHTS},
            reveals=("bars",),
            understood="Multiply number by number and add up: that is the [[dot product]].",
        ),
        Task(
            name="below_zero",
            kind="find",
            does="Drag the tip of the input. Where is the dot product below 0?",
            shows=("bars", "drag"),
            done=lambda state: _first(state).side < 0,
            understood="It is above 0 if both point the same way, 0 at a right angle, and below 0 "
            "if they point apart.",
            hint="Lead the input to the other side, away from candidate 1. Arrow keys move it too.",
        ),
        Task(
            name="double",
            kind="predict",
            does="Candidate 1 will be made twice as long. What will happen to its dot product with "
            "the input?",
            asks=_doubled,
            then="Press Double, and watch the bars.",
            done=_is_doubled,
            shows=("bars",),
            reveals=("double",),
            understood="Twice the length, twice the dot product: but it points nowhere nearer.",
        ),
        Task(
            name="misled",
            kind="find",
            does="Two neurons, two candidates for the weights. Let candidate 1 win by dot product "
            "although candidate 2 points closer to the input. An arc is the angle between two.",
            shows=("bars", "candidate 2", "drag", "double", "compared", "angles"),
            done=_disagrees,
            understood=_misled,
            hint="Make candidate 1 long, and leave it pointing where it points.",
        ),
        Task(
            name="neuron",
            kind="say",
            does="A [[neuron]] has its weights, and gets an input. What does it do with the two?",
            asks=_neuron,
            carries=("input_vector", "weights_1", "weights_2"),
            shows=("bars", "angles"),
            understood="So its [[weighted sum]] says how well the input fits its weights.",
        ),
    ),
    _summary,
)
