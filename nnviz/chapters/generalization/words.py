"""What a network gets right about rows that it has never seen, in a sentence or two."""

from typing import Final

import numpy as np

from nnviz.chapters.generalization.distribution_shift import HOME, World
from nnviz.chapters.generalization.early_stop import EarlyStop, Moment
from nnviz.text.digits import digits
from nnviz.training.learning_curve import Learning
from nnviz.training.study_results import Results

HIDDEN: Final = "What becomes of the networks is hidden until you have answered the question below."


def grown(come: Results, run: tuple[int, int]) -> str:
    """Say what became of training rows and test rows as the network grew.

    Parameters
    ----------
    come : Results
        Of a study by capacity; runs may be missing.
    run : (int, int)
        Variant and repeat of the run that is looked at.
    """
    parts = [_from_small_to_large(come), _all_right(come), _one(come, run), progress(come)]
    return " ".join(part for part in parts if part)


def stopped(come: Results, run: tuple[int, int], stop: EarlyStop, learning: Learning) -> str:
    """Say where the test loss was lowest, where patience ends, and what L2 does over all runs.

    Parameters
    ----------
    come : Results
        Of a study by penalty; runs may be missing.
    run : (int, int)
        Variant and repeat of the run whose epochs are shown.
    stop : EarlyStop
        Of that run.
    learning : Learning
        That run.
    """
    low, end = stop.lowest, stop.end
    told = [
        f"{_strength(come.study.names[run[0]])}, seed {learning.plan.seed}: the test loss is "
        f"lowest after {_epochs(low.epoch)}, at {digits(low.test_loss, 3)}{_wrong(low, learning)}."
    ]
    if stop.stop is None:
        told.append(
            f"With patience {stop.patience} the training is never stopped: a new lowest test loss "
            "comes in time, again and again, up to the last epoch."
        )
    else:
        kept = "" if stop.kept.epoch == low.epoch else (
            f" The lowest loss up to there, {digits(stop.kept.test_loss, 3)} at epoch "
            f"{stop.kept.epoch}, is not the lowest of all."
        )  # fmt: skip
        told.append(
            f"With patience {stop.patience} the training would stop after "
            f"{_epochs(stop.stop.epoch)}.{kept}"
        )
    if learning.diverged:
        told.append("Later the numbers grew too large for the computer.")
    elif end.epoch > low.epoch:
        told.append(
            f"It went on to epoch {end.epoch}: training loss {digits(end.train_loss, 3)}, test "
            f"loss {digits(end.test_loss, 3)}{_wrong(end, learning)}."
        )
    told += [_strengths(come), progress(come)]
    return " ".join(part for part in told if part)


def moved(world: World) -> str:
    """Say what a network still gets right in a world that has moved."""
    n_right, n_rows = world.n_right(), world.n_rows
    distance, learned = float(np.hypot(*world.by)), float(np.hypot(*world.learned_at))
    where = "at home" if distance == 0 else f"{digits(distance, 3)} away from home"
    now = f"{n_right} of {n_rows} test rows are right ({n_right / n_rows:.0%})"
    if learned == 0 and distance == 0:
        return (
            f"The world is where the network learned it: {now}. Drag the handle in the middle of "
            "the test rows, and all of them move as one."
        )
    if learned == 0:
        change = n_right - world.n_right(HOME)
        how = (
            "as many as"
            if not change
            else f"{abs(change)} {'more' if change > 0 else 'fewer'} than"
        )
        return (
            f"The test rows have moved {digits(distance, 3)} and the network has not: {now}, {how} "
            "at home. Nothing in the network tells it that the world is another one."
        )
    first = f"The network that learned at home gets {world.n_first_right()} of them right here."
    if world.by == world.learned_at:
        return (
            f"Retrained on rows of the moved world, {where}: {now}. {first} Inputs are scaled by "
            "the rows that are learned, so the new network is the first one, moved along."
        )
    return (
        f"The network has learned the world {digits(learned, 3)} away from home; the test rows are "
        f"{where}: {now}. {first}"
    )


def moved_and_asked(world: World) -> str:
    """Say what is right where the world is now, and nothing of other places."""
    return (
        f"Where the world is now, {world.n_right()} of {world.n_rows} test rows are right. What "
        "the network gets right elsewhere is hidden until you have answered the question below."
    )


def progress(come: Results) -> str:
    """Say how many runs are done, or nothing when all are."""
    done, n_runs = come.n_done, come.study.n_runs
    return "" if done == n_runs else f"So far {done:,} of {n_runs:,} runs are done."


def n_wrong(share: float, n_rows: int) -> int:
    """Return how many rows a share of them is."""
    return round(share * n_rows)


def n_runs(n: int) -> str:
    """Return a number of runs in words."""
    return "1 run" if n == 1 else f"{n} runs"


def size_named(name: str) -> str:
    """Return what hidden layers are called within a sentence."""
    if name == "none":
        return "no hidden layer"
    layers = name.split("-")
    if len(layers) == 1:
        return f"{name} hidden unit{'s' if name != '1' else ''}"
    return f"hidden layers {name}"


def _from_small_to_large(come: Results) -> str:
    train, test = come.band("train_error").median, come.band("test_error").median
    known = np.flatnonzero(np.isfinite(train) & np.isfinite(test))
    if not len(known):
        return "No run is done yet."
    names = come.study.names
    if len(known) == 1:
        i = int(known[0])
        return (
            f"With {size_named(names[i])} {train[i]:.0%} of the training rows and {test[i]:.0%} of "
            "the test rows are wrong."
        )
    low, high, best = int(known[0]), int(known[-1]), int(known[np.argmin(test[known])])
    told = (
        f"From {size_named(names[low])} to {size_named(names[high])} the training error goes from "
        f"{train[low]:.0%} to {train[high]:.0%} of the rows, the test error from {test[low]:.0%} "
        f"to {test[high]:.0%}"
    )
    if test[best] == min(test[low], test[high]):
        return f"{told} (medians)."
    return f"{told}; it is lowest, {test[best]:.0%}, with {size_named(names[best])} (medians)."


def _all_right(come: Results) -> str:
    counts, done = come.n_all_right(), come.band("train_error").n
    largest = int(np.flatnonzero(done)[-1]) if done.any() else 0
    if not done.any() or not counts[largest]:
        return ""
    return (
        f"With {size_named(come.study.names[largest])}, {counts[largest]} of {done[largest]} runs "
        "end with every training row right."
    )


def _one(come: Results, run: tuple[int, int]) -> str:
    each = come.learnings[run[0]][run[1]]
    if each is None:
        return ""
    name = f"The opened one ({size_named(come.study.names[run[0]])}, seed {each.plan.seed})"
    if each.diverged:
        return f"{name} left the range of the computer's numbers."
    n_train, n_test = len(each.plan.split.train), len(each.plan.split.test)
    wrong_train = n_wrong(float(each.train_error[-1]), n_train)
    wrong_test = n_wrong(float(each.test_error[-1]), n_test)
    return (
        f"{name} has {wrong_train} of {n_train} training rows and {wrong_test} of {n_test} test "
        "rows wrong."
    )


def _strengths(come: Results) -> str:
    test = come.band("test_loss").median
    known = np.flatnonzero(np.isfinite(test))
    if len(known) < 2 or come.n_done < come.study.n_runs:
        return ""
    best = int(known[np.argmin(test[known])])
    lead = f"Over {n_runs(come.study.n_repeats)} each, the median test loss at the end is lowest "
    if best == known[0]:
        return f"{lead}without L2, at {digits(test[best], 3)}."
    return (
        f"{lead}with {come.study.names[best]}, at {digits(test[best], 3)}; without L2 it is "
        f"{digits(test[known[0]], 3)}."
    )


def _strength(name: str) -> str:
    return "Without L2" if name == "no L2" else f"With {name}"


def _epochs(n: int) -> str:
    return "no epoch at all" if n == 0 else "1 epoch" if n == 1 else f"{n} epochs"


def _wrong(moment: Moment, learning: Learning) -> str:
    n_test = len(learning.plan.split.test)
    return f" ({n_wrong(moment.test_error, n_test)} of {n_test} test rows wrong)"
