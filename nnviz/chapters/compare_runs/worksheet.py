"""The worksheet of Compare runs: many runs of the same training, counted and ordered."""

from types import MappingProxyType
from typing import Final

import numpy as np

from nnviz.nn.draws import Draws
from nnviz.text.digits import digits
from nnviz.text.worksheet import Exercise, Part, UnclearError, clear, to_write

_GUESS = 2.0
_RUNS = 9


ON_PAPER: Final = MappingProxyType(
    {
        "spread": (
            "Here are 20 runs of the same training. Ring the one that ends best.",
            "Right if no other cell is bluer.",
        ),
        "rate": (
            "At rate 1 no run succeeds. Would you try a smaller or a larger rate? Say why.",
            "A smaller one: smaller steps need less luck, but too small ones do not arrive.",
        ),
    }
)
"""What tasks of the lesson ask for on paper, each with what the key says of it."""


def worksheet(draws: Draws) -> tuple[Part, ...]:
    """Return the parts of a worksheet."""
    return clear(lambda: _seeds(draws)), clear(lambda: _chance(draws))


def _seeds(draws: Draws) -> Part:
    twentieths = [n for n in range(20, 65) if n != 20 * _GUESS]
    first_n = draws.some_of([n for n in twentieths if 24 <= n <= 52], _RUNS)
    other_n = draws.some_of([n for n in twentieths if n not in first_n], _RUNS)
    one, other = (np.array(chosen) / 20 for chosen in (first_n, other_n))
    medians = [float(np.median(errors)) for errors in (one, other)]
    worse = [int((errors > _GUESS).sum()) for errors in (one, other)]
    if worse[0] == worse[1] or 0 in worse or abs(medians[0] - medians[1]) < 0.1:
        raise UnclearError("the rates are too much alike.")
    rates = ("0.1", "0.5")
    names = (f"rate {rates[0]}", f"rate {rates[1]}")
    ordered = [", ".join(digits(float(each)) for each in sorted(errors)) for errors in (one, other)]
    lucky = int(other.min() < one.min())
    single = "the error of its best run", "the median of its runs"
    first = [digits(float(each)) for each in one]
    return Part(
        f"Another network is trained with {_RUNS} seeds at two learning rates. These are the "
        f"errors at the end. Always answering 0.5 would have the error {digits(_GUESS)}.",
        (
            to_write(
                f"What is the median error at rate {rates[0]}: the middle one of the {_RUNS} runs?",
                medians[0],
                f"In order: {ordered[0]}. The fifth is {digits(medians[0])}.",
            ),
            to_write(
                f"How many runs at rate {rates[1]} end worse than always answering 0.5?",
                worse[1],
                f"In order: {ordered[1]}; {worse[1]} of them are above {digits(_GUESS)}.",
            ),
            to_write(
                f"How many percent of the runs at rate {rates[0]} end worse than that?",
                100 * worse[0] / _RUNS,
                f"{worse[0]} / {_RUNS} = {digits(worse[0] / _RUNS)}.",
                decimals=0,
            ),
            Exercise(
                "At which rate does the middle run, the median, end with the smaller error?",
                names[int(medians[1] < medians[0])],
                f"{digits(medians[0])} at rate {rates[0]}, {digits(medians[1])} at {rates[1]}.",
                names,
            ),
            Exercise(
                "And which rate has the one run with the least error of all?",
                names[lucky],
                f"The best runs: {digits(float(one.min()))} at rate {rates[0]}, "
                f"{digits(float(other.min()))} at rate {rates[1]}.",
                names,
            ),
            Exercise(
                f"Somebody has trained once at rate {rates[0]}, with seed 1, and the error was "
                f"{first[1]}. Trained again with the same seed and rate, what will it be?",
                f"{first[1]} again",
                "The seed fixes the start and the order of the rows: it is the same training.",
                draws.some_of((f"{first[1]} again", "nearly the same", "anything"), 3),
            ),
            Exercise(
                "Next week each rate will be used for many new trainings. What says best which of "
                "them to take?",
                single[1],
                "One run may have been lucky; half of all runs are below the median.",
                draws.some_of(single, len(single)),
            ),
        ),
        (
            ("seed", *(str(seed) for seed in range(_RUNS))),
            (names[0], *first),
            (names[1], *(digits(float(each)) for each in other)),
        ),
    )


def _chance(draws: Draws) -> Part:
    of, n = draws.one_of((4, 5, 8, 10, 20)), draws.whole(2, 10) * 40
    n_rates, n_seeds = draws.whole(4, 12), draws.whole(2, 10) * 5
    return Part(
        "Counting runs:",
        (
            to_write(
                f"One run in {of} gets stuck. About how many of {n} runs will?",
                n / of,
                f"{n} / {of} = {digits(n / of)}.",
            ),
            to_write(
                f"{n_rates} learning rates are tried with {n_seeds} seeds each. How many trainings "
                "are these?",
                n_rates * n_seeds,
                f"{n_rates} × {n_seeds} = {n_rates * n_seeds}.",
            ),
        ),
    )
