"""Questions about the next adjustment of the neuron, and about the next throw at the board."""

from typing import Final

from nnviz.chapters.home.darts import (
    Game,
    dart_regime,
    fall,
    is_lost,
    long_run_spread,
    throws_until,
)
from nnviz.chapters.home.four_steps import Progress
from nnviz.chapters.home.words_darts import cm, missed
from nnviz.nn.trace import Trace, trace_update
from nnviz.text.digits import (
    digits,
    digits_apart,
    enough_digits,
    enough_for_all,
    told_apart,
    without_dust,
)
from nnviz.text.names import CODE, Naming, called
from nnviz.text.question import Question, by_sign

_ROOM: Final = 200.0
"""A length in cm: rounding errors beside it count as 0, as `missed` writes them."""


def four_steps_questions(progress: Progress, naming: Naming = CODE) -> tuple[Question, ...]:
    """Return the questions about the next adjustment, for one unit with two inputs.

    They ask for the error after it, the direction and size of the changes, and another target.
    """
    trace, about = progress.following, f"in round {progress.next_adjustment}"
    ask = (_error, _direction, _larger_change, _how_much_is_left, _other_target)
    return tuple(question(trace, about, naming) for question in ask)


def weight_questions(trace: Trace, naming: Naming) -> tuple[Question, ...]:
    """Return the questions that can be answered without computing a sigmoid."""
    return tuple(ask(trace, "", naming) for ask in (_direction, _larger_change, _other_target))


def _error(trace: Trace, about: str, _: Naming) -> Question:
    options = ("lower", "the same", "higher")
    old, new = told_apart(trace.error, trace.error_after)
    before, after, target = told_apart(
        *(float(each[0]) for each in (trace.prediction, trace.prediction_after, trace.target))
    )
    return Question(
        "After the next adjustment, will the error of this row be",
        options,
        by_sign(trace.error - trace.error_after, options),
        f"The prediction goes from {before} to {after}, and the target is {target}. "
        f"So the error goes from {old} to {new}.",
        f"error {about}",
    )


def _direction(trace: Trace, about: str, naming: Naming) -> Question:
    options = ("up", "nowhere", "down")
    return Question(
        f"Which way will the next adjustment move {called('weight', naming, 1)}?",
        options,
        by_sign(float(trace.layers[0].weight_updates[1, 0]), options),
        f"{_misses(trace)} The second number of the row is {digits(trace.input_vector[1])}, so "
        f"{called('weight', naming, 1)} goes from {_change(trace, 1)}.",
        f"direction {about}",
    )


def _larger_change(trace: Trace, about: str, naming: Naming) -> Question:
    names = [called("weight", naming, i) for i in range(2)]
    options = (names[0], "both the same", names[1])
    first, second = (abs(float(update)) for update in trace.layers[0].weight_updates[:, 0])
    x0, x1 = (digits(x) for x in trace.input_vector)
    moves = told_apart(first, second)
    return Question(
        "Which weight will the next adjustment change more?",
        options,
        by_sign(first - second, options),
        f"A weight with a larger input has more effect on the sum, so it is moved more. The "
        f"inputs are {x0} and {x1}: {names[0]} moves by {moves[0]} and {names[1]} by {moves[1]}.",
        f"larger change {about}",
    )


def _how_much_is_left(trace: Trace, about: str, _: Naming) -> Question:
    options = ("less than half", "half or more")
    part = 100 * trace.error_after / trace.error
    of_part, errors = digits_apart(part, 50.0, at_least=3), (trace.error_after, trace.error)
    n = enough_for_all([(lambda left, whole: 100 * left / whole, of_part)], errors, 4)
    left, whole = told_apart(*errors, at_least=n)
    return Question(
        "How much of the error will be left after the next adjustment?",
        options,
        options[0] if trace.error_after < trace.error / 2 else options[1],
        f"{left} is left of {whole}. That is {digits(part, of_part)} of every 100 parts.",
        f"how much is left {about}",
    )


def _other_target(trace: Trace, about: str, naming: Naming) -> Question:
    other = 1 - float(trace.target[0])
    turned = trace_update(
        trace.network, trace.input_vector, other, loss=trace.loss, learning_rate=trace.learning_rate
    )
    second = called("weight", naming, 1)
    options = ("up", "nowhere", "down")
    return Question(
        f"If the target were {digits(other)}, which way would the next adjustment move {second}?",
        options,
        by_sign(float(turned.layers[0].weight_updates[1, 0]), options),
        f"{_misses(turned)} So {second} would go from {_change(turned, 1)}.",
        f"other target {about}",
    )


def _misses(trace: Trace) -> str:
    """Say on which side of the target the prediction lies."""
    prediction, target = float(trace.prediction[0]), float(trace.target[0])
    if prediction == target:
        return f"The prediction is the target, {digits(target)}: there is nothing to change."
    side, cure = ("above", "smaller") if prediction > target else ("below", "larger")
    shown, aim = told_apart(prediction, target)
    return f"The prediction {shown} lies {side} the target {aim}, so the sum must get {cure}."


def _change(trace: Trace, i: int) -> str:
    layers = (trace.layers[0], trace.updated.layers[0])
    return " to ".join(told_apart(*(float(layer.weights[i, 0]) for layer in layers)))


def darts_questions(game: Game, fraction: float, *, by_hand: bool) -> tuple[Question, ...]:
    """Return the questions about the next throw.

    It is corrected by `fraction` of the last miss, unless it is made `by_hand`.
    """
    general = (_faster(), _best_fraction(), _wind())
    miss = 0.0 if not len(game) or game.lost or by_hand else float(game.misses[-1])
    if not without_dust(miss, _ROOM):
        return general
    return (*next_throw_questions(miss, fraction, f"after throw {len(game)} of "), *general)


def next_throw_questions(miss: float, fraction: float, after: str = "") -> tuple[Question, ...]:
    """Return the questions about the throw after a miss (cm) that a fraction of it corrects."""
    about = f"{after}{miss!r} by {fraction!r}"
    return (*_side(miss, fraction, about), _size(miss, fraction, about))


def _side(miss: float, fraction: float, about: str) -> tuple[Question, ...]:
    options = ("too high", "exactly in the bull's-eye", "too low")
    factor = dart_regime(fraction).factor
    following = without_dust(factor * miss, _ROOM)
    if is_lost(following):
        return ()  # it meets the floor or the ceiling first
    shown, part = _fraction_and_factor(fraction)
    n = enough_digits(lambda factor, miss: factor * miss, (factor, miss), 3)
    return (
        Question(
            f"The last dart hit {missed(miss, n)}. Corrected by {shown} of the miss and "
            "without a gust, the next one will be",
            options,
            by_sign(following, options),
            f"The correction leaves 1 − {shown} = {part} of the miss, so the next "
            f"dart hits {missed(following)}.",
            f"side {about}",
        ),
    )


def _fraction_and_factor(fraction: float) -> tuple[str, str]:
    """Return a fraction and what it leaves of a miss, so that 1 and 2 are seen to be so or not."""
    factor = dart_regime(fraction).factor
    of_factor = digits_apart(factor, -1.0, 0.0, 1.0)
    of_fraction = enough_digits(lambda fraction: 1 - fraction, (fraction,), of_factor)
    of_fraction = max(of_fraction, digits_apart(fraction, 0.0, 1.0, 2.0))
    return digits(fraction, of_fraction), digits(factor, of_factor)


def _size(miss: float, fraction: float, about: str) -> Question:
    options = ("5 or fewer", "more than 5", "it never will")
    # A tenth of it, but for rounding: at fraction 0.9 one throw leaves just that.
    n = throws_until(miss, fraction, abs(miss) / 10 * (1 + 1e-12))
    if n is not None:
        answer, reason = options[n > 5], f"throw {n} from here is the first"
    elif 0 < fraction < 2:
        answer, reason = options[1], "it takes more than a thousand"
    else:
        answer, reason = options[2], "no throw does"
    shown, factor = _fraction_and_factor(fraction)
    return Question(
        f"How many throws at this fraction, {shown}, until only a tenth of the last miss is left?",
        options,
        answer,
        f"Each throw leaves {factor} of the miss before it, and {reason}.",
        f"size {about}",
    )


def _faster() -> Question:
    slow, fast = fall(10), fall(20)
    return Question(
        "A dart is thrown twice as fast from the same height. How far does it fall on the way?",
        ("half as far", "a quarter as far", "just as far"),
        "a quarter as far",
        f"It is under way for half the time, and the fall grows with the time times itself: "
        f"{cm(slow)} cm at 10 metres a second, {cm(fast)} cm at 20.",
        "faster",
    )


def _best_fraction() -> Question:
    return Question(
        "Without wind, which fraction of the miss needs the fewest throws?",
        ("0.5", "1", "1.5"),
        "1",
        "1 − 1 = 0: nothing is left of the miss after one correction. Both 0.5 and 1.5 leave half "
        "of it each time, 1.5 on the other side.",
        "best fraction",
    )


def _wind() -> Question:
    return Question(
        "With wind, at which fraction do the throws lie closer together in the long run?",
        ("0.2", "both alike", "1"),
        "0.2",
        "A full correction answers the last gust, which will not come again: the throws spread "
        f"{digits(long_run_spread(1, 1), 3)} times as much as the gusts. At 0.2 it is "
        f"{digits(long_run_spread(0.2, 1), 3)} times.",
        "wind",
    )
