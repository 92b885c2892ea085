"""Studies: the same seeds for every variant, made in pieces."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.data.toys import make
from nnviz.nn.architecture import Architecture
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.learning_curve import MEASURES, learn
from nnviz.training.plan import Plan
from nnviz.training.study import Study, Variant, learnings

PLAN = Plan(make("gauss", 30, 0.5, 1), Architecture(hidden=()), Hyperparameters(), 0.5, 7)
BENT = replace(PLAN, architecture=Architecture(hidden=((2, "tanh"),)))
STUDY = Study((Variant("line", PLAN), Variant("bent", BENT)), epochs=4, n_repeats=3)


def test_each_repeat_makes_every_variant_from_the_same_rows():
    assert [plan.seed for plan in (STUDY.plan_of(0, k) for k in range(3))] == [7, 8, 9]
    for k in range(3):
        line, bent = STUDY.plan_of(0, k), STUDY.plan_of(1, k)
        np.testing.assert_array_equal(line.split.test, bent.split.test)
        assert replace(line, architecture=BENT.architecture) == bent


def test_the_pieces_are_every_run_once_repeat_by_repeat():
    pieces = list(STUDY.pieces())
    assert pieces == [(0, 0), (1, 0), (0, 1), (1, 1), (0, 2), (1, 2)]
    assert len(pieces) == STUDY.n_runs
    assert [piece for piece, _ in learnings(STUDY)] == pieces


def test_a_piece_by_itself_is_what_it_is_among_all():
    made = dict(learnings(STUDY))
    alone = learn(replace(BENT, seed=9), 4)
    for measure in MEASURES:
        np.testing.assert_array_equal(getattr(made[1, 2], measure), getattr(alone, measure))


def test_equal_studies_are_one_key():
    again = Study((Variant("line", PLAN), Variant("bent", BENT)), epochs=4, n_repeats=3)
    assert {STUDY: "kept"}[again] == "kept"
    assert again != replace(STUDY, epochs=5)


def test_what_is_refused():
    with pytest.raises(ValueError, match="a study has 1 to 20 variants, not 0"):
        Study(())
    with pytest.raises(ValueError, match="must have different names"):
        Study((Variant("a", PLAN), Variant("a", BENT)))
    with pytest.raises(ValueError, match="no rows are held out"):
        Study((Variant("a", replace(PLAN, test_fraction=0.0)),))
    with pytest.raises(ValueError, match="n_repeats must be between 1 and 50, not 51"):
        replace(STUDY, n_repeats=51)
    with pytest.raises(ValueError, match="epochs must be between 1 and 2,000, not 0"):
        replace(STUDY, epochs=0)
    with pytest.raises(ValueError, match="repeat must be between 0 and 2, not 3"):
        STUDY.plan_of(0, 3)
