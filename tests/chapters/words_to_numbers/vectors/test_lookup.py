"""What is typed becomes words with vectors; the others are named, with what would be right."""

import pytest

from nnviz.chapters.words_to_numbers.vectors.lookup import (
    content,
    found,
    no_vector,
    suggestion,
    vector_words,
)
from nnviz.chapters.words_to_numbers.vectors.neighbours import (
    MOST_TERMS,
    cosine,
    hyphenated,
    neighbours,
    word_sum,
)
from nnviz.chapters.words_to_numbers.vectors.questions import neighbours_questions
from nnviz.chapters.words_to_numbers.vectors.words import describe_neighbours
from nnviz.data.vectors import word_vectors

STRANGE = ("", " ", "😀", "貓 हिन्दी", "e\u0301" * 400, "'", "-", "- -", "+", "<b>x</b>", "\u202e\0")


def test_words_are_taken_apart_where_their_parts_have_vectors():
    assert vector_words("It isn't GOOD, can't be!") == (
        "it",
        "is",
        "n't",
        "good",
        "can",
        "n't",
        "be",
    )
    assert vector_words("It’s the boss's dog-house.") == ("it", "the", "boss", "dog", "house")
    assert vector_words("xyzzy-good") == ("xyzzy-good",)
    assert content(("the", "dog", "xyzzy", "n't")) == ("dog", "n't")
    each = found("good good xyzzy Dog xyzzy")
    assert (each.words, each.unknown) == (("good", "dog"), ("xyzzy",))


def test_unknown_words_are_named_with_what_would_be_right():
    assert suggestion("delightfull") == "delightful"
    # What is spelled right is not meant to be another word.
    assert [suggestion(word) for word in ("qqqqqq", "hut", "beggar", "ant")] == [""] * 4
    assert [suggestion(word) for word in ("beautifull", "frend")] == ["beautiful", "friend"]
    assert [suggestion(word) for word in ("café", "zürich", "naïve")] == ["cafe", "zurich", ""]
    assert no_vector(("delightfull",)) == (
        "“delightfull” has no vector: 10,000 English words have. Did you mean delightful?"
    )
    told = no_vector(("qqqqqq", "貓" * 99, "c", "d", "e"))
    assert "and 1 more have no vector" in told
    assert "貓" * 30 not in told
    assert told.endswith("Try another common word for it.")


def test_sums_are_read_as_they_are_written():
    ways = ("king - man + woman", "King − man + woman", " king  -man  +woman ", "king- man+woman")
    for text in (*ways, "king − man+ woman", "king—man +woman", "king – man + woman"):
        assert word_sum(text).terms == ((1, "king"), (-1, "man"), (1, "woman")), text
    assert word_sum("- man").terms == ((-1, "man"),)
    assert word_sum("king - man woman").text == "king − man + woman"
    assert word_sum("good - isn't").text == "good − is − n't"
    assert word_sum("not good").terms == ((1, "not"), (1, "good"))
    assert word_sum("dog-house").terms == ((1, "dog"), (1, "house"))
    assert hyphenated("king-man + woman") == "king-man"
    assert hyphenated("king - man xyzzy-good") == ""
    # What would be read as something else than it says is refused.
    for text in ("king - (man + woman)", "king = man", "king × man", "good/bad"):
        with pytest.raises(ValueError, match=r"is not read here: put \+ or - before each word"):
            word_sum(text)
    for text in ("king - - man", "king -- man", "king +- man"):
        with pytest.raises(ValueError, match="two signs beside each other"):
            word_sum(text)
    assert word_sum("king - man + woman").text == "king − man + woman"
    assert word_sum("- man").text == "− man"
    for text in (*STRANGE, "good - good", "xyzzy", "good " * (MOST_TERMS + 1)):
        with pytest.raises(ValueError, match=r"[.?]$"):
            word_sum(text)
    for text in STRANGE:
        assert not found(text).words or found(text).words[0] in word_vectors().places


def test_the_nearest_words_and_another_one_compared():
    king = neighbours(word_sum("king - man + woman"), left_out=False, against="queen")
    assert king.nearest[0][0] == "king"
    assert king.compared == ("queen", pytest.approx(king.nearest[1][1]), 2)
    assert "a word that was put in" in describe_neighbours(king)
    out = neighbours(word_sum("king - man + woman"), left_out=True)
    assert out.nearest[0][0] == "queen"
    assert out.compared is None
    # What is left out is not counted either: the first of the list is number 1.
    for left_out, place, of in ((True, 1, "9,997"), (False, 2, "10,000")):
        sum_ = neighbours(word_sum("king - man + woman"), left_out, "queen")
        assert f"Queen: 0.853, number {place} of {of}." in describe_neighbours(sum_)
    itself = neighbours(word_sum("good"), left_out=True, against="good")
    assert "Good: 1, and left out as put in." in describe_neighbours(itself)
    assert "left out" in describe_neighbours(out)
    good = neighbours(word_sum("good"), left_out=True, against="bad")
    assert good.compared[1] == pytest.approx(cosine("good", "bad"))
    assert cosine("good", "bad") == pytest.approx(0.80, abs=0.01)
    assert "Bad: 0.795, number" in describe_neighbours(good)
    nearest, opposites = neighbours_questions(good)
    assert nearest.answer == good.nearest[0][0]
    assert "0.795" in opposites.reason
