"""What is said of an update's effect, a jump and the noise, in every case that can come up."""

import re

import numpy as np
import pytest

from nnviz.chapters.live_training.jumps import Jump, jumps
from nnviz.chapters.live_training.row_gradients import RowUpdates, row_updates
from nnviz.chapters.live_training.sgd_noise import SgdNoise, sgd_noise
from nnviz.chapters.live_training.words.gradients import (
    jump_words,
    noise_words,
    row_told,
    the,
    update_words,
)
from nnviz.training.evaluation import predictions
from nnviz.training.parameter_names import parameter_names
from tests.runs import plan_of, run_of

MODELS = [
    {},
    {"learning_rate": 10.0},
    {"features": ("sin x1",)},
    {"hidden": ((4, "tanh"),), "standardise": True},
    {"output": "linear", "learning_rate": 1.0},
]


def train(**choices):
    return run_of(**choices)


def said(run, step):
    return update_words(row_updates(run, step), run.plan, parameter_names(run.plan))


def made_up(before, after, each=None, row=0, rate=0.1):
    n_rows = len(before)
    each = np.full((n_rows, 3), 0.1) if each is None else np.array(each, dtype=float)
    found = RowUpdates(6, row, rate, np.array(before), np.array(after), each, each.sum(axis=0))
    plan = plan_of(rows=((2.0, 1.5),) * n_rows, targets=(0,) * n_rows)
    return update_words(found, plan, parameter_names(plan))


def test_an_update_of_the_tutorials_run():
    assert said(train(), 2_500) == (
        "Update 2,501 used row 4, [3, 4] → 1. Its own error fell from 0.0326 to 0.0259; 3 other "
        "rows gained, 4 lost, and row 3 paid most: +0.028. The error of all rows rose from 1.902 "
        "to 1.911; all rows together would have moved everything the other way."
    )


@pytest.mark.parametrize("choices", MODELS, ids=repr)
def test_who_gained_and_who_lost_is_counted_right(choices):
    run = train(**choices)
    for step in range(0, min(run.last_step, 3_000), 61):
        words, row = said(run, step), run.picks(step, step + 1)[0]
        before, after = run.row_errors_between(step, step + 1)
        others = [i for i in range(8) if i != row]
        lost = [i for i in others if after[i] > before[i]]
        gained = [i for i in others if after[i] < before[i]]
        assert words.startswith(f"Update {step + 1:,} used row {row + 1}, [")
        if 0 < len(lost) < 7:
            assert re.search(f"{len(gained) or 'no'} other rows? gained, {len(lost)} lost, ", words)
        assert ("none lost" in words or "gained too" in words) == (bool(gained) and not lost)
        if lost:
            worst = max(lost, key=lambda i: after[i] - before[i])
            assert f"row {worst + 1} paid most: +" in words
        assert (" the step was too long" in words) == bool(after[row] > before[row] * (1 + 1e-9))
        if before.sum() != after.sum():
            way = "rose" if after.sum() > before.sum() else "fell"
            assert f"The error of all rows {way} " in words


def test_the_ways_of_the_weights():
    errors = [0.5, 0.5, 0.5], [0.4, 0.6, 0.5]
    ends = (
        ([[1, 1, 1], [1, 1, 1], [0, 0, 0]], "would have moved everything the same way."),
        ([[1, 1, 1], [-3, -3, -3], [0, 0, 0]], "would have moved everything the other way."),
        ([[1, 1, 1], [-3, 1, 1], [0, 0, 0]], "moved the weight of x1 the other way."),
        ([[1, 1, 1], [1, -2, -3], [0, 0, 0]], "the weight of x2 and the bias the other way."),
        ([[0, 1, 0], [1, -2, -3], [0, 0, 0]], "moved the weight of x2 the other way."),
        ([[1, 0, 0], [-1, 5, 5], [0, 0, 0]], "The error of all rows stayed at 1.5."),
    )
    for each, end in ends:
        assert made_up(*errors, each).endswith(end)


def test_many_weights_are_counted():
    run = train(hidden=((4, "tanh"),), standardise=True)
    for step in range(0, 900, 37):
        against = int((row_updates(run, step).ways == -1).sum())
        told = re.search(
            r"moved (\d+) of the 17 weights and biases the other way\.", said(run, step)
        )
        if 2 < against < 12:
            assert int(told[1]) == against


def test_every_way_the_others_can_go():
    for before, after, words in (
        ([0.5, 0.5], [0.4, 0.4], "; the other row gained too. "),
        ([0.5, 0.5], [0.4, 0.6], "; the other row, row 2, paid: +0.1. "),
        ([0.5, 0.5], [0.4, 0.5], "; no other row's error changed. "),
        ([0.5] * 3, [0.4, 0.4, 0.4], "; all 2 other rows gained too. "),
        ([0.5] * 3, [0.4, 0.4, 0.5], "; 1 other row gained, none lost. "),
        ([0.5] * 3, [0.4, 0.6, 0.8], "; all 2 other rows lost, and row 3 paid most: +0.3. "),
        ([0.5] * 3, [0.4, 0.7, 0.5], "; no other rows gained, 1 lost, and row 2 paid most: +0.2. "),
        ([0.5] * 3, [0.4, 0.7, 0.1], "; 1 other row gained, 1 lost, and row 2 paid most: +0.2. "),
    ):
        assert words in made_up(before, after)


def test_one_row_alone():
    assert made_up([0.53], [0.49]) == (
        "Update 7 used row 1, [2, 1.5] → 0. Its own error fell from 0.53 to 0.49; there is no "
        "other row."
    )


def test_the_own_error():
    assert "Its own error rose from 0.5 to 0.6, because the step was too long; " in made_up(
        [0.5, 0.5], [0.6, 0.5]
    )
    assert "Its own error stayed at 0.5, as far as the computer can tell; " in made_up(
        [0.5, 0.5], [0.5, 0.5]
    )
    tiny = made_up([0.5, 0.5], [0.5 - 1e-12, 0.5])
    assert "Its own error fell by 1 × 10⁻¹² and is still 0.5; " in tiny
    assert "fell from 3.1 × 10⁻¹⁵ to 3 × 10⁻¹⁵;" in made_up([3.1e-15, 1.0], [3e-15, 1.0])


def test_an_update_that_changes_nothing():
    zeros = [[0, 0, 0], [1, 1, 1]]
    for before, rate, why in (
        (0.5, 0.0, "the learning rate is 0"),
        (0.0, 0.1, "this row's answer is its target already"),
        (0.5, 0.1, "this row's error has no slope here"),
    ):
        words = made_up([before, 0.5], [before, 0.5], zeros, rate=rate)
        assert words == f"Update 7 used row 1, [2, 1.5] → 0. It changed nothing: {why}."


def jump_said(run, jump):
    plan, before = run.plan, jump.step - 1
    answers = predictions(plan, run.parameters_between(before, before), plan.train_inputs)[0]
    return jump_words(
        jump, row_updates(run, before), float(answers[jump.row]), plan, parameter_names(plan)
    )


def test_the_worst_jump_of_the_tutorials_run():
    run = train()
    assert jump_said(run, jumps(run)[0]) == (
        "**Update 649** used row 7, [5.5, 1] → 1; the error of all rows rose from 2.071 to 2.295. "
        "Row 7 answered 0.532 instead of 1, and no row would have made a larger correction. It "
        "pulled the weight of x1 up by 0.13, while rows 1, 3, 5 and 8 pull it down. Row 3 paid "
        "most: its error rose by 0.167."
    )


@pytest.mark.parametrize("choices", MODELS, ids=repr)
def test_the_reason_of_every_jump_holds(choices):
    run = train(**choices)
    names = parameter_names(run.plan)
    for jump in jumps(run, 20):
        words, found = jump_said(run, jump), row_updates(run, jump.step - 1)
        along = found.made @ found.together
        assert ("but the step was too long" in words) == (not along < 0)
        sizes = np.linalg.norm(found.by_row, axis=1)
        assert ("no row would have made a larger" in words) == (sizes[jump.row] == sizes.max())
        told = re.search(
            r"It pulled the (?:weight )?(.+?) (up|down) by .+, while (.+?) pulls? it", words
        )
        if told is None:
            continue
        name = told[1] if told[1] in names else f"weight {told[1]}"
        at = names.index(name)
        assert (found.made[at] > 0) == (told[2] == "up")
        assert found.made[at] * found.together[at] == (found.made * found.together).min()
        opposed = [i + 1 for i in range(8) if found.by_row[i, at] * found.made[at] < 0]
        numbers = [int(number) for number in re.findall(r"\d+", told[3])]
        assert numbers == (opposed if len(opposed) <= 4 else [len(opposed)])
        assert f"Row {found.paid_most + 1} paid most" in words


def test_a_jump_of_one_row_alone_is_its_own():
    run = run_of(rows=((3.0, 4.0),), targets=(1,), output="linear", learning_rate=1.0)
    words = jump_said(run, jumps(run)[-1])
    assert "larger correction" not in words
    assert words.endswith(
        "All rows together would have gone this way too, but the step was too long. It was its own "
        "error that rose."
    )


def test_a_tiny_jump_is_told_by_its_size():
    errors, after = np.array([1.0, 1.0]), np.array([1.0, 1.0 + 1e-11])
    jump = Jump(7, 0, 2.0, 2.0 + 1e-11)
    each = np.array([[0.1, 0, 0], [-0.3, 0, 0]])
    found = RowUpdates(6, 0, 0.1, errors, after, each, each.sum(axis=0))
    plan = plan_of(rows=((2.0, 1.5), (1.0, 1.0)), targets=(0, 1))
    words = jump_words(jump, found, 0.2, plan, parameter_names(plan))
    assert "the error of all rows rose by 1 × 10⁻¹¹ and is still 2. Row 1 answered 0.2 " in words
    assert "It pulled the weight of x1 up by 0.1, while row 2 pulls it down." in words


def test_the_jitter_of_the_tutorials_run():
    run = train()
    assert noise_words(sgd_noise(run, 0), run.plan) == (
        "the rows are fixed. The 200 updates from 1 to 200 served one row each: the error of all "
        "rows rose 98 times, and 98 of the updates went against what all rows together would have "
        "done. With the average of all rows in every update, from the same start at the same rate, "
        "the error of all rows does not rise once. So it is one row at a time, at a constant rate, "
        "that makes it go up and down."
    )


def jitter_said(one_by_one, all_at_once, against, n_rows=2):
    made = SgdNoise(4, 3 + len(one_by_one), np.array(one_by_one), np.array(all_at_once), against)
    plan = plan_of(rows=((2.0, 1.5),) * n_rows, targets=(0,) * n_rows)
    return noise_words(made, plan)


def test_every_kind_of_jitter():
    falls, rises = [3.0, 2.0, 1.0], [1.0, 2.0, 3.0]
    told = jitter_said(falls, falls, 0)
    assert "did not rise once, and none of them went against" in told
    assert told.endswith("does not rise once.")
    told = jitter_said(rises, rises, 2)
    assert "rose 2 times, and all of them went against" in told
    assert told.endswith(
        "rows rose 2 times as well: at this rate the steps are too long, whoever makes them."
    )
    told = jitter_said([1.0, 2.0, 1.0], [1.0, 2.0], 1)
    assert "rose once, and 1 of the updates went against" in told
    assert told.endswith("the numbers grow too large for the computer: the rate is too large.")
    told = jitter_said([1.0, 2.0], [1.0, 0.5], 1)
    assert "Update 5 served one row: the error of all rows rose, and it went against" in told
    told = jitter_said([1.0, 0.9], [1.0, 0.5], 0)
    assert "the error of all rows did not rise, and it did not go against" in told
    assert jitter_said(falls, falls, 0, n_rows=1) == (
        "the rows are fixed. Here there is one only, so there is nothing to pick: the error of all "
        "rows did not rise once."
    )
    assert "ended before its first update" in jitter_said([1.0], [1.0], 0)


def test_names():
    plan = plan_of(rows=((-1.25, 123456.0),), targets=(1,))
    assert row_told(0, plan) == "row 1, [−1.25, 123456] → 1"
    assert [the(name) for name in ("bias", "weight of x1", "x1 → unit 2", "bias of unit 2")] == [
        "the bias", "the weight of x1", "the weight x1 → unit 2", "the bias of unit 2",
    ]  # fmt: skip


def test_what_is_said_of_any_update_is_so():
    """Rows, rate and step at random; gains, losses and ways derived anew from the weights alone."""
    rng, seen = np.random.default_rng(13), set()
    for _ in range(120):
        n = int(rng.integers(1, 7))
        X, t = rng.integers(-4, 5, (n, 2)) / 2, rng.integers(0, 2, n)
        rate = float(rng.choice([0.0, 0.1, 1.0, 10.0]))
        run = run_of(tuple(map(tuple, X)), tuple(t), learning_rate=rate, seed=n, steps=30)
        step = int(rng.integers(run.last_step))
        w, after_w = run.parameters_between(step, step + 1)
        p, q = (1 / (1 + np.exp(-(X @ v[:2] + v[2]))) for v in (w, after_w))
        change = (q - t) ** 2 - (p - t) ** 2
        if np.any((np.abs(change) < 1e-12) & (change != 0)):
            continue  # rounding decides
        pulled = -rate * (2 * (p - t) * p * (1 - p))[:, None] * np.column_stack([X, np.ones(n)])
        words = said(run, step)
        row = int(re.match(rf"Update {step + 1:,} used row (\d+), ", words)[1]) - 1
        np.testing.assert_allclose(after_w - w, pulled[row], atol=1e-12)
        if "changed nothing" in words:
            assert not pulled[row].any()
            seen.add("nothing")
            continue
        others = np.delete(np.arange(n), row)
        gained, lost = others[change[others] < 0], others[change[others] > 0]
        assert ("Its own error rose" in words) == (change[row] > 0)
        assert ("Its own error fell" in words) == (change[row] < 0)
        assert ("there is no other row" in words) == (n == 1)
        assert ("gained too" in words) == (len(gained) == n - 1 > 0)
        assert ("none lost" in words) == (0 < len(gained) < n - 1 and not len(lost))
        if told := re.search(r"(\w+) other rows? gained, (\d+) lost", words):
            assert told[1] == str(len(gained) or "no")
            assert int(told[2]) == len(lost)
        if len(lost):
            most = int(re.search(r"row (\d+),? paid", words)[1]) - 1
            assert change[most] == pytest.approx(change[lost].max(), rel=1e-6)
        if n > 1:
            assert ("The error of all rows rose" in words) == (change.sum() > 0)
            against = np.flatnonzero(pulled[row] * pulled.sum(axis=0) < -1e-12)
            with_all = np.flatnonzero(pulled[row] * pulled.sum(axis=0) > 1e-12)
            if "the same way" in words:
                assert not len(against)
            if "the other way" in words:
                assert not len(with_all) or "everything" not in words
                for k, name in enumerate(("the weight of x1", "the weight of x2", "the bias")):
                    if name in words.partition("would have moved")[2]:
                        assert k not in with_all
            seen |= {each for each in ("the same way", "the other way", "rose", "paid")
                     if each in words}  # fmt: skip
    assert seen == {"nothing", "the same way", "the other way", "rose", "paid"}
