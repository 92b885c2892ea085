"""The shipped word vectors: what was cut, from what, and cosines and sums of them."""

import hashlib

import numpy as np
import pytest

from nnviz.chapters.words_to_numbers.sentences import SENTENCES
from nnviz.chapters.words_to_numbers.tokens import tokens
from nnviz.data.vectors import FOLDER, WIDTH, WordVectors, unit, word_vectors
from scripts import word_vectors as script


def cosine(a, b):
    x = word_vectors().of([a, b])
    return float(x[0] @ x[1])


def test_the_shipped_files_are_those_that_the_script_cuts():
    for name, digest in script.CUT.items():
        assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == digest, name
    licence = (FOLDER / "LICENSE.txt").read_text(encoding="utf-8")
    assert "Pennington" in licence
    assert "Public Domain Dedication and License (PDDL)" in licence
    assert sum((FOLDER / name).stat().st_size for name in script.CUT) < 600_000


def test_every_word_of_ours_has_a_vector_and_no_word_that_is_left_out():
    vectors = word_vectors()
    assert len(vectors.words) == len(set(vectors.words)) == script.N_WORDS
    assert vectors.stored.shape == (script.N_WORDS, WIDTH)
    own = {word for sentence in SENTENCES for word in tokens(sentence)}
    asked = "delightful zebra giggle king queen man woman good bad not she he"
    assert {*own, *asked.split()} <= set(vectors.words)
    assert not set(script.OMITTED.split()) & set(vectors.words)
    assert vectors.words[0] == "the"  # by frequency
    assert all(word.isascii() and word == word.lower() for word in vectors.words)


def test_the_choice_of_words_keeps_ours_and_then_the_most_frequent():
    words = ["the", "sexy", "b2b", ",", "of", "zebra", "n't", "x", "my"]
    assert script.kept(words) == ["the", "of", "zebra", "n't", "my"]
    many = ["my", *(f"w{'abcdefghij'[i % 10]}{'z' * (i // 10)}" for i in range(12_000)), "zebra"]
    found = script.kept(many)
    assert len(found) == script.N_WORDS
    assert found[-1] == "zebra"
    assert found[:-1] == many[: script.N_WORDS - 1]


def test_cosines_are_those_of_glove():
    # From the 32-bit numbers of GloVe 6B; that ours are whole ones costs less than 0.01.
    known = {("good", "bad"): 0.7965, ("cat", "dog"): 0.9218, ("hot", "cold"): 0.8011}
    for pair, value in known.items():
        assert cosine(*pair) == pytest.approx(value, abs=0.01)
    assert cosine("good", "good") == pytest.approx(1, abs=1e-12)


def test_the_nearest_words_by_a_case_worked_by_hand():
    stored = np.zeros((4, WIDTH), dtype=np.int8)
    stored[0, :2], stored[1, :2], stored[2, :2], stored[3, :2] = (3, 4), (30, 0), (0, 5), (-4, 3)
    small = WordVectors(("a", "b", "c", "d"), stored)
    found = small.nearest(small.of(["a"])[0], 4)
    assert [word for word, _ in found] == ["a", "c", "b", "d"]
    assert [value for _, value in found] == pytest.approx([1, 0.8, 0.6, 0])  # 4/5, 3/5, -12 + 12
    assert [word for word, _ in small.nearest(small.of(["a"])[0], 2, ["a", "zzz"])] == ["c", "b"]
    assert unit([[3.0, 4.0], [0.0, 0.0]]).tolist() == [[0.6, 0.8], [0.0, 0.0]]
    with pytest.raises(ValueError, match="n must"):
        small.nearest(small.of(["a"])[0], 4, ["a"])


def test_king_minus_man_plus_woman_is_king_unless_the_words_put_in_are_left_out():
    vectors = word_vectors()
    king, man, woman = vectors.of(["king", "man", "woman"])
    wanted = king - man + woman
    assert vectors.nearest(wanted, 1)[0][0] == "king"
    assert vectors.nearest(wanted, 1, ["king", "man", "woman"])[0][0] == "queen"
