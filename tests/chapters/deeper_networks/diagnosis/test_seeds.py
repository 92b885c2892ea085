"""A start among others, against trainings that are begun by hand."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.chapters.deeper_networks.diagnosis.seeds import (
    SeedComparison,
    compare_seeds,
    final_loss,
    other_seeds,
    with_seed,
)
from nnviz.chapters.deeper_networks.presets import PRESETS
from nnviz.nn.rng import LARGEST_SEED
from nnviz.training.record import record
from nnviz.training.scores import scores
from nnviz.training.timeline import Timeline

PLAN = PRESETS["circle"].plan()


def end(timeline):
    history = record(timeline)
    last = history.parameters_at(history.last_step)[np.newaxis]
    return scores(history.plan_at(0), last).train_loss[0]


def test_the_own_seed_is_the_training_itself():
    assert final_loss(PLAN, 300, PLAN.seed) == end(Timeline.of(PLAN, 300))


def test_another_seed_changes_the_starting_weights_alone():
    history = record(with_seed(PLAN, 8, 300))
    other = replace(PLAN, seed=8)
    assert np.array_equal(history.parameters_at(0), other.start)
    assert history.plan_at(0) == PLAN
    assert not np.array_equal(other.split.train, PLAN.split.train)
    assert final_loss(PLAN, 300, 8) != final_loss(PLAN, 300, PLAN.seed)
    assert final_loss(PLAN, 300, 8) != end(Timeline.of(other, 300))


def test_piece_by_piece():
    found = compare_seeds(PLAN, 200, (5, 6, 7))
    assert found.loss == final_loss(PLAN, 200, PLAN.seed)
    assert found.losses.tolist() == [final_loss(PLAN, 200, seed) for seed in (5, 6, 7)]
    assert len(compare_seeds(PLAN, 5).losses) == 20
    assert other_seeds(replace(PLAN, seed=1)) == tuple(range(2, 22))
    assert other_seeds(replace(PLAN, seed=LARGEST_SEED), 2) == (0, 1)


def test_verdict():
    for loss, losses, verdict, lower, higher in [
        (0.1, (0.2, 0.3, 0.4, 0.05), "lucky", 1, 3),
        (0.1, (0.01, 0.02, 0.03, 0.4), "unlucky", 3, 1),
        (0.1, (0.01, 0.02, 0.3, 0.4), "ordinary", 2, 2),
        (0.1, (0.1, 0.1, 0.1, 0.4), "ordinary", 0, 1),
        (0.1, (0.102, 0.103, 0.104, 0.105), "alike", 0, 4),
        (np.inf, (np.inf, np.inf, 0.1), "ordinary", 1, 0),
        (0.1, (np.inf, np.inf, np.inf, np.inf), "lucky", 0, 4),
        (np.inf, (0.1, 0.2), "unlucky", 2, 0),
    ]:
        found = SeedComparison(10, loss, np.array(losses))
        assert (found.verdict, found.n_lower, found.n_higher) == (verdict, lower, higher)
        assert found.n_diverged == sum(np.isinf(losses))


def test_a_training_that_breaks_off_has_no_end():
    assert final_loss(PRESETS["explodes"].plan(), 100, 1) == np.inf


def test_zeros_begin_all_the_same():
    found = compare_seeds(PRESETS["zeros"].plan(), 100, (2, 3))
    assert found.verdict == "alike"
    assert set(found.losses) == {found.loss}


def test_what_cannot_be_is_refused():
    with pytest.raises(ValueError, match="seed must be between"):
        final_loss(PLAN, 10, -1)
    with pytest.raises(ValueError, match="n_updates"):
        final_loss(PLAN, 0, 1)
    with pytest.raises(ValueError, match="at least one seed"):
        compare_seeds(PLAN, 10, ())
