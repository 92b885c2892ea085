"""Questions about the next adjustment of the neuron on the home page."""

from nnviz.nn.trace import Trace, trace_update
from nnviz.text.digits import digits
from nnviz.text.question import Question
from nnviz.walkthrough.four_steps import Moment


def four_steps_questions(moment: Moment) -> tuple[Question, ...]:
    """Return what can be asked of the next adjustment, for one unit with two inputs.

    The error after it, the way and the size of the changes, and another target.
    """
    trace, about = moment.following, f"in round {moment.next_adjustment}"
    return (
        _error(trace, about),
        _direction(trace, about),
        _larger_change(trace, about),
        _how_much_is_left(trace, about),
        _other_target(trace, about),
    )


def _error(trace: Trace, about: str) -> Question:
    options = ("lower", "the same", "higher")
    return Question(
        "After the next adjustment, will the error of this row be",
        options,
        _by_sign(trace.error - trace.error_after, options),
        f"The prediction goes from {digits(trace.prediction[0])} to "
        f"{digits(trace.prediction_after[0])}, and the target is {digits(trace.target[0])}. "
        f"So the error goes from {digits(trace.error)} to {digits(trace.error_after)}.",
        f"error {about}",
    )


def _direction(trace: Trace, about: str) -> Question:
    options = ("up", "nowhere", "down")
    return Question(
        "Which way will the next adjustment move weights[1]?",
        options,
        _by_sign(float(trace.layers[0].weight_updates[1, 0]), options),
        f"{_misses(trace)} The second number of the row is {digits(trace.input_vector[1])}, so "
        f"weights[1] goes from {_change(trace, 1)}.",
        f"direction {about}",
    )


def _larger_change(trace: Trace, about: str) -> Question:
    options = ("weights[0]", "both the same", "weights[1]")
    first, second = (abs(float(update)) for update in trace.layers[0].weight_updates[:, 0])
    x0, x1 = (digits(x) for x in trace.input_vector)
    return Question(
        "Which weight will the next adjustment change more?",
        options,
        _by_sign(first - second, options),
        f"A weight with a larger input has more effect on the sum, so it is moved more. The "
        f"inputs are {x0} and {x1}: weights[0] moves by {digits(first)} and weights[1] by "
        f"{digits(second)}.",
        f"larger change {about}",
    )


def _how_much_is_left(trace: Trace, about: str) -> Question:
    options = ("less than half", "half or more")
    return Question(
        "How much of the error will be left after the next adjustment?",
        options,
        options[0] if trace.error_after < trace.error / 2 else options[1],
        f"{digits(trace.error_after)} is left of {digits(trace.error)}. That is "
        f"{digits(100 * trace.error_after / trace.error, 3)} of every 100 parts.",
        f"how much is left {about}",
    )


def _other_target(trace: Trace, about: str) -> Question:
    other = 1 - float(trace.target[0])
    turned = trace_update(
        trace.network,
        trace.input_vector,
        other,
        loss=trace.loss,
        learning_rate=trace.learning_rate,
    )
    options = ("up", "nowhere", "down")
    return Question(
        f"If the target were {digits(other)}, which way would the next adjustment move weights[1]?",
        options,
        _by_sign(float(turned.layers[0].weight_updates[1, 0]), options),
        f"{_misses(turned)} So weights[1] would go from {_change(turned, 1)}.",
        f"other target {about}",
    )


def _by_sign(value: float, options: tuple[str, str, str]) -> str:
    """Return the option for above 0, exactly 0 or below 0."""
    if value == 0:
        return options[1]
    return options[0] if value > 0 else options[2]


def _misses(trace: Trace) -> str:
    """Say on which side of the target the prediction lies."""
    prediction, target = float(trace.prediction[0]), float(trace.target[0])
    if prediction == target:
        return f"The prediction is the target, {digits(target)}: there is nothing to change."
    side, cure = ("above", "smaller") if prediction > target else ("below", "larger")
    return (
        f"The prediction {digits(prediction)} lies {side} the target {digits(target)}, so the "
        f"sum must get {cure}."
    )


def _change(trace: Trace, i: int) -> str:
    before, after = trace.layers[0].weights[i, 0], trace.updated.layers[0].weights[i, 0]
    return f"{digits(before)} to {digits(after)}"
