"""A recorded run: the tutorial's figures, every step in between, its bounds and its end."""

import pickle
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.data.tutorial import eight_rows
from nnviz.nn.neuron import NeuralNetwork
from nnviz.nn.rng import tutorial_stream
from nnviz.nn.trace import trace_update
from nnviz.training import evaluation
from nnviz.training import run as training
from nnviz.training.initial_state import picks, start
from nnviz.training.kernels.choices import HARMLESS
from nnviz.training.replay import train_rows
from nnviz.training.run import Begin, RunConfig, record


def config(**choices):
    return RunConfig.from_dataset(eight_rows(), **choices)


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
    run = record(config(seed=seed))
    np.testing.assert_allclose(run.parameters_at(0), begin, rtol=1e-9)
    np.testing.assert_allclose(run.parameters_at(10_000), end, rtol=1e-9)
    # The tutorial notes the error after the updates 1, 101, ..., 9901.
    noted = run.cumulative_errors_between(0, 9_901)[1::100]
    assert len(noted) == 100
    np.testing.assert_allclose([noted[0], noted[-1], noted.min()], errors, rtol=1e-9)


@pytest.mark.parametrize("features", [(), ("sin x1", "x1*x2")])
def test_the_same_as_the_tutorials_class(features):
    chosen = config(features=features, seed=3, steps=1_000, learning_rate=0.3)
    stream = tutorial_stream(3)
    neuron = NeuralNetwork(0.3, n_inputs=chosen.sizes[0], rng=stream)
    errors = neuron.train(chosen.inputs(), chosen.y, 1_000)
    run = record(chosen)
    np.testing.assert_allclose(run.parameters[-1], [*neuron.weights, neuron.bias], rtol=1e-9)
    np.testing.assert_allclose(run.cumulative_errors_between(0, 901)[1::100], errors, rtol=1e-9)


def test_the_record_holds_what_it_says():
    run = record(config(steps=950, hidden=((3, "tanh"),)))
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
        expected = (network.predict(run.config.inputs())[:, 0] - run.config.y) ** 2
        np.testing.assert_allclose(errors, expected, rtol=1e-12)
        assert total == pytest.approx(expected.sum(), rel=1e-12)
        assert size == evaluation.gradient_sizes(run.config, parameters[None])[0]


def test_update_k_is_made_with_pick_k():
    run = record(config(steps=40, record_every=7, order="shuffled"))
    rows = run.picks(10, 14)
    network = run.network_at(10)
    for row in rows:
        update = trace_update(network, run.config.inputs()[row], run.config.y[row])
        network = update.updated
    np.testing.assert_allclose(network.parameters(), run.parameters_at(14), rtol=1e-12)
    np.testing.assert_array_equal(run.picks(0, 40), picks(run.config))
    assert run.picks(5, 5).shape == (0,)


RUNS = {
    "neuron": record(config(steps=3_000, rate_changes=((1_234, 0.5),))),
    "feature": record(config(steps=1_000, record_every=300, features=("sin x1",))),
    "network": record(config(steps=700, hidden=((4, "tanh"), (3, "relu")), standardise=True)),
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
    np.testing.assert_array_equal(errors, evaluation.row_errors(run.config, window))
    np.testing.assert_array_equal(run.cumulative_errors_between(first, last), errors.sum(axis=1))


@pytest.mark.parametrize("name", sorted(RUNS))
def test_what_is_recorded_is_what_is_replayed(name):
    run, whole = RUNS[name], WHOLE[name]
    np.testing.assert_array_equal(run.parameters, whole[run.recorded_steps])
    errors = run.row_errors_between(0, run.last_step)[run.recorded_steps]
    np.testing.assert_array_equal(errors, run.row_errors)
    again = record(run.config)
    np.testing.assert_array_equal(again.parameters, run.parameters)
    np.testing.assert_array_equal(again.gradient_sizes, run.gradient_sizes)


def test_a_long_record_is_thinned_and_stays_regular():
    run = record(config(steps=30_001, record_every=3))
    assert 500 <= len(run.recorded_steps) <= 1_001
    assert run.recorded_steps[-1] == 30_001
    stride = int(run.recorded_steps[1])
    assert stride in {3 * 2**k for k in range(10)}
    np.testing.assert_array_equal(run.recorded_steps[:-1], np.arange(0, 30_001, stride))
    np.testing.assert_array_equal(run.parameters[0], start(run.config).parameters())
    plain = record(config(steps=30_001, record_every=15_000))
    np.testing.assert_array_equal(plain.parameters[-1], run.parameters[-1])


def test_a_million_updates_stay_small_and_every_one_opens():
    run = record(config(steps=1_000_000, record_every=1))
    assert len(run.recorded_steps) <= 1_001
    assert len(pickle.dumps(run)) < 8_000_000
    assert run.last_step == run.recorded_steps[-1] == 1_000_000
    interval = len(run.recorded_steps) // 2
    first, last = run.recorded_steps[interval : interval + 2].tolist()
    np.testing.assert_array_equal(run.parameters_between(first, last)[-1], run.parameters_at(last))
    assert np.isfinite(run.parameters_at(777_777)).all()


def test_many_rows_and_units_stay_small_too():
    rows = np.random.default_rng(0).normal(size=(5_000, 2))
    targets = rows[:, 0] > 0
    many = record(RunConfig(rows, targets, hidden=((64, "tanh"),), steps=300, record_every=1))
    assert many.row_errors.nbytes + many.parameters.nbytes < 4_000_000
    assert many.last_step == many.recorded_steps[-1] == 300


def walk_by_hand(chosen, most):
    """Find the first step that is not finite, one update and one check at a time."""
    weights = start(chosen).parameters()
    X, y = np.column_stack([chosen.inputs(), np.ones(len(chosen.rows))]), chosen.y
    with np.errstate(all="ignore"):
        for step, row in enumerate(picks(chosen)[:most], 1):
            weights = weights - chosen.learning_rate * 2 * (X[row] @ weights - y[row]) * X[row]
            if not np.isfinite(weights).all() or not np.isfinite(((X @ weights - y) ** 2).sum()):
                return step
    return None


@pytest.mark.parametrize("rate", [0.2, 3.0, 1e10, 1e160, 1e300, 1.7e308])
@pytest.mark.parametrize("record_every", [1, 100])
def test_a_run_ends_where_it_leaves_float64(rate, record_every):
    chosen = config(output_activation="linear", learning_rate=rate, record_every=record_every)
    run = record(chosen)
    assert run.diverged_at == walk_by_hand(chosen, 10_000)
    assert run.last_step == run.recorded_steps[-1] == run.diverged_at - 1
    assert np.isfinite(run.parameters).all()
    assert np.isfinite(run.cumulative_errors).all()
    with pytest.raises(ValueError, match=f"diverged at {run.diverged_at}"):
        run.parameters_at(run.diverged_at)


def test_a_neuron_and_a_hidden_layer_may_diverge_too():
    rows = ((6.0, 6.0), (6.0, -6.0))
    # The first leaves at once; the second's weights are finite, but cancel as infinities.
    first, second = (
        RunConfig(rows=rows, targets=(1, 0), learning_rate=1.7e308, seed=seed) for seed in (9, 10)
    )
    assert record(first).diverged_at == 1
    assert record(second).diverged_at == 2
    run = record(config(hidden=((8, "relu"),), output_activation="linear", learning_rate=5.0))
    assert run.diverged_at == run.last_step + 1
    assert np.isfinite(run.parameters).all()
    # One update more, by the readable way: the parameters are finite still, the error is not.
    X, y, row = run.config.inputs(), run.config.y, run.picked_rows[run.last_step]
    last = run.network_at(run.last_step)
    after = trace_update(last, X[row], y[row], learning_rate=5.0).updated
    with np.errstate(over="ignore"):
        assert np.square(after.predict(X)[:, 0] - y).sum() == np.inf


@pytest.mark.parametrize("rate", [0.0, 1.0, 1e10, 1e300])
def test_saturation_is_not_divergence(rate):
    run = record(config(learning_rate=rate, steps=2_000))
    assert run.diverged_at is None
    assert run.last_step == 2_000


def test_harmless_parameters_are():
    chosen = RunConfig(
        rows=((1e6, -1e6),),
        targets=(1,),
        features=("x1^2",),
        hidden=((64, "linear"),) * 8,
        output_activation="linear",
    )
    worst = np.full((1, chosen.n_parameters), HARMLESS)
    assert np.isfinite(evaluation.row_errors(chosen, worst)).all()


@pytest.mark.parametrize("hidden", [(), ((3, "tanh"),)])
def test_a_changed_rate_leaves_the_past_alone(hidden):
    plain = record(config(hidden=hidden, steps=600))
    changed = record(config(hidden=hidden, steps=600, rate_changes=((250, 0.9), (400, 0.01))))
    before, after = plain.parameters_between(0, 600), changed.parameters_between(0, 600)
    np.testing.assert_array_equal(before[:251], after[:251])
    assert (before[251] != after[251]).any()
    for step, rate in ((249, 0.1), (250, 0.9), (399, 0.9), (400, 0.01)):
        assert changed.learning_rate_at(step) == rate
        row = changed.picks(step, step + 1)[0]
        update = trace_update(
            changed.network_at(step),
            changed.config.inputs()[row],
            changed.config.y[row],
            learning_rate=rate,
        )
        np.testing.assert_allclose(after[step + 1], update.updated.parameters(), rtol=1e-12)


BRANCHES = [
    {},
    {"order": "shuffled"},
    {"order": "in turn", "learning_rate": 3.0},
    {"hidden": ((3, "tanh"),), "standardise": True},
    {"features": ("sin x1",), "rate_changes": ((100, 0.5), (400, 0.05))},
]


@pytest.mark.parametrize("choices", BRANCHES, ids=repr)
@pytest.mark.parametrize("at", [0, 1, 250, 777, 1_000])
def test_a_branch_with_nothing_changed_is_the_run(choices, at):
    trunk = record(config(steps=1_000, **choices))
    begin = Begin(at, tuple(trunk.parameters_at(at)), trunk.config.sizes[0])
    branch = record(replace(trunk.config, begin=begin))
    assert branch.recorded_steps[0] == at
    assert branch.recorded_steps[-1] == branch.last_step == 1_000
    np.testing.assert_array_equal(
        branch.parameters_between(at, 1_000), trunk.parameters_between(at, 1_000)
    )
    np.testing.assert_array_equal(branch.picks(at, 1_000), trunk.picks(at, 1_000))
    if at:
        with pytest.raises(ValueError, match=f"begins at step {at}, so it has no step {at - 1}"):
            branch.parameters_at(at - 1)


def test_a_branch_with_other_inputs_sees_the_rows_of_its_trunk():
    trunk = record(config(steps=500))
    w1, w2, bias = trunk.parameters_at(200)
    more = {"steps": 500, "features": ("x1^2", "sin x1")}
    branch = record(config(**more, begin=Begin(200, (w1, w2, 0.0, 0.0, bias), 2)))
    np.testing.assert_array_equal(branch.picks(200, 500), trunk.picks(200, 500))
    assert (record(config(**more)).picks(0, 500) != trunk.picks(0, 500)).any()


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
    chosen = config(steps=steps, record_every=every, rate_changes=rates, learning_rate=0.5)
    run, first = record(chosen), min(first, steps)
    plain = train_rows(
        chosen, start(chosen).parameters(), picks(chosen)[: min([steps, *changes])], 0.5
    ).path
    whole = run.parameters_between(0, steps)
    np.testing.assert_array_equal(whole[1 : len(plain) + 1], plain)
    np.testing.assert_array_equal(run.parameters, whole[run.recorded_steps])
    np.testing.assert_array_equal(run.parameters_every(stride, first, steps), whole[first::stride])
    np.testing.assert_array_equal(run.parameters_at(first), whole[first])


@pytest.mark.parametrize(
    "choices", [{}, {"hidden": ((8, "tanh"),)}, {"rows": 20 * ((1.0, 2.0),), "targets": 20 * (1,)}]
)
def test_a_run_of_a_million_updates_is_small_and_open_at_every_step(choices):
    whole = RunConfig(**{"rows": eight_rows().X, "targets": eight_rows().y, **choices}, steps=10**6)
    run = record(whole)
    arrays = [value for value in vars(run).values() if isinstance(value, np.ndarray)]
    assert sum(array.nbytes for array in arrays) < 8_000_000
    at = 765_432
    before = int(run.recorded_steps[run.recorded_steps <= at][-1])
    begin = Begin(before, tuple(run.parameters_at(before)), 2)
    branch = record(replace(whole, steps=at, begin=begin))
    np.testing.assert_array_equal(run.parameters_at(at), branch.parameters[-1])


@pytest.mark.parametrize(
    ("begin", "error", "says"),
    [
        (Begin(5, (1.0, 2.0)), ValueError, "must hold the 3 parameters of this network, not 2"),
        (
            Begin(101, (1.0, 2.0, 3.0)),
            ValueError,
            "within the 100 steps of the run, not at step 101",
        ),
        ((5, (1.0, 2.0, 3.0)), TypeError, "begin must be a Begin"),
    ],
)
def test_a_begin_that_does_not_fit_is_refused(begin, error, says):
    with pytest.raises(error, match=says):
        config(steps=100, begin=begin)


def test_a_change_at_the_start_is_another_rate():
    from_start = record(config(steps=300, rate_changes=((0, 0.7),)))
    other = record(config(steps=300, learning_rate=0.7))
    np.testing.assert_array_equal(from_start.parameters, other.parameters)


def test_a_record_travels_and_is_read_only():
    run = record(config(steps=200))
    again = pickle.loads(pickle.dumps(run))
    np.testing.assert_array_equal(again.parameters_at(123), run.parameters_at(123))
    with pytest.raises(ValueError, match="read-only"):
        run.parameters[0, 0] = 1.0


@pytest.mark.parametrize(
    ("window", "error", "says"),
    [
        ((-1, 5), ValueError, "first step must be at least 0"),
        ((5, 4), ValueError, "must not come before"),
        ((0, 201), ValueError, "steps 0 to 200; not 201"),
        ((0, 10**30), ValueError, "steps 0 to 200"),
        ((0.5, 4), TypeError, "whole number"),
        ((0, None), TypeError, "whole number"),
    ],
)
def test_windows_outside_the_run_are_refused(window, error, says):
    run = record(config(steps=200))
    for read in (
        run.parameters_between,
        run.picks,
        run.row_errors_between,
        run.cumulative_errors_between,
    ):
        with pytest.raises(error, match=says):
            read(*window)


def test_a_window_too_large_for_memory_is_refused(monkeypatch):
    run = record(config(steps=200))
    monkeypatch.setattr(training, "_ANSWER_VALUES", 300)
    assert run.parameters_between(0, 99).shape == (100, 3)
    with pytest.raises(ValueError, match="at most 100 steps here, not 101"):
        run.parameters_between(0, 100)


def test_only_a_config_can_be_recorded():
    with pytest.raises(TypeError, match="config must be a RunConfig"):
        record({"seed": 0})
