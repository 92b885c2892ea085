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
    TenTrials,
)


def test_the_trainings_differ_in_one_thing_and_the_seed():
    study = TenStudy(TenConfig(100, 4, "other", 5))
    trials = list(study.trials())
    assert len(set(trials)) == len(trials) == REPEATS * (len(AMOUNTS) + len(UNITS) + 2)

    def config(varied, k, repeat):
        return study.config_of((repeat, VARIED[varied].start + k))

    assert config("pictures", 5, 2) == TenConfig(1000, 4, "other", 7)
    assert config("units", 0, 0) == TenConfig(100, 0, "other", 5)
    assert [config("hands", k, 1).hands for k in (0, 1)] == ["any", "other"]
    assert config("hands", 0, 1) == TenConfig(100, 4, "any", 6)
    # Whole curves come first.
    assert {repeat for repeat, _ in trials[: len(trials) // REPEATS]} == {0}
    with pytest.raises(ValueError, match="seed"):
        TenStudy(TenConfig(seed=LARGEST_FIRST_SEED + 1))


def test_results_are_what_has_been_made_so_far():
    study, units, hands = TenStudy(TenConfig()), VARIED["units"], VARIED["hands"]
    trials = list(study.trials())
    none = TenTrials.of(study, {})
    assert (none.n_done, none.n_trials) == (0, len(trials))
    assert np.isnan(none.mean(units)).all()
    some = TenTrials.of(study, {(0, hands.stop - 1): 0.5, (3, hands.stop - 1): 0.75})
    assert some.n_done == 2
    assert some.mean(hands)[1] == 0.625
    assert some.band(hands).median[1] == 0.625
    assert some.band(hands).n.tolist() == [0, 2]
    every = TenTrials.of(study, {trial: 0.01 * k for k, trial in enumerate(trials)})
    assert every.complete
    for varied, n in (("pictures", len(AMOUNTS)), ("units", len(UNITS)), ("hands", 2)):
        assert every.band(VARIED[varied]).median.shape == (n,)
