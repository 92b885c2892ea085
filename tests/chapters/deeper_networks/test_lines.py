"""Lines of training: what they share, where they part, and what is changed on them."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.chapters.deeper_networks.lines import (
    MOST_BY_HAND,
    MOST_CHANGES,
    MOST_LINES,
    Change,
    Line,
    changes_of,
    check_stages,
    last_shared_step,
    settings_at,
    timeline_of,
    with_branch,
    with_change,
    without_change,
    without_line,
)
from nnviz.chapters.deeper_networks.settings import FROM_THE_START, Settings
from nnviz.training.record import record
from nnviz.training.timeline import MOST_STAGES
from tests.any_lines import any_lines

BASE = Settings(rows=20, hidden=((2, "tanh"),), batch=4)
RUN = (Line(),)

few_choices = st.fixed_dictionaries(
    {},
    optional={
        "rate": st.sampled_from([0.01, 0.3, 1.0]),
        "batch": st.sampled_from([1, 4, 6]),
        "optimizer": st.sampled_from(["sgd", "adam"]),
        "hidden": st.sampled_from([((2, "tanh"),), ((3, "tanh"),), ()]),
        "l2": st.sampled_from([0.0, 0.1]),
    },
)
few_by_hand = st.dictionaries(st.integers(0, 20), st.floats(-2, 2), max_size=2)


def short_lines():
    return any_lines(last=40, choices=few_choices, by_hand=few_by_hand)


def ancestry(lines, number):
    """Return the lines from the run to this one, by number."""
    chain = [number]
    while chain[0]:
        chain.insert(0, lines[chain[0]].parent)
    return chain


def owner(lines, number, update):
    """Return the line by which an update of another line is made: its own from where it leaves."""
    chain = ancestry(lines, number)
    return [k for k in chain if update >= lines[k].at or k == 0][-1]


def said(lines, number):
    """Return (step, line, change) in the order in which they come, read in another way."""
    chain = ancestry(lines, number)
    found = []
    for place, k in enumerate(chain):
        left_at = min([lines[j].at for j in chain[place + 1 :]], default=10**9)
        found += [(change.step, k, change) for change in lines[k].changes if change.step <= left_at]
    return sorted(found, key=lambda each: each[:2])


@given(any_lines(), st.data())
@settings(max_examples=60)
def test_what_is_chosen_at_any_step(lines, data):
    number = data.draw(st.integers(0, len(lines) - 1))
    changes = said(lines, number)
    at_change = st.sampled_from([0, *(step for step, _, _ in changes)])
    step = data.draw(st.one_of(at_change, st.integers(0, 1_000_000)))
    choices, by_hand = {}, {}
    for when, _, change in changes:
        if when <= step:
            choices |= change.choices
        if when == step:
            by_hand |= change.by_hand
    assert settings_at(BASE, lines, number, step) == replace(BASE, **choices)
    merged = {change.step: change for change in changes_of(lines, number)}
    assert list(merged) == sorted({when for when, _, _ in changes})
    assert dict(merged[step].by_hand if step in merged else {}) == by_hand


@given(short_lines())
@settings(max_examples=60)
def test_a_timeline_makes_what_is_chosen(lines):
    for number in range(len(lines)):
        timeline = timeline_of(BASE, lines, number, None, 60)
        assert timeline.steps == 60
        for step in range(60):
            stage = [stage for stage in timeline.stages if stage.step <= step][-1]
            assert stage.plan == settings_at(BASE, lines, number, step).plan()
        stages = {stage.step: dict(stage.by_hand) for stage in timeline.stages}
        for change in changes_of(lines, number):
            n = settings_at(BASE, lines, number, change.step).plan().n_parameters
            there = {k: v for k, v in change.by_hand.items() if k < n}
            assert stages.get(change.step, {}) == there
        # A stage for what is changed, and for nothing else.
        for before, after in zip(timeline.stages, timeline.stages[1:], strict=False):
            assert after.by_hand or after.plan != before.plan


@given(short_lines())
@settings(max_examples=25)
def test_lines_share_their_past_bit_for_bit(lines):
    histories = [record(timeline_of(BASE, lines, k, None, 60)) for k in range(len(lines))]
    changed = [{change.step for change in line.changes} for line in lines]
    for first in range(len(lines)):
        for second in range(first):
            at = last_shared_step(lines, first, second)
            a, b = histories[first], histories[second]
            for step in range(at):
                np.testing.assert_array_equal(a.parameters_at(step), b.parameters_at(step))
                assert a.plan_at(step) == b.plan_at(step)
                assert a.epoch_at(step) == b.epoch_at(step)
            if at not in set().union(*changed):
                np.testing.assert_array_equal(a.parameters_at(at), b.parameters_at(at))


@given(any_lines())
def test_where_two_lines_part_by_brute_force(lines):
    steps = {0, *(line.at for line in lines)}
    around = sorted({max(0, step + d) for step in steps for d in (-1, 0, 1)} | {1_000_001})
    for first in range(len(lines)):
        for second in range(len(lines)):
            if first == second:
                continue
            apart = [
                update
                for update in around
                if owner(lines, first, update) != owner(lines, second, update)
            ]
            assert last_shared_step(lines, first, second) == apart[0]


def test_a_line_does_not_part_from_itself():
    with pytest.raises(ValueError, match="does not part from itself"):
        last_shared_step((Line(), Line(0, 5)), 1, 1)


def test_parting_by_hand():
    #  A ---300--- B (of A) ---500--- C (of B) ; D leaves A at 400, E leaves C at 500
    lines = (Line(), Line(0, 300), Line(1, 500), Line(0, 400), Line(2, 500))
    expected = {
        (0, 1): 300, (0, 2): 300, (0, 3): 400, (0, 4): 300, (1, 2): 500, (1, 3): 300,
        (1, 4): 500, (2, 3): 300, (2, 4): 500, (3, 4): 300,
    }  # fmt: skip
    for (first, second), at in expected.items():
        assert (
            last_shared_step(lines, first, second) == last_shared_step(lines, second, first) == at
        )


def test_changes_of_one_step_are_merged():
    lines = with_change(RUN, 0, 10, {"rate": 0.5, "batch": 2}, {3: 1.0})
    lines = with_change(lines, 0, 4, {"l2": 0.1})
    lines = with_change(lines, 0, 10, {"rate": 0.7}, {3: 2.0, 5: -1.0})
    assert lines == (
        Line(
            changes=(
                Change(4, {"l2": 0.1}),
                Change(10, {"rate": 0.7, "batch": 2}, {3: 2.0, 5: -1.0}),
            )
        ),
    )
    assert without_change(lines, 0, 4)[0].changes == lines[0].changes[1:]
    assert without_change(lines, 0, 5) == lines
    # What a branch changes where it leaves is laid over what is changed there already.
    lines = with_change(with_branch(lines, 0, 10), 1, 10, {"batch": 9}, {5: 0.0})
    shared = changes_of(lines, 1)[-1]
    assert dict(shared.choices) == {"rate": 0.7, "batch": 9}
    assert dict(shared.by_hand) == {3: 2.0, 5: 0.0}
    assert dict(changes_of(lines, 0)[-1].choices) == {"rate": 0.7, "batch": 2}


def test_a_change_before_a_branch_leaves_counts_from_where_it_leaves():
    lines = with_change((Line(), Line(0, 50)), 1, 20, {"rate": 0.5})
    assert lines[1].changes == (Change(50, {"rate": 0.5}),)
    assert lines[0].changes == ()


def test_nothing_changed_is_no_change():
    assert with_change(RUN, 0, 10) == RUN
    assert Change(3).empty
    assert not Change(3, {"rate": 0.1}).empty
    assert not Change(3, {}, {0: 0.0}).empty


def test_what_a_change_holds_cannot_be_changed_later():
    choices, by_hand = {"rate": 0.5}, {1: 2.0}
    change = Change(3, choices, by_hand)
    choices["rate"], by_hand[1] = 0.7, 9.0
    assert (dict(change.choices), dict(change.by_hand)) == ({"rate": 0.5}, {1: 2.0})
    with pytest.raises(TypeError):
        change.choices["rate"] = 0.1


@pytest.mark.parametrize("name", FROM_THE_START)
def test_how_a_run_begins_is_the_same_for_all_of_it(name):
    with pytest.raises(ValueError, match=f"{name} decides how a run begins"):
        with_change(RUN, 0, 10, {"rate": 0.1, name: 3})


def test_a_change_of_the_run_reaches_what_leaves_it_later():
    lines = (Line(), Line(0, 50), Line(1, 60))
    lines = with_change(lines, 0, 50, {"rate": 0.5})
    lines = with_change(lines, 0, 51, {"batch": 1})
    assert [settings_at(BASE, lines, k, 100).rate for k in range(3)] == [0.5] * 3
    assert [settings_at(BASE, lines, k, 100).batch for k in range(3)] == [1, 4, 4]


def test_a_branch_leaves_the_line_whose_step_it_is():
    lines = with_branch(with_branch(RUN, 0, 100), 1, 200)
    assert lines == (Line(), Line(0, 100), Line(1, 200))
    # At a step that a line shares, its parent is left.
    assert with_branch(lines, 2, 150)[-1] == Line(1, 150)
    assert with_branch(lines, 2, 99)[-1] == Line(0, 99)
    assert with_branch(lines, 2, 200)[-1] == Line(2, 200)
    assert with_branch(lines, 1, 100)[-1] == Line(1, 100)


@given(short_lines(), st.data())
@settings(max_examples=60)
def test_a_branch_with_nothing_changed_is_the_line_that_it_leaves(lines, data):
    lines = lines[: MOST_LINES - 1]
    number, at = data.draw(st.integers(0, len(lines) - 1)), data.draw(st.integers(0, 50))
    branched = with_branch(lines, number, at)
    assert branched[:-1] == lines
    until = timeline_of(BASE, lines, number, None, at + 1).stages
    found = timeline_of(BASE, branched, len(lines), None, 60).stages
    assert found == tuple(stage for stage in until if stage.step <= at)


def test_no_more_lines_than_can_be_told_apart():
    lines = RUN
    for at in range(MOST_LINES - 1):
        lines = with_branch(lines, 0, at)
    with pytest.raises(ValueError, match="4 branches are as many as can be told apart"):
        with_branch(lines, 0, 10)


@given(short_lines(), st.data())
@settings(max_examples=60)
def test_deleting_leaves_the_others_as_they_were(lines, data):
    lines = lines if len(lines) > 1 else with_branch(lines, 0, 3)
    number = data.draw(st.integers(1, len(lines) - 1))
    kept = [k for k in range(len(lines)) if number not in ancestry(lines, k)]
    left, followed = without_line(lines, number)
    assert len(left) == len(kept)
    assert kept[followed] == lines[number].parent
    for place, k in enumerate(kept):
        assert timeline_of(BASE, left, place, None, 60) == timeline_of(BASE, lines, k, None, 60)
        assert replace(left[place], parent=0) == replace(lines[k], parent=0)
        assert left[place].parent < place or place == 0


def test_deleting_by_hand():
    #  B and C leave A, D leaves C, E leaves D
    a, b, c, d, e = (
        Line(), Line(0, 10, name="B"), Line(0, 20, name="C"),
        Line(2, 30, name="D"), Line(3, 40, name="E"),
    )  # fmt: skip
    lines = (a, b, c, d, e)
    assert without_line(lines, 1) == ((a, c, replace(d, parent=1), replace(e, parent=2)), 0)
    assert without_line(lines, 2) == ((a, b), 0)
    assert without_line(lines, 3) == ((a, b, c), 2)
    assert without_line(lines, 4) == ((a, b, c, d), 3)


def test_the_run_itself_stays():
    with pytest.raises(ValueError, match="run itself cannot be deleted"):
        without_line((Line(), Line(0, 5)), 0)


def test_as_many_changes_as_a_line_can_hold():
    lines = RUN
    for k in range(MOST_CHANGES):
        lines = with_change(lines, 0, k + 1, {"rate": 0.01 * (k + 1)})
    with pytest.raises(ValueError, match="up to 20 changes"):
        with_change(lines, 0, 100, {"rate": 0.5})
    assert len(with_change(lines, 0, 7, {"batch": 2})[0].changes) == MOST_CHANGES
    lines = with_change(RUN, 0, 5, {}, dict.fromkeys(range(MOST_BY_HAND), 0.5))
    with pytest.raises(ValueError, match="up to 12 values"):
        with_change(lines, 0, 5, {}, {50: 1.0})


def test_with_what_it_shares_a_line_has_no_more_changes_than_a_timeline():
    """Otherwise the last ones would be left out without a word."""
    lines = RUN
    for k in range(MOST_CHANGES):
        lines = with_change(lines, 0, k + 1, {"rate": 0.01 * (k + 1)})
    lines = with_branch(lines, 0, 100)
    for k in range(MOST_STAGES - 1 - MOST_CHANGES):
        lines = with_change(lines, 1, 100 + k, {"rate": 0.3 + 0.01 * k})
    timeline = timeline_of(BASE, lines, 1, None, 1_000)
    assert len(timeline.stages) == MOST_STAGES
    assert (
        timeline.stages[-1].plan.hyperparameters.learning_rate
        == settings_at(BASE, lines, 1, 999).rate
    )
    for number, step in [(1, 200), (1, 999)]:
        with pytest.raises(ValueError, match="up to 29 changes, with those of the lines"):
            with_change(lines, number, step, {"rate": 9.0})
    # Of the run as well, where its branches share it; after they have left, it may be changed.
    lines = without_change(lines, 0, 20)
    lines = with_change(lines, 1, 300, {"rate": 2.0})
    with pytest.raises(ValueError, match="up to 29 changes"):
        with_change(lines, 0, 99, {"rate": 9.0})
    check_stages(with_change(lines, 0, 101, {"rate": 9.0}))


def test_at_step_0_the_start_is_set_by_hand():
    lines = with_change(RUN, 0, 0, {"rate": 0.7}, {1: 5.0})
    (stage,) = timeline_of(BASE, lines, 0, None, 10).stages
    assert (stage.step, stage.by_hand, stage.plan.hyperparameters.learning_rate) == (
        0,
        ((1, 5.0),),
        0.7,
    )


def test_parameters_that_a_network_does_not_have_are_not_set():
    lines = with_change(RUN, 0, 5, {}, {0: 1.0, 8: 2.0, 9: 3.0, 500: 4.0})
    _, stage = timeline_of(BASE, lines, 0, None, 10).stages
    assert stage.plan.n_parameters == 9
    assert stage.by_hand == ((0, 1.0), (8, 2.0))
    # Nothing of it there: no stage.
    assert len(timeline_of(BASE, with_change(RUN, 0, 5, {}, {9: 3.0}), 0, None, 10).stages) == 1
