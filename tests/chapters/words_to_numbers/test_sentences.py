"""The shipped sentences: enough of them, balanced, all different, and many-formed."""

from collections import Counter

from nnviz.chapters.words_to_numbers.bag import bag, merged
from nnviz.chapters.words_to_numbers.sentences import MOODS, SENTENCES, TARGETS
from nnviz.chapters.words_to_numbers.tokens import tokens


def test_there_are_at_least_sixty_balanced_and_short_sentences():
    assert len(SENTENCES) == len(TARGETS) >= 60
    assert Counter(TARGETS) == {0: len(SENTENCES) // 2, 1: len(SENTENCES) // 2}
    assert len(MOODS) == 2
    assert all(len(sentence) <= 50 for sentence in SENTENCES)


def test_no_two_are_the_same_words():
    assert len({tokens(sentence) for sentence in SENTENCES}) == len(SENTENCES)
    assert all(sentence.isascii() for sentence in SENTENCES)


def test_many_words_come_in_several_forms():
    forms = dict(merged(bag(SENTENCES, lemmatised=False)))
    assert forms["watch"] == ("watch", "watched", "watches", "watching")
    assert sum(len(several) >= 3 for several in forms.values()) >= 20
