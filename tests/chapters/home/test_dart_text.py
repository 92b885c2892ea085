"""Throws as text: what is written is read again, and nothing else is taken for a throw."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.chapters.home.dart_text import read_throws, write_throws
from nnviz.chapters.home.darts import LARGEST_FRACTION, MOST_THROWS, ByHand, Corrected

HANDS = st.builds(ByHand, st.floats(-100, 450), st.floats(5, 20))
CORRECTED = st.builds(Corrected, st.floats(0, LARGEST_FRACTION))


@given(HANDS, st.lists(HANDS | CORRECTED | st.just(Corrected(0.5)), max_size=40))
def test_throws_come_back_from_their_text(first, others):
    throws = (first, *others)
    assert read_throws(write_throws(throws)) == throws


def test_equal_throws_in_a_row_are_written_once():
    throws = [ByHand(210, 12), *[Corrected(0.5)] * 10, Corrected(1)]
    assert write_throws(throws) == "210@12,0.5*10,1"
    assert write_throws(()) == ""
    assert read_throws("") == ()
    assert len(read_throws(f"210@12*{MOST_THROWS}")) == MOST_THROWS


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("210@", "is not a throw"),
        ("@12", "is not a throw"),
        ("nan@12", "is not a throw"),
        ("210@99", "is not a throw"),
        ("210@12,3", "is not a throw"),
        ("210@12,-0.5", "is not a throw"),
        ("210@12,,", "is not a throw"),
        ("210@12,0.5*x", "is not a throw"),
        ("210@12,0.5*0", "200 throws at the most"),
        ("210@12,0.5*200", "200 throws at the most"),
        ("210@12*99999999999", "200 throws at the most"),
        ("0.5", "the first throw must be by hand"),
        ("x" * 1000, "“xxxxxxxxxxxxxxxxxxxx…” is not a throw"),
    ],
)
def test_what_is_no_throw_is_told(text, reason):
    with pytest.raises(ValueError, match=reason):
        read_throws(text)


@given(st.text(max_size=30))
def test_any_text_is_throws_or_refused_in_a_sentence(text):
    try:
        throws = read_throws(text)
    except ValueError:
        return
    assert all(isinstance(throw, ByHand | Corrected) for throw in throws)
    assert read_throws(write_throws(throws)) == throws
