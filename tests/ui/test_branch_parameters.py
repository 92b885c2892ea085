"""Branches in the address: there and back, and whatever else may stand there."""

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.branches import MOST_BRANCHES, Branch
from nnviz.model import ADDABLE, HIDDEN_ACTIVATIONS, Model
from nnviz.run_config import ORDERS
from nnviz.ui.branch_parameters import (
    LONGEST_NAME,
    branches_parameter,
    clean_name,
    format_branches,
    no_changes_parameter,
    parse_branches,
)

models = st.builds(
    Model,
    st.sampled_from([(), ADDABLE[:1], ADDABLE]),
    st.integers(1, 8),
    st.sampled_from(HIDDEN_ACTIVATIONS),
    st.booleans(),
)
keys = st.sampled_from(["w1", "w2", "b", "w2.3", "b3", "v8", "c"])
names = st.text(max_size=LONGEST_NAME).map(clean_name)


@st.composite
def trees(draw):
    """Return branches each of which leaves a line that comes before, where that is its own."""
    found = []
    for number in range(1, draw(st.integers(0, MOST_BRANCHES)) + 1):
        parent = draw(st.integers(0, number - 1))
        low = found[parent - 1].at if parent else 0
        found.append(
            Branch(
                parent=parent,
                at=draw(st.integers(low, 1_000_000)),
                learning_rate=draw(st.none() | st.floats(0.001, 10.0)),
                order=draw(st.none() | st.sampled_from(ORDERS)),
                seed=draw(st.none() | st.integers(0, 2**32 - 1)),
                model=draw(st.none() | models),
                weights=tuple(draw(st.dictionaries(keys, st.floats(-100, 100))).items()),
                name=draw(names),
            )
        )
    return tuple(found)


@given(trees())
def test_branches_come_back_as_they_were(branches):
    text = format_branches(branches)
    assert parse_branches(text) == branches
    assert len(text) < 2_000


@pytest.mark.parametrize(
    "name", ["a, b; c: d", "Ünïcode ✓", "<b>bold</b>", "100 %25", "0:5;1:6", "🙂", "[x](y)"]
)
def test_any_name_is_kept_letter_by_letter(name):
    (branch,) = parse_branches(format_branches((Branch(0, 5, name=name),)))
    assert branch.name == name


def test_a_name_is_cleaned_and_cut():
    assert clean_name("  a\u202eb\nc\x00 ") == "abc"
    assert clean_name("x" * 99) == "x" * LONGEST_NAME
    (branch,) = parse_branches(f"0:5,name:{'y' * 500}")
    assert branch.name == "y" * LONGEST_NAME


def test_nothing_is_no_branch():
    assert parse_branches("") == ()
    assert format_branches(()) == ""
    assert branches_parameter().default == ()


WRONG = [
    ("5", "branch B cannot be used: it must begin with line:update"),
    ("0:x", "branch B cannot be used: “x” is not a number"),
    ("0:1.5", "it must be a whole number"),
    ("0:-1", "it must lie between 0 and 1,000,000"),
    ("4:1", "it must lie between 0 and 3"),
    ("1:1", "branch B cannot be used: a branch leaves a line that comes before it"),
    ("0:9;2:10", "branch C cannot be used: a branch leaves a line that comes before it"),
    ("0:9;1:8", "branch C cannot be used: a branch leaves a line at a step"),
    ("0:9,rate:0", "it must lie between 0.001 and 10"),
    ("0:9,rate:nan", "“nan” is not a number"),
    ("0:9,rate", "“rate” is no change"),
    ("0:9,rate:1,rate:2", "“rate:2” is no change"),
    ("0:9,order:backwards", "the order must be one of"),
    ("0:9,seed:-1", "it must lie between 0 and 4,294,967,295"),
    ("0:9,model:transformer", "a model is named by its inputs"),
    ("0:9,w1:101", "it must lie between -100 and 100"),
    ("0:9,w1:1,w1:2", "“w1:2” is no change"),
    ("0:9,W1:1", "“W1” is nothing that can be changed"),
    ("0:9,:1", "“” is nothing that can be changed"),
    ("0:9,<script>:1", "is nothing that can be changed"),
    ("0:9,weightweight:1", "is nothing that can be changed"),
    ("0:9" + "".join(f",w{i}:1" for i in range(11)), "it may set 10 weights at the most"),
    (";" * 3, "branch B cannot be used"),
    ("0:1;" * 5, "it may hold 4 branches at the most"),
]


@pytest.mark.parametrize(("text", "reason"), WRONG, ids=range(len(WRONG)))
def test_what_makes_no_sense_is_refused_by_the_name_of_its_branch(text, reason):
    with pytest.raises(ValueError, match=re.escape(reason)):
        parse_branches(text)


@given(st.text(string.printable, max_size=60))
def test_any_text_is_branches_or_a_sentence(text):
    try:
        branches = parse_branches(text)
    except ValueError:
        return
    assert parse_branches(format_branches(branches)) == branches


def test_changed_rates_of_an_older_link_are_answered():
    with pytest.raises(ValueError, match="is a branch now: go to that update"):
        no_changes_parameter().parse("2500:0.5")
