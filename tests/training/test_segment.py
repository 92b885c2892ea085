"""A stretch: any moment of it again, in windows, and the counting of epochs and rates."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.data import toys
from nnviz.nn.architecture import Architecture
from nnviz.nn.optimizers import OPTIMIZERS
from nnviz.training import segment as module
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.kernels.mini_batch import BatchKernel
from nnviz.training.plan import Plan
from nnviz.training.record import record
from nnviz.training.segment import Course
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
STRETCHES = {name: record(Timeline.of(each, STEPS)).segments[0] for name, each in PLANS.items()}


def one_by_one(chosen, steps):
    """Ask the kernel for one update after the other."""
    kernel, course = BatchKernel(chosen), Course(chosen)
    parameters, memory = np.array(chosen.start), course.nothing_remembered()
    found = [parameters]
    for step in range(steps):
        _, _, parameters, memory, _ = kernel.walk(
            parameters,
            memory,
            course.rates(step, step + 1),
            first_update=step,
            t=step + 1,
            first_mask=step,
        )
        found.append(parameters)
    return np.array(found)


WHOLE = {name: one_by_one(each, STEPS) for name, each in PLANS.items()}


@pytest.mark.parametrize("name", sorted(PLANS))
def test_what_is_kept_is_what_the_run_had(name):
    stretch = STRETCHES[name]
    assert stretch.recorded_steps.tolist() == [*range(0, STEPS, 6), STEPS]
    np.testing.assert_array_equal(stretch.parameters, WHOLE[name][stretch.recorded_steps])
    n_memories = OPTIMIZERS[PLANS[name].hyperparameters.optimizer].n_memories
    assert stretch.memories.shape == (len(stretch.recorded_steps), n_memories, 13)
    assert (stretch.first, stretch.last, stretch.plan) == (0, STEPS, PLANS[name])
    for array in (stretch.parameters, stretch.memories, stretch.recorded_steps):
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
    window = STRETCHES[name].parameters_every(stride, first, last)
    np.testing.assert_array_equal(window, WHOLE[name][first : last + 1 : stride])
    np.testing.assert_array_equal(STRETCHES[name].parameters_at(last), WHOLE[name][last])


@pytest.mark.parametrize("at_once", [1, 50, 333])
@pytest.mark.parametrize("most_rates", [1, 5, 64])
@pytest.mark.parametrize("every", [1, 3, 7, 40])
def test_a_walk_in_pieces_is_the_same_walk(monkeypatch, at_once, most_rates, every):
    """However few values may be held at once."""
    monkeypatch.setattr(module, "_AT_ONCE", at_once)
    monkeypatch.setattr(module, "_MOST_RATES", most_rates)
    course = Course(PLANS["adam"])
    start, nothing = np.array(course.plan.start), course.nothing_remembered()
    passages = list(course.walk(start, nothing, 0, 300, every))
    steps = np.concatenate([passage.steps for passage in passages])
    assert steps.tolist() == list(range(every, 301, every))
    path = np.concatenate([passage.path for passage in passages])
    np.testing.assert_array_equal(path, WHOLE["adam"][steps])
    for passage in passages:
        np.testing.assert_array_equal(passage.parameters, WHOLE["adam"][passage.end])
    assert passages[-1].end == 300
    memories = np.concatenate([passage.memories for passage in passages])
    (whole,) = (p for p in Course(PLANS["adam"]).walk(start, nothing, 0, 300, 300))
    np.testing.assert_array_equal(passages[-1].memory, whole.memory)
    if 300 % every == 0:
        np.testing.assert_array_equal(memories[-1], whole.memory)
    assert not nothing.any()


def test_a_window_belongs_to_whoever_asked_for_it():
    stretch = STRETCHES["sgd"]
    for first, last, stride in [(0, 12, 6), (5, 9, 1), (7, 7, 1)]:
        window = stretch.parameters_every(stride, first, last)
        window[:] = 0.0
        np.testing.assert_array_equal(stretch.parameters_at(first), WHOLE["sgd"][first])


@pytest.mark.parametrize(
    ("stride", "first", "last", "words"),
    [
        (0, 0, 5, "stride must be at least 1"),
        (1.5, 0, 5, "stride must be a whole number"),
        (1, -1, 5, "first step must be between 0 and 5321"),
        (1, 6, 5, "last step must be between 6 and 5321"),
        (1, 0, STEPS + 1, "last step must be between 0 and 5321"),
        (1, "0", 5, "first step must be a whole number"),
    ],
)
def test_steps_that_are_not_there_are_refused(stride, first, last, words):
    with pytest.raises((TypeError, ValueError), match=words):
        STRETCHES["sgd"].parameters_every(stride, first, last)


@given(st.integers(0, 500), st.integers(0, 500), st.integers(1, 30), st.fractions(0, 50))
def test_epochs_are_counted_from_where_the_order_began(begin, later, batch_size, before):
    chosen = plan(batch_size=batch_size)
    per_epoch = len([*range(0, len(chosen.split.train), min(24, batch_size))])
    course = Course(chosen, order_begin=begin, epochs_before=float(before))
    expected = before + Fraction(later, per_epoch)
    assert course.epoch_at(begin + later) == pytest.approx(float(expected), rel=1e-12)


@given(st.integers(0, 40), st.integers(0, 200), st.integers(1, 60), st.integers(1, 5))
def test_the_rates_of_a_part_are_those_of_the_whole(begin, first, length, period):
    chosen = plan(schedule="halve", schedule_epochs=period, batch_size=7, learning_rate=0.8)
    course = Course(chosen, order_begin=begin, epochs_before=3.0)
    first += begin
    # 24 rows to learn from, 4 updates an epoch.
    expected = [
        0.8 * 0.5 ** ((3 + (step - begin) // 4) // period) for step in range(first, first + length)
    ]
    np.testing.assert_allclose(course.rates(first, first + length), expected, rtol=1e-15)


@pytest.mark.parametrize("name", sorted(OPTIMIZERS))
def test_an_optimiser_that_begins_remembers_nothing(name):
    nothing = Course(PLANS[name]).nothing_remembered()
    assert nothing.shape == (OPTIMIZERS[name].n_memories, 13)
    assert not nothing.any()


def test_the_order_and_the_memory_may_begin_at_different_steps():
    """The first update of a course: the first batch, and the first of Adam, but the 51st mask."""
    chosen = plan("adam", batch_size=7, dropout=0.3)
    parameters = WHOLE["adam"][50]
    for order, optimizer in [(0, 50), (50, 0), (50, 50), (13, 27)]:
        course = Course(chosen, order_begin=order, optimizer_begin=optimizer)
        (passage,) = course.walk(parameters, course.nothing_remembered(), 50, 51)
        _, _, expected, _, _ = BatchKernel(chosen).walk(
            parameters,
            course.nothing_remembered(),
            np.array([0.1]),
            first_update=50 - order,
            t=51 - optimizer,
            first_mask=50,
        )
        np.testing.assert_array_equal(passage.parameters, expected)
