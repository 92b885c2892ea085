"""The picture of the counts: cells that can be read, labels that are no markup, lines to lemmas."""

import json

import numpy as np
import plotly.io
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.chapters.words_to_numbers.bag import bag
from nnviz.chapters.words_to_numbers.figures.bag import MOST_LABELLED, bag_picture, cells
from nnviz.chapters.words_to_numbers.figures.labels import label
from nnviz.chapters.words_to_numbers.lemmas import lemma
from nnviz.chapters.words_to_numbers.sentences import SENTENCES
from tests.traces import checked

cells = checked(cells)

FOUR = ("I watch birds.", "She watches a bird.", "They are watching.", "We watched, and watched.")


def pictured(sentences, lemmatised=True):
    raw = bag(sentences, lemmatised=False)
    found = bag(sentences, lemmatised=True) if lemmatised else None
    return bag_picture(sentences, raw, found), raw, found


def heatmaps(picture):
    return [trace for trace in picture.figure.data if trace.type == "heatmap"]


@pytest.mark.parametrize("sentences", [FOUR, SENTENCES, FOUR[:1]])
def test_both_matrices_are_drawn_with_all_counts(sentences):
    picture, raw, found = pictured(sentences)
    upper, lower = heatmaps(picture)
    np.testing.assert_array_equal(upper.z, raw.counts)
    np.testing.assert_array_equal(lower.z, found.counts)
    without, raw, _ = pictured(sentences, lemmatised=False)
    (only,) = heatmaps(without)
    np.testing.assert_array_equal(only.z, raw.counts)


def test_every_word_has_a_line_to_its_lemma_thick_where_several_come_together():
    picture, raw, found = pictured(FOUR)
    lines = {trace.name: trace for trace in picture.figure.data if trace.type == "scatter"}
    ends = {}
    for name, trace in lines.items():
        x, y = np.array(trace.x), np.array(trace.y)
        starts = x[np.flatnonzero(y == 1)]
        stops = x[np.flatnonzero(y == 0)]
        for start, stop in zip(starts, stops, strict=True):
            word = raw.words[round(start * len(raw.words) - 0.5)]
            ends[word] = (name, found.words[round(stop * len(found.words) - 0.5)])
    assert {word: end for word, (_, end) in ends.items()} == {w: lemma(w) for w in raw.words}
    assert ends["watched"][0] == ends["bird"][0] == ends["birds"][0] == "together"
    assert ends["are"][0] == "another name"
    assert ends["and"][0] == "as before"
    assert lines["together"].line.width > 2 * lines["another name"].line.width
    assert lines["another name"].line.dash == "dot"
    # The words are marked in bold as well.
    assert "<b>watches</b>" in picture.figure.layout.xaxis.ticktext
    assert "<b>watch</b>" in picture.figure.layout.xaxis2.ticktext
    assert "and" in picture.figure.layout.xaxis.ticktext


def test_the_titles_say_columns_and_zeros_and_have_room_on_a_phone():
    picture, raw, found = pictured(FOUR)
    texts = [note.text for note in picture.figure.layout.annotations]
    assert texts == [
        f"<b>words as they stand</b>: 13 columns, {raw.zero_fraction:.1%} of the counts are 0",
        f"<b>lemmas</b>: 9 columns, {found.zero_fraction:.1%} of the counts are 0",
    ]
    for note in picture.narrow["annotations"]:
        assert all(len(line) < 50 for line in note["text"].split("<br>"))


def test_with_many_words_none_is_written():
    picture, raw, _ = pictured(SENTENCES)
    assert len(raw.words) > MOST_LABELLED
    assert not picture.figure.layout.xaxis.ticktext
    assert heatmaps(picture)[0].text is None
    assert picture.figure.layout.height < 650


@settings(max_examples=30)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=5), st.booleans())
def test_any_text_can_be_drawn_and_none_of_it_is_markup(sentences, lemmatised):
    picture, *_ = pictured(sentences, lemmatised)
    json.loads(picture.figure.to_json())
    ours = ("<b>", "</b>", "<br>")
    shown = [*picture.figure.layout.xaxis.ticktext, *picture.figure.layout.yaxis.ticktext]
    shown += [text for row in heatmaps(picture)[0].hovertext or () for text in row]
    for text in shown:
        for mark in ours:
            text = text.replace(mark, "")
        assert "<" not in text
        assert ">" not in text


def test_a_label_is_shown_as_it_stands_and_shortened():
    assert label("<b>a</b> &amp; c", 40) == "&lt;b&gt;a&lt;/b&gt; &amp;amp; c"
    assert label("one\ntwo   three", 40) == "one two three"
    assert label("abcdefgh", 5) == "abcd…"
    assert label("<<<<<<", 3) == "&lt;&lt;…"


MARKUP = ("I watch birds.", "She watches <b>a</b> bird.", "They are.", "We watched, and watched.")


def test_a_small_matrix_tells_every_count():
    found = bag(MARKUP, lemmatised=False)
    (heatmap,) = cells(MARKUP, found, ("x", "y"), "word")
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
