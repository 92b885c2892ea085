"""Every update of a deeper network against PyTorch's own, with the same rows and the same units."""

import threading
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numba import types

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.architecture import Architecture
from nnviz.nn.optimizers import OPTIMIZERS, step_of
from nnviz.nn.rng import generator
from nnviz.training.evaluation import gradient
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.kernels import kernel, loops
from nnviz.training.kernels.choices import HARMLESS
from nnviz.training.kernels.kernel import Kernel, compiled
from nnviz.training.plan import Plan
from nnviz.training.row_order import batches
from tests.plan_oracle import TorchPlan, keep_of, rows_of, sample_of

UPDATES = 40
SMALL = ((3, "tanh"), (2, "sigmoid"))
CASES = {
    "squared error": (2, {"loss": "squared_error", "output": "linear"}),
    "squared error of sigmoid": (2, {"loss": "squared_error", "output": "sigmoid"}),
    "squared error of tanh": (2, {"loss": "squared_error", "output": "tanh"}),
    "squared error of a number": (0, {"loss": "squared_error", "output": "linear"}),
    "squared error of three outputs": (3, {"loss": "squared_error", "output": "sigmoid"}),
    "binary cross-entropy": (2, {"loss": "binary_cross_entropy", "output": "sigmoid"}),
    "cross-entropy of two": (2, {"loss": "cross_entropy", "output": "softmax"}),
    "cross-entropy of five": (5, {"loss": "cross_entropy", "output": "softmax"}),
}


def plan_of(n_rows=23, n_classes=2, seed=3, hidden=SMALL, architecture=None, **hyperparameters):
    return Plan(
        sample_of(n_rows, n_classes),
        Architecture(hidden=hidden, **(architecture or {})),
        Hyperparameters(**hyperparameters),
        test_fraction=0.0,
        seed=seed,
    )


def begin(plan):
    """Parameters with biases that are not 0, and an optimiser that remembers nothing."""
    rng = generator(plan.seed, "begin")
    parameters = plan.start + rng.normal(0.0, 0.2, plan.n_parameters)
    return parameters, np.zeros(
        (OPTIMIZERS[plan.hyperparameters.optimizer].n_states, len(parameters))
    )


def walked(plan, rates, *, first=0, parameters=None, memory=None, **notes):
    start, nothing = begin(plan)
    n_rows, last = len(plan.train_inputs), first + len(rates)
    return Kernel.of(plan).train(
        start if parameters is None else parameters,
        nothing if memory is None else memory,
        *batches(n_rows, plan.batch_size, plan.seed, first, last),
        rates,
        t=first + 1,
        first_mask=first,
        **notes,
    )


def falling_rates(plan, n=UPDATES):
    return plan.hyperparameters.learning_rate * 0.99 ** np.arange(n)


def assert_as_torch(torch, plan, n=UPDATES):
    rates = falling_rates(plan, n)
    path, *_, harmless = walked(plan, rates)
    oracle, expected = TorchPlan(torch, plan, begin(plan)[0]), []
    for update, rate in enumerate(rates):
        rows = rows_of(plan, update)
        keep = keep_of(plan, len(rows), update) if plan.hyperparameters.dropout else None
        oracle.update(rows, rate, keep)
        expected.append(oracle.flat())
    np.testing.assert_allclose(path, expected, rtol=1e-9, atol=1e-9)
    assert harmless
    # Something has been learned: standing still would be compared with standing still.
    assert np.abs(path[-1] - begin(plan)[0]).max() > 1e-3


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("case", CASES)
def test_updates_of_every_optimiser_and_loss_are_pytorchs(torch, case, optimizer):
    n_classes, architecture = CASES[case]
    plan = plan_of(
        n_classes=n_classes, architecture=architecture, optimizer=optimizer, learning_rate=0.05
    )
    assert_as_torch(torch, plan)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("case", ["binary cross-entropy", "cross-entropy of five"])
def test_penalties_and_dropout_are_pytorchs_too(torch, case, optimizer):
    n_classes, architecture = CASES[case]
    plan = plan_of(
        n_classes=n_classes,
        architecture=architecture,
        hidden=((5, "tanh"), (4, "softplus")),
        optimizer=optimizer,
        learning_rate=0.02,
        l1=0.01,
        l2=0.03,
        dropout=0.3,
    )
    assert_as_torch(torch, plan)


@pytest.mark.parametrize("choices", [{"l1": 0.1}, {"l2": 0.1}, {"dropout": 0.5}], ids=repr)
def test_each_of_them_alone(torch, choices):
    assert_as_torch(torch, plan_of(**choices))


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_activation_is_pytorchs(torch, activation):
    plan = plan_of(hidden=((4, activation), (3, activation)), learning_rate=0.2)
    assert_as_torch(torch, plan)


@pytest.mark.parametrize("hidden", [(), ((1, "tanh"),), ((8, "tanh"),) * 6], ids=len)
def test_every_depth_is_pytorchs(torch, hidden):
    assert_as_torch(torch, plan_of(hidden=hidden))


@pytest.mark.parametrize("n_rows", [2, 7, 8, 9, 16, 17, 23])
@pytest.mark.parametrize("batch_size", [1, 5, 8, 9, 10, 16, 23, 100])
def test_every_size_of_a_batch_is_pytorchs(torch, n_rows, batch_size):
    # A short last batch is a batch of its own: the mean is over its rows, and the next epoch
    # begins with a new order.
    plan = plan_of(n_rows=n_rows, batch_size=batch_size, optimizer="momentum", dropout=0.2)
    assert_as_torch(torch, plan, 30)


def test_a_short_last_batch_weighs_as_much_as_a_full_one():
    plan = plan_of(n_rows=11, batch_size=10)
    path, *_ = walked(plan, np.full(2, 0.1))
    (row,) = rows_of(plan, 1)
    alone = gradient(plan, path[0], plan.train_inputs[[row]], plan.train_targets[[row]])
    np.testing.assert_allclose(path[1], path[0] - 0.1 * alone, rtol=1e-12, atol=1e-15)


def test_every_epoch_uses_each_row_once_in_an_order_of_its_own():
    # One linear unit goes along (x1, x2, 1), by which the row of an update is known.
    number = CASES["squared error of a number"][1]
    plan = plan_of(n_rows=12, n_classes=0, hidden=(), batch_size=1, architecture=number)
    path, *_ = walked(plan, np.full(36, 0.01))
    change = np.diff(np.vstack([begin(plan)[0], path]), axis=0)
    inputs = change[:, :2] / change[:, 2:]
    rows = np.abs(inputs[:, np.newaxis] - plan.train_inputs).sum(axis=2).argmin(axis=1)
    np.testing.assert_allclose(inputs, plan.train_inputs[rows], rtol=1e-9)
    epochs = rows.reshape(3, 12)
    np.testing.assert_array_equal(np.sort(epochs), np.tile(np.arange(12), (3, 1)))
    assert len(set(map(tuple, epochs))) == 3
    other, *_ = walked(replace(plan, seed=4), np.full(36, 0.01), parameters=begin(plan)[0])
    assert not np.array_equal(other[-1], path[-1])


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_readable_optimisers_make_the_same_updates(optimizer):
    plan = plan_of(optimizer=optimizer, l1=0.01, l2=0.02, dropout=0.2)
    parameters, memory = begin(plan)
    rates = falling_rates(plan)
    path, memories, last, end, _ = walked(plan, rates)
    for update, rate in enumerate(rates):
        rows = rows_of(plan, update)
        keep = keep_of(plan, len(rows), update)
        slope = gradient(plan, parameters, plan.train_inputs[rows], plan.train_targets[rows], keep)
        step, memory = step_of(optimizer, slope, memory, rate, update + 1)
        np.testing.assert_allclose(path[update], parameters - step, rtol=1e-10, atol=1e-12)
        np.testing.assert_allclose(memories[update], memory, rtol=1e-10, atol=1e-15)
        parameters, memory = path[update], memories[update]
    np.testing.assert_array_equal(last, path[-1])
    np.testing.assert_array_equal(end, memories[-1])


@st.composite
def plans(draw, *, most_layers=4, most_units=8, most_rows=30):
    """Any plan that is allowed, on few rows."""
    n_classes, architecture = CASES[draw(st.sampled_from(sorted(CASES)))]
    layer = st.tuples(st.integers(1, most_units), st.sampled_from(sorted(ACTIVATIONS)))
    return plan_of(
        n_rows=draw(st.integers(6, most_rows)),
        n_classes=n_classes,
        seed=draw(st.integers(0, 2**32 - 1)),
        hidden=tuple(draw(st.lists(layer, max_size=most_layers))),
        architecture=architecture,
        optimizer=draw(st.sampled_from(sorted(OPTIMIZERS))),
        learning_rate=draw(st.sampled_from([0.001, 0.1, 3.0])),
        batch_size=draw(st.integers(1, most_rows + 10)),
        l1=draw(st.sampled_from([0.0, 0.1])),
        l2=draw(st.sampled_from([0.0, 0.1])),
        dropout=draw(st.sampled_from([0.0, 0.4])),
    )


@settings(max_examples=80, deadline=None)
@given(plans(), st.integers(0, 39))
def test_whoever_goes_on_from_a_noted_moment_makes_the_same_run(plan, moment):
    rates = falling_rates(plan, 40)
    path, memories, *_ = walked(plan, rates)
    rest = walked(
        plan,
        rates[moment + 1 :],
        first=moment + 1,
        parameters=path[moment],
        memory=memories[moment],
    )
    np.testing.assert_array_equal(rest[0], path[moment + 1 :])
    np.testing.assert_array_equal(rest[1], memories[moment + 1 :])


@settings(max_examples=60, deadline=None)
@given(plans())
def test_every_update_goes_down_the_readable_gradient(plan):
    parameters, memory = begin(plan)
    path, *_ = walked(plan, np.full(1, plan.hyperparameters.learning_rate))
    rows = rows_of(plan, 0)
    keep = keep_of(plan, len(rows), 0) if plan.hyperparameters.dropout else None
    slope = gradient(plan, parameters, plan.train_inputs[rows], plan.train_targets[rows], keep)
    step, _ = step_of(
        plan.hyperparameters.optimizer, slope, memory, plan.hyperparameters.learning_rate, 1
    )
    # AdaGrad, RMSProp and Adam divide by the size of the gradient: where it is next to nothing,
    # the rounding of it becomes a step.
    clear = (np.abs(slope) > 1e-6) | (
        plan.hyperparameters.optimizer in ("sgd", "momentum", "nesterov")
    )
    expected = (parameters - step)[clear]
    np.testing.assert_allclose(path[0][clear], expected, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize(("every", "first_note"), [(1, 1), (7, 7), (7, 3), (100, 1), (1, 99)])
def test_notes_are_taken_where_they_are_asked_for(every, first_note):
    plan = plan_of(optimizer="adam")
    rates = falling_rates(plan, 100)
    path, memories, last, end, _ = walked(plan, rates)
    noted = walked(plan, rates, every=every, first_note=first_note)
    np.testing.assert_array_equal(noted[0], path[first_note - 1 :: every])
    np.testing.assert_array_equal(noted[1], memories[first_note - 1 :: every])
    np.testing.assert_array_equal(noted[2], last)
    np.testing.assert_array_equal(noted[3], end)


def test_no_rates_are_no_updates():
    plan = plan_of(optimizer="adam")
    parameters, memory = begin(plan)
    path, memories, last, end, harmless = walked(plan, np.empty(0))
    assert (path.shape, memories.shape) == ((0, plan.n_parameters), (0, 2, plan.n_parameters))
    np.testing.assert_array_equal(last, parameters)
    np.testing.assert_array_equal(end, memory)
    assert harmless


def test_what_is_given_is_left_as_it_is():
    plan = plan_of(optimizer="momentum")
    parameters, memory = begin(plan)
    parameters.flags.writeable = memory.flags.writeable = False
    walked(plan, np.full(5, 0.1), parameters=parameters, memory=memory)
    np.testing.assert_array_equal(parameters, begin(plan)[0])
    assert not memory.any()


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("case", CASES)
def test_diverging_is_noticed(case, activation):
    n_classes, architecture = CASES[case]
    plan = plan_of(n_classes=n_classes, architecture=architecture, hidden=((3, activation),))
    for value in (1e5, 1e6 + 1.0, 1e300, np.inf, np.nan):
        for index in (0, plan.n_parameters - 1):
            parameters = begin(plan)[0]
            parameters[index] = value
            path, *_, harmless = walked(plan, np.full(8, 1e-3), parameters=parameters)
            assert harmless == bool((np.abs(path) <= HARMLESS).all())
            if not np.isfinite(value):
                assert not harmless
            if np.isnan(value):
                assert not np.isfinite(path[-1]).all()


def twice(x):
    return 2.0 * x


def test_what_is_damaged_on_the_disk_is_thrown_away_and_compiled_anew(monkeypatch, tmp_path):
    monkeypatch.setattr("numba.config.CACHE_DIR", str(tmp_path))
    signature = types.float64(types.float64)
    assert kernel.machine_code(twice, signature)(3.0) == 6.0
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} == {".nbi", ".nbc"}
    for file in files:
        whole = file.read_bytes()
        for damaged in (b"", whole[: len(whole) // 2], b"junk" * 99):
            file.write_bytes(damaged)
            assert kernel.machine_code(twice, signature)(3.0) == 6.0
            again = kernel.machine_code(twice, signature)
            assert sum(again.stats.cache_hits.values()) == 1


def test_where_nothing_can_be_kept_it_is_compiled_with_every_start(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("where a folder would be needed")
    monkeypatch.setattr("numba.config.CACHE_DIR", str(tmp_path / "file"))
    assert kernel.machine_code(twice, types.float64(types.float64))(3.0) == 6.0


def test_code_that_was_kept_is_found_by_every_file_it_is_made_of(monkeypatch, tmp_path):
    name = kernel.named_by_its_source(loops.train).__qualname__
    assert name == kernel.named_by_its_source(loops.train).__qualname__
    for module in kernel.MADE_OF:
        changed = tmp_path / "changed.py"
        with open(module.__file__, "rb") as file:
            changed.write_bytes(file.read() + b"#")
        with monkeypatch.context() as patch:
            patch.setattr(module, "__file__", str(changed))
            assert kernel.named_by_its_source(loops.train).__qualname__ != name


def test_many_can_train_at_once():
    # Without the lock of the interpreter held, a walk leaves it to others.
    plan = plan_of(hidden=((8, "tanh"),) * 4)
    seen, done = 0, threading.Event()
    compiled()

    def train():
        walked(plan, np.full(100_000, 0.01), every=100_000)
        done.set()

    thread = threading.Thread(target=train)
    thread.start()
    while not done.is_set():
        seen += 1
    thread.join()
    # A held lock is handed over every 5 ms at the most, and then not before the walk has ended.
    assert seen > 100
