"""Cells: every one tells what it is, and of a large matrix every one that is not 0."""

import numpy as np
import plotly.io

from nnviz.chapters.words_to_numbers.bag import bag
from nnviz.chapters.words_to_numbers.figure_cells import cells
from nnviz.chapters.words_to_numbers.sentences import SENTENCES

FOUR = ("I watch birds.", "She watches <b>a</b> bird.", "They are.", "We watched, and watched.")


def test_a_small_matrix_tells_every_count():
    found = bag(FOUR, lemmatised=False)
    (heatmap,) = cells(FOUR, found, ("x", "y"), "word")
    np.testing.assert_array_equal(heatmap.z, found.counts)
    place = found.words.index("watched")
    assert heatmap.hovertext[3][place] == "word watched: 2<br>We watched, and watched."
    assert (
        heatmap.hovertext[1][place] == "word watched: 0<br>She watches &lt;b&gt;a&lt;/b&gt; bird."
    )
    assert heatmap.text[3][place] == "2"


def test_a_large_matrix_tells_the_counts_that_are_not_0_and_stays_small():
    found = bag(SENTENCES, lemmatised=True)
    heatmap, points = cells(SENTENCES, found, ("x2", "y2"), "lemma")
    np.testing.assert_array_equal(heatmap.z, found.counts)
    again = np.zeros_like(found.counts)
    for x, row, text in zip(points.x, points.y, points.hovertext, strict=True):
        word, count = text.removeprefix("lemma ").split("<br>")[0].split(": ")
        assert found.words[int(x - 0.5)] == word
        assert text.endswith(SENTENCES[row])
        again[row, int(x - 0.5)] = int(count)
    np.testing.assert_array_equal(again, found.counts)
    assert heatmap.hoverinfo == "skip"
    assert len(plotly.io.to_json({"data": [heatmap, points]})) < 300_000


def test_more_is_darker_and_0_has_a_colour_of_its_own():
    many = bag(["a " * 300], lemmatised=False)
    (heatmap,) = cells(["a"], many, ("x", "y"), "word")
    assert heatmap.z[0, 0] == heatmap.zmax == 300
    places = [stop for stop, _ in heatmap.colorscale]
    assert places == sorted(places)
    assert places[1] < 1 / 300 < places[-1]
