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
    configs,
    games_study,
)


def test_every_number_is_repeated_with_seeds_that_follow():
    places = dict(configs(7))
    assert len(places) == len(LADDER) * REPEATS
    assert places[3, 2] == Config(LADDER[3], 9)
    assert len(set(places.values())) == len(places)


def test_what_is_missing_is_not_made_up():
    study = games_study({(0, 0): 0.25, (0, 1): 0.35, (8, 0): 0.9})
    assert study.n_done == 3
    assert not study.complete
    assert study.band.median[0] == pytest.approx(0.3)
    assert study.band.median[8] == 0.9
    assert np.isnan(study.band.median[4])
    assert games_study({place: 0.5 for place, _ in configs(0)}).complete


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
