"""One row an update, in the tutorial's order: its figures, every step in between, and its end."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.nn.neuron import NeuralNetwork
from nnviz.nn.rng import tutorial_stream
from nnviz.nn.trace import trace_update
from nnviz.training import evaluation
from nnviz.training.record import record
from nnviz.training.segment import Updates
from nnviz.training.timeline import Stage, Timeline
from tests.runs import plan_of, run_of, with_rate

# Seed; start and end as (w1, w2, bias); first, last and lowest of the 100 cumulative errors.
GOLDEN = [
    (
        0,
        [1.764052345967664, 0.4001572083672233, 0.9787379841057392],
        [0.038721835417866654, 0.3940516574012937, -1.047616961708107],
        [3.91540221569696, 2.250071380272835, 1.8872448514961768],
    ),
    (
        1,
        [1.6243453636632417, -0.6117564136500754, -0.5281717522634557],
        [0.3284757954014424, 0.4872859458287276, -0.9331755877807694],
        [3.328290993939036, 2.167606201350765, 1.8881209512356198],
    ),
    (
        42,
        [0.4967141530112327, -0.13826430117118466, 0.6476885381006925],
        [0.1282886153411203, 0.4660309162638893, -0.947696525666605],
        [3.0675177766240234, 1.9038661901637803, 1.884571732907905],
    ),
]


@pytest.mark.parametrize(("seed", "begin", "end", "errors"), GOLDEN)
def test_the_tutorials_run(seed, begin, end, errors):
    run = run_of(seed=seed)
    np.testing.assert_allclose(run.parameters_at(0), begin, rtol=1e-9)
    np.testing.assert_allclose(run.parameters_at(10_000), end, rtol=1e-9)
    # The tutorial notes the error after the updates 1, 101, ..., 9901.
    noted = run.cumulative_errors_between(0, 9_901)[1::100]
    assert len(noted) == 100
    np.testing.assert_allclose([noted[0], noted[-1], noted.min()], errors, rtol=1e-9)


@pytest.mark.parametrize("features", [(), ("sin x1", "x1*x2")])
def test_the_same_as_the_tutorials_class(features):
    run = run_of(features=features, seed=3, steps=1_000, learning_rate=0.3)
    plan, stream = run.plan, tutorial_stream(3)
    neuron = NeuralNetwork(0.3, n_inputs=plan.sizes[0], rng=stream)
    errors = neuron.train(plan.train_inputs, plan.sample.y, 1_000)
    np.testing.assert_allclose(run.parameters[-1], [*neuron.weights, neuron.bias], rtol=1e-9)
    np.testing.assert_allclose(run.cumulative_errors_between(0, 901)[1::100], errors, rtol=1e-9)


def test_the_record_holds_what_it_says():
    run = run_of(steps=950, hidden=((3, "tanh"),))
    assert run.recorded_steps.tolist() == [*range(0, 901, 100), 950]
    assert (run.last_step, run.diverged_at) == (950, None)
    for parameters, errors, total, size, step in zip(
        run.parameters,
        run.row_errors,
        run.cumulative_errors,
        run.gradient_sizes,
        run.recorded_steps.tolist(),
        strict=True,
    ):
        network = run.network_at(step)
        np.testing.assert_array_equal(network.parameters(), parameters)
        expected = (network.predict(run.plan.train_inputs)[:, 0] - run.plan.sample.y) ** 2
        np.testing.assert_allclose(errors, expected, rtol=1e-12)
        assert total == pytest.approx(expected.sum(), rel=1e-12)
        assert size == evaluation.gradient_sizes(run.plan, parameters[None])[0]


def test_update_k_is_made_with_pick_k():
    run = run_of(steps=40, record_every=7, order="shuffled")
    rows = run.picks(10, 14)
    network = run.network_at(10)
    for row in rows:
        update = trace_update(network, run.plan.train_inputs[row], run.plan.sample.y[row])
        network = update.updated
    np.testing.assert_allclose(network.parameters(), run.parameters_at(14), rtol=1e-12)
    assert run.picks(5, 5).shape == (0,)


RUNS = {
    "neuron": run_of(steps=3_000, rate_changes=((1_234, 0.5),)),
    "feature": run_of(steps=1_000, record_every=300, features=("sin x1",)),
    "network": run_of(steps=700, hidden=((4, "tanh"), (3, "relu")), standardise=True),
}
WHOLE = {name: run.parameters_between(0, run.last_step) for name, run in RUNS.items()}


@given(st.sampled_from(sorted(RUNS)), st.integers(0, 3_000), st.integers(0, 3_000))
def test_a_window_is_bit_for_bit_what_the_run_had(name, first, last):
    run, whole = RUNS[name], WHOLE[name]
    first, last = sorted((first % (run.last_step + 1), last % (run.last_step + 1)))
    window = run.parameters_between(first, last)
    np.testing.assert_array_equal(window, whole[first : last + 1])
    np.testing.assert_array_equal(run.parameters_at(last), whole[last])
    errors = run.row_errors_between(first, last)
    np.testing.assert_array_equal(errors, evaluation.row_errors(run.plan, window))
    np.testing.assert_array_equal(run.cumulative_errors_between(first, last), errors.sum(axis=1))


@pytest.mark.parametrize("name", sorted(RUNS))
def test_what_is_recorded_is_what_is_replayed(name):
    run, whole = RUNS[name], WHOLE[name]
    np.testing.assert_array_equal(run.parameters, whole[run.recorded_steps])
    errors = run.row_errors_between(0, run.last_step)[run.recorded_steps]
    np.testing.assert_array_equal(errors, run.row_errors)
    again = record(run.timeline)
    np.testing.assert_array_equal(again.parameters, run.parameters)
    np.testing.assert_array_equal(again.gradient_sizes, run.gradient_sizes)


def test_a_long_record_is_thinned_and_stays_regular():
    run = run_of(steps=30_001, record_every=3)
    assert 500 <= len(run.recorded_steps) <= 1_001
    assert run.recorded_steps[-1] == 30_001
    stride = int(run.recorded_steps[1])
    assert stride in {3 * 2**k for k in range(10)}
    np.testing.assert_array_equal(run.recorded_steps[:-1], np.arange(0, 30_001, stride))
    np.testing.assert_array_equal(run.parameters[0], run.plan.start)
    plain = run_of(steps=30_001, record_every=15_000)
    np.testing.assert_array_equal(plain.parameters[-1], run.parameters[-1])


def test_a_million_updates_stay_small_and_every_one_opens():
    for choices in ({"record_every": 1}, {"hidden": ((8, "tanh"),)}, TWENTY):
        run = run_of(**{**choices, "steps": 1_000_000})
        (segment,) = run.segments
        assert len(run.recorded_steps) <= 1_001
        arrays = (segment.parameters, segment.updates.picked, run.parameters, run.row_errors)
        assert sum(array.nbytes for array in arrays) < 16_000_000
        assert run.last_step == run.recorded_steps[-1] == 1_000_000
        interval = len(run.recorded_steps) // 2
        first, last = run.recorded_steps[interval : interval + 2].tolist()
        window = run.parameters_between(first, last)
        np.testing.assert_array_equal(window[-1], run.parameters_at(last))
        assert np.isfinite(run.parameters_at(777_777)).all()


TWENTY = {"rows": 20 * ((1.0, 2.0),), "targets": 20 * (1,)}


def walk_by_hand(run, rate, most=10_000):
    """Find the first step that is not finite, one update and one check at a time."""
    plan, weights = run.plan, run.plan.start
    X, y = np.column_stack([plan.train_inputs, np.ones(plan.sample.n_rows)]), plan.sample.y
    rows = run_of(steps=most).picks(0, most)
    with np.errstate(all="ignore"):
        for step, row in enumerate(rows, 1):
            weights = weights - rate * 2 * (X[row] @ weights - y[row]) * X[row]
            if not np.isfinite(weights).all() or not np.isfinite(((X @ weights - y) ** 2).sum()):
                return step
    return None


@pytest.mark.parametrize("rate", [0.2, 3.0, 100.0])
@pytest.mark.parametrize("record_every", [1, 100])
def test_a_run_ends_where_it_leaves_float64(rate, record_every):
    run = run_of(output="linear", learning_rate=rate, record_every=record_every)
    assert run.diverged_at == walk_by_hand(run, rate)
    assert run.last_step == run.recorded_steps[-1] == run.diverged_at - 1
    assert np.isfinite(run.parameters).all()
    assert np.isfinite(run.cumulative_errors).all()
    with pytest.raises(ValueError, match=f"diverged at {run.diverged_at}"):
        run.parameters_between(0, run.diverged_at)


def test_a_hidden_layer_may_diverge_too():
    run = run_of(hidden=((8, "relu"),), output="linear", learning_rate=5.0)
    assert run.diverged_at == run.last_step + 1
    assert np.isfinite(run.parameters).all()
    # One update more, by the readable way: the parameters are finite still, the error is not.
    X, y = run.plan.train_inputs, run.plan.sample.y
    row = run_of(hidden=((8, "relu"),)).picks(run.last_step, run.last_step + 1)[0]
    after = trace_update(run.network_at(run.last_step), X[row], y[row], learning_rate=5.0).updated
    with np.errstate(over="ignore"):
        assert np.square(after.predict(X)[:, 0] - y).sum() == np.inf


@pytest.mark.parametrize("rate", [0.0, 1.0, 100.0])
def test_saturation_is_not_divergence(rate):
    run = run_of(learning_rate=rate, steps=2_000)
    assert run.diverged_at is None
    assert run.last_step == 2_000


@pytest.mark.parametrize("hidden", [(), ((3, "tanh"),)])
def test_a_changed_rate_leaves_the_past_alone(hidden):
    plain = run_of(hidden=hidden, steps=600)
    changed = run_of(hidden=hidden, steps=600, rate_changes=((250, 0.9), (400, 0.01)))
    before, after = plain.parameters_between(0, 600), changed.parameters_between(0, 600)
    np.testing.assert_array_equal(before[:251], after[:251])
    assert (before[251] != after[251]).any()
    for step, rate in ((249, 0.1), (250, 0.9), (399, 0.9), (400, 0.01)):
        assert changed.learning_rate_at(step) == rate
        row = changed.picks(step, step + 1)[0]
        update = trace_update(
            changed.network_at(step),
            changed.plan.train_inputs[row],
            changed.plan.sample.y[row],
            learning_rate=rate,
        )
        np.testing.assert_allclose(after[step + 1], update.updated.parameters(), rtol=1e-12)


def test_a_change_at_the_start_is_another_rate():
    from_start = run_of(steps=300, rate_changes=((0, 0.7),))
    other = run_of(steps=300, learning_rate=0.7)
    assert from_start.first_step == 0
    assert len(from_start.segments) == 1
    np.testing.assert_array_equal(from_start.parameters, other.parameters)


BRANCHES = [
    {},
    {"order": "shuffled"},
    {"order": "in turn", "learning_rate": 3.0},
    {"hidden": ((3, "tanh"),), "standardise": True},
]


@pytest.mark.parametrize("choices", BRANCHES, ids=repr)
@pytest.mark.parametrize("at", [0, 1, 250, 777])
def test_a_branch_that_sets_what_is_there_is_the_run(choices, at):
    plan = plan_of(**choices)
    trunk = record(Timeline.of(plan, 1_000, 100))
    by_hand = tuple(enumerate(trunk.parameters_at(at).tolist()))
    whole = record(Timeline((Stage(0, plan), Stage(at, plan, by_hand)), 1_000, 100))
    branch = whole.run_at(at)
    assert branch.recorded_steps[0] == at
    assert branch.recorded_steps[-1] == branch.last_step == 1_000
    np.testing.assert_array_equal(
        branch.parameters_between(at, 1_000), trunk.parameters_between(at, 1_000)
    )
    np.testing.assert_array_equal(branch.picks(at, 1_000), trunk.picks(at, 1_000))
    assert branch.starts_at_random == (at == 0)
    if at:
        with pytest.raises(ValueError, match=f"begins at step {at}, so it has no step {at - 1}"):
            branch.parameters_between(at - 1, at)


def test_a_branch_with_other_inputs_sees_the_rows_of_its_trunk():
    trunk, more = run_of(steps=500), {"steps": 500, "features": ("x1^2", "sin x1")}
    branch = run_of(**more, begin=(200, (0.1, 0.2, 0.0, 0.0, 0.3)))
    np.testing.assert_array_equal(branch.picks(200, 500), trunk.picks(200, 500))
    assert (run_of(**more).picks(0, 500) != trunk.picks(0, 500)).any()


@settings(max_examples=40, deadline=None)
@given(
    st.integers(1, 400),
    st.integers(1, 90),
    st.integers(1, 60),
    st.lists(st.integers(1, 399), max_size=3, unique=True),
    st.integers(0, 400),
)
def test_every_step_is_replayed_bit_for_bit(steps, every, stride, changes, first):
    rates = tuple((at, 0.01 * (i + 1)) for i, at in enumerate(sorted(changes)))
    run = run_of(steps=steps, record_every=every, rate_changes=rates, learning_rate=0.5)
    plain, first = run_of(steps=steps, record_every=1, learning_rate=0.5), min(first, steps)
    same = min([steps, *changes])
    whole = run.parameters_between(0, steps)
    np.testing.assert_array_equal(whole[: same + 1], plain.parameters[: same + 1])
    np.testing.assert_array_equal(run.parameters, whole[run.recorded_steps])
    np.testing.assert_array_equal(run.parameters_every(stride, first, steps), whole[first::stride])
    np.testing.assert_array_equal(run.parameters_at(first), whole[first])


OTHERS = {
    "the rate": with_rate(plan_of(), 0.7),
    "the order": plan_of(order="shuffled"),
    "the model": plan_of(hidden=((3, "tanh"),)),
    "everything before": with_rate(plan_of(), 0.2),
}


@pytest.mark.parametrize("what", OTHERS)
@pytest.mark.parametrize("at", [0, 1, 250, 300, 999])
def test_what_a_branch_has_in_common_with_its_trunk_is_not_trained_again(what, at, monkeypatch):
    stages = (Stage(0, plan_of()), Stage(250, with_rate(plan_of(), 0.3)))
    trunk = record(Timeline(stages, 1_000, 100))
    kept = [stage for stage in stages if stage.step <= at and what != "everything before"]
    timeline = Timeline((*(kept or [Stage(0, OTHERS[what])]), Stage(at, OTHERS[what])), 1_000, 100)
    anew = record(timeline)
    made = []
    train = Updates.train
    monkeypatch.setattr(
        Updates,
        "train",
        lambda self, parameters, state, first, last, *rest: (
            made.append((first, last)) or train(self, parameters, state, first, last, *rest)
        ),
    )
    branch = record(timeline, trunk)
    # What comes before it is replayed from the checkpoint before it, and no more.
    begin = 0 if what == "everything before" else at
    assert all(first >= begin or last - first < 100 for first, last in made if first < last)
    assert len(branch.segments) == len(anew.segments)
    for ours, theirs in zip(branch.segments, anew.segments, strict=True):
        for name in ("recorded_steps", "parameters", "optimizer_states"):
            np.testing.assert_array_equal(getattr(ours, name), getattr(theirs, name))
        assert (ours.first, ours.last, ours.goes_on) == (theirs.first, theirs.last, theirs.goes_on)


def test_a_branch_of_a_run_that_diverged_keeps_its_own_checkpoints():
    plan = plan_of(output="linear", learning_rate=3.0)
    trunk = record(Timeline.of(plan, 1_000, 3))
    timeline = Timeline((Stage(0, plan), Stage(20, with_rate(plan, 0.01))), 1_000, 3)
    anew, branch = record(timeline), record(timeline, trunk)
    assert trunk.last_step < 1_000 == branch.last_step
    np.testing.assert_array_equal(branch.recorded_steps, anew.recorded_steps)
    np.testing.assert_array_equal(branch.parameters, anew.parameters)


def test_windows_outside_a_run_are_refused():
    run = run_of(steps=100, begin=(30, (0.1, 0.2, 0.3)))
    for window, says in (
        ((29, 50), "begins at step 30, so it has no step 29"),
        ((50, 40), "must not come before the first, 40 before 50"),
        ((50, 101), "steps 30 to 100; not 101"),
    ):
        for read in (run.parameters_between, run.row_errors_between, run.picks):
            with pytest.raises(ValueError, match=says):
                read(*window)
    long = run_of(steps=1_000_000, hidden=((8, "tanh"),))
    with pytest.raises(ValueError, match="a window must have at most"):
        long.parameters_between(0, 1_000_000)
