"""Whom a neuron takes for the owner of a sign, in sentences."""

from collections import Counter
from typing import Final

from nnviz.chapters.pictures_to_numbers.drawing import EMPTY, Drawing
from nnviz.chapters.pictures_to_numbers.sign.judge import N_OWN, Judgement
from nnviz.data.digits import digits as pictures
from nnviz.text.digits import told_apart

HIDDEN: Final = "Who gets in is hidden until you have answered below."
NO_SIGN: Final = "No sign is drawn yet, so nobody is judged: draw it five times."


def sure(probability: float, threshold: float) -> str:
    """Return a probability, so that it is seen on which side of the threshold it lies."""
    return told_apart(probability, threshold, 0.0, 1.0, at_least=2)[0]


def gets_in(probability: float, threshold: float) -> str:
    """Say what is decided: "0.93, gets in"."""
    return f"{sure(probability, threshold)}, {decision(probability, threshold)}"


def decision(probability: float, threshold: float) -> str:
    """Say whether a drawing gets in."""
    return "gets in" if probability >= threshold else "is kept out"


def verdict(made: Judgement, drawing: Drawing, probability: float, threshold: float) -> str:
    """Say what is decided of a drawing of one's own, if there is one, and a sign to compare."""
    if drawing == EMPTY:
        return "nothing is drawn"
    return "no sign is drawn yet" if made.config.empty else gets_in(probability, threshold)


def label(probability: float, threshold: float) -> str:
    """Say the same in a few characters: "0.93 in"; of own drawings and strangers alike."""
    return f"{sure(probability, threshold)} {'in' if probability >= threshold else 'out'}"


def describe_judgement(made: Judgement, threshold: float, tried: Drawing, sure_of: float) -> str:
    """Say who gets in at a threshold: the sign, strangers, and the drawing that tries."""
    if made.config.empty:
        return NO_SIGN
    rejects, accepts = made.false_rejects(threshold), made.false_accepts(threshold)
    first = "1 of your 5 drawings is" if rejects == 1 else f"{rejects or 'None'} of your 5 are"
    second = "1 stranger gets" if accepts == 1 else f"{accepts:,} strangers get"
    return (
        f"Threshold {sure(threshold, threshold)}: {first} kept out (false rejects), {second} in, "
        f"of {len(made.which):,} (false accepts). The drawing that tries: "
        f"{verdict(made, tried, sure_of, threshold)}."
    )


def describe_kinds(made: Judgement, threshold: float) -> str:
    """Say which digits the strangers have written who get in."""
    inside = made.which[made.strange >= threshold]
    if not len(inside):
        return "No stranger gets in."
    counted = Counter(pictures().labels[inside].tolist()).most_common(3)
    written = ", ".join(f"{n} wrote {'an' if digit == 8 else 'a'} {digit}" for digit, n in counted)
    return f"Of the {len(inside):,} strangers who get in, {written}."


def warnings(drawings: tuple[Drawing, ...]) -> tuple[str, ...]:
    """Return what makes a sign unfit, each in a sentence with what would be right."""
    empty = [str(k) for k, each in enumerate(drawings, 1) if each == EMPTY]
    told = []
    if len(empty) == N_OWN:
        told.append("All five drawings are empty, so there is no sign yet: draw it five times.")
    elif empty:
        named = " and ".join([", ".join(empty[:-1]), empty[-1]] if empty[:-1] else empty)
        which = f"Drawing {named} is" if len(empty) == 1 else f"Drawings {named} are"
        told.append(f"{which} empty, and learned as part of the sign: draw there as well.")
    if len(set(drawings)) == 1 and len(empty) < N_OWN:
        told.append(
            "All five drawings are the same, so each is known from the others. Draw each by "
            "itself: your next one will differ too."
        )
    return tuple(told)
