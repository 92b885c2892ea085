"""What moves while a neuron learns to read: weights, products, the sum, numbers and a sentence."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from nnviz.chapters.pictures_to_numbers.drawing import MOST_INK, Drawing
from nnviz.chapters.pictures_to_numbers.figures import squares
from nnviz.chapters.pictures_to_numbers.two_digits import NeuronRun
from nnviz.chart.tracks import DotTrack, ReadoutTrack, Tracks, WordsTrack, short_of
from nnviz.nn.activations import sigmoid

_LEAST_REACH: Final = 1e-9


def weight_tracks(run: NeuronRun, *, accuracy: bool = True, means: bool = True) -> Tracks:
    """Return what is so for every drawing: the weights and, unless unwanted, accuracy and means."""
    weights = run.parameters[:, :-1]
    n = len(run.held_out)
    wrong = np.round((1 - run.held_out_accuracy) * n)
    counted = (ReadoutTrack(values=wrong, label="held out: wrong", after=f" of {n}"),)
    apart = np.nan_to_num(run.mean_inks[1] - run.mean_inks[0])[np.newaxis]
    drawn = (squares.painted(apart, MOST_INK, "5"),)
    return Tracks(
        (
            squares.painted(weights, _reach(weights), ""),
            *(drawn if means else ()),
            *(counted if accuracy else ()),
        ),
        run.last_step,
    )


def drawing_tracks(
    run: NeuronRun, drawing: Drawing, texts: Sequence[str], stride: int, *, counted: bool = True
) -> Tracks:
    """Return what moves for a drawing; ``texts`` is what is said at every ``stride`` steps.

    The sum is ``counted`` beside the player where the drawing is in sight.
    """
    inks = np.array(drawing, dtype=np.float64)
    products = run.parameters[:, :-1] * inks
    z = products.sum(axis=1) + run.parameters[:, -1]
    prediction = sigmoid(z)
    numbers = (
        ReadoutTrack(values=z, label="sum"),
        ReadoutTrack(values=short_of(1.0, prediction), label="squeezed"),
    )
    different = tuple(dict.fromkeys(texts))
    indices = {text: i for i, text in enumerate(different)}
    return Tracks(
        (
            squares.painted(products, MOST_INK * _reach(run.parameters[:, :-1]), "2"),
            DotTrack(values=np.column_stack([z, prediction]), size=7, axes="x3y3"),
            *(numbers if counted else ()),
            WordsTrack(
                values=np.array([indices[text] for text in texts]),
                texts=different,
                stride=stride,
            ),
        ),
        run.last_step,
    )


def _reach(values: np.ndarray) -> float:
    return max(float(np.abs(values).max()), _LEAST_REACH)
