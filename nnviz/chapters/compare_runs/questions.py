"""Questions about many runs that differ in rate and seed alone."""

from nnviz.chapters.compare_runs.sweep import SweepResult
from nnviz.chapters.compare_runs.words import share
from nnviz.text.digits import told_apart
from nnviz.text.question import Question

_HOW_MANY = (
    "fewer than 1 in 10",
    "1 in 10 up to 4 in 10",
    "between 4 and 6 in 10",
    "6 in 10 up to 9 in 10",
    "more than 9 in 10",
)


def compare_runs_questions(result: SweepResult, rate: int) -> tuple[Question, ...]:
    """Return what can be asked of the runs of a rate, and of the rates.

    Raises ValueError if a run has not been made. `rate`: index of the rate that is looked at.
    """
    if not result.complete:
        raise ValueError("result must hold every run of the sweep before it is asked about.")
    return (_how_many(result, rate), *_which_rate(result))


def _how_many(result: SweepResult, rate: int) -> Question:
    sweep = result.sweep
    n_worse, n_done = int(result.n_worse[rate]), int(result.n_done[rate])
    tenths = 10 * n_worse
    beyond = (tenths >= n_done, tenths > 4 * n_done, tenths >= 6 * n_done, tenths > 9 * n_done)
    runs = f"these {n_done} runs" if n_done > 1 else "the 1 run"
    seeds = ", each with another seed," if n_done > 1 else ""
    median, guess = told_apart(float(result.summary(rate)[2]), result.guess, at_least=5)
    return Question(
        f"Of {runs} at rate {sweep.rate_names[rate]}{seeds} how many "
        f"end worse than always answering 0.5?",
        _HOW_MANY,
        _HOW_MANY[sum(beyond)],
        f"{share(n_worse, n_done)}: the error after update {sweep.judged_step:,} is above "
        f"{guess}. The median is {median}.",
        f"how many {rate} {sweep!r}",
    )


def _which_rate(result: SweepResult) -> tuple[Question, ...]:
    rates = result.sweep.learning_rates
    if len(rates) < 2:
        return ()
    shown = sorted({0, len(rates) // 3, 2 * len(rates) // 3, len(rates) - 1})
    medians = [float(result.summary(rate)[2]) for rate in shown]
    lowest = min(medians)
    if medians.count(lowest) > 1:
        return ()
    names = [result.sweep.rate_names[rate] for rate in shown]
    told = zip(names, told_apart(*medians), strict=True)
    return (
        Question(
            "At which of these learning rates does the middle one of the runs, the median, end "
            "with the least error?",
            tuple(names),
            names[medians.index(lowest)],
            f"The medians, by rate: {', '.join(f'{name}: {median}' for name, median in told)}.",
            f"which rate {result.sweep!r}",
        ),
    )
