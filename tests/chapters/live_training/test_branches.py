"""Branches: what they share with the line they leave, and what is their own."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nnviz.chapters.live_training.branches import (
    Branch,
    Line,
    Piece,
    line_by_itself,
    lines,
    parting,
    way_to,
)
from nnviz.nn.trace import trace_update
from nnviz.training.model import Model
from nnviz.training.record import record
from tests.runs import timeline_of

TRUNK = timeline_of(steps=1_000)
recorded = cache(record)


def run_of(piece):
    return recorded(piece.timeline).run_at(piece.first)


def path(line):
    """Return the parameters of a line, step by step."""
    return [
        row
        for piece in line.pieces
        for row in run_of(piece).parameters_between(piece.first, piece.last)
    ]


def check_pieces(line, trunk=TRUNK):
    assert line.pieces[0].first == 0
    for before, after in zip(line.pieces, line.pieces[1:], strict=False):
        assert after.first == before.last + 1
    for piece in line.pieces:
        assert run_of(piece).first_step <= piece.first <= piece.last
    assert len(path(line)) == line.last_step + 1


@pytest.mark.parametrize("at", [0, 1, 250, 999])
@pytest.mark.parametrize(
    "same", [{}, {"weights": ()}, {"learning_rate": 0.1}, {"order": "random"}, {"model": Model()}]
)
def test_a_branch_with_nothing_changed_is_the_run(at, same):
    _, branch = lines(TRUNK, [Branch(0, at, **same)], recorded)
    check_pieces(branch)
    np.testing.assert_array_equal(path(branch), recorded(TRUNK).parameters_between(0, 1_000))
    assert branch.own_from == at


@pytest.mark.parametrize(
    "changes",
    [
        {"learning_rate": 2.0},
        {"order": "in turn"},
        {"order": "shuffled", "learning_rate": 0.01},
        {"seed": 9},
        {"model": Model(standardise=True)},
        {"weights": (("w2", -3.0),)},
    ],
    ids=repr,
)
def test_a_branch_shares_the_past_and_goes_its_own_way(changes):
    trunk, branch = lines(TRUNK, [Branch(0, 400, **changes)], recorded)
    check_pieces(branch)
    old, new = path(trunk), path(branch)
    np.testing.assert_array_equal(new[:400], old[:400])
    assert any((a != b).any() for a, b in zip(old[400:], new[400:], strict=True))
    # The first update of its own, by the readable way.
    run = run_of(branch.pieces[-1])
    row = int(run.picks(400, 401)[0])
    update = trace_update(
        run.network_at(400),
        branch.plan.train_inputs[row],
        branch.plan.sample.y[row],
        learning_rate=changes.get("learning_rate", 0.1),
    )
    np.testing.assert_allclose(new[401], update.updated.parameters(), rtol=1e-12)


def test_weights_by_hand_are_where_the_branch_begins():
    weights = (("w1", 5.0), ("b", -1.0), ("v3", 7.0))  # without a hidden layer, no v3
    _, branch = lines(TRUNK, [Branch(0, 10, weights=weights)], recorded)
    expected = recorded(TRUNK).parameters_at(10).copy()
    expected[[0, 2]] = 5.0, -1.0
    np.testing.assert_array_equal(path(branch)[10], expected)


def test_the_order_of_the_rows_is_that_of_the_run():
    _, other, turn = lines(
        TRUNK,
        [Branch(0, 400, model=Model(("x1^2", "sin x1"))), Branch(0, 403, order="in turn")],
        recorded,
    )
    np.testing.assert_array_equal(
        run_of(other.pieces[-1]).picks(400, 1_000), recorded(TRUNK).picks(400, 1_000)
    )
    assert run_of(turn.pieces[-1]).picks(403, 411).tolist() == [3, 4, 5, 6, 7, 0, 1, 2]


def test_branches_of_branches_hold_together():
    branches = [
        Branch(0, 300, learning_rate=1.0),
        Branch(1, 600, model=Model((), 4, "tanh", True)),
        Branch(2, 800, learning_rate=0.5),
        Branch(2, 700, weights=(("w1.1", 0.0),)),
    ]
    found = lines(TRUNK, branches, recorded)
    for line in found:
        check_pieces(line)
    _, fast, layer, slower, by_hand = found
    assert [stage.step for stage in fast.timeline.stages] == [0, 300]
    assert [piece.first for piece in layer.pieces] == [0, 600]
    # The rate of the line that it leaves goes with it.
    assert layer.plan.hyperparameters.learning_rate == 1.0
    rates = [run_of(slower.pieces[-1]).learning_rate_at(step) for step in (799, 800)]
    assert rates == [1.0, 0.5]
    assert [piece.first for piece in by_hand.pieces] == [0, 600, 700]
    old, new = path(layer), path(by_hand)
    for a, b in zip(old[:700], new[:700], strict=True):
        np.testing.assert_array_equal(a, b)


OF_EACH_OTHER = [
    Branch(0, 300, learning_rate=1.0, name="fast"),
    Branch(1, 600, model=Model((), 4, "tanh", True)),
    Branch(0, 0, seed=3),
    Branch(2, 600, order="in turn"),
]


@pytest.mark.parametrize("number", range(5))
def test_a_line_by_itself_is_what_it_is_among_the_others(number):
    made = {}

    def counted(timeline, known=None, until=None):
        made[timeline] = record(timeline, known, until=until)
        return made[timeline]

    alone = line_by_itself(TRUNK, way_to(OF_EACH_OTHER, number), counted)
    whole = lines(TRUNK, OF_EACH_OTHER, recorded)[number]
    check_pieces(alone)
    np.testing.assert_array_equal(np.array(path(alone)[-1]), path(whole)[-1])
    assert all(map(np.array_equal, path(alone), path(whole)))
    assert (alone.timeline, alone.own_from) == (whole.timeline, whole.own_from)
    assert [piece.first for piece in alone.pieces] == [piece.first for piece in whole.pieces]
    # The others are trained to where they are left, and no further.
    way = way_to(OF_EACH_OTHER, number)
    assert [run.last_step for run in made.values()] == [*(each.at + 1 for each in way), 1_000]


def test_a_line_by_itself_that_leaves_a_line_at_its_end_does_not_begin():
    diverging = timeline_of(steps=1_000, output="linear", learning_rate=1.0)
    end = recorded(diverging).last_step
    assert end < 1_000
    for trunk, at in ((diverging, end - 1), (diverging, end), (diverging, 999), (TRUNK, 1_000),
                      (TRUNK, 999), (TRUNK, 5_000)):  # fmt: skip
        way = [Branch(0, at, learning_rate=1e-3)]
        _, whole = lines(trunk, way, recorded)
        assert (line_by_itself(trunk, way, record_until) is None) == (whole is None), at


def record_until(timeline, known=None, until=None):
    return record(timeline, known, until=until)


def test_a_branch_of_a_branch_at_its_first_step_replaces_it():
    branches = [
        Branch(0, 300, learning_rate=1.0),
        Branch(1, 300, model=Model(("sin x1",))),
        Branch(2, 300, learning_rate=0.3, weights=(("w3", 2.0),)),
        Branch(3, 300, learning_rate=0.7),
    ]
    trunk, _, _, by_hand, last = lines(TRUNK, branches, recorded)
    run = run_of(last.pieces[-1])
    assert [piece.first for piece in last.pieces] == [0, 300]
    assert (run.first_step, run.learning_rate_at(300)) == (300, 0.7)
    expected = [*path(trunk)[300][:2], 2.0, path(trunk)[300][2]]
    np.testing.assert_array_equal(run.parameters_at(300), expected)
    np.testing.assert_array_equal(path(by_hand)[300], expected)
    np.testing.assert_array_equal(run.picks(300, 900), run_of(trunk.pieces[0]).picks(300, 900))


def test_a_change_of_the_run_reaches_its_branches():
    branch = Branch(0, 300, order="in turn")
    for rate in (0.1, 0.7):
        trunk = timeline_of(steps=1_000, learning_rate=rate)
        run, line = lines(trunk, [branch], recorded)
        assert line.plan.hyperparameters.learning_rate == rate
        np.testing.assert_array_equal(path(line)[300], path(run)[300])


@st.composite
def trees(draw):
    """Return branches that leave any line that comes before, each at a step that is its own.

    Each changes the rate to another one, or sets a weight to another value.
    """
    found = []
    for k in range(draw(st.integers(1, 4))):
        parent = draw(st.integers(0, k))
        at = draw(st.integers(found[parent - 1].at if parent else 0, 58))
        change = draw(
            st.sampled_from([{"learning_rate": 1.0 + k}, {"weights": (("w1", 3.0 + k),)}])
        )
        found.append(Branch(parent, at, **change))
    return found


@settings(max_examples=60, deadline=None)
@given(trees())
@example([Branch(0, 0, weights=(("w1", 4.0),)), Branch(1, 40, learning_rate=3.0)])
def test_two_lines_part_at_the_last_step_that_both_have(branches):
    paths = [path(line) for line in lines(replace(TRUNK, steps=60), branches, record)]
    for first in range(len(paths)):
        for second in range(len(paths)):
            same = [np.array_equal(a, b) for a, b in zip(paths[first], paths[second], strict=True)]
            at = parting(branches, first, second)
            if first == second:
                assert at > 60
                continue
            assert at == parting(branches, second, first)
            # A weight that is set by hand is another one at that very step already.
            by_hand = any(branch.weights for branch in branches if branch.at == at)
            parted = same.index(False) if False in same else len(same)
            assert parted >= (at if by_hand else at + 1)
            # Until they differ nothing moves: a saturated unit takes no step, whatever the rate.
            still = np.array(paths[first][at : max(parted, at + 1)])
            np.testing.assert_allclose(still, still[[0] * len(still)], rtol=1e-14, atol=1e-14)


@given(trees())
@settings(max_examples=200)
def test_no_update_is_shared_behind_the_parting_and_every_one_before(branches):
    def made_by(number, step):
        """Return the number of the line that makes the update from a step to the next."""
        branch = branches[number - 1]
        return number if not number or step >= branch.at else made_by(branch.parent, step)

    for first in range(len(branches) + 1):
        for second in range(first):
            at = parting(branches, first, second)
            shared = [made_by(first, step) == made_by(second, step) for step in range(60)]
            assert shared == [step < at for step in range(60)]


@pytest.mark.parametrize("at", [1_000, 5_000])
def test_a_branch_beyond_the_end_waits_and_so_do_those_that_leave_it(at):
    found = lines(TRUNK, [Branch(0, at), Branch(1, at + 1), Branch(0, 5)], recorded)
    assert found[1] is None
    assert found[2] is None
    assert found[3] is not None


@pytest.mark.parametrize("parent", [1, 2, -1])
def test_a_branch_leaves_a_line_that_comes_before_it(parent):
    with pytest.raises(ValueError, match="branch 1 must leave one that comes before it"):
        lines(TRUNK, [Branch(parent, 5)], recorded)


def test_the_piece_of_a_step():
    first, second = Piece(TRUNK, 0, 399), Piece(TRUNK, 400, 1_000)
    line = Line((first, second), 400)
    assert line.piece_at(0) is line.piece_at(399) is first
    assert line.piece_at(400) is line.piece_at(1_000) is second
    assert line.last_step == 1_000
