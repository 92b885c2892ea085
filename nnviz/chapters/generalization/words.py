"""The sentences under the pictures: what networks get right about rows they have never seen."""

from typing import Final

import numpy as np

from nnviz.chapters.generalization.distribution_shift import HOME, DistributionShift
from nnviz.chapters.generalization.early_stop import EarlyStop, EpochScores
from nnviz.text.digits import counted, digits, percent, told_apart
from nnviz.training.learning_curve import Learning
from nnviz.training.study_results import Results

HIDDEN: Final = "What becomes of the networks is hidden until you have answered the question below."


def capacity_sentence(measured: Results, run: tuple[int, int]) -> str:
    """Say how the training error and the test error change as the network grows.

    `measured`: results of a study by capacity; runs may be missing. `run`: variant and repeat of
    the opened one.
    """
    parts = (_from_small_to_large(measured), _all_right(measured), _one(measured, run))
    return " ".join(filter(None, (*parts, progress(measured))))


def stopping_sentence(
    measured: Results, run: tuple[int, int], stop: EarlyStop, learning: Learning
) -> str:
    """Say where the test loss was lowest, where patience ends, and what L2 does over all runs.

    `measured`: results of a study by penalty; runs may be missing. `run`: variant and repeat of the
    one whose epochs are shown; `stop` and `learning` are of that run.
    """
    low, end = stop.lowest, stop.end
    # The lowest of all epochs, beside others that are higher or the same.
    lowest, kept_loss, last_loss = told_apart(
        low.test_loss, stop.kept.test_loss, end.test_loss, at_least=3
    )
    parts = [
        f"{_strength(measured.study.names[run[0]])}, seed {learning.plan.seed}: the test loss is "
        f"lowest after {_epochs(low.epoch)}, at {lowest}{_wrong(low, learning)}."
    ]
    if stop.stop is None:
        parts.append(_not_stopped(stop))
    else:
        kept = "" if stop.kept.epoch == low.epoch else (
            f" The lowest loss up to there, {kept_loss} at epoch {stop.kept.epoch}, is not the "
            "lowest of all."
        )  # fmt: skip
        parts.append(
            f"With patience {stop.patience} the training would stop after "
            f"{_epochs(stop.stop.epoch)}.{kept}"
        )
    if learning.diverged:
        parts.append("Later the numbers grew too large for the computer.")
    elif end.epoch > low.epoch:
        parts.append(
            f"It went on to epoch {end.epoch}: training loss {digits(end.train_loss, 3)}, test "
            f"loss {last_loss}{_wrong(end, learning)}."
        )
    return " ".join(filter(None, (*parts, _strengths(measured), progress(measured))))


def epoch_sentence(learning: Learning, epoch: int) -> str:
    """Say what both losses are after an epoch, and nothing of what comes later."""
    epoch = min(epoch, learning.last_epoch)
    train, test = (digits(float(loss[epoch]), 3)
                   for loss in (learning.train_loss, learning.test_loss))  # fmt: skip
    return (
        f"After {_epochs(epoch)} the error of the training rows is {train}, that of the test rows "
        f"{test}."
    )


def _not_stopped(stop: EarlyStop) -> str:
    if stop.end.epoch < stop.patience:
        return (
            f"A patience of {_epochs(stop.patience)} cannot end here: the run has "
            f"{stop.end.epoch} only."
        )
    if not stop.longest_wait:
        return (
            f"With patience {stop.patience} the training is not stopped: every epoch brings a new "
            "lowest test loss."
        )
    return (
        f"With patience {stop.patience} the training is not stopped: the longest wait for a new "
        f"lowest test loss is {_epochs(stop.longest_wait)}."
    )


def shift_sentence(shift: DistributionShift) -> str:
    """Say how many test rows a network still gets right after they have moved."""
    n_right, n_rows = shift.n_correct(), shift.n_rows
    distance, learned = float(np.hypot(*shift.by)), float(np.hypot(*shift.learned_at))
    where = "at home" if distance == 0 else f"{digits(distance, 3)} away from home"
    now = f"{n_right} of {n_rows} test rows are right ({percent(n_right / n_rows)[0]})"
    if learned == 0 and distance == 0:
        return (
            f"The world is where the network learned it: {now}. Drag the handle in the middle of "
            "the test rows, and all of them move as one."
        )
    if learned == 0:
        change = n_right - shift.n_correct(HOME)
        how = f"{abs(change)} {'more' if change > 0 else 'fewer'} than" if change else "as many as"
        return (
            f"The test rows have moved {digits(distance, 3)} and the network has not: {now}, {how} "
            "at home. Nothing in the network tells it that the world is another one."
        )
    first = f"The network that learned at home gets {shift.n_correct_at_home()} of them right here."
    if shift.by == shift.learned_at:
        return (
            f"Retrained on rows of the moved world, {where}: {now}. {first} Inputs are scaled by "
            "the rows that are learned, so the new network is the first one, moved along."
        )
    return (
        f"The network has learned the world {digits(learned, 3)} away from home; the test rows are "
        f"{where}: {now}. {first}"
    )


def shift_question_sentence(shift: DistributionShift) -> str:
    """Say how many test rows are right at the present shift, and nothing about others."""
    return (
        f"Where the world is now, {shift.n_correct()} of {shift.n_rows} test rows are right. What "
        "the network gets right elsewhere is hidden until you have answered the question below."
    )


def progress(measured: Results) -> str:
    """Say how many runs are done, or nothing when all are."""
    if measured.complete:
        return ""
    return f"So far {measured.n_done:,} of {measured.study.n_runs:,} runs are done."


def size_named(name: str) -> str:
    """Return what hidden layers are called within a sentence."""
    if name == "none":
        return "no hidden layer"
    return f"hidden layers {name}" if "-" in name else counted(int(name), "hidden unit")


def _from_small_to_large(measured: Results) -> str:
    train, test = measured.band("train_error").median, measured.band("test_error").median
    known = np.flatnonzero(np.isfinite(train) & np.isfinite(test))
    if not len(known):
        return "No run is done yet."
    names = measured.study.names
    if len(known) == 1:
        i = int(known[0])
        wrong, wrong_test = percent(float(train[i]), float(test[i]))
        return (
            f"With {size_named(names[i])} {wrong} of the training rows and {wrong_test} of the "
            "test rows are wrong (medians)."
        )
    low, high, best = int(known[0]), int(known[-1]), int(known[np.argmin(test[known])])
    first, last, first_test, last_test, least = percent(
        *(float(each) for each in (train[low], train[high], test[low], test[high], test[best]))
    )
    parts = (
        f"From {size_named(names[low])} to {size_named(names[high])} the training error goes from "
        f"{first} to {last} of the rows, the test error from {first_test} to {last_test}"
    )
    if test[best] == min(test[low], test[high]):
        return f"{parts} (medians)."
    also = " first" if int((test[known] == test[best]).sum()) > 1 else ""
    return f"{parts}; it is lowest, {least},{also} with {size_named(names[best])} (medians)."


def _all_right(measured: Results) -> str:
    counts, done = measured.n_all_right(), measured.band("train_error").n
    largest = int(np.flatnonzero(done)[-1]) if done.any() else 0
    if not done.any() or not counts[largest]:
        return ""
    return (
        f"With {size_named(measured.study.names[largest])}, {counts[largest]} of {done[largest]} "
        "runs end with every training row right."
    )


def _one(measured: Results, run: tuple[int, int]) -> str:
    each = measured.learnings[run[0]][run[1]]
    if each is None:
        return ""
    name = f"The opened one ({size_named(measured.study.names[run[0]])}, seed {each.plan.seed})"
    if each.diverged:
        return f"{name} left the range of the computer's numbers."
    n_train, n_test = len(each.plan.split.train), len(each.plan.split.test)
    wrong_train = round(float(each.train_error[-1]) * n_train)
    wrong_test = round(float(each.test_error[-1]) * n_test)
    return (
        f"{name} has {wrong_train} of {n_train} training rows and {wrong_test} of {n_test} test "
        "rows wrong."
    )


def _strengths(measured: Results) -> str:
    test = measured.band("test_loss").median
    known = np.flatnonzero(np.isfinite(test))
    if len(known) < 2 or not measured.complete:
        return ""
    best = int(known[np.argmin(test[known])])
    runs = counted(measured.study.n_repeats, "run")
    lead = f"Over {runs} each, the median test loss at the end is lowest "
    least, without = told_apart(float(test[best]), float(test[known[0]]), at_least=3)
    if best == known[0]:
        return f"{lead}without L2, at {least}."
    return f"{lead}with {measured.study.names[best]}, at {least}; without L2 it is {without}."


def _strength(name: str) -> str:
    return "Without L2" if name == "no L2" else f"With {name}"


def _epochs(n: int) -> str:
    return counted(n, "epoch") if n else "no epoch at all"


def _wrong(scores: EpochScores, learning: Learning) -> str:
    n_test = len(learning.plan.split.test)
    return f" ({round(scores.test_error * n_test)} of {n_test} test rows wrong)"
