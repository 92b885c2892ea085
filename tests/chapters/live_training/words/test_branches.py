"""A branch in words."""

from dataclasses import replace

import pytest

from nnviz.chapters.live_training.branches import MOST_BRANCHES, Branch
from nnviz.chapters.live_training.words.branches import changes, leaving, short
from nnviz.training.branch_letters import LETTERS
from nnviz.training.model import Model

EVERYTHING = Branch(
    1, 2500, 0.01, "in turn", 7, Model(("sin x1",), 4), (("w1.2", -1.5), ("c", 0.0)), ""
)


def test_what_is_changed():
    assert changes(Branch(0, 5)) == ""
    assert changes(Branch(0, 5, learning_rate=1.0)) == "rate 1"
    assert changes(EVERYTHING) == (
        "rate 0.01, 4 tanh units + sin x1, rows in turn, seed 7, w1.2 = −1.5, c = 0"
    )
    assert changes(Branch(0, 5, seed=0)) == "seed 0"


def test_labels():
    assert short(Branch(0, 12_500), 1) == "B from 12,500: the same so far"
    assert short(Branch(0, 5, order="shuffled"), 2) == "C from 5: rows shuffled"
    assert short(Branch(0, 5, name="mine"), 3) == "D mine"


def test_where_it_comes_from():
    told = leaving(Branch(1, 2500, learning_rate=0.5), 3)
    assert told == "D leaves B at update 2,500, with rate 0.5 from there on."
    assert "nothing is changed yet" in leaving(Branch(0, 5), 1)
    assert "is the same run. Change the rate, the model, the rows or a weight" in leaving(
        Branch(0, 5), 1
    )


def test_there_is_a_letter_for_the_run_and_for_every_branch():
    assert len(LETTERS) == MOST_BRANCHES + 1
    for number in range(1, MOST_BRANCHES + 1):
        branch = Branch(number - 1, 1_000_000, order="in turn")
        assert leaving(branch, number) == (
            f"{'ABCDE'[number]} leaves {'ABCDE'[number - 1]} at update 1,000,000, "
            "with rows in turn from there on."
        )
        assert short(branch, number) == f"{'ABCDE'[number]} from 1,000,000: rows in turn"


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("learning_rate", "rate 0.01"),
        ("order", "rows in turn"),
        ("seed", "seed 7"),
        ("model", "4 tanh units + sin x1"),
        ("weights", "w1.2 = −1.5, c = 0"),
    ],
)
def test_each_change_is_told_and_nothing_else(field, told):
    only = replace(Branch(0, 5), **{field: getattr(EVERYTHING, field)})
    assert changes(only) == told
    without = replace(EVERYTHING, **{field: getattr(Branch(0, 5), field)})
    assert told not in changes(without)


@pytest.mark.parametrize("name", ["<b>bold</b>", "a, b; c: d", "🙂", "שלום"])
def test_a_name_stands_for_itself_and_in_its_label_alone(name):
    named = replace(EVERYTHING, name=name)
    assert short(named, 4) == f"E {name}"
    assert changes(named) == changes(EVERYTHING)
    assert leaving(named, 4) == leaving(EVERYTHING, 4)
