"""The history of a timeline against single updates made one after the other."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.data import toys
from nnviz.data.sample import Sample
from nnviz.nn.architecture import ENGINEERED, Architecture
from nnviz.nn.optimizers import OPTIMIZERS
from nnviz.nn.schedules import SCHEDULES
from nnviz.training import segment as segment_module
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.plan import Plan
from nnviz.training.record import BRIEF, brief_record, record
from nnviz.training.recording import MOST_RECORDED
from nnviz.training.scores import scores
from nnviz.training.segment import Updates
from nnviz.training.timeline import Stage, Timeline
from tests.deep_timelines import TIMELINES
from tests.effort import at_most
from tests.single_updates import walk

SAMPLES = {
    "circle": (toys.make("circle", 23, 0.2, 1), "binary_cross_entropy", "sigmoid"),
    "blobs": (toys.make("blobs", 24, 0.5, 2), "cross_entropy", "softmax"),
    "plane": (toys.make("plane", 21, 0.3, 3), "squared_error", "linear"),
}
INPUTS = [("x1", "x2"), ("x2", "x1"), ("x1", "sin x2"), ("x2",), ("x1", "x2", *ENGINEERED)]
LAYERS = [(), ((3, "tanh"),), ((4, "sigmoid"),), ((3, "softplus"), (2, "tanh"))]


def plan(
    name="circle", seed=0, test_fraction=0.3, inputs=INPUTS[0], hidden=LAYERS[1], **hyperparameters
):
    sample, loss, output = SAMPLES[name]
    architecture = Architecture(inputs, True, hidden, output, loss, "uniform")
    return Plan(sample, architecture, Hyperparameters(**hyperparameters), test_fraction, seed)


def changed(old, **choices):
    """Return a plan with other choices of its hyperparameters."""
    return replace(old, hyperparameters=replace(old.hyperparameters, **choices))


@st.composite
def recipes(draw):
    optimizer = draw(st.sampled_from(sorted(OPTIMIZERS)))
    # Adaptive optimisers divide by the size of a gradient: a rounding error in one that has nearly
    # cancelled out, as that of a bias over all rows may, becomes a step of the size of the rate.
    adaptive = optimizer in ("adagrad", "rmsprop", "adam")
    return Hyperparameters(
        optimizer=optimizer,
        learning_rate=draw(st.sampled_from([0.001] if adaptive else [0.003, 0.02])),
        batch_size=draw(st.sampled_from([1, 2, 5, 8] if adaptive else [1, 2, 5, 8, 11, 100])),
        l1=draw(st.sampled_from([0.0, 0.01])),
        l2=draw(st.sampled_from([0.0, 0.02])),
        dropout=draw(st.sampled_from([0.0, 0.0, 0.3])),
        schedule=draw(st.sampled_from(sorted(SCHEDULES))),
        schedule_epochs=draw(st.sampled_from([1, 3, 7])),
    )


@st.composite
def timelines(draw, most=60):
    steps = draw(st.integers(1, most))
    begins = sorted(draw(st.sets(st.integers(1, most), max_size=3)))
    stages, hyperparameters, architecture = [], None, None
    name = draw(st.sampled_from(sorted(SAMPLES)))
    sample, loss, output = SAMPLES[name]
    for step in (0, *begins):
        if hyperparameters is None or draw(st.booleans()):
            hyperparameters = draw(recipes())
        if architecture is None or draw(st.booleans()):
            architecture = Architecture(
                draw(st.sampled_from(INPUTS)),
                draw(st.booleans()),
                draw(st.sampled_from(LAYERS)),
                output,
                loss,
                draw(st.sampled_from(["glorot", "uniform"])),
            )
        share = draw(st.sampled_from([0.0, 0.5, 0.5]))
        chosen = Plan(sample, architecture, hyperparameters, share, 5)
        indices = st.integers(0, chosen.n_parameters - 1)
        by_hand = draw(st.dictionaries(indices, st.floats(-2, 2), max_size=2))
        stages.append(Stage(step, chosen, tuple(by_hand.items())))
    return Timeline(tuple(stages), steps)


@given(timelines())
@settings(max_examples=150)
def test_every_step_is_what_single_updates_make(timeline):
    history = record(timeline)
    assert (history.last_step, history.diverged_at) == (timeline.steps, None)
    for walker in walk(timeline):
        found = history.parameters_at(walker.step)
        size = max(1.0, np.abs(walker.parameters).max())
        np.testing.assert_allclose(found, walker.parameters, rtol=0, atol=1e-12 * size)
        assert history.plan_at(walker.step) == walker.plan
        assert history.epoch_at(walker.step) == pytest.approx(float(walker.epochs), rel=1e-12)


@given(timelines(), st.sampled_from([947, 4_321, 30_011]))
@settings(max_examples=60)
def test_any_step_is_bit_for_bit_the_same_whatever_is_kept(timeline, more):
    stages = tuple(stage for stage in timeline.stages if stage.step < timeline.steps)
    every = record(Timeline(stages, timeline.steps))
    assert all(len(s.recorded_steps) == s.last - s.first + 1 for s in every.segments)
    longer = record(Timeline(stages, timeline.steps + more))
    assert sum(len(s.recorded_steps) for s in longer.segments) <= MOST_RECORDED + 8
    for step in range(timeline.steps + 1):
        np.testing.assert_array_equal(longer.parameters_at(step), every.parameters_at(step))


def test_the_same_again():
    """Reset returns to the same start, and a second run to the same end."""
    chosen = plan(optimizer="adam", dropout=0.2, batch_size=7, learning_rate=0.01)
    once, again = record(Timeline.of(chosen, 500)), record(Timeline.of(chosen, 500))
    np.testing.assert_array_equal(once.segments[0].parameters, again.segments[0].parameters)
    np.testing.assert_array_equal(once.parameters_at(0), chosen.start)
    others = [changed(chosen, learning_rate=1.0), replace(chosen, test_fraction=0.0)]
    for other in others:  # neither the hyperparameters nor the rows have a say in the start
        np.testing.assert_array_equal(record(Timeline.of(other, 1)).parameters_at(0), chosen.start)
    seed = record(Timeline.of(replace(chosen, seed=1), 1))
    assert (seed.parameters_at(0) != chosen.start).any()


EVERYTHING = {
    "optimizer": "adam",
    "dropout": 0.25,
    "batch_size": 6,
    "learning_rate": 0.02,
    "schedule": "halve",
    "schedule_epochs": 2,
    "l1": 1e-3,
}


@pytest.mark.parametrize("step", [1, 3, 6, 17, 39])
def test_a_stage_that_changes_nothing_leaves_the_run_as_it_is(step):
    """Nor does one that changes what is not used, in the middle of an epoch as well."""
    old = plan(**EVERYTHING)
    run = record(Timeline.of(old, 40))
    for new in (old, changed(old, patience=1_000)):
        history = record(Timeline((Stage(0, old), Stage(step, new)), 40))
        assert history.segments[-1].first == (0 if new == old else step)
        for k in range(41):
            np.testing.assert_array_equal(history.parameters_at(k), run.parameters_at(k))
            assert history.epoch_at(k) == run.epoch_at(k)


@pytest.mark.parametrize(
    ("change", "rows_go_on", "memory_goes_on"),
    [
        ({"learning_rate": 0.5}, True, True),
        ({"dropout": 0.5, "l1": 0.0, "l2": 0.1, "schedule": "constant"}, True, True),
        ({"optimizer": "sgd"}, True, False),
        ({"batch_size": 5}, False, True),
        ({"batch_size": 5, "optimizer": "rmsprop"}, False, False),
        ({"test_fraction": 0.6}, False, True),
        ({"seed": 1}, False, True),
        ({"hidden": ((4, "tanh"),)}, True, False),
        ({"hidden": ((3, "relu"),)}, True, True),
        ({"inputs": ("x2", "x1")}, True, False),
        ({"standardise": False}, True, False),
        ({"loss": "squared_error"}, True, True),
    ],
    ids=str,
)
def test_order_and_memory_go_on_or_begin_anew(change, rows_go_on, memory_goes_on):
    old = plan(**EVERYTHING)
    hyperparameters = {k: v for k, v in change.items() if hasattr(old.hyperparameters, k)}
    made_of = {k: v for k, v in change.items() if hasattr(old.architecture, k)}
    rest = {k: v for k, v in change.items() if k in ("seed", "test_fraction")}
    new = replace(
        old,
        hyperparameters=replace(old.hyperparameters, **hyperparameters),
        architecture=replace(old.architecture, **made_of),
        **rest,
    )
    history = record(Timeline((Stage(0, old), Stage(10, new)), 30))
    before, after = history.segments
    # 17 rows to learn from, 3 updates an epoch: step 10 is one third into the fourth.
    assert after.updates.order_begin == (0 if rows_go_on else 10)
    assert after.updates.epochs_before == pytest.approx(0 if rows_go_on else 10 / 3)
    assert after.updates.optimizer_begin == (0 if memory_goes_on else 10)
    if memory_goes_on:
        np.testing.assert_array_equal(after.optimizer_states[0], before.optimizer_states[-1])
        assert after.optimizer_states[0].any()
    else:
        assert not after.optimizer_states[0].any()


def test_an_optimiser_that_came_later_counts_from_where_it_came():
    """Also over a third stage: Adam's first updates are as large as they are by their number."""
    plain = plan(batch_size=5)
    adam = changed(plain, optimizer="adam", learning_rate=0.01)
    stages = (Stage(0, plain), Stage(5, adam), Stage(8, changed(adam, learning_rate=0.02)))
    timeline = Timeline(stages, 12)
    history = record(timeline)
    assert [stretch.updates.optimizer_begin for stretch in history.segments] == [0, 5, 5]
    assert [stretch.updates.order_begin for stretch in history.segments] == [0, 0, 0]
    for walker in walk(timeline):
        found = history.parameters_at(walker.step)
        np.testing.assert_allclose(found, walker.parameters, rtol=0, atol=1e-12)


def test_more_rows_than_there_are_go_on_in_the_same_batches():
    old = plan(**{**EVERYTHING, "batch_size": 100})
    history = record(Timeline((Stage(0, old), Stage(5, changed(old, batch_size=17))), 9))
    assert history.segments[1].updates.order_begin == 0


def test_epochs_over_changes_of_batch_size():
    """Of 16 rows: 4 updates an epoch, then 2, then 16, and all at once."""
    of_four = plan("circle", batch_size=4, test_fraction=0.3)
    assert len(of_four.split.train) == 16
    sizes = [(0, 4), (6, 8), (9, 1), (13, 16)]
    stages = tuple(Stage(step, changed(of_four, batch_size=size)) for step, size in sizes)
    history = record(Timeline(stages, 16))
    expected = [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 2.5, 3]
    expected += [3 + k / 16 for k in (1, 2, 3, 4)] + [4.25, 5.25, 6.25]
    assert [history.epoch_at(step) for step in range(17)] == pytest.approx(expected, rel=1e-12)
    # The last batch of an epoch may have fewer rows; it is an update like the others.
    uneven = record(Timeline.of(changed(of_four, batch_size=5), 9))
    assert uneven.epoch_at(4) == 1.0
    assert uneven.epoch_at(6) == 1.5


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        ("constant", [1, 1, 1, 1, 1, 1]),
        ("halve", [1, 1, 0.5, 0.5, 0.25, 0.25]),
        ("inverse", [1, 1 / 1.5, 1 / 2, 1 / 2.5, 1 / 3, 1 / 3.5]),
        ("cosine", [1, 0.5, 0, 0, 0, 0]),
        ("warm up", [0.5, 1, 1, 1, 1, 1]),
    ],
)
def test_the_rate_of_every_epoch(schedule, expected):
    """Of 16 rows, 4 an update: an epoch has 4 updates of one rate."""
    chosen = plan(schedule=schedule, schedule_epochs=2, batch_size=4, learning_rate=0.2)
    *_, walker = walk(Timeline.of(chosen, 24))
    assert walker.rates == pytest.approx(np.repeat(np.multiply(0.2, expected), 4), abs=1e-17)
    history = record(Timeline.of(chosen, 24))
    path = history.parameters_every(1, 0, 24)
    course = history.segments[0].updates
    assert course.rates(0, 24) == pytest.approx(np.repeat(np.multiply(0.2, expected), 4), abs=1e-17)
    for epoch, factor in enumerate(expected):
        moved = np.abs(np.diff(path[4 * epoch : 4 * epoch + 5], axis=0)).max()
        assert (moved > 0) == (factor > 0)
    # Counted on over a change of the batches, from the middle of an epoch too.
    later = record(Timeline((Stage(0, chosen), Stage(8, changed(chosen, batch_size=8))), 16))
    per_epoch = [0.2 * factor for factor in expected[2:] for _ in range(2)]
    assert later.segments[1].updates.rates(8, 16) == pytest.approx(per_epoch, abs=1e-17)


NOISY = Sample(
    np.array([[np.sin(7.0 * k), np.cos(11.0 * k)] for k in range(40)]), np.arange(40) // 2 % 2
)
LEARNS_BY_HEART = Plan(
    NOISY,
    Architecture(hidden=((6, "tanh"), (6, "tanh"))),
    Hyperparameters(learning_rate=0.5, batch_size=6),
    test_fraction=0.5,
)


def losses_held_out(timeline):
    """Return the loss of the test rows at every step, of the run that is never stopped."""
    stages = tuple(Stage(s.step, changed(s.plan, patience=0), s.by_hand) for s in timeline.stages)
    return [walker.loss("test") for walker in walk(replace(timeline, stages=stages))]


def brute_force_stop(losses, first, last, begin, per_epoch, patience):
    """Return where the lowest loss of whole epochs lies `patience` of them back, or None."""
    ends = [step for step in range(begin, last + 1, per_epoch) if step >= first][1:]
    for number in range(patience, len(ends)):
        before, recent = ends[: number + 1 - patience], ends[number + 1 - patience : number + 1]
        if min(losses[s] for s in recent) >= min(losses[s] for s in before):
            return ends[number]
    return None


@pytest.mark.parametrize("patience", [1, 2, 3, 5, 8, 40])
@pytest.mark.parametrize("seed", range(4))
def test_early_stopping_against_a_reading_of_all_losses(patience, seed):
    chosen = replace(changed(LEARNS_BY_HEART, patience=patience), seed=seed)
    timeline = Timeline.of(chosen, 250)
    losses = losses_held_out(timeline)
    history = record(timeline)
    stop = brute_force_stop(losses, 0, 250, 0, 4, patience)
    assert history.stopped_at == stop
    assert history.last_step == (250 if stop is None else stop)
    assert history.diverged_at is None
    unstopped = record(Timeline.of(changed(chosen, patience=0), 250))
    for step in range(history.last_step + 1):
        np.testing.assert_array_equal(history.parameters_at(step), unstopped.parameters_at(step))
    if patience <= 3:
        assert stop is not None
    if patience == 40:
        assert stop is None or stop >= 4 * 41


@pytest.mark.parametrize("first", [1, 30, 31, 33, 36, 247, 249])
@pytest.mark.parametrize("change", [{}, {"learning_rate": 0.2}, {"batch_size": 7}], ids=str)
def test_patience_counts_from_the_stage_that_asks_for_it(first, change):
    """From its first whole epoch on, also when it begins in the middle of one."""
    patient = changed(LEARNS_BY_HEART, patience=2, **change)
    timeline = Timeline((Stage(0, LEARNS_BY_HEART), Stage(first, patient)), 250)
    goes_on = "batch_size" not in change
    begin, per_epoch = (0, 4) if goes_on else (first, 3)
    stop = brute_force_stop(losses_held_out(timeline), first, 250, begin, per_epoch, 2)
    assert record(timeline).stopped_at == stop
    assert (stop is None) == (first > 240)


def test_a_run_that_stops_reaches_no_later_stage():
    patient = changed(LEARNS_BY_HEART, patience=1)
    stop = record(Timeline.of(patient, 500)).stopped_at
    assert stop is not None
    history = record(Timeline((Stage(0, patient), Stage(stop + 1, LEARNS_BY_HEART)), 500))
    assert (history.stopped_at, history.last_step, len(history.segments)) == (stop, stop, 1)
    # What is changed in time keeps it going.
    history = record(Timeline((Stage(0, patient), Stage(stop - 1, LEARNS_BY_HEART)), 500))
    assert (history.stopped_at, history.last_step) == (None, 500)


def test_without_rows_held_out_nothing_is_stopped():
    patient = replace(changed(LEARNS_BY_HEART, patience=1), test_fraction=0.0)
    assert record(Timeline.of(patient, 300)).stopped_at is None


@pytest.mark.parametrize("patience", [1, 3])
def test_a_loss_that_stays_the_same_is_not_lower(patience):
    still = changed(LEARNS_BY_HEART, learning_rate=0.0, patience=patience)
    assert record(Timeline.of(still, 100)).stopped_at == 4 * (1 + patience)


def test_another_seed_is_another_order_of_the_same_rows():
    old = plan(**EVERYTHING, test_fraction=0.0)
    history = record(Timeline((Stage(0, old), Stage(10, replace(old, seed=1))), 12))
    assert history.segments[1].updates.order_begin == 10


def test_a_loss_that_is_no_number_counts_as_not_lower():
    patient = plan("plane", hidden=((4, "relu"),), learning_rate=30.0, batch_size=5, patience=1)
    history = record(Timeline.of(patient, 5_000))
    assert history.diverged_at or history.stopped_at
    assert np.isfinite(history.parameters_at(history.last_step)).all()


RUNAWAYS = {
    "linear": plan("plane", hidden=(), learning_rate=3.0, batch_size=4),
    "relu": plan("plane", hidden=((5, "relu"), (3, "linear")), learning_rate=2.0, batch_size=3),
    "dropout": plan("plane", hidden=((4, "relu"),), learning_rate=2.0, dropout=0.3),
    "momentum": plan("plane", hidden=(), learning_rate=2.0, optimizer="momentum"),
    "nesterov": plan("plane", hidden=(), learning_rate=2.0, optimizer="nesterov"),
    # The loss of a sigmoid never grows beyond bounds; the parameters do.
    "penalty": plan(hidden=((3, "tanh"),), learning_rate=0.5, l2=10.0),
    "classes": plan("blobs", hidden=((3, "relu"),), learning_rate=0.5, l2=9.0, batch_size=1),
}


@pytest.mark.parametrize("name", sorted(RUNAWAYS))
def test_the_step_at_which_a_run_diverges(name):
    timeline = Timeline.of(RUNAWAYS[name], 2_000)
    history = record(timeline)
    last = None
    for walker in walk(timeline):
        if not walker.finite:
            break
        last = walker.step
    assert last is not None
    assert last < 2_000
    assert history.diverged_at == last + 1
    assert (history.last_step, history.stopped_at) == (last, None)
    assert history.segments[-1].last == last
    # And by its own figures: the parameters are finite to the end, and the loss.
    path = history.parameters_every(1, 0, last)
    assert np.isfinite(path).all()
    assert np.isfinite(scores(RUNAWAYS[name], path).train_loss).all()
    np.testing.assert_array_equal(history.parameters_at(last), path[-1])
    for wrong in (last + 1, -1):
        with pytest.raises(ValueError, match="step must be between 0 and"):
            history.parameters_at(wrong)


def test_a_run_that_diverges_late_is_found_behind_what_was_harmless(monkeypatch):
    expected = {name: record(Timeline.of(p, 2_000)).diverged_at for name, p in RUNAWAYS.items()}
    monkeypatch.setattr(segment_module, "_MOST_VALUES", 60)  # a few updates, then a few more
    for name, each in RUNAWAYS.items():
        assert record(Timeline.of(each, 2_000)).diverged_at == expected[name]


@pytest.mark.parametrize("steps", [100, 30_000])
def test_parameters_that_are_large_and_come_back_do_no_harm(steps):
    """The penalty throws them to and fro, 2 to 3 times as far each time, until the rate is low."""
    chosen = plan(
        hidden=((3, "tanh"),), learning_rate=0.4, l2=9.9, batch_size=1,
        schedule="halve", schedule_epochs=6,
    )  # fmt: skip
    history = record(Timeline.of(chosen, steps))
    assert (history.last_step, history.diverged_at) == (steps, None)
    sizes = np.abs(history.parameters_every(1, 0, 100)).max(axis=1)
    assert sizes.max() > 1e9
    if steps > 100:
        assert np.abs(history.parameters_at(steps)).max() < 10


def test_a_run_that_diverges_in_a_later_stage_keeps_what_was_before():
    calm, wild = plan("plane", hidden=()), RUNAWAYS["linear"]
    quiet = record(Timeline.of(calm, 400))
    timeline = Timeline((Stage(0, calm), Stage(21, wild), Stage(900, calm)), 1_000)
    history = record(timeline)
    assert history.diverged_at is not None
    assert 21 < history.diverged_at < 900
    assert len(history.segments) == 2
    for step in range(22):
        np.testing.assert_array_equal(history.parameters_at(step), quiet.parameters_at(step))
    ends = [walker.step for walker in walk(replace(timeline, steps=900)) if not walker.finite]
    assert history.diverged_at == ends[0]


def test_what_a_change_makes_infinite_is_told_as_diverging():
    """Large weights did no harm behind a tanh; behind nothing, the loss is beyond float64."""
    old = plan("plane", hidden=((2, "tanh"), (2, "tanh")), learning_rate=1e-9, l2=0.0)
    by_hand = tuple((k, 1e6) for k in range(6))
    grown = plan("plane", hidden=((2, "tanh"), (2, "tanh")), learning_rate=100.0, l2=10.0)
    history = record(Timeline((Stage(0, old, by_hand), Stage(5, grown)), 40))
    assert (history.last_step, history.diverged_at) == (40, None)
    sizes = np.abs(history.parameters_every(1, 5, 40)).max(axis=1)
    assert sizes[-1] > 1e90
    bare = plan("plane", hidden=((2, "linear"), (2, "linear")), learning_rate=1e-9)
    history = record(Timeline((Stage(0, old, by_hand), Stage(5, grown), Stage(40, bare)), 60))
    assert (history.last_step, history.diverged_at) == (40, 41)
    assert history.plan_at(40) == grown
    assert np.isfinite(history.parameters_at(40)).all()


def record_bytes(history):
    return sum(
        array.nbytes
        for stretch in history.segments
        for array in (stretch.recorded_steps, stretch.parameters, stretch.optimizer_states)
    )


def test_a_million_updates_are_a_small_record_that_opens_quickly():
    chosen = Plan(
        toys.make("circle", 250, 0.1, 0),
        Architecture(hidden=((4, "tanh"), (2, "tanh"))),
        Hyperparameters(optimizer="adam", learning_rate=0.003),
    )
    timeline = Timeline.of(chosen, 1_000_000)
    history = record(timeline)
    assert history.last_step == 1_000_000
    assert record_bytes(history) < 8e6
    for step in (1, 123_456, 500_500, 999_999):
        with at_most(0.1):  # measured: 2 ms
            parameters = history.parameters_at(step)
        stretch = history.segments[0]
        before = stretch.recorded_steps[stretch.recorded_steps <= step][-1]
        path = stretch.parameters_every(1, int(before), step)
        np.testing.assert_array_equal(parameters, path[-1])
        np.testing.assert_array_equal(path[0], history.parameters_at(int(before)))


def test_a_record_that_stops_at_a_step_is_the_beginning_of_the_whole_one():
    first = plan(optimizer="adam")
    stages = (Stage(0, first), Stage(300, changed(first, learning_rate=0.001)))
    timeline = replace(Timeline.of(first, 1_000, 10), stages=stages)
    whole = record(timeline, shown_every=7)
    for until in (1, 300, 301, 1_000):
        part = record(timeline, None, 7, until)
        assert (part.last_step, part.diverged_at, part.stopped_at) == (until, None, None)
        np.testing.assert_array_equal(
            part.parameters_between(0, until), whole.parameters_between(0, until)
        )
        # What it has is not trained again.
        longer = record(timeline, part, 7)
        np.testing.assert_array_equal(longer.parameters, whole.parameters)
    for until in (0, 1_001):
        with pytest.raises(ValueError, match=r"until must be"):
            record(timeline, None, 7, until)


@pytest.mark.parametrize("at", [300, 307])
def test_what_is_kept_to_be_shown_is_not_trained_again(at, monkeypatch):
    first = plan(optimizer="adam")
    slower, wider = changed(first, learning_rate=0.001), plan(hidden=LAYERS[2])
    trunk = Timeline.of(first, 1_000, 10)
    timeline = replace(
        trunk, stages=(Stage(0, first), Stage(at, slower), Stage(611, wider, ((0, 1.0),)))
    )
    plain, kept = record(timeline), record(timeline, record(trunk, shown_every=7), 7)
    windows = [
        (run.first_step + 7 * skipped, run.last_step)
        for run in kept.runs
        for skipped in (0, 1, 45, 50)
    ]
    expected = [plain.run_at(first).parameters_every(7, first, last) for first, last in windows]
    np.testing.assert_array_equal(plain.recorded_steps, kept.recorded_steps)
    for one, other in zip(plain.segments, kept.segments, strict=True):
        np.testing.assert_array_equal(one.parameters, other.parameters)
    monkeypatch.setattr(Updates, "train", None)
    for (first, last), path in zip(windows, expected, strict=True):
        np.testing.assert_array_equal(kept.run_at(first).parameters_every(7, first, last), path)


@pytest.mark.parametrize("n_stages", [1, 30])
def test_the_largest_network_with_the_most_stages_is_a_small_record(n_stages):
    largest = plan(inputs=INPUTS[-1], hidden=((8, "tanh"),) * 6, optimizer="adam", batch_size=1)
    stages = tuple(
        Stage(100 * k, changed(largest, learning_rate=0.001 * (k + 1))) for k in range(n_stages)
    )
    history = record(Timeline(stages, 5_000))
    assert (len(history.segments), history.last_step) == (n_stages, 5_000)
    assert record_bytes(history) < 8e6


def test_stages_by_hand_and_beyond_the_end():
    chosen = plan()
    by_hand = ((0, 2.5), (4, -1.0))
    stages = (Stage(0, chosen, by_hand), Stage(7, chosen, ((1, 9.0),)), Stage(20, chosen, by_hand))
    history = record(Timeline(stages, 20))
    start = np.array(chosen.start)
    start[[0, 4]] = 2.5, -1.0
    np.testing.assert_array_equal(history.parameters_at(0), start)
    first, second = history.segments
    changed_there = first.parameters_at(7) != second.parameters_at(7)
    assert changed_there.tolist() == [k == 1 for k in range(chosen.n_parameters)]
    assert history.parameters_at(7)[1] == 9.0
    assert history.parameters_at(20)[0] != 2.5


@pytest.mark.parametrize("wrong", [None, plan(), "timeline"], ids=["none", "plan", "text"])
def test_only_a_timeline_is_recorded(wrong):
    with pytest.raises(TypeError, match="timeline must be a Timeline"):
        record(wrong)


@pytest.mark.parametrize("step", [-1, 11, 2.5, "3", None])
def test_a_step_that_is_not_there_is_refused(step):
    history = record(Timeline.of(plan(), 10))
    for ask in (history.parameters_at, history.plan_at, history.epoch_at, history.segment_at):
        with pytest.raises((TypeError, ValueError), match="step must be"):
            ask(step)


@pytest.mark.parametrize("name", ["optimiser adam", "dropout", "other layers", "by hand"])
def test_a_longer_run_goes_on_from_the_end_of_a_known_one(name, monkeypatch):
    timeline = replace(TIMELINES[name], steps=2900)
    known = record(replace(timeline, steps=1200))
    fresh, made = record(timeline), []
    train = Updates.train

    def counted(self, parameters, state, first, last, *others):
        made.append(last - first)
        return train(self, parameters, state, first, last, *others)

    monkeypatch.setattr(Updates, "train", counted)
    longer = record(timeline, known)
    assert sum(made) < 2900 - 1200 + 700
    assert len(longer.segments) == len(fresh.segments)
    for ours, theirs in zip(longer.segments, fresh.segments, strict=True):
        assert ours.recorded_steps.tolist() == theirs.recorded_steps.tolist()
        assert ours.parameters.tolist() == theirs.parameters.tolist()
        assert ours.optimizer_states.tolist() == theirs.optimizer_states.tolist()


def test_a_brief_record_is_the_record_and_a_long_training_is_refused():
    timeline = Timeline.of(plan(batch_size=2), 40)
    brief, whole = brief_record(timeline), record(timeline)
    assert brief.parameters_at(40).tolist() == whole.parameters_at(40).tolist()
    assert brief_record(replace(timeline)) is brief
    most = BRIEF // (2 * plan().n_parameters)
    with pytest.raises(ValueError, match="more than 10,000,000"):
        brief_record(replace(timeline, steps=most + 1))
