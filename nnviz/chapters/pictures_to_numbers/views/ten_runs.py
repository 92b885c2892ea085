"""Trainings on ten digits, computed once for everybody; repeats of them in the background."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from nnviz.chapters.pictures_to_numbers import address
from nnviz.chapters.pictures_to_numbers.address import PAGE
from nnviz.chapters.pictures_to_numbers.drawing import Drawing
from nnviz.chapters.pictures_to_numbers.figures import ten
from nnviz.chapters.pictures_to_numbers.ten.mistakes import Confusion, confusion
from nnviz.chapters.pictures_to_numbers.ten.network import (
    UPDATES,
    TenConfig,
    TenRun,
    digit_accuracy,
    measure,
    train_ten,
)
from nnviz.chapters.pictures_to_numbers.ten.reading import (
    UnitOff,
    most_needed,
    read_ten,
    readings,
    unit_off,
)
from nnviz.chapters.pictures_to_numbers.ten.script import ten_program
from nnviz.chapters.pictures_to_numbers.ten.study import TenTrials
from nnviz.chapters.pictures_to_numbers.ten.words import describe_training
from nnviz.chart import packing
from nnviz.chart.tracks import Tracks, sentences
from nnviz.nn.checks import FloatArray
from nnviz.site import offer
from nnviz.site.background import Studies
from nnviz.site.caching import cached
from nnviz.site.parts import code
from nnviz.text.script import Program

learned = cached(TenConfig)(train_ten)
"""The run of a config; one has 2 to 6 MB."""

STUDIES: Final = Studies(cached(TenConfig)(measure), TenTrials)
"""The trainings repeated with other pictures, units and hands."""


@cached(TenConfig)
def confused(config: TenConfig) -> Confusion:
    """Return what is taken for what at the end of a training."""
    run = learned(config)
    return confusion(run, run.last_step)


@cached(TenConfig)
def needed(config: TenConfig) -> int:
    """Return the hidden unit that is needed most at the end of a training."""
    run = learned(config)
    return most_needed(run, run.last_step)


@cached(TenConfig)
def without(config: TenConfig, unit: int) -> FloatArray:
    """Return the accuracy of each digit without a unit at every step, (n_steps, 10)."""
    run = learned(config)
    found = digit_accuracy(run, run.parameters, unit)
    found.flags.writeable = False
    return found


@cached(TenConfig)
def packed_weights(config: TenConfig) -> tuple[bytes, str]:
    """Return the pictures of all weights at every step, packed for the browser."""
    return packing.pack(ten.weight_tracks(learned(config)))


@cached(TenConfig)
def packed_right(config: TenConfig, off: int | None) -> tuple[bytes, str]:
    """Return how many pictures of each digit are right at every step, packed."""
    found = None if off is None else without(config, off)
    return packing.pack(ten.right_tracks(learned(config), found))


@cached(TenConfig)
def packed_drawing(config: TenConfig, drawing: Drawing, off: int | None) -> tuple[bytes, str]:
    """Return what is said of a drawing at every step, packed."""
    run = learned(config)
    texts = _texts(run, ten.text_steps(run), drawing, off)
    return packing.pack(ten.drawing_tracks(run, drawing, readings(run, drawing, off), texts))


def every_sentence(config: TenConfig, drawing: Drawing, off: int | None) -> bytes:
    """Return what is said at every step, packed for a file."""
    run = learned(config)
    texts = _texts(run, range(run.last_step + 1), drawing, off)
    return packing.pack(Tracks((sentences(texts),), run.last_step))[0]


def _texts(run: TenRun, steps: range, drawing: Drawing, off: int | None) -> list[str]:
    return [
        describe_training(
            run, step, read_ten(run, step, drawing, off), switched_off(run, step, off)
        )
        for step in steps
    ]


def switched_off(run: TenRun, step: int, off: int | None) -> UnitOff | None:
    """Return what becomes of each digit at a step when a unit is switched off, if one is."""
    return None if off is None else unit_off(run, step, off, without(run.config, off)[step])


Bodies = dict[str, Callable[[], None]]
"""What draws the parts below a picture, by their names."""


def program(step: int) -> Program:
    """Return the program that prints what is on the page."""
    run = learned(address.ten_config())
    return ten_program(run, step, address.seen(), address.off_unit())


def offer_program(step: int, prints: str = "prints the numbers on the screen") -> None:
    """Offer that program, and say what it prints."""
    run, drawing, off = learned(address.ten_config()), address.seen(), address.off_unit()
    offer.offer_program(
        f"{PAGE}.ten_",
        "nnviz_ten_digits",
        f"Trains the network again with NumPy alone and {prints}. It holds the pictures.",
        lambda: ten_program(run, step, drawing, off),
    )


def bodies_at_the_end(
    functions: Sequence[Callable[..., Any]],
    numbers: Callable[[], None],
    predict: Callable[[], None],
    *prints: str,
) -> Bodies:
    """Return the parts below what is seen at the end of a training, but for the tutorial's.

    `prints`: what the program of the training prints, if not all that is on the screen.
    """
    return {
        "numbers": numbers,
        "code": lambda: code(functions, program(UPDATES).script),
        "export": lambda: offer_program(UPDATES, *prints),
        "predict": predict,
    }
