"""Many runs in words: counts that can be checked by hand."""

import re
from dataclasses import replace

import numpy as np

from nnviz.chapters.compare_runs.words import compared, progress, share, waiting
from nnviz.data.tutorial import eight_rows
from nnviz.training.baselines.single_neuron import best_neuron
from tests.sweeps import INF, NAN, made_up, real

DATA = eight_rows()
BEST = best_neuron(DATA.X, DATA.y)


def test_the_tutorials_run_of_300_seeds():
    told = compared(real((0.1,), 300, steps=10_000), 0, BEST)
    assert told == (
        "At rate 0.1, 164 of 300 runs (55%) end worse than always answering 0.5, which has the "
        "error 2, and only their seeds differ. The median error is 2.0166, the middle half lies "
        "between 1.929 and 2.1918 (best 1.8845, worst 2.872). The lowest error found for one "
        "neuron is 1.88381."
    )


def test_rates_are_compared_when_all_runs_are_done():
    told = compared(made_up([[1, 1, 3], [1, 3, 3], [1, 3, 1]]), 1, None)
    assert told.startswith("At rate 0.1, 2 of 3 runs end worse than always answering 0.5")
    assert told.endswith("Fewest are worse at rates 0.01 and 1 (33%), most at rate 0.1 (67%).")
    alike = compared(made_up([[1, 3], [3, 1]]), 0, None)
    assert alike.endswith("At every rate 50% of the runs are worse.")
    many = compared(made_up([[1], [3], [1], [1], [1]]), 0, None)
    assert many.endswith("Fewest are worse at 4 of the rates (0%), most at rate 0.001 (100%).")


def test_what_is_not_done_is_said():
    half = made_up([[1, NAN], [NAN, NAN]])
    assert progress(half) == "So far 1 of 4 runs are done."
    assert compared(half, 1, BEST) == ("No run at rate 1 is done yet. So far 1 of 4 runs are done.")
    assert compared(half, 0, None) == (
        "The run at rate 0.1 ends with the error 1: not worse than always answering 0.5, which "
        "has 2. So far 1 of 4 runs are done."
    )
    assert progress(made_up([[1]])) == ""


def test_what_has_diverged_is_said_and_counts_as_worse():
    told = compared(made_up([[INF, 1, INF]]), 0, None)
    assert "2 of 3 runs end worse" in told
    assert "(best 1, worst infinity)" in told
    assert told.endswith(
        "In 2 of them the numbers grew too large for the computer; they count as worse."
    )


def test_what_is_asked_is_not_told():
    three = made_up([[1], [2], [3]])
    assert waiting(three, (1,)).startswith("How the runs at rate 0.1 end is hidden until")
    assert waiting(three, (0, 1, 2)).startswith("How these runs end is hidden until")


def test_a_percentage_needs_enough_runs():
    assert share(3, 9) == "3 of 9 runs"
    assert share(3, 10) == "3 of 10 runs (30%)"


def test_a_share_is_0_or_100_percent_only_where_it_is():
    rates = made_up([[1] * 299 + [3], [3] * 300, [3] * 299 + [1]])
    assert compared(rates, 0, None).endswith(
        "Fewest are worse at rate 0.01 (0.3%), most at rate 0.1 (100.0%)."
    )
    assert share(299, 300) == "299 of 300 runs (99.7%)"


def test_what_a_search_found_never_stands_above_a_run():
    found = replace(BEST, error=1.5, sure=False)
    assert "The lowest error found for one neuron is 1.25." in compared(
        made_up([[1.25, 3]]), 0, found
    )
    assert "One neuron at its best has 1.2." in compared(
        made_up([[1.25, 3]]), 0, replace(BEST, error=1.2, sure=True)
    )


def test_sentences_agree_with_their_own_numbers():
    """Random runs, close to each other and to guessing: what is printed supports what is said."""
    numbers = re.compile(r"[−\d.]*\d")
    rng = np.random.default_rng(5)
    for _ in range(60):
        errors = 2 + rng.choice([-1, 0, 1], (3, 4)) * 10.0 ** rng.integers(-9, 1, (3, 4))
        result, rate = made_up(errors), int(rng.integers(3))
        told = compared(result, rate, None)
        n_worse = sum(error > 2 for error in errors[rate])
        assert f"{n_worse} of 4 runs end worse" in told
        guess, median, lower, upper, low, high = (
            float(text) for text in numbers.findall(told.partition("has the error")[2])[:6]
        )
        assert low <= lower <= median <= upper <= high
        true = np.median(errors[rate])
        assert (guess < median, guess == median) == (true > 2, true == 2)
        assert ((low > guess), (high > guess)) == (n_worse == 4, n_worse > 0)
        worse = [int(np.sum(each > 2)) for each in errors]
        if len(set(worse)) > 1:
            fewest = told.partition("Fewest are worse at ")[2].partition(", most at ")
            for text, count in zip(fewest[::2], (min(worse), max(worse)), strict=True):
                named = [name for name, n in zip(("0.01", "0.1", "1"), worse, strict=True)
                         if n == count]  # fmt: skip
                assert numbers.findall(text.partition("(")[0]) == named
