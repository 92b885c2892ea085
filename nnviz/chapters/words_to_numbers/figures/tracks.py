"""What moves while a neuron learns from words: bars, rings, dots, numbers and the sentence."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from nnviz.chapters.words_to_numbers.figures.learning import n_shown, rows_of
from nnviz.chapters.words_to_numbers.learning import WordsRun
from nnviz.chapters.words_to_numbers.prediction import decompose_over_time, shown_words
from nnviz.chart import theme
from nnviz.chart.tracks import BarTrack, DotTrack, ReadoutTrack, Track, Tracks, short_of, spoken
from nnviz.nn.checks import FloatArray

_SECOND: Final = "second sentence"


def weight_tracks(run: WordsRun, *, brief: bool = False, near: str = "") -> Tracks:
    """Return what moves for every sentence: the weights and, unless brief, the accuracies.

    `near`: the new word that is shown with its nearest learned words, or "".
    """
    words = shown_words(run, n_shown(brief=brief, near=near), near)
    weights = run.weights_of(words)
    tracks: list[Track] = [*_bars(weights, "xy")]
    # A word of the sentence that the last update was made from has a ring at the end of its bar.
    for place, word in enumerate(words):
        if word not in run.bag.places:
            continue
        used = run.bag.counts[run.rows_used, run.bag.places[word]] > 0
        x = np.where(np.concatenate([[False], used]), weights[:, place], np.nan)
        values = np.column_stack([x, np.full(len(x), float(place))])
        tracks.append(DotTrack(values=values, size=5, filled=False, axes="xy"))
    if brief:
        return Tracks(tuple(tracks), run.last_step)
    steps = np.arange(run.last_step + 1)
    for test, name, colour in (
        (False, "learned from", theme.ABOVE),
        (True, "held out", theme.VERMILLION),
    ):
        right = run.accuracy(steps, test=test)
        n = len(run.split.test if test else run.split.train)
        tracks.append(
            DotTrack(values=np.column_stack([steps, right]), size=6, colour=colour, axes="x4y4")
        )
        wrong = np.round((1 - right) * n)
        tracks.append(ReadoutTrack(values=wrong, label=f"{name}: wrong", after=f" of {n}"))
    return Tracks(tuple(tracks), run.last_step)


def sentence_tracks(
    run: WordsRun, sentence: str, other: str, texts: Sequence[str], stride: int
) -> Tracks:
    """Return what moves for the sentences that `learning.learning_picture` draws.

    `texts` holds what is said at every ``stride`` steps.
    """
    rows = rows_of(run, sentence)
    course = rows.every_step
    tracks: list[Track] = [
        *_bars(rows.values, "x2y2"),
        DotTrack(values=np.column_stack([course.z, course.probability]), size=7, axes="x3y3"),
        ReadoutTrack(
            values=short_of(1.0, course.probability),
            label="probability of a good mood" if rows.answer.terms else "of the bias alone",
        ),
    ]
    if other:
        second = decompose_over_time(run, other)
        tracks += [
            # Wide and hollow, so that the dot is seen in it where both are the same.
            DotTrack(
                values=np.column_stack([second.z, second.probability]),
                size=12,
                filled=False,
                colour=theme.VERMILLION,
                width=2.5,
                axes="x3y3",
            ),
            ReadoutTrack(values=short_of(1.0, second.probability), label=_SECOND),
        ]
    tracks.append(spoken(texts, stride))
    return Tracks(tuple(tracks), run.last_step)


def _bars(values: FloatArray, axes: str) -> tuple[BarTrack, BarTrack]:
    """Return bars whose colour follows their sign: to the right blue, to the left orange."""
    n = values.shape[1]
    return (
        BarTrack(values=np.maximum(values, 0), colours=(theme.POSITIVE,) * n, axes=axes),
        BarTrack(values=np.minimum(values, 0), colours=(theme.NEGATIVE,) * n, axes=axes),
    )
