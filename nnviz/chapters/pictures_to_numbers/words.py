"""A drawing, and a neuron that tells 3 from 8, in sentences."""

from typing import Final

from nnviz.chapters.pictures_to_numbers.drawing import EMPTY, place
from nnviz.chapters.pictures_to_numbers.reading import Reading, strongest, turns
from nnviz.chapters.pictures_to_numbers.two_digits import (
    REPEATS,
    SIZES,
    TWO,
    NeuronRun,
    PictureTrials,
)
from nnviz.text.digits import digits, multiplied, percent, told_apart

HIDDEN: Final = "The picture waits for your answer."
_MOST_NAMED: Final = 3


def a_digit(digit: int) -> str:
    """Return a digit with its article: a 3, an 8."""
    return f"an {digit}" if digit == TWO[1] else f"a {digit}"


def sure(prediction: float) -> str:
    """Return a prediction, with enough digits that it is not rounded to 0, 0.5 or 1."""
    return told_apart(prediction, 0.0, 0.5, 1.0, at_least=2)[0]


def describe_step(run: NeuronRun, step: int, reading: Reading) -> str:
    """Say what the neuron has learned at a step, and what it says of a drawing."""
    n, n_held_out = len(run.train), len(run.held_out)
    if step == 0:
        return (
            "Nothing is learned yet: all 64 weights and the bias are 0, so every drawing gets the "
            "sum 0, and the neuron says neither 3 nor 8."
        )
    right = round(float(run.held_out_accuracy[step]) * n_held_out)
    return (
        f"Update {step:,}, from {n} pictures: {right} of {n_held_out} others right. "
        f"{describe_reading(reading)}"
    )


def describe_reading(reading: Reading) -> str:
    """Say what the neuron says of a drawing, and which square speaks most for it."""
    z, prediction = digits(reading.z), sure(reading.prediction)
    if reading.drawing == EMPTY:
        return f"The drawing is empty: the sum is the bias alone, {z}."
    if reading.digit is None:
        return "The sum of this drawing is 0: the neuron says neither 3 nor 8."
    side = reading.largest if reading.digit == TWO[1] else reading.smallest
    return (
        f"Of this drawing the sum is {z}, squeezed {prediction}: it says {reading.digit}. Most for "
        f"that speaks {place(side)}: {factors(reading, side)}."
    )


def verdict(reading: Reading) -> str:
    """Say what the neuron says of a drawing, in a few words."""
    if reading.drawing == EMPTY:
        return "Nothing is drawn."
    if reading.digit is None:
        return "It says neither: the sum is 0."
    return f"It says {reading.digit}: the sum is {digits(reading.z)}."


def factors(reading: Reading, pixel: int) -> str:
    """Return the product of a square with its factors, as "ink 12 × weight 0.1 = 1.2"."""
    ink = reading.drawing[pixel]
    weight, product = multiplied(ink, float(reading.weights[pixel]))
    return f"ink {ink} × weight {weight} = {product}"


def compared(reading: Reading, pixel: int) -> str:
    """Say what a square that is pointed at is beside the one that speaks most for a 3."""
    product = reading.products[pixel]
    if not reading.drawing[pixel]:
        return ": no ink, so it adds nothing"
    if product > 0:
        return ": it speaks for an 8"
    return "" if product == reading.products.min() else ": another speaks more for a 3"


def notes(reading: Reading, step: int | None) -> tuple[str, ...]:
    """Return what pointing at each square says, and at which step if there is more than one."""
    when = "" if step is None else f" (update {step:,})"
    return tuple(f"{factors(reading, pixel)}{when}" for pixel in range(len(reading.drawing)))


def describe_turns(reading: Reading) -> str:
    """Say which single squares would turn the answer."""
    if reading.drawing == EMPTY:
        return "Nothing is drawn, so there is no answer that a square could turn."
    if reading.digit is None:
        return "The sum is 0, so there is no answer that a square could turn."
    found, other = turns(reading), TWO[reading.digit == TWO[0]]
    if not found:
        best = strongest(reading)
        return (
            f"No single square makes it say {other}. Furthest goes {place(best.pixel)}: with ink "
            f"{best.ink} instead of {reading.drawing[best.pixel]} the sum is {digits(best.z)} "
            f"instead of {digits(reading.z)}."
        )
    named = "; ".join(
        f"{place(turn.pixel)}, ink {reading.drawing[turn.pixel]} → {turn.ink}"
        for turn in found[:_MOST_NAMED]
    )
    n = len(found)
    if n == 1:
        return f"One square alone makes it say {other}: {named}."
    more = "" if n <= _MOST_NAMED else f" These need the smallest change of {n}."
    which = "these" if n <= _MOST_NAMED else str(n)
    return f"Each of {which} squares alone makes it say {other}: {named}.{more}"


def describe_trials(made: PictureTrials) -> str:
    """Say how many pictures it takes."""
    if not made.complete:
        return made.progress
    mean = made.mean()
    few, many = percent(mean[SIZES.index(20)], mean[-1], decimals=1)
    return (
        f"Mean of {REPEATS} trainings with other pictures each: from 20 pictures {few} of all "
        f"others are right, from {SIZES[-1]} {many}."
    )
