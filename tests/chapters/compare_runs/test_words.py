"""Many runs in words: counts that can be checked by hand."""

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
        "between 1.929 and 2.192 (best 1.885, worst 2.872). One neuron at its best has 1.884."
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
