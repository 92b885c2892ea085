"""The training picture: axes that hold all values, rows that add up, tracks of every step."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.chapters.words_to_numbers.figures.learning import (
    MOST_ROWS,
    MOST_WORDS,
    learning_picture,
    rows_of,
)
from nnviz.chapters.words_to_numbers.figures.tracks import sentence_tracks, weight_tracks
from nnviz.chapters.words_to_numbers.learning import WordsConfig, learn_words
from nnviz.chapters.words_to_numbers.prediction import (
    decompose,
    decompose_over_time,
    largest_weights,
)
from nnviz.chapters.words_to_numbers.sentences import SENTENCES
from nnviz.chart.tracks import BarTrack, DotTrack, ReadoutTrack, WordsTrack

RUN = learn_words(WordsConfig(updates=300))
ASKED = "My sisters laughed and the zebra danced."
LONG = " ".join(RUN.bag.words[:30])


@pytest.mark.parametrize("sentence", [ASKED, LONG, "", "zebra", SENTENCES[0]])
def test_the_rows_add_up_to_the_sum_at_every_step(sentence):
    rows = rows_of(RUN, sentence)
    np.testing.assert_allclose(rows.values[:, :-1].sum(axis=1), rows.values[:, -1], atol=1e-12)
    assert rows.values.shape == (RUN.last_step + 1, len(rows.names))
    assert np.abs(rows.values).max() <= rows.reach
    assert rows.names[-2:] == ("bias", "<b>sum</b>")
    assert len(rows.names) <= MOST_ROWS + 2


def test_words_without_a_row_of_their_own_share_one():
    rows = rows_of(RUN, LONG)
    assert rows.names[MOST_ROWS - 1] == "19 others"
    shown = {name.split(" × ")[1] for name in rows.names[: MOST_ROWS - 1]}
    parts = decompose(RUN, RUN.last_step, LONG).terms
    least_shown = min(abs(term.product) for term in parts if term.word in shown)
    assert all(abs(term.product) <= least_shown for term in parts if term.word not in shown)


def test_unknown_words_are_named_above_the_rows():
    picture = learning_picture(RUN, ASKED)
    assert any("not known: zebra" in note.text for note in picture.figure.layout.annotations)
    assert rows_of(RUN, "a b c d e f g").unknown.endswith("and 3 more")
    assert "known" not in rows_of(RUN, SENTENCES[RUN.split.train[0]]).unknown


@settings(max_examples=30)
@given(st.text(max_size=160), st.text(max_size=160))
def test_any_sentence_can_be_drawn(sentence, other):
    picture = learning_picture(RUN, sentence, other)
    json.loads(picture.figure.to_json())
    for text in picture.figure.layout.yaxis2.ticktext:
        assert "<" not in text.replace("<b>sum</b>", "")
    tracks = sentence_tracks(RUN, sentence, other, ["x"] * 301, 1)
    assert all(len(array) for array in tracks.arrays())


def test_the_weights_move_within_their_axis_and_words_asked_about_are_bold():
    picture = learning_picture(RUN, ASKED)
    low, high = picture.figure.layout.xaxis.range
    columns = list(largest_weights(RUN, MOST_WORDS))
    assert low < RUN.parameters[:, columns].min()
    assert high > RUN.parameters[:, columns].max()
    texts = picture.figure.layout.yaxis.ticktext
    words = [RUN.bag.words[k] for k in columns]
    assert [text.startswith("<b>") for text in texts] == [
        word in {"laugh", "dance", "my", "sister", "and", "the"} for word in words
    ]
    assert sum(text.startswith("<b>") for text in texts) >= 2


def test_weight_tracks_hold_every_step():
    tracks = weight_tracks(RUN).tracks
    up, down = (track for track in tracks if isinstance(track, BarTrack))
    columns = list(largest_weights(RUN, MOST_WORDS))
    np.testing.assert_array_equal(up.values + down.values, RUN.parameters[:, columns])
    assert (up.values >= 0).all()
    assert (down.values <= 0).all()
    rings = [t for t in tracks if isinstance(t, DotTrack) and t.axes == "xy"]
    for step in (0, 1, 150):
        ringed = {RUN.bag.words[columns[place]] for place, ring in enumerate(rings)
                  if np.isfinite(ring.values[step, 0])}  # fmt: skip
        used = RUN.used_at(step)
        words = (
            set()
            if used is None
            else {term.word for term in decompose(RUN, step, SENTENCES[used]).terms}
        )
        assert ringed == words & {RUN.bag.words[k] for k in columns}
    wrong = [t for t in tracks if isinstance(t, ReadoutTrack)]
    np.testing.assert_array_equal(
        wrong[1].values, np.round((1 - RUN.accuracy(np.arange(301), test=True)) * 30)
    )


def test_sentence_tracks_hold_both_answers_and_what_is_said():
    texts = [f"at {step}" for step in range(0, 301, 3)]
    tracks = sentence_tracks(RUN, ASKED, "happy friends", texts, 3).tracks
    dot, ring = (track for track in tracks if isinstance(track, DotTrack))
    for track, text in ((dot, ASKED), (ring, "happy friends")):
        course = decompose_over_time(RUN, text)
        np.testing.assert_array_equal(track.values, np.column_stack([course.z, course.probability]))
    assert dot.filled
    assert not ring.filled
    assert ring.size > dot.size
    (words,) = (track for track in tracks if isinstance(track, WordsTrack))
    assert [words.texts[k] for k in words.values] == texts
    assert words.stride == 3
    assert len([t for t in sentence_tracks(RUN, ASKED, "", texts, 3).tracks
                if isinstance(t, DotTrack)]) == 1  # fmt: skip


def test_a_sentence_without_a_known_word_gets_no_number_that_looks_like_an_answer():
    for sentence, label in ((ASKED, "probability of a good mood"), ("", "of the bias alone")):
        tracks = sentence_tracks(RUN, sentence, "", ["x"] * 301, 1).tracks
        assert [track.label for track in tracks if isinstance(track, ReadoutTrack)] == [label]
