"""Branches in the address: there and back, and whatever else may stand there."""

import re
import string
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.chapters.live_training.address import (
    LARGEST_WEIGHT,
    LONGEST_NAME,
    MOST_WEIGHTS,
    branches_parameter,
    clean_name,
    format_branches,
    no_changes_parameter,
    parse_branches,
)
from nnviz.chapters.live_training.branches import MOST_BRANCHES, ORDERS, Branch
from nnviz.data.tutorial import eight_rows
from nnviz.site.address import LONGEST
from nnviz.training.model import ADDABLE, HIDDEN_ACTIVATIONS, Model
from nnviz.training.parameter_names import parameter_keys

features = st.sampled_from([(), ADDABLE[:1], ADDABLE])
models = st.builds(
    Model, features, st.integers(1, 8), st.sampled_from(HIDDEN_ACTIVATIONS), st.booleans()
) | st.builds(Model, features, st.just(0), st.just("tanh"), st.booleans())
keys = st.sampled_from(["w1", "w2", "b", "w2.3", "b3", "v8", "c"])
names = st.text(max_size=2 * LONGEST_NAME).map(clean_name)


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
                order=draw(st.none() | st.sampled_from(list(ORDERS))),
                seed=draw(st.none() | st.integers(0, 2**32 - 1)),
                model=draw(st.none() | models),
                weights=tuple(draw(st.dictionaries(keys, st.floats(-100, 100))).items()),
                name=draw(names),
            )
        )
    return tuple(found)


@given(trees())
def test_branches_come_back_as_they_were(branches):
    assert parse_branches(format_branches(branches)) == branches


@pytest.mark.parametrize(
    "name",
    [
        "a, b; c: d",
        "Ünïcode ✓",
        "<b>bold</b>",
        "100 %25",
        "0:5;1:6",
        "🙂",
        "[x](y)",
        "שלום",
        "+&=#?",
        "2,5%",
    ],
)
def test_any_name_is_kept_letter_by_letter(name):
    (branch,) = parse_branches(format_branches((Branch(0, 5, name=name),)))
    assert branch.name == name


def test_a_name_is_cleaned_and_cut():
    assert clean_name("  a\u202eb\nc\x00 ") == "abc"
    assert clean_name("x" * 99) == "x" * LONGEST_NAME
    # What is cut off leaves no space behind that the next link would lose.
    assert clean_name("x" * (LONGEST_NAME - 1) + " y") == "x" * (LONGEST_NAME - 1)
    (branch,) = parse_branches(f"0:5,name:{'y' * 500}")
    assert branch.name == "y" * LONGEST_NAME


@given(st.text(max_size=80))
def test_a_name_is_cleaned_once_and_for_all(text):
    name = clean_name(text)
    assert clean_name(name) == name
    assert len(name) <= LONGEST_NAME
    assert all(letter.isprintable() for letter in name)
    assert name == name.strip()


def test_the_longest_link_can_still_be_sent():
    model = Model(ADDABLE, 8, "sigmoid", True)
    all_keys = parameter_keys(model.plan(eight_rows()))
    weights = tuple((key, -0.1234567890123456) for key in sorted(all_keys, key=len)[-MOST_WEIGHTS:])
    name, seed = "ü" * LONGEST_NAME, 2**32 - 1
    longest = MOST_BRANCHES * (
        Branch(0, 999_999, 0.0012345678901234567, "shuffled", seed, model, weights, name),
    )
    text = format_branches(longest)
    assert parse_branches(text) == longest
    assert len(urlencode({"branches": text}, safe=",:;")) < LONGEST


@pytest.mark.parametrize("features", [(), ADDABLE], ids=len)
@pytest.mark.parametrize("units", [0, 1, 8])
def test_every_weight_of_every_model_has_a_place_in_a_link(features, units):
    plan = Model(features, units).plan(eight_rows())
    for k, key in enumerate(parameter_keys(plan)):
        branch = Branch(0, 5, weights=((key, LARGEST_WEIGHT * (-1) ** k),))
        assert parse_branches(format_branches((branch,))) == (branch,)


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
    ("0:9,rate:10.1", "it must lie between 0.001 and 10"),
    ("0:1e7", "it must lie between 0 and 1,000,000"),
    (":5", "branch B cannot be used: “” is not a number"),
    ("0:9,", "“” is no change"),
    ("0:9,name:a,name:b", "“name:b” is no change"),
    ("0:9,model:neuron,model:neuron", "“model:neuron” is no change"),
    ("0:9;0:9,rate:x", "branch C cannot be used: “x” is not a number"),
    ("0:9;0:9;0:9;0:9,order:", "branch E cannot be used: the order must be one of"),
    ("0:9,seed:4294967296", "it must lie between 0 and 4,294,967,295"),
    ("0:9,model:9 tanh", "1 to 8 units"),
    ("0:9,w1:inf", "“inf” is not a number"),
    ("0:9,1w:1", "“1w” is nothing that can be changed"),
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


@given(trees(), st.data())
def test_what_is_tampered_with_is_branches_or_a_sentence_that_names_one(branches, data):
    text = format_branches(branches)
    for _ in range(data.draw(st.integers(1, 3))):
        begin = data.draw(st.integers(0, len(text)))
        end = begin + data.draw(st.integers(0, 4))
        text = (
            text[:begin]
            + data.draw(st.text(":,;/.-%0123459 aeb²٣\u202e<", max_size=3))
            + text[end:]
        )
    try:
        found = parse_branches(text)
    except ValueError as refused:
        reason = str(refused)
    else:
        assert parse_branches(format_branches(found)) == found
        return
    if reason == "it may hold 4 branches at the most":
        assert text.count(";") >= MOST_BRANCHES
        return
    named = re.match(r"branch ([BCDE]) cannot be used: \S", reason)
    assert named
    # Those before it are in order.
    before = "BCDE".index(named[1])
    assert len(parse_branches(";".join(text.split(";")[:before]))) == before


def test_changed_rates_of_an_older_link_are_answered():
    with pytest.raises(ValueError, match="is a branch now: go to that update"):
        no_changes_parameter().parse("2500:0.5")
