"""Trainings on threes and eights, computed once for everybody, and never for long at a time."""

from typing import Final

from nnviz.chapters.pictures_to_numbers.drawing import Drawing
from nnviz.chapters.pictures_to_numbers.figures.neuron import drawing_tracks, weight_tracks
from nnviz.chapters.pictures_to_numbers.reading import read_drawing
from nnviz.chapters.pictures_to_numbers.two_digits import (
    NeuronConfig,
    NeuronRun,
    PictureTrials,
    measure,
    train_neuron,
)
from nnviz.chapters.pictures_to_numbers.words import describe_step
from nnviz.chart import packing
from nnviz.chart.tracks import Tracks, sentences
from nnviz.site.background import Studies
from nnviz.site.caching import cached

_TEXTS: Final = 200  # steps with a sentence while a training plays

learned = cached(NeuronConfig)(train_neuron)
"""The run of a config; one has about 1 MB."""

STUDIES: Final = Studies(cached(NeuronConfig)(measure), PictureTrials)
"""How many pictures it takes."""


@cached(NeuronConfig)
def packed_weights(config: NeuronConfig, accuracy: bool, means: bool) -> tuple[bytes, str]:
    """Return the tracks of weights and, if wanted, accuracy and mean inks, for the browser."""
    return packing.pack(weight_tracks(learned(config), accuracy=accuracy, means=means))


@cached(NeuronConfig)
def packed_drawing(config: NeuronConfig, drawing: Drawing, counted: bool) -> tuple[bytes, str]:
    """Return the tracks of a drawing, its sum in numbers if wanted, packed for the browser."""
    run = learned(config)
    stride = max(1, run.last_step // _TEXTS)
    texts = _texts(run, drawing, stride)
    return packing.pack(drawing_tracks(run, drawing, texts, stride, counted=counted))


def every_sentence(config: NeuronConfig, drawing: Drawing) -> bytes:
    """Return what is said at every step, packed for a file."""
    run = learned(config)
    return packing.pack(Tracks((sentences(_texts(run, drawing, 1)),), run.last_step))[0]


def _texts(run: NeuronRun, drawing: Drawing, stride: int) -> list[str]:
    return [
        describe_step(run, step, read_drawing(run.parameters[step], drawing))
        for step in range(0, run.last_step + 1, stride)
    ]
