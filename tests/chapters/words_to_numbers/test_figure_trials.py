"""Lemmas or not: what has come is drawn, what is asked is not."""

import numpy as np

from nnviz.chapters.words_to_numbers.figures.trials import trials_picture
from nnviz.chapters.words_to_numbers.learning import WordsConfig
from nnviz.chapters.words_to_numbers.trials import SIZES, WordsStudy, WordsTrials

STUDY = WordsStudy(WordsConfig(), 4)


def come(made=None):
    values = {t: 0.5 + 0.1 * t[2] + 0.05 * t[1] + 0.01 * t[0] for t in STUDY.trials()}
    return WordsTrials.of(STUDY, values if made is None else made)


def named(picture):
    return {trace.name: trace for trace in picture.figure.data if trace.name}


def test_medians_and_bands_are_drawn_in_two_looks():
    curves = named(trials_picture(come()))
    for lemmatised, name in enumerate(("words as they stand", "lemmas")):
        np.testing.assert_allclose(curves[name].y, come().of_kind(lemmatised).median)
        assert list(curves[name].x) == list(SIZES)
    one, other = curves["words as they stand"], curves["lemmas"]
    assert one.line.dash != other.line.dash
    assert one.marker.symbol != other.marker.symbol
    bands = [t for t in trials_picture(come()).figure.data if t.fill == "toself"]
    np.testing.assert_allclose(bands[1].y[: len(SIZES)], come().of_kind(1).high)


def test_splits_that_end_alike_share_a_larger_mark():
    last = len(SIZES) - 1
    made = {(s, last, k): 0.6 + 0.2 * k for s in range(3) for k in (0, 1)}
    made |= {(3, last, 0): 0.7, (3, last, 1): 0.7}
    (marks,) = (t for t in trials_picture(come(made)).figure.data if t.mode == "markers")
    assert sorted(zip(marks.x, marks.y, strict=True)) == [(0.6, 0.8), (0.7, 0.7)]
    assert marks.marker.size[0] > marks.marker.size[1]


def test_while_it_is_asked_nothing_is_told():
    picture = trials_picture(come(), secret=True)
    assert set(named(picture)) == {"guessing"}
    assert not [t for t in picture.figure.data if t.mode in ("markers", "lines+markers")]


def test_nothing_made_yet_can_be_drawn():
    picture = trials_picture(come({}))
    assert not len(named(picture)["lemmas"].x)
    assert picture.figure.layout.yaxis.range[0] == 0.3
