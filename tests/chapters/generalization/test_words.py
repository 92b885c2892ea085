"""What is said of growing, stopped and moved networks, held against made-up and real runs."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.chapters.generalization.distribution_shift import HOME, DistributionShift
from nnviz.chapters.generalization.early_stop import early_stop
from nnviz.chapters.generalization.studies import by_capacity, by_penalty
from nnviz.chapters.generalization.words import (
    capacity_sentence,
    progress,
    shift_question_sentence,
    shift_sentence,
    size_named,
    stopping_sentence,
)
from nnviz.data.toys import make
from nnviz.nn.architecture import Architecture
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.learning_curve import Learning
from nnviz.training.plan import Plan
from nnviz.training.study_results import results

PLAN = Plan(
    make("gauss", 60, 1.0, 0), Architecture(hidden=()), Hyperparameters("adam", 0.03, 10), 0.5, 0
)


def made(study, variant, repeat, train_error, test_error, train_loss=None, test_loss=None):
    """Return a run that measured these numbers after every epoch."""
    return Learning(
        study.plan_of(variant, repeat),
        study.epochs,
        np.array(train_loss or train_error, dtype=float),
        np.array(test_loss or test_error, dtype=float),
        np.array(train_error, dtype=float),
        np.array(test_error, dtype=float),
        diverged=len(train_error) < study.epochs + 1,
    )


def capacity_study(errors):
    """Return three sizes with two runs each; `errors` are (training, test) of each, or None."""
    study = by_capacity(PLAN, ((), (1,), (8, 8)), epochs=1, n_repeats=2)
    runs = {}
    for piece, pair in errors.items():
        if pair is not None:
            train, test = pair
            runs[piece] = made(study, *piece, [1.0, train], [1.0, test])
    return results(study, runs)


ALL = {
    (0, 0): (0.2, 0.3), (0, 1): (0.1, 0.2),
    (1, 0): (0.1, 0.1), (1, 1): (0.1, 0.1),
    (2, 0): (0.0, 0.4), (2, 1): (0.0, 0.3),
}  # fmt: skip


def test_from_small_to_large_with_the_lowest_between():
    assert capacity_sentence(capacity_study(ALL), (2, 1)) == (
        "From no hidden layer to hidden layers 8-8 the training error goes from 15% to 0% of the "
        "rows, the test error from 25% to 35%; it is lowest, 10%, with 1 hidden unit (medians). "
        "With hidden layers 8-8, 2 of 2 runs end with every training row right. The opened one "
        "(hidden layers 8-8, seed 1) has 0 of 30 training rows and 9 of 30 test rows wrong."
    )


def test_where_the_smallest_is_best_nothing_is_said_of_a_middle():
    told = capacity_sentence(
        capacity_study({**ALL, (0, 0): (0.2, 0.0), (0, 1): (0.1, 0.0)}), (0, 0)
    )
    assert "the test error from 0% to 35% (medians)." in told
    assert "lowest" not in told


def test_a_middle_that_only_equals_the_largest_is_not_called_lowest():
    errors = {**ALL, **dict.fromkeys(((1, 0), (1, 1), (2, 0), (2, 1)), (0.1, 0.1))}
    assert "lowest" not in capacity_sentence(capacity_study(errors), (0, 0))


def test_of_runs_that_have_not_come_nothing_is_said():
    assert (
        capacity_sentence(capacity_study({}), (0, 0))
        == "No run is done yet. So far 0 of 6 runs are done."
    )
    told = capacity_sentence(capacity_study({(0, 0): (0.2, 0.3)}), (2, 0))
    assert told == (
        "With no hidden layer 20% of the training rows and 30% of the test rows are wrong "
        "(medians). "
        "So far 1 of 6 runs are done."
    )
    assert progress(capacity_study(ALL)) == ""


def test_a_run_that_left_the_numbers_is_said_to_have():
    study = by_capacity(PLAN, ((), (1,)), epochs=2, n_repeats=1)
    runs = {(0, 0): made(study, 0, 0, [0.5, 0.5], [0.5, 0.5]),
            (1, 0): made(study, 1, 0, [0.5, 0.5, 0.1], [0.5, 0.5, 0.2])}  # fmt: skip
    told = capacity_sentence(results(study, runs), (0, 0))
    assert "With 1 hidden unit 10% of the training rows and 20%" in told
    assert "The opened one (no hidden layer, seed 0) left the range of the computer's" in told


def curves(test_loss, patience, *, epochs=6, l2=0):
    study = by_penalty(PLAN, (0.0, 0.1), epochs=epochs, n_repeats=1)
    train = np.linspace(1.0, 0.1, len(test_loss)).tolist()
    error = np.linspace(0.5, 0.2, len(test_loss)).tolist()
    run = made(study, l2, 0, train, error, train, test_loss)
    other = made(study, 1 - l2, 0, [0.5] * (epochs + 1), [0.3] * (epochs + 1), None, [2.0] * 7)
    measured = results(study, {(l2, 0): run, (1 - l2, 0): other})
    return stopping_sentence(measured, (l2, 0), early_stop(run, patience), run)


def test_where_it_is_lowest_where_patience_ends_and_where_it_went():
    assert curves([1.0, 0.5, 0.3, 0.4, 0.5, 0.6, 0.7], 2) == (
        "Without L2, seed 0: the test loss is lowest after 2 epochs, at 0.3 (12 of 30 test rows "
        "wrong). With patience 2 the training would stop after 4 epochs. It went on to epoch 6: "
        "training loss 0.1, test loss 0.7 (6 of 30 test rows wrong). Over 1 run each, the median "
        "test loss at the end is lowest without L2, at 0.7."
    )


def test_a_patience_that_ends_too_early_is_told():
    told = curves([1.0, 0.5, 0.6, 0.7, 0.2, 0.6, 0.7], 2)
    assert "lowest after 4 epochs, at 0.2" in told
    assert "would stop after 3 epochs. The lowest loss up to there, 0.5 at epoch 1, is not" in told


def test_a_loss_that_keeps_falling_is_never_stopped():
    told = curves([1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4], 2, l2=1)
    assert told.startswith("With L2 0.1, seed 0: the test loss is lowest after 6 epochs")
    assert "With patience 2 the training is not stopped: every epoch brings a new lowest" in told
    assert "It went on" not in told
    assert "is lowest with L2 0.1, at 0.4; without L2 it is 2." in told


def test_a_run_that_is_lowest_before_it_learns_or_diverges():
    told = curves([0.1, 0.9, 0.8], 2)
    assert "lowest after no epoch at all" in told
    assert "Later the numbers grew too large for the computer." in told


class Made(DistributionShift):
    """A world in which so many rows are right as are given."""

    def __init__(self, by, learned_at, now, first, home):
        super().__init__(PLAN, by, learned_at, np.zeros(3), np.zeros(3))
        object.__setattr__(self, "counts", {"now": now, "first": first, "home": home})

    def n_correct(self, by=None):
        return self.counts["home" if by == HOME else "now"]

    def n_correct_at_home(self, by=None):
        return self.counts["first"]


@pytest.mark.parametrize(
    ("by", "learned_at", "counts", "told"),
    [
        (HOME, HOME, (27, 27, 27), "where the network learned it: 27 of 30 test rows are right ("),
        ((3.0, 4.0), HOME, (20, 20, 27), "have moved 5 and the network has not: 20 of 30 test rows "
         "are right (67%), 7 fewer than at home."),
        ((3.0, 4.0), HOME, (27, 27, 27), "(90%), as many as at home."),
        ((3.0, 4.0), HOME, (28, 28, 27), "(93%), 1 more than at home."),
        ((3.0, 4.0), (3.0, 4.0), (27, 20, 10), "moved world, 5 away from home: 27 of 30 test rows "
         "are right (90%). The network that learned at home gets 20 of them right here."),
        (HOME, (0.0, 1.5), (21, 27, 21), "learned the world 1.5 away from home; the test rows are "
         "at home: 21 of 30 test rows are right (70%). The network that learned at home gets 27"),
    ],
)  # fmt: skip
def test_a_moved_world_is_told_with_its_numbers(by, learned_at, counts, told):
    assert told in shift_sentence(Made(by, learned_at, *counts))


def test_whoever_is_asked_hears_of_the_present_only():
    told = shift_question_sentence(Made((3.0, 4.0), HOME, 20, 20, 27))
    assert "20 of 30 test rows are right" in told
    assert "27" not in told


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("none", "no hidden layer"),
        ("1", "1 hidden unit"),
        ("8", "8 hidden units"),
        ("8-8", "hidden layers 8-8"),
    ],
)
def test_sizes_have_names(name, told):
    assert size_named(name) == told


@given(st.lists(st.sampled_from([0.1, 0.2, 0.25, 0.3, 0.30001, 0.5, 1.0]), min_size=7, max_size=7),
       st.integers(1, 9))  # fmt: skip
def test_what_is_said_of_stopping_is_so_for_any_losses(losses, patience):
    told = curves(losses, patience)
    lowest = losses.index(min(losses))
    epochs = "no epoch at all" if not lowest else f"{lowest} epoch{'s' * (lowest > 1)}"
    assert f"is lowest after {epochs}, at {min(losses):.3g}" in told
    # Counted anew: epochs since a loss that was below all before it, the first epoch on.
    waits, least = [], np.inf
    for loss in losses[1:]:
        waits.append(0 if loss < least else waits[-1] + 1)
        least = min(least, loss)
    ends = [epoch for epoch, wait in enumerate(waits, 1) if wait >= patience]
    if ends:
        after = "1 epoch" if ends[0] == 1 else f"{ends[0]} epochs"
        assert f"With patience {patience} the training would stop after {after}." in told
        kept = min(losses[: ends[0] + 1])
        assert ("is not the lowest of all" in told) == (kept > min(losses))
    elif patience > 6:
        assert f"A patience of {patience} epochs cannot end here: the run has 6 only." in told
    elif max(waits):
        wait = "1 epoch" if max(waits) == 1 else f"{max(waits)} epochs"
        assert f"is not stopped: the longest wait for a new lowest test loss is {wait}." in told
    else:
        assert "is not stopped: every epoch brings a new lowest test loss." in told


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=3, max_size=3))
def test_what_is_said_of_sizes_is_so_for_any_errors(wrong):
    errors = {(i, k): (a / 30, b / 30) for i, (a, b) in enumerate(wrong) for k in (0, 1)}
    told = capacity_sentence(capacity_study(errors), (0, 0))
    tests = [b / 30 for _, b in wrong]
    shown = [float(each) for each in re.findall(r"([\d.]+)%", told.split("(medians)")[0])]
    for text, value in zip(
        shown, [wrong[0][0], wrong[2][0], wrong[0][1], wrong[2][1]], strict=False
    ):
        assert text == pytest.approx(100 * value / 30, abs=0.5)
    between = min(tests) < min(tests[0], tests[2])
    assert ("it is lowest" in told) == between
    if between:
        assert shown[4] == pytest.approx(100 * min(tests), abs=0.5)
        assert shown[4] < min(shown[2:4])
