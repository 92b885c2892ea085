"""Many runs that differ in rate and seed alone, in a sentence or two."""

import numpy as np

from nnviz.chapters.compare_runs.sweep import SweepResult
from nnviz.text.digits import percent, told_apart
from nnviz.training.baselines.search_limits import Best


def compared(result: SweepResult, rate: int, best: Best | None) -> str:
    """Say how the runs of one rate end, how the rates differ, and how far the runs have come.

    `rate`: index of the learning rate that is looked at. `best`: the least error of a single neuron
    that is proven or was found, where it says something.
    """
    parts = _one_rate(result, rate), _best(result, rate, best), _rates(result), progress(result)
    return " ".join(filter(None, parts))


def looked_at_words(result: SweepResult, rate: int, seed: int) -> str:
    """Say how the run that stands out ends."""
    error, name = float(result.errors[rate, seed]), f"Seed {result.sweep.seeds[seed]}"
    if np.isnan(error):
        return f"{name} is not done yet."
    if np.isinf(error):
        return f"{name} diverged: its numbers grew too large."
    shown, guess = told_apart(error, result.guess, at_least=5)
    side = "worse than" if error > result.guess else "not worse than"
    return f"{name} ends at {shown}, {side} {guess}."


def waiting(result: SweepResult, hidden: tuple[int, ...]) -> str:
    """Say what is hidden from whoever is asked about it."""
    sweep = result.sweep
    if len(hidden) == len(sweep.learning_rates):
        what = "How these runs end"
    else:
        names = ", ".join(sweep.rate_names[rate] for rate in hidden)
        what = f"How the runs at rate {names} end"
    return f"{what} is hidden until you have answered the question below."


def progress(result: SweepResult) -> str:
    """Say how many runs are done, or nothing when all are."""
    if result.complete:
        return ""
    return f"So far {result.n_all_done:,} of {result.sweep.n_runs:,} runs are done."


def share(n_worse: int, n_done: int, what: str = "runs") -> str:
    """Return how many of so many, with the percentage where there are enough of them."""
    told = f"{n_worse} of {n_done} {what}"
    return told if n_done < 10 else f"{told} ({percent(n_worse / n_done)[0]})"


def _one_rate(result: SweepResult, rate: int) -> str:
    named = f"rate {result.sweep.rate_names[rate]}"
    n_done, n_worse = int(result.n_done[rate]), int(result.n_worse[rate])
    if not n_done:
        return f"No run at {named} is done yet."
    summary = result.summary(rate).tolist()
    guess, low, lower, median, upper, high = told_apart(result.guess, *summary, at_least=5)
    if n_done == 1:
        side = "worse" if n_worse else "not worse"
        return (
            f"The run at {named} ends with the error {low}: {side} than always answering "
            f"0.5, which has {guess}."
        )
    told = (
        f"At {named}, {share(n_worse, n_done)} end worse than always answering 0.5, which "
        f"has the error {guess}, and only their seeds differ. The median error is "
        f"{median}, the middle half lies between {lower} and {upper} "
        f"(best {low}, worst {high})."
    )
    n_diverged = int(result.n_diverged[rate])
    if n_diverged:
        told += (
            f" In {n_diverged} of them the numbers grew too large for the computer; they count as "
            "worse."
        )
    return told


def _best(result: SweepResult, rate: int, best: Best | None) -> str:
    if best is None or not best.attained or not result.n_done[rate]:
        return ""
    lowest = float(np.nanmin(result.curves))
    if best.sure and best.error <= lowest:
        return f"One neuron at its best has {told_apart(best.error, lowest, at_least=5)[0]}."
    # A search proves nothing: a run here may have come lower than it.
    found = min(best.error, lowest)
    return f"The lowest error found for one neuron is {told_apart(found, lowest, at_least=5)[0]}."


def _rates(result: SweepResult) -> str:
    """Say at which rate the fewest runs are worse, and at which the most."""
    shares = result.share_worse
    if len(shares) < 2 or not result.complete:
        return ""
    if shares.min() == shares.max():
        return f"At every rate {percent(shares[0])[0]} of the runs are worse."
    fewest, most = percent(shares.min(), shares.max())
    return (
        f"Fewest are worse at {_with_share(result, shares.min())} ({fewest}), "
        f"most at {_with_share(result, shares.max())} ({most})."
    )


def _with_share(result: SweepResult, share_worse: float) -> str:
    alike = np.flatnonzero(result.share_worse == share_worse)
    rates = [result.sweep.rate_names[rate] for rate in alike]
    if len(rates) == 1:
        return f"rate {rates[0]}"
    if len(rates) <= 3:
        return f"rates {', '.join(rates[:-1])} and {rates[-1]}"
    return f"{len(rates)} of the rates"
