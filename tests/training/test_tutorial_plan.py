"""The tutorial's run is a plan: one row an update, in NumPy's legacy order."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.data.tutorial import eight_rows
from nnviz.nn.architecture import Architecture
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.plan import Plan
from nnviz.training.record import record
from nnviz.training.timeline import Stage, Timeline

GOLDEN = {
    0: ([0.038721835417866654, 0.3940516574012937], -1.047616961708107),
    1: ([0.3284757954014424, 0.4872859458287276], -0.9331755877807694),
    42: ([0.1282886153411203, 0.4660309162638893], -0.947696525666605),
}


def tutorial_plan(seed=0, order="tutorial", hidden=(), rate=0.1, standardise=False):
    return Plan(
        eight_rows(),
        Architecture(
            standardise=standardise,
            hidden=hidden,
            output="sigmoid",
            loss="squared_error",
            initialisation="glorot" if hidden else "tutorial",
        ),
        Hyperparameters(learning_rate=rate, batch_size=1, order=order),
        test_fraction=0.0,
        seed=seed,
    )


@pytest.mark.parametrize("seed", GOLDEN)
def test_it_ends_where_the_tutorial_ends(seed):
    run = record(Timeline.of(tutorial_plan(seed), 10_000, 100))
    weights, bias = GOLDEN[seed]
    np.testing.assert_allclose(run.parameters_at(10_000), [*weights, bias], rtol=1e-9)


def test_a_part_ends_where_more_than_the_rate_is_changed():
    plan = tutorial_plan()
    slower = replace(plan, hyperparameters=replace(plan.hyperparameters, learning_rate=0.01))
    layer = tutorial_plan(hidden=((3, "tanh"),), rate=0.01)
    run = record(Timeline((Stage(0, plan), Stage(50, slower), Stage(90, layer)), 200, 10))
    assert (run.run_at(60).first_step, run.run_at(60).last_step) == (0, 90)
    assert (run.run_at(90).first_step, run.run_at(90).last_step) == (90, 200)
    assert run.run_at(95).recorded_steps.tolist() == list(range(90, 201, 10))


def test_an_order_of_single_rows_takes_no_batches():
    with pytest.raises(ValueError, match="takes one row at a time: batch_size must be 1, not 10"):
        Hyperparameters(order="tutorial")
