"""A text that is too long is cut after a word, and what is left out is named."""

from nnviz.text.cut import cut, describe_cut


def test_what_is_kept_and_left_out_is_all_of_the_text():
    assert cut("good day", 8) == ("good day", "")
    assert cut("good day", 6) == ("good", " day")
    assert cut("good day", 4) == ("good", " day")
    assert cut("a" * 9, 4) == ("aaaa", "aaaaa")
    assert cut("one\ntwo three", 6) == ("one", "\ntwo three")
    for longest in range(1, 30):
        text = "some words of a text\nin two lines"
        kept, rest = cut(text, longest)
        assert kept + rest == text
        assert len(kept) <= longest


def test_what_is_left_out_is_named():
    assert describe_cut("good wonderful day", 6) == (
        "This text has 18 characters, and 6 are the most here. What follows from “wonderful day” "
        "on is left out."
    )
