"""A segment: any moment of it again, in windows, and the counting of epochs and rates."""

from fractions import Fraction
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.data import toys
from nnviz.nn.architecture import Architecture
from nnviz.nn.optimizers import OPTIMIZERS
from nnviz.training import segment as module
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.kernels.kernel import Kernel
from nnviz.training.plan import Plan
from nnviz.training.record import record
from nnviz.training.row_order import batches
from nnviz.training.segment import Updates
from nnviz.training.timeline import Timeline

CIRCLE = toys.make("circle", 40, 0.2, 1)


def plan(optimizer="sgd", **hyperparameters):
    chosen = Hyperparameters(optimizer=optimizer, **hyperparameters)
    return Plan(CIRCLE, Architecture(hidden=((3, "tanh"),)), chosen, test_fraction=0.4)


STEPS = 5_321
PLANS = {
    **{name: plan(name, learning_rate=0.01, batch_size=7) for name in OPTIMIZERS},
    "dropout": plan(dropout=0.4, batch_size=1),
    "schedule": plan("adam", schedule="inverse", schedule_epochs=5, batch_size=9, l2=0.01),
}


@cache
def segment_of(name):
    return record(Timeline.of(PLANS[name], STEPS)).segments[0]


def one_by_one(chosen, steps):
    """Ask the kernel for one update after the other."""
    updates = Updates(chosen)
    parameters, state = np.array(chosen.start), updates.initial_state()
    found = [parameters]
    for step in range(steps):
        parameters, state = updates.replay(parameters, state, step, step + 1)
        found.append(parameters)
    return np.array(found)


@cache
def all_parameters(name):
    return one_by_one(PLANS[name], STEPS)


@pytest.mark.parametrize("name", sorted(PLANS))
def test_what_is_kept_is_what_the_run_had(name):
    segment = segment_of(name)
    assert segment.recorded_steps.tolist() == [*range(0, STEPS, 6), STEPS]
    np.testing.assert_array_equal(segment.parameters, all_parameters(name)[segment.recorded_steps])
    n_states = OPTIMIZERS[PLANS[name].hyperparameters.optimizer].n_states
    assert segment.optimizer_states.shape == (len(segment.recorded_steps), n_states, 13)
    assert (segment.first, segment.last, segment.plan) == (0, STEPS, PLANS[name])
    for array in (segment.parameters, segment.optimizer_states, segment.recorded_steps):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


@given(
    st.sampled_from(sorted(PLANS)),
    st.integers(0, STEPS),
    st.integers(0, STEPS),
    st.one_of(st.integers(1, 14), st.sampled_from([18, 100, 997, STEPS, 10**6])),
)
@settings(max_examples=300)
def test_any_window_bit_for_bit(name, first, last, stride):
    first, last = sorted((first, last))
    window = segment_of(name).parameters_every(stride, first, last)
    np.testing.assert_array_equal(window, all_parameters(name)[first : last + 1 : stride])
    np.testing.assert_array_equal(segment_of(name).parameters_at(last), all_parameters(name)[last])


@pytest.mark.parametrize("most_values", [1, 50, 333])
@pytest.mark.parametrize("most_rows", [1, 35, 448])
@pytest.mark.parametrize("every", [1, 3, 7, 40])
def test_a_walk_in_pieces_is_the_same_walk(monkeypatch, most_values, most_rows, every):
    """However few values may be held at once."""
    monkeypatch.setattr(module, "_MOST_VALUES", most_values)
    monkeypatch.setattr(module, "_MOST_ROWS", most_rows)
    updates = Updates(PLANS["adam"])
    start, nothing = np.array(updates.plan.start), updates.initial_state()
    chunks = list(updates.train(start, nothing, 0, 300, every))
    steps = np.concatenate([chunk.steps for chunk in chunks])
    assert steps.tolist() == list(range(every, 301, every))
    path = np.concatenate([chunk.path for chunk in chunks])
    np.testing.assert_array_equal(path, all_parameters("adam")[steps])
    for chunk in chunks:
        np.testing.assert_array_equal(chunk.parameters, all_parameters("adam")[chunk.end])
    assert chunks[-1].end == 300
    states = np.concatenate([chunk.states_path for chunk in chunks])
    *_, whole = Updates(PLANS["adam"]).train(start, nothing, 0, 300, 300)
    np.testing.assert_array_equal(chunks[-1].state, whole.state)
    if 300 % every == 0:
        np.testing.assert_array_equal(states[-1], whole.state)
    assert not nothing.any()


def test_a_window_belongs_to_whoever_asked_for_it():
    segment = segment_of("sgd")
    for first, last, stride in [(0, 12, 6), (5, 9, 1), (7, 7, 1)]:
        window = segment.parameters_every(stride, first, last)
        window[:] = 0.0
        np.testing.assert_array_equal(segment.parameters_at(first), all_parameters("sgd")[first])


@pytest.mark.parametrize(
    ("stride", "first", "last", "words"),
    [
        (0, 0, 5, "stride must be at least 1"),
        (1.5, 0, 5, "stride must be a whole number"),
        (1, -1, 5, "first step must be between 0 and 5,321"),
        (1, 6, 5, "last step must be between 6 and 5,321"),
        (1, 0, STEPS + 1, "last step must be between 0 and 5,321"),
        (1, "0", 5, "first step must be a whole number"),
    ],
)
def test_steps_that_are_not_there_are_refused(stride, first, last, words):
    with pytest.raises((TypeError, ValueError), match=words):
        segment_of("sgd").parameters_every(stride, first, last)


@given(st.integers(0, 500), st.integers(0, 500), st.integers(1, 30), st.fractions(0, 50))
def test_epochs_are_counted_from_where_the_order_began(begin, later, batch_size, before):
    chosen = plan(batch_size=batch_size)
    per_epoch = len([*range(0, len(chosen.split.train), min(24, batch_size))])
    updates = Updates(chosen, order_begin=begin, epochs_before=float(before))
    expected = before + Fraction(later, per_epoch)
    assert updates.epoch_at(begin + later) == pytest.approx(float(expected), rel=1e-12)


@given(st.integers(0, 40), st.integers(0, 200), st.integers(1, 60), st.integers(1, 5))
def test_the_rates_of_a_part_are_those_of_the_all_parameters(begin, first, length, period):
    chosen = plan(schedule="halve", schedule_epochs=period, batch_size=7, learning_rate=0.8)
    updates = Updates(chosen, order_begin=begin, epochs_before=3.0)
    first += begin
    # 24 rows to learn from, 4 updates an epoch.
    expected = [
        0.8 * 0.5 ** ((3 + (step - begin) // 4) // period) for step in range(first, first + length)
    ]
    np.testing.assert_allclose(updates.rates(first, first + length), expected, rtol=1e-15)


@pytest.mark.parametrize("name", sorted(OPTIMIZERS))
def test_an_optimiser_that_begins_remembers_nothing(name):
    nothing = Updates(PLANS[name]).initial_state()
    assert nothing.shape == (OPTIMIZERS[name].n_states, 13)
    assert not nothing.any()


def test_the_order_and_the_state_may_begin_at_different_steps():
    """The first update of a updates: the first batch, and the first of Adam, but the 51st mask."""
    chosen = plan("adam", batch_size=7, dropout=0.3)
    parameters = all_parameters("adam")[50]
    for order, optimizer in [(0, 50), (50, 0), (50, 50), (13, 27)]:
        updates = Updates(chosen, order_begin=order, optimizer_begin=optimizer)
        (chunk,) = updates.train(parameters, updates.initial_state(), 50, 51)
        rows, starts = batches(24, 7, chosen.seed, 50 - order, 51 - order)
        expected = (
            Kernel.of(chosen)
            .train(
                parameters,
                updates.initial_state(),
                rows,
                starts,
                np.array([0.1]),
                t=51 - optimizer,
                first_mask=50,
            )
            .parameters
        )
        np.testing.assert_array_equal(chunk.parameters, expected)
