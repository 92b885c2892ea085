"""Questions about a threshold, about a sign that is moved, and about what must not happen."""

from nnviz.chapters.pictures_to_numbers.drawing import EMPTY, shifted
from nnviz.chapters.pictures_to_numbers.sign.judge import Judgement, probability
from nnviz.chapters.pictures_to_numbers.sign.words import gets_in, sure
from nnviz.text.digits import digits
from nnviz.text.question import Question, by_sign

_STEP = 0.3


def sign_questions(made: Judgement, threshold: float) -> tuple[Question, ...]:
    """Return the questions about a judgement: another threshold, and a drawing that is moved.

    There are none without a sign.
    """
    if made.config.empty:
        return ()
    other = threshold + _STEP if threshold <= 0.5 else threshold - _STEP
    about = f"{made.config} {threshold}"
    return (_strangers(made, threshold, other, about), *_moved(made, threshold, about))


def _strangers(made: Judgement, threshold: float, other: float, about: str) -> Question:
    """Ask how many strangers get in at another threshold."""
    names = ("more", "just as many", "fewer")
    now, then = made.false_accepts(threshold), made.false_accepts(other)
    rejects = made.false_rejects(threshold), made.false_rejects(other)
    return Question(
        f"The threshold goes from {digits(threshold)} to {digits(other)}. How many strangers get "
        "in then?",
        names,
        by_sign(then - now, names),
        f"{now:,} before, {then:,} then. Your own drawings pay for it or gain: {rejects[0]} of 5 "
        f"were kept out, then {rejects[1]}. One threshold moves both.",
        f"strangers {about}",
    )


def _moved(made: Judgement, threshold: float, about: str) -> tuple[Question, ...]:
    """Ask whether the first drawing that is known is still known one column further right."""
    found = probability(made.parameters, made.config.drawings)
    known = [k for k, p in enumerate(found.tolist()) if p >= threshold]
    if not known or made.config.drawings[known[0]] == EMPTY:
        return ()
    k = known[0]
    moved = float(probability(made.parameters, [shifted(made.config.drawings[k], 0, 1)])[0])
    names = ("yes", "no")
    return (
        Question(
            f"Drawing {k + 1} was learned and gets in ({sure(float(found[k]), threshold)}). Does "
            "it, moved to the right by one column?",
            names,
            names[moved < threshold],
            f"Moved, it is {gets_in(moved, threshold)}. The neuron knows squares, not shapes.",
            f"moved {about}",
        ),
    )
