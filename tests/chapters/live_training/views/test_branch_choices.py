"""Choices about a line, new branches and deleted ones, on an address that is only a dict."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.chapters.live_training.branches import MOST_BRANCHES, Branch, lines
from nnviz.chapters.live_training.views.branch_choices import (
    Choices,
    add_branch,
    delete_branch,
    leaving_with,
)
from nnviz.training.model import Model
from nnviz.training.record import record
from tests.runs import plan_of, timeline_of

PLAN = plan_of(learning_rate=2.0)


class Address(dict):
    """What a page's address is to its choices."""

    def set(self, name, value):
        self[name] = value


def address(*branches, line="A"):
    return Address(branches=branches, line=line, updates="10000", rate=0.1, order="random", seed=0)


def test_choices_of_the_run_are_those_of_the_page():
    page = address()
    choices = Choices(page, PLAN)
    assert (choices.number, choices.letter, choices.branch) == (0, "A", None)
    assert choices.learning_rate == 2.0
    choices.setter("learning_rate")(0.5)
    choices.setter("seed")(9)
    choices.setter("model")(Model(units=2))
    choices.setter("order")("shuffled")
    assert (page["rate"], page["seed"]) == (0.5, 9)
    assert (page["model"], page["order"]) == (Model(units=2), "shuffled")
    assert page["branches"] == ()


def test_choices_of_a_branch_are_its_own():
    page = address(Branch(0, 500), Branch(0, 7), line="B")
    choices = Choices(page, PLAN)
    assert choices.learning_rate == 2.0  # what it goes on with
    choices.setter("learning_rate")(0.5)
    choices.setter("order")("in turn")
    assert page["branches"] == (Branch(0, 500, learning_rate=0.5, order="in turn"), Branch(0, 7))
    assert (page["rate"], page["order"]) == (0.1, "random")
    choices.setter("model")(Model(("sin x1",)))
    choices.change(name="mine", weights=(("w1", 2.0),))
    assert page["branches"][0] == Branch(
        0, 500, 0.5, "in turn", None, Model(("sin x1",)), (("w1", 2.0),), "mine"
    )
    assert page["branches"][1] == Branch(0, 7)


def test_the_rate_of_a_branch_is_the_one_where_it_begins():
    for rate in (None, 0.7):
        _, line = lines(timeline_of(steps=50), [Branch(0, 20, learning_rate=rate)], record)
        choices = Choices(address(Branch(0, 20), line="B"), line.plan)
        assert choices.learning_rate == (rate or 0.1)


def test_choices_stay_those_of_their_line_when_another_is_followed():
    page = address(Branch(0, 500), Branch(1, 600), line="C")
    choices = Choices(page, PLAN)
    assert (choices.number, choices.letter, choices.branch) == (2, "C", Branch(1, 600))
    choices.setter("seed")(3)
    page.set("line", "B")
    choices.setter("seed")(4)
    assert page["branches"] == (Branch(0, 500), Branch(1, 600, seed=4))
    Choices(page, PLAN).setter("seed")(5)
    assert page["branches"] == (Branch(0, 500, seed=5), Branch(1, 600, seed=4))


def test_what_a_slider_still_sends_reaches_the_line_it_was_moved_for():
    page = address(Branch(0, 500), line="B")
    choices = Choices(page, PLAN)
    page["line"] = "A"
    choices.setter("learning_rate")(0.5)
    assert page["branches"] == (Branch(0, 500, learning_rate=0.5),)
    assert page["rate"] == 0.1
    page["branches"] = ()
    choices.setter("learning_rate")(0.7)
    assert page["branches"] == ()


@pytest.mark.parametrize(
    ("line", "at", "parent"),
    [("A", 50, 0), ("B", 100, 1), ("B", 99, 0), ("C", 300, 2), ("C", 150, 1), ("C", 99, 0)],
)
def test_a_branch_leaves_the_line_that_has_the_step(line, at, parent):
    page = address(Branch(0, 100), Branch(1, 200), line=line)
    assert add_branch(page, at) is None
    assert page["branches"][2] == Branch(parent, at)
    assert page["line"] == "D"


def test_where_there_is_no_room_a_sentence_says_so():
    page = address(*(Branch(0, k) for k in range(MOST_BRANCHES)))
    assert "4 branches are as many" in add_branch(page, 5)
    assert "end of the run" in add_branch(address(), 10_000)
    assert len(page["branches"]) == MOST_BRANCHES
    assert page["line"] == "A"
    nearly = address()
    assert add_branch(nearly, 9_999) is None
    assert nearly["branches"] == (Branch(0, 9_999),)


@given(st.lists(st.integers(0, 3), min_size=1, max_size=4), st.integers(1, 4))
def test_deleting_takes_those_that_leave_it_and_no_other(parents, number):
    parents = [min(parent, k) for k, parent in enumerate(parents)]
    number = min(number, len(parents))
    # The step names the branch, so that it is known again.
    branches = tuple(Branch(parent, k) for k, parent in enumerate(parents, 1))

    def ancestors(k):
        return {k} | (ancestors(branches[k - 1].parent) if k else set())

    gone = {k for k in range(1, len(branches) + 1) if number in ancestors(k)}
    assert set(leaving_with(branches, number)) == gone
    page = address(*branches, line="ABCDE"[number])
    delete_branch(page, number)
    left = page["branches"]
    assert [branch.at for branch in left] == [
        k for k in range(1, len(branches) + 1) if k not in gone
    ]
    for branch in left:
        before = branches[branch.at - 1].parent
        assert (left[branch.parent - 1].at if branch.parent else 0) == before
    followed = "ABCDE".index(page["line"])
    assert (left[followed - 1].at if followed else 0) == branches[number - 1].parent
