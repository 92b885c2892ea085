"""A plan and its changes: in order, complete, and refused with a sentence otherwise."""

from dataclasses import replace

import pytest

from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.plan import Plan
from nnviz.training.timeline import MOST_STAGES, MOST_STEPS, Stage, Timeline
from tests.plan_oracle import sample_of

PLAN = Plan(sample_of())


def test_a_plan_that_is_never_changed():
    timeline = Timeline.of(PLAN, 7)
    assert timeline == Timeline((Stage(0, PLAN),), 7)
    assert Timeline.of(PLAN).steps == 3_000


def test_equal_timelines_are_equal():
    other = Plan(sample_of(), hyperparameters=Hyperparameters(learning_rate=0.1))
    assert Timeline.of(PLAN) == Timeline.of(other)
    assert hash(Timeline.of(PLAN)) == hash(Timeline.of(other))
    assert Timeline.of(PLAN) != Timeline.of(replace(PLAN, seed=1))


def test_what_is_set_by_hand_is_kept_as_pairs():
    stage = Stage(3, PLAN, [[2, 5], (0, -1.5)])
    assert stage.by_hand == ((2, 5.0), (0, -1.5))


@pytest.mark.parametrize("steps", [(0, 1), (0, 5, 9), (0, 0, 5, 5), (0, MOST_STEPS)])
def test_stages_come_one_after_the_other(steps):
    timeline = Timeline([Stage(step, PLAN) for step in steps])
    assert [stage.step for stage in timeline.stages] == list(steps)


@pytest.mark.parametrize("steps", [(1,), (0, 5, 4)])
def test_stages_out_of_order_are_refused(steps):
    with pytest.raises(ValueError, match="begin at step 0, and none earlier"):
        Timeline(tuple(Stage(step, PLAN) for step in steps))


def test_there_are_not_too_many_stages():
    stages = tuple(Stage(step, PLAN) for step in range(MOST_STAGES + 1))
    assert len(Timeline(stages[:-1]).stages) == MOST_STAGES
    for wrong in ((), stages):
        with pytest.raises(ValueError, match=f"1 to {MOST_STAGES} stages, not {len(wrong)}"):
            Timeline(wrong)


@pytest.mark.parametrize(
    ("by_hand", "words"),
    [
        (((PLAN.n_parameters, 1.0),), "number of a parameter"),
        (((-1, 1.0),), "number of a parameter"),
        (((0, 2e6),), "set by hand"),
        (((0, float("nan")),), "set by hand"),
        (((0, 1.0), (0, 2.0)), "each parameter once"),
        (((0,),), "pairs"),
        ((0, 1.0), "by_hand"),
    ],
)
def test_what_cannot_be_set_by_hand_is_said(by_hand, words):
    with pytest.raises((TypeError, ValueError), match=words):
        Stage(0, PLAN, by_hand)
    last = Stage(0, PLAN, ((PLAN.n_parameters - 1, 1e6),))
    assert last.by_hand == ((PLAN.n_parameters - 1, 1e6),)


def test_what_is_no_plan_or_step_is_refused():
    with pytest.raises(TypeError, match="plan"):
        Stage(0, "plan")
    for step in (-1, 1.5, MOST_STEPS + 1):
        with pytest.raises((TypeError, ValueError), match="step of a stage"):
            Stage(step, PLAN)
    for steps in (0, MOST_STEPS + 1, "many"):
        with pytest.raises((TypeError, ValueError), match="steps"):
            Timeline.of(PLAN, steps)
    with pytest.raises(TypeError, match="each of the stages"):
        Timeline((PLAN,))
