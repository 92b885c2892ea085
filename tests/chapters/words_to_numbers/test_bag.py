"""Counting words: against a count by hand and a count by brute force; the order is lost."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.chapters.words_to_numbers.bag import bag, counted, merged, words_of
from nnviz.chapters.words_to_numbers.lemmas import lemma
from nnviz.chapters.words_to_numbers.sentences import SENTENCES
from nnviz.chapters.words_to_numbers.tokens import tokens

FOUR = ("I watch birds.", "She watches a bird.", "They are watching.", "We watched, and watched.")
texts = st.lists(st.text(max_size=60) | st.sampled_from(SENTENCES), max_size=6)


def test_four_sentences_by_hand():
    raw = bag(FOUR, lemmatised=False)
    assert " ".join(raw.words) == (
        "a and are bird birds i she they watch watched watches watching we"
    )
    assert raw.counts[3].tolist() == [0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 1]
    assert (raw.zeros, raw.zero_fraction) == (52 - 13, 39 / 52)
    found = bag(FOUR, lemmatised=True)
    assert " ".join(found.words) == "a and be bird i she they watch we"
    assert found.counts[:, 7].tolist() == [1, 1, 1, 2]
    assert found.zero_fraction == 23 / 36
    assert merged(raw) == (
        ("bird", ("bird", "birds")),
        ("watch", ("watch", "watched", "watches", "watching")),
    )


@given(texts, st.booleans())
def test_every_count_is_what_counting_by_hand_gives(sentences, lemmatised):
    found = bag(sentences, lemmatised)
    assert list(found.words) == sorted(set(found.words))
    for sentence, row in zip(sentences, found.counts, strict=True):
        words = list(words_of(sentence, lemmatised))
        assert row.tolist() == [words.count(word) for word in found.words]
        assert row.sum() == len(tokens(sentence))


@given(texts)
def test_lemmas_lose_columns_and_no_word(sentences):
    raw, found = bag(sentences, lemmatised=False), bag(sentences, lemmatised=True)
    assert len(found.words) <= len(raw.words)
    # The columns of the forms add up to the column of the lemma.
    for word, column in zip(found.words, found.counts.T, strict=True):
        forms = [k for k, form in enumerate(raw.words) if lemma(form) == word]
        np.testing.assert_array_equal(raw.counts[:, forms].sum(axis=1), column)


@given(st.text(max_size=60), st.randoms())
def test_another_order_is_the_same_bag(text, random):
    words = list(tokens(text))
    random.shuffle(words)
    one, other = bag([text], lemmatised=False), bag([" ".join(words)], lemmatised=False)
    assert one.words == other.words
    np.testing.assert_array_equal(one.counts, other.counts)


def test_a_word_without_a_column_is_left_out_and_a_count_cannot_be_changed():
    found = counted([("a", "new", "a")], ("a", "b"))
    assert found.counts.tolist() == [[2, 0]]
    with pytest.raises(ValueError, match="read-only"):
        found.counts[0, 0] = 1
    assert bag([], lemmatised=True).zero_fraction == 0
    with pytest.raises(TypeError, match="sentences must be a list"):
        bag("one text", lemmatised=False)
