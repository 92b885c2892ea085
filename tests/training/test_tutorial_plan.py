"""The tutorial's run is a plan: one row an update, in NumPy's legacy order."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.data.tutorial import eight_rows
from nnviz.nn.architecture import Architecture
from nnviz.training import run as one_row
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.plan import Plan
from nnviz.training.record import record
from nnviz.training.run_config import RunConfig
from nnviz.training.timeline import Stage, Timeline

GOLDEN = {
    0: ([0.038721835417866654, 0.3940516574012937], -1.047616961708107),
    1: ([0.3284757954014424, 0.4872859458287276], -0.9331755877807694),
    42: ([0.1282886153411203, 0.4660309162638893], -0.947696525666605),
}
NAMES = {"tutorial": "random", "shuffled": "shuffled", "in turn": "in turn"}


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


@pytest.mark.parametrize("order", NAMES)
@pytest.mark.parametrize("hidden", [(), ((4, "tanh"),)])
def test_it_is_the_run_of_live_training_to_the_last_bit(order, hidden):
    plan = tutorial_plan(3, order, hidden, 0.5)
    later = replace(plan, hyperparameters=replace(plan.hyperparameters, learning_rate=0.05))
    run = record(Timeline((Stage(0, plan), Stage(1_234, later)), 3_000, 100))
    config = RunConfig.from_dataset(
        eight_rows(), steps=3_000, record_every=100, seed=3, order=NAMES[order], hidden=hidden,
        learning_rate=0.5, rate_changes=((1_234, 0.05),),
    )  # fmt: skip
    expected = one_row.record(config)
    whole = run.run_at(2_000)
    np.testing.assert_array_equal(whole.recorded_steps, expected.recorded_steps)
    np.testing.assert_array_equal(whole.parameters, expected.parameters)
    np.testing.assert_array_equal(whole.row_errors, expected.row_errors)
    np.testing.assert_array_equal(whole.gradient_sizes, expected.gradient_sizes)
    np.testing.assert_array_equal(whole.picks(0, 3_000), expected.picks(0, 3_000))
    window = (1_200, 1_300)
    np.testing.assert_array_equal(
        run.parameters_between(*window), expected.parameters_between(*window)
    )
    np.testing.assert_array_equal(
        run.cumulative_errors_between(*window), expected.cumulative_errors_between(*window)
    )
    assert [run.learning_rate_at(step) for step in (1_233, 1_234)] == [0.5, 0.05]
    assert run.network_at(77).parameters().tolist() == run.parameters_at(77).tolist()


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
