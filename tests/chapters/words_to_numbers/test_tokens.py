"""Any text is taken apart into words, and nothing else comes out."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.chapters.words_to_numbers.sentences import SENTENCES
from nnviz.chapters.words_to_numbers.tokens import MOST_CHARACTERS, tokens


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ()),
        ("  \n\t ", ()),
        ("... !? 😀 — §", ()),
        ("We watched a film.", ("we", "watched", "a", "film")),
        ("WATCH, Watch: watch", ("watch", "watch", "watch")),
        ("don't 'quoted' it’s", ("don't", "quoted", "it's")),
        ("an ice-cream - cold-", ("an", "ice-cream", "cold")),
        ("rock'n'roll o''clock", ("rock'n'roll", "o", "clock")),
        ("3 cats, 4.5 dogs", ("3", "cats", "4", "5", "dogs")),
        ("<b>bold</b> [x](y)", ("b", "bold", "b", "x", "y")),
        ("snake_case", ("snake", "case")),
        ("Übung ÉTÉ", ("übung", "été")),
        ("e\u0301te\u0301", ("été",)),  # accents that stand by themselves
        ("हिन्दी में", ("हिन्दी", "में")),  # marks belong to their letters
        ("Привет, мир!", ("привет", "мир")),
        ("我喜歡 貓", ("我喜歡", "貓")),
        ("\u0301 alone", ("alone",)),
        ("won\u00adder\u2060ful \ufeff\u200fgood\u200bbad", ("wonderful", "good", "bad")),
        ("ﬁlm Ｇｏｏｄ 𝐛𝐚𝐝 x² ½", ("film", "good", "bad", "x²", "½")),  # noqa: RUF001
    ],
)
def test_what_a_word_is(text, words):
    assert tokens(text) == words


@given(st.text(max_size=MOST_CHARACTERS))
def test_any_text_gives_words_without_spaces_and_signs(text):
    words = tokens(text)
    for word in words:
        assert word[0].isalnum()
        assert not re.search(r"[\s<>&*_`$\[\]()!|\\/:.]", word)
        assert word[-1] not in "'-"
    # Taking the words apart once more gives the same words.
    assert (
        tokens(" ".join(words)[:MOST_CHARACTERS]) == words or len(" ".join(words)) > MOST_CHARACTERS
    )


@given(st.lists(st.sampled_from([s.strip(".!") for s in SENTENCES]), max_size=8))
def test_plain_english_is_what_a_split_at_spaces_gives(sentences):
    text = " ".join(sentences)
    assert tokens(text) == tuple(text.lower().replace(",", "").replace(".", "").split())


def test_a_longer_text_and_what_is_no_text_are_refused_in_words():
    assert len(tokens("a " * (MOST_CHARACTERS // 2))) == MOST_CHARACTERS // 2
    with pytest.raises(ValueError, match="may have 2,000 characters at the most, but this one has"):
        tokens("a" * (MOST_CHARACTERS + 1))
    with pytest.raises(TypeError, match="text must be a text, not 3"):
        tokens(3)
