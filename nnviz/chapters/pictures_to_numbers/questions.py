"""Questions about a drawing and the neuron that reads it."""

from types import MappingProxyType
from typing import Final

import numpy as np

from nnviz.chapters.pictures_to_numbers.drawing import place, shifted
from nnviz.chapters.pictures_to_numbers.reading import Reading, read_drawing, turns
from nnviz.chapters.pictures_to_numbers.two_digits import TWO, NeuronRun
from nnviz.chapters.pictures_to_numbers.words import describe_turns, factors, sure
from nnviz.text.digits import digits
from nnviz.text.question import Question

SAYS = tuple(str(digit) for digit in TWO)
MOVES: Final = MappingProxyType({"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)})
"""How far a drawing goes down and to the right, by what that is called."""
_OFFERED = 3


def neuron_questions(run: NeuronRun, step: int, reading: Reading) -> tuple[Question, ...]:
    """Return the questions about a drawing at a step: a move, the largest product, one square.

    There are none before anything is learned, or of an empty drawing: every answer would be 0.
    """
    if step == 0 or reading.digit is None or not any(reading.drawing):
        return ()
    about = f"{run.config} {step} {reading.drawing}"
    found = [_moved(run, step, reading, about), _most(reading, about), _turned(reading, about)]
    return tuple(question for question in found if question is not None)


def _moved(run: NeuronRun, step: int, reading: Reading, about: str) -> Question | None:
    """Ask about the move that changes most: one that turns the answer, where there is one."""
    moved = {
        name: read_drawing(run.parameters[step], shifted(reading.drawing, *by))
        for name, by in MOVES.items()
    }
    side = 1 if reading.z > 0 else -1
    name = min(moved, key=lambda each: side * moved[each].z)
    after = moved[name]
    if after.digit is None:
        return None
    return Question(
        f"It says {reading.digit}. The same drawing, one square further {name}: what does it say?",
        SAYS,
        str(after.digit),
        f"The sum goes from {digits(reading.z)} to {digits(after.z)}: every ink meets the weight "
        "of the square beside.",
        f"moved {about}",
    )


def _most(reading: Reading, about: str) -> Question | None:
    """Ask which square speaks most for what it says."""
    side = 1.0 if reading.digit == TWO[1] else -1.0
    order = np.argsort(-side * reading.products, kind="stable").tolist()
    best, others = order[0], [order[len(order) // 2], order[-1]]
    if len({reading.products[k] for k in (best, *others)}) < _OFFERED:
        return None
    prompt = f"Which of these squares speaks most for {reading.digit}?"
    told = {k: factors(reading, k) for k in (best, *others)}
    return which_place(prompt, best, told, f"most {about}")


def which_place(prompt: str, best: int, told: dict[int, str], about: str) -> Question:
    """Return the question which of some squares it is; ``told`` says in the end what is at each."""
    offered = sorted(told)
    reason = "; ".join(f"{place(k)}: {told[k]}" for k in offered)
    return Question(prompt, tuple(map(place, offered)), place(best), f"{reason}.", about)


def _turned(reading: Reading, about: str) -> Question:
    """Ask whether a single square can turn the answer."""
    return Question(
        f"Squeezed it is {sure(reading.prediction)}. Can one square alone turn the answer?",
        ("yes", "no"),
        "yes" if turns(reading) else "no",
        describe_turns(reading),
        f"turned {about}",
    )
