"""The study over numbers of games: which trainings it is made of, and what it says so far."""

import numpy as np
import pytest

from nnviz.chapters.rules_or_learning.grids import solved_grids
from nnviz.chapters.rules_or_learning.learning import (
    Config,
    learned,
    probabilities,
    unseen_accuracy,
    unseen_puzzles,
)
from nnviz.chapters.rules_or_learning.study import (
    LADDER,
    REPEATS,
    GamesStudy,
    GamesTrials,
)


def test_every_number_is_repeated_with_seeds_that_follow():
    study = GamesStudy("boxes", 7)
    configs = [study.config_of(trial) for trial in study.trials()]
    assert len(set(configs)) == len(configs) == len(LADDER) * REPEATS
    assert study.config_of((2, 3)) == ("boxes", Config(LADDER[3], 9))


def test_what_is_missing_is_not_made_up():
    study = GamesStudy("boxes", 0)
    made = GamesTrials.of(study, {(0, 0): 0.25, (1, 0): 0.35, (0, 8): 0.9})
    assert made.n_done == 3
    assert not made.complete
    assert made.band(0).median == pytest.approx(0.3)
    assert made.band(8).median == 0.9
    assert np.isnan(made.band(4).median)
    assert GamesTrials.of(study, dict.fromkeys(study.trials(), 0.5)).complete


def test_the_share_is_counted_cell_by_cell():
    every = solved_grids("boxes")
    parameters = learned(every, Config(32))
    unseen = unseen_puzzles(every)
    answer = probabilities(parameters, unseen.puzzles)
    right = asked = 0
    for clues, solved, cells in zip(unseen.puzzles, unseen.answers, answer, strict=True):
        for cell in range(16):
            if clues[cell] == 0:
                asked += 1
                right += max(range(4), key=cells[cell].__getitem__) + 1 == solved[cell]
    assert unseen_accuracy(every, parameters) == pytest.approx(right / asked, rel=1e-12)
