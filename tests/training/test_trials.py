"""Repeated trainings: which they are, and what has come of them so far."""

from dataclasses import dataclass

import numpy as np

from nnviz.training.trials import Study, Trial, Trials


@dataclass(frozen=True)
class Grid(Study[tuple[int, ...]]):
    """Five repeats of two by three variants."""

    @property
    def shape(self) -> tuple[int, ...]:
        return 5, 2, 3

    def config_of(self, trial: Trial) -> tuple[int, ...]:
        return trial


class Pairs(Trials[Grid]):
    """Two numbers of each trial."""

    numbers = (2,)


def test_trials_come_once_each_and_repeat_by_repeat() -> None:
    trials = list(Grid().trials())
    assert len(trials) == len(set(trials)) == 30
    assert [trial[0] for trial in trials] == sorted(trial[0] for trial in trials)


def test_what_is_known_grows_and_what_is_not_is_nan() -> None:
    known = Trials.of(Grid(), {(0, 1, 2): 3.0, (4, 1, 2): 5.0, (1, 0, 0): 1.0})
    assert (known.n_done, known.n_trials, known.complete) == (3, 30, False)
    assert known.mean(1, 2) == known.band(1, 2).median == 4.0
    assert known.band(1, 2).n == 2
    assert known.mean(1).shape == (3,)
    assert np.isnan(known.mean(0, 1))
    np.testing.assert_array_equal(known.mean(..., 2), known.mean()[:, 2])
    assert Trials.of(Grid(), dict.fromkeys(Grid().trials(), 0.0)).complete


def test_a_trial_may_give_several_numbers() -> None:
    known = Pairs.of(Grid(), {(0, 1, 2): [3.0, 30.0], (4, 1, 2): [5.0, 50.0]})
    assert (known.n_done, known.n_trials) == (2, 30)
    assert known.band(1, 2).median.tolist() == [4.0, 40.0]
