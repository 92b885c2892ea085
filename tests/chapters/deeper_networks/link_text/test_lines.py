"""Lines in a link: there and back, and whatever else may stand there."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.chapters.deeper_networks.lines import MOST_CHANGES, Change, Line
from nnviz.chapters.deeper_networks.link_text import (
    LONGEST_NAME,
    clean_name,
    read_lines,
    write_lines,
)
from nnviz.chapters.deeper_networks.settings import Settings
from tests.any_lines import any_lines
from tests.effort import at_most

BASE = Settings()


def read(text):
    return read_lines(text, BASE)


@given(any_lines())
def test_lines_come_back_as_they_were(lines):
    found = read(write_lines(lines))
    assert found == lines
    # To the last digit, and in the same order.
    assert repr(found) == repr(lines)


def test_the_words_of_a_link():
    lines = (
        Line(changes=(Change(800, {"rate": 0.01}), Change(1200, {}, {17: 0.5, 3: -2.0}))),
        Line(0, 1000, (Change(1000, {"rate": 0.003, "hidden": ()}, {0: 1.0}),), "Slow, but ~ok"),
        Line(1, 2000),
    )
    text = write_lines(lines)
    assert text == (
        "800,rate:0.01|1200,set:17 0.5/3 -2"
        "~0,1000,Slow%2C but %7Eok|1000,rate:0.003;hidden:none;set:0 1"
        "~1,2000,"
    )
    assert read(text) == lines
    assert write_lines((Line(),)) == ""
    assert read("") == (Line(),)


def test_any_name_is_kept_letter_by_letter():
    for name in [
        "a, b; c: d",
        "~",
        "a~b|c",
        "~0,5,x",
        "|",
        "100 %25",
        "Ünïcode ✓",
        "<b>bold</b>",
        "🙂",
        "[x](y)",
        "שלום",
        "+&=#?",
        "2,5%",
        "%7E",
    ]:
        lines = (Line(), Line(0, 5, name=name), Line(1, 7))
        assert read(write_lines(lines)) == lines


def test_a_name_is_cleaned_and_cut():
    assert clean_name("  a\u202eb\n \tc\x00 ") == "ab c"
    assert clean_name("x" * 99) == "x" * LONGEST_NAME
    assert clean_name("x" * (LONGEST_NAME - 1) + " y") == "x" * (LONGEST_NAME - 1)
    assert read(f"~0,5,{'y' * 500}")[1].name == "y" * LONGEST_NAME
    assert read("~0,5,%E2%80%AEx%00%0Ay")[1].name == "x y"
    assert read("~0,5,%FF%")[1].name == "\ufffd%"
    dirty = (Line(), Line(0, 5, name=" \u202e a "))
    assert read(write_lines(dirty))[1].name == "a"


@given(st.text(max_size=80))
def test_a_name_is_cleaned_once_and_for_all(text):
    name = clean_name(text)
    assert clean_name(name) == name
    assert len(name) <= LONGEST_NAME
    assert all(letter.isprintable() for letter in name)
    assert name == name.strip()


def many_changes(n, first=1):
    return "|".join(f"{first + k},rate:0.{k + 1}" for k in range(n))


TAMPERED = [
    # The run.
    ("x", "a change cannot be used: a step is a whole number up to 1,000,000"),
    ("|", "a step is a whole number"),
    ("5,rate:0.1|", "a step is a whole number"),
    ("-5,rate:0.1", "a step is a whole number"),
    ("5.5,rate:0.1", "a step is a whole number"),
    ("5_0,rate:0.1", "a step is a whole number"),
    ("\u0665,rate:0.1", "a step is a whole number"),
    ("1000001,rate:0.1", "a step is a whole number up to 1,000,000"),
    ("9" * 5_000 + ",rate:0.1", "a step is a whole number up to 1,000,000"),
    ("5,rate:0.1|5,rate:0.2", "in the order of their steps, each step once"),
    ("7,rate:0.1|5,rate:0.2", "in the order of their steps"),
    (many_changes(MOST_CHANGES + 1), "it may hold 20 changes at the most"),
    # What is chosen.
    ("5,rate", "“rate” is no choice of this page"),
    ("5,rate=0.1", "“rate=0.1” is no choice"),
    ("5,rate:", "rate cannot be “”: it must be a number"),
    ("5,rate:nan", "must be a number"),
    ("5,rate:101", "between 0 and 100"),
    ("5,rate:0.1;rate:0.2", "rate is said twice"),
    ("5,rate:0.1,batch:3", "rate cannot be “0.1,batch:3”"),
    ("5,hidden:9 tanh", "between 1 and 8"),
    ("5,seed:3", "seed decides how a run begins and cannot be changed on the way"),
    ("5,init:he", "init decides how a run begins"),
    ("5,<script>:1", "is no choice of this page"),
    ("5,changes:1", "is no choice of this page"),
    # What is set by hand.
    ("5,set", "a parameter is a whole number up to 1,000"),
    ("5,set:", "a parameter is a whole number up to 1,000"),
    ("5,set:1", "a value set by hand is a number up to 1000"),
    ("5,set:1 ", "a value set by hand is a number"),
    ("5,set:1 x", "a value set by hand is a number"),
    ("5,set:1 nan", "a value set by hand is a number"),
    ("5,set:1 inf", "a value set by hand is a number"),
    ("5,set:1 -1e999", "a value set by hand is a number"),
    ("5,set:1 1000.1", "a value set by hand is a number"),
    ("5,set:1 1_0", "a value set by hand is a number"),
    ("5,set:1 \u0661", "a value set by hand is a number"),
    ("5,set:1 0x10", "a value set by hand is a number"),
    ("5,set:1 0." + "1" * 5_000, "a value set by hand is a number"),
    ("5,set:-1 2", "a parameter is a whole number"),
    ("5,set:1001 2", "a parameter is a whole number up to 1,000"),
    ("5,set:x 2", "a parameter is a whole number"),
    ("5,set:1 2/", "a parameter is a whole number"),
    ("5,set:1 2/1 3", "parameter 1 is set twice"),
    ("5,set:1 2;set:1 3", "parameter 1 is set twice"),
    ("5,set:" + "/".join(f"{k} 1" for k in range(13)), "it may set 12 values at the most"),
    # Branches.
    ("~", "branch B cannot be used: it begins with the line that it leaves, a step and a name"),
    ("~0", "branch B cannot be used: it begins with the line"),
    ("~0,5", "it begins with the line that it leaves"),
    ("~0,5,a,b", "it begins with the line that it leaves"),
    ("~,5,", "a line is a whole number up to 0"),
    ("~1,5,", "branch B cannot be used: a line is a whole number up to 0"),
    ("~-1,5,", "a line is a whole number"),
    ("~A,5,", "a line is a whole number"),
    ("~0,x,", "a step is a whole number"),
    ("~0,1000001,", "a step is a whole number up to 1,000,000"),
    ("~0,9,~2,9,", "branch C cannot be used: a line is a whole number up to 1"),
    ("~0,9,~1,8,", "branch C cannot be used: it must leave a line at a step that this one has"),
    ("~0,9,|8,rate:0.1", "in the order of their steps"),
    ("~0,9,|", "branch B cannot be used: a step is a whole number"),
    ("~0,9,|9,seed:1", "branch B cannot be used: seed decides how a run begins"),
    ("~0,9,a~0,9,b~0,9,|10,rate:-1", "branch D cannot be used: rate cannot be “-1”"),
    ("~0,1,~0,2,~0,3,~0,4,~0,5,", "it may hold 4 branches at the most"),
    ("~0,9,~~0,9,", "branch C cannot be used"),
    (
        f"{many_changes(20)}~0,50,|{many_changes(10, 50)}",
        "more than 29 changes lead to one line",
    ),
]


def test_what_cannot_be_used_is_told():
    for text, words in TAMPERED:
        with pytest.raises(ValueError, match=re.escape(words)) as caught:
            read(text)
        sentence = str(caught.value)
        # The middle of a sentence, whose end is written by whoever asks.
        assert not sentence.endswith(".")
        assert 10 < len(sentence) < 450
        assert "\n" not in sentence


def test_as_much_as_there_may_be_is_read():
    text = f"{many_changes(20)}~0,50,|{many_changes(9, 50)}~0,0,~0,0,~0,0,|{many_changes(20)}"
    assert [len(line.changes) for line in read(text)] == [20, 9, 0, 0, 20]
    assert read("5,set:" + "/".join(f"{k} 1" for k in range(12)))[0].changes[0].by_hand[11] == 1.0
    assert read("5,set:1000 -1000;rate:0.1;set:7 1e3")[0].changes == (
        Change(5, {"rate": 0.1}, {1000: -1000.0, 7: 1000.0}),
    )


def read_or_refuse(text):
    """Return the lines, or the words of the ValueError; any other exception is a failure."""
    try:
        return read(text)
    except ValueError as reason:
        return str(reason)


@given(st.text(alphabet="0123456789,~|:;/ .-%set rate hidden nan inf", max_size=40) | st.text())
def test_any_text_is_read_or_refused(text):
    found = read_or_refuse(text)
    if not isinstance(found, str):
        assert read(write_lines(found)) == found


@given(any_lines(), st.integers(0, 10_000), st.text(max_size=3))
def test_any_damage_to_a_link_is_read_or_refused(lines, at, put):
    text = write_lines(lines)
    at %= len(text) + 1
    for damaged in (text[:at] + put + text[at:], text[:at] + text[at + 1 :], text[:at] + put):
        found = read_or_refuse(damaged)
        if isinstance(found, str):
            assert not found.endswith(".")
        else:
            assert read(write_lines(found)) == found


HUGE = 1_000_000


def test_huge_texts_are_refused_at_once():
    for text in [
        "~" * HUGE,
        "|" * HUGE,
        "," * HUGE,
        "5,rate:0.1|" * (HUGE // 11),
        "5,set:" + "1 2/" * (HUGE // 4),
        "5,set:" + "/".join(f"{k} 1" for k in range(HUGE // 8)),
        "5,set:1 " + "1" * HUGE,
        "5,set:1 0." + "0" * HUGE + "1",
        "5,set:" + "1" * HUGE + " 1",
        "1" * HUGE + ",rate:0.1",
        "5,hidden:" + "1 tanh," * (HUGE // 7),
        "5," + "rate:0.1;" * (HUGE // 9),
        "~0," + "5" * HUGE + ",",
        "~0,5" + "," * HUGE,
    ]:
        # Measured: 0.1 s at the most.
        with at_most(1.0), pytest.raises(ValueError, match=r"it may hold|cannot be used"):
            read(text)


@pytest.mark.parametrize("name", ["y" * HUGE, "%" * HUGE, "%41" * HUGE, " " * HUGE, "%E2" * HUGE])
def test_huge_names_are_cut_at_once(name):
    with at_most(2.0):  # measured: 0.4 s at the most
        found = read(f"~0,5,{name}")[1].name
    assert len(found) <= LONGEST_NAME
