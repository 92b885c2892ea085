"""Many runs that differ in rate and seed alone, in a sentence or two."""

from nnviz.chapters.compare_runs.sweep import SweepResult
from nnviz.text.digits import digits
from nnviz.training.baselines.single_neuron import BestNeuron


def compared(result: SweepResult, rate: int, best: BestNeuron | None) -> str:
    """Say how the runs of one rate end, how the rates differ, and how far the runs have come.

    Parameters
    ----------
    result : SweepResult
    rate : int
        Index of the learning rate that is looked at.
    best : BestNeuron or None
        What no single neuron can beat, where it says something.
    """
    parts = [_one_rate(result, rate), _best(result, rate, best), _rates(result), progress(result)]
    return " ".join(part for part in parts if part)


def waiting(result: SweepResult, hidden: tuple[int, ...]) -> str:
    """Say what is hidden from whoever is asked about it."""
    sweep = result.sweep
    if len(hidden) == len(sweep.learning_rates):
        what = "How these runs end"
    else:
        names = ", ".join(digits(sweep.learning_rates[rate]) for rate in hidden)
        what = f"How the runs at rate {names} end"
    return f"{what} is hidden until you have answered the question below."


def progress(result: SweepResult) -> str:
    """Say how many runs are done, or nothing when all are."""
    done, n_runs = int(result.n_done.sum()), result.sweep.n_runs
    return "" if done == n_runs else f"So far {done:,} of {n_runs:,} runs are done."


def share(n_worse: int, n_done: int, what: str = "runs") -> str:
    """Return how many of so many, with the percentage where there are enough of them."""
    told = f"{n_worse} of {n_done} {what}"
    return told if n_done < 10 else f"{told} ({n_worse / n_done:.0%})"


def _one_rate(result: SweepResult, rate: int) -> str:
    sweep = result.sweep
    named = f"rate {digits(sweep.learning_rates[rate])}"
    n_done, n_worse = int(result.n_done[rate]), int(result.n_worse[rate])
    if not n_done:
        return f"No run at {named} is done yet."
    guess = digits(result.guess)
    low, lower, median, upper, high = result.summary(rate).tolist()
    if n_done == 1:
        side = "worse" if n_worse else "not worse"
        return (
            f"The run at {named} ends with the error {digits(low)}: {side} than always answering "
            f"0.5, which has {guess}."
        )
    told = (
        f"At {named}, {share(n_worse, n_done)} end worse than always answering 0.5, which "
        f"has the error {guess}, and only their seeds differ. The median error is "
        f"{digits(median, 5)}, the middle half lies between {digits(lower)} and {digits(upper)} "
        f"(best {digits(low)}, worst {digits(high)})."
    )
    n_diverged = int(result.n_diverged[rate])
    if n_diverged:
        told += (
            f" In {n_diverged} of them the numbers grew too large for the computer; they count as "
            "worse."
        )
    return told


def _best(result: SweepResult, rate: int, best: BestNeuron | None) -> str:
    if best is None or not best.attained or not result.n_done[rate]:
        return ""
    return f"One neuron at its best has {digits(best.error)}."


def _rates(result: SweepResult) -> str:
    """Say at which rate the fewest runs are worse, and at which the most."""
    shares = result.share_worse
    if len(shares) < 2 or progress(result):
        return ""
    if shares.min() == shares.max():
        return f"At every rate {shares[0]:.0%} of the runs are worse."
    return (
        f"Fewest are worse at {_with_share(result, shares.min())}, "
        f"most at {_with_share(result, shares.max())}."
    )


def _with_share(result: SweepResult, share_worse: float) -> str:
    rates = [
        digits(rate)
        for rate, its in zip(result.sweep.learning_rates, result.share_worse, strict=True)
        if its == share_worse
    ]
    if len(rates) == 1:
        named = f"rate {rates[0]}"
    elif len(rates) <= 3:
        named = f"rates {', '.join(rates[:-1])} and {rates[-1]}"
    else:
        named = f"{len(rates)} of the rates"
    return f"{named} ({share_worse:.0%})"
