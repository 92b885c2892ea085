"""Trainings on ten digits, computed once for everybody; repeats of them in the background."""

from collections.abc import Callable, Iterator
from typing import Final

from nnviz.chapters.pictures_to_numbers.address import PAGE
from nnviz.chapters.pictures_to_numbers.figures import ten
from nnviz.chapters.pictures_to_numbers.ten.mistakes import Confusion, confusion
from nnviz.chapters.pictures_to_numbers.ten.network import (
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
from nnviz.chapters.pictures_to_numbers.ten.study import TenStudy, TenTrials, Trial, ten_trials
from nnviz.chapters.pictures_to_numbers.ten.words import describe_training
from nnviz.chart import packing
from nnviz.chart.tracks import Tracks, sentences
from nnviz.nn.checks import FloatArray
from nnviz.site.background import Background
from nnviz.site.caching import cached
from nnviz.site.offer import offer

Drawing = tuple[int, ...]


@cached(TenConfig)
def learned(config: TenConfig) -> TenRun:
    """Return the run of a config; one has 2 to 6 MB."""
    return train_ten(config)


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
    run = learned(config)
    found = None if off is None else without(config, off)
    return packing.pack(ten.right_tracks(run, found))


@cached(TenConfig)
def packed_drawing(config: TenConfig, drawing: Drawing, off: int | None) -> tuple[bytes, str]:
    """Return what is said of a drawing at every step, packed."""
    run = learned(config)
    texts = [_sentence(run, step, drawing, off) for step in ten.text_steps(run)]
    return packing.pack(ten.drawing_tracks(run, readings(run, drawing, off), texts))


def every_sentence(config: TenConfig, drawing: Drawing, off: int | None) -> bytes:
    """Return what is said at every step, packed for a file."""
    run = learned(config)
    texts = [_sentence(run, step, drawing, off) for step in range(run.last_step + 1)]
    return packing.pack(Tracks((sentences(texts),), run.last_step))[0]


def _sentence(run: TenRun, step: int, drawing: Drawing, off: int | None) -> str:
    return describe_training(
        run, step, read_ten(run, step, drawing, off), switched_off(run, step, off)
    )


def switched_off(run: TenRun, step: int, off: int | None) -> UnitOff | None:
    """Return what becomes of each digit at a step when a unit is switched off, if one is."""
    return None if off is None else unit_off(run, step, off, without(run.config, off)[step])


@cached(TenConfig)
def measured(config: TenConfig) -> float:
    """Return the accuracy on the held-out pictures at the end of a training."""
    return measure(config)


def _trials(study: TenStudy) -> Iterator[tuple[Trial, float]]:
    for trial in study.trials():
        yield trial, measured(study.config_of(trial))


_STUDIES: Final = Background(_trials, kept=32)


def offer_script(script: Callable[[], str]) -> None:
    """Offer the script of the network that is seen, whatever is looked at of it."""
    offer(
        f"{PAGE}.ten_script",
        "Python script (.py)",
        "Trains the network again with NumPy alone and prints the numbers on the screen. It holds "
        "the pictures.",
        "nnviz_ten_digits.py",
        script,
        "text/x-python",
    )


def studied(study: TenStudy) -> TenTrials:
    """Return what is known of a study; a thread works on it."""
    known = _STUDIES.ask(study)
    if known.failed:
        raise RuntimeError("a training has failed in its thread; the log says why.")
    return ten_trials(study, dict(known.results))
