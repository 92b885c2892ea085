"""The training repeated: which trainings, and what comes of them."""

import numpy as np
import pytest

from nnviz.chapters.pictures_to_numbers.ten.network import TenConfig
from nnviz.chapters.pictures_to_numbers.ten.study import (
    AMOUNTS,
    LARGEST_FIRST_SEED,
    REPEATS,
    UNITS,
    VARIED,
    TenStudy,
    ten_trials,
)


def test_the_trainings_differ_in_one_thing_and_the_seed():
    study = TenStudy(TenConfig(100, 4, "other", 5))
    trials = list(study.trials())
    assert len(set(trials)) == len(trials) == REPEATS * (len(AMOUNTS) + len(UNITS) + 2)
    assert study.config_of(("pictures", 5, 2)) == TenConfig(1000, 4, "other", 7)
    assert study.config_of(("units", 0, 0)) == TenConfig(100, 0, "other", 5)
    assert study.config_of(("hands", 0, 1)) == TenConfig(100, 4, "any", 6)
    # Whole curves come first.
    assert {repeat for *_, repeat in trials[: len(trials) // REPEATS]} == {0}
    with pytest.raises(ValueError, match="seed"):
        TenStudy(TenConfig(seed=LARGEST_FIRST_SEED + 1))


def test_results_are_what_has_been_made_so_far():
    study = TenStudy(TenConfig())
    trials = list(study.trials())
    none = ten_trials(study, {})
    assert (none.n_done, none.n_trials) == (0, len(trials))
    assert np.isnan(none.mean("units")).all()
    some = ten_trials(study, {("hands", 1, 0): 0.5, ("hands", 1, 3): 0.75})
    assert some.n_done == 2
    assert some.mean("hands")[1] == 0.625
    assert some.band("hands").median[1] == 0.625
    assert some.band("hands").n.tolist() == [0, 2]
    every = ten_trials(study, {trial: 0.01 * k for k, trial in enumerate(trials)})
    assert every.n_done == every.n_trials
    for varied, variants in VARIED.items():
        assert every.band(varied).median.shape == (len(variants),)
