"""A walk through updates: back is exact, going on never changes the past, stopping is told."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz import NeuralNetwork
from nnviz.data.tutorial import eight_rows
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.losses import ELEMENTWISE
from nnviz.nn.rng import generator
from nnviz.nn.trace import trace_update
from nnviz.walkthrough.steps import update_steps
from nnviz.walkthrough.values import step_values
from nnviz.walkthrough.walk import RowUpdate, WalkStart, next_trace, walk_updates
from nnviz.walkthrough.words.workings import working
from tests.random_networks import random_network

ROWS = tuple(map(tuple, eight_rows().X.tolist()))
TARGETS = tuple(eight_rows().y.tolist())
NEURON = WalkStart(ROWS, TARGETS, (2, 1), ("sigmoid",), (1.45, -0.66, 0.0))
HIDDEN = ((), (3,), (2, 2), (1, 3, 2))


def start_of(hidden, activation, loss="squared_error", seed=0):
    sizes, activations = (2, *hidden, 1), (*[activation] * len(hidden), "sigmoid")
    parameters = random_network(sizes, activations, seed).parameters()
    return WalkStart(ROWS, TARGETS, sizes, activations, tuple(parameters.tolist()), loss)


def taken(*rows, rate=0.1):
    return [RowUpdate(row, rate) for row in rows]


def seen(walk, position):
    """Return all that a person sees at a position, to the last bit."""
    place = walk.place(position)
    trace = walk.traces[place.update]
    return (
        place,
        np.array(step_values(trace, place.step)).tobytes(),
        working(trace, place.step),
        trace.network.parameters().tobytes(),
        trace.updated.parameters().tobytes(),
    )


starts = st.builds(
    start_of,
    st.sampled_from(HIDDEN),
    st.sampled_from(sorted(ACTIVATIONS)),
    st.sampled_from(sorted(ELEMENTWISE)),
    st.integers(0, 3),
)
takings = st.lists(
    st.builds(RowUpdate, st.integers(0, len(ROWS) - 1), st.sampled_from([0.0, 0.01, 0.1, 1.0])),
    min_size=1,
    max_size=4,
)
moves = st.lists(
    st.sampled_from(["on", "on", "back", "home", "end"]) | st.floats(0, 1), min_size=2, max_size=40
)


def moved(walk, position, move):
    if isinstance(move, float):
        return round(move * walk.last)
    target = {"on": position + 1, "back": position - 1, "home": 0, "end": walk.last}[move]
    return min(max(target, 0), walk.last)


@settings(max_examples=40)
@given(starts, takings, moves, st.booleans())
def test_a_position_looks_the_same_whenever_and_however_one_comes_there(
    start, items, route, every_term
):
    walk = walk_updates(start, items, every_term=every_term)
    position, remembered = 0, {}
    for move in route:
        position = moved(walk, position, move)
        now = seen(walk, position)
        assert remembered.setdefault(position, now) == now
    fresh = walk_updates(start, items, every_term=every_term)
    assert {position: seen(fresh, position) for position in remembered} == remembered


@settings(max_examples=40)
@given(starts, takings, takings, st.booleans())
def test_going_on_never_changes_what_was(start, items, further, every_term):
    short = walk_updates(start, items, every_term=every_term)
    long = walk_updates(start, [*items, *further], every_term=every_term)
    assert short.steps == long.steps
    assert long.taken[: len(items)] == short.taken == tuple(items)
    for position in range(short.last + 1):
        assert seen(short, position) == seen(long, position)


@settings(max_examples=40)
@given(starts, takings)
def test_it_is_a_chain_of_updates(start, items):
    walk = walk_updates(start, iter(items), every_term=False)
    network = start.network()
    for item, trace in zip(items, walk.traces, strict=True):
        by_hand = trace_update(
            network,
            ROWS[item.row],
            TARGETS[item.row],
            loss=start.loss,
            learning_rate=item.learning_rate,
        )
        for name in ("input_vector", "target", "prediction", "derror_dprediction"):
            assert getattr(trace, name).tobytes() == getattr(by_hand, name).tobytes()
        assert (trace.error, trace.error_after) == (by_hand.error, by_hand.error_after)
        network = by_hand.updated
        assert trace.updated.parameters().tobytes() == network.parameters().tobytes()
    assert walk.taken == tuple(items)
    assert walk.stopped is None


@settings(max_examples=40)
@given(takings, st.integers(0, 5))
def test_it_goes_where_the_tutorials_class_goes(items, seed):
    neuron = NeuralNetwork(0.1, rng=generator(seed))
    parameters = (*neuron.weights.tolist(), float(neuron.bias))
    start = WalkStart(ROWS, TARGETS, (2, 1), ("sigmoid",), parameters)
    for item, trace in zip(items, walk_updates(start, items, every_term=True).traces, strict=True):
        neuron.learning_rate = item.learning_rate
        gradients = neuron._compute_gradients(np.array(ROWS[item.row]), TARGETS[item.row])
        neuron._update_parameters(*gradients)
        np.testing.assert_allclose(
            trace.updated.parameters(), [*neuron.weights, neuron.bias], rtol=1e-13, atol=1e-14
        )


def test_the_tutorials_neuron_fixes_one_row():
    start = WalkStart(
        ((1.66, 1.56), (2.0, 1.5)), (1.0, 0.0), (2, 1), ("sigmoid",), (1.45, -0.66, 0)
    )
    walk = walk_updates(start, taken(1, rate=1.0), every_term=True)
    assert step_values(walk.traces[0], walk.place(walk.last).step)[1] == pytest.approx(
        0.3848563884, rel=1e-9
    )


@given(st.sampled_from(HIDDEN), st.integers(1, 4), st.booleans())
def test_the_positions_are_the_steps_of_one_update_after_the_other(hidden, n, every_term):
    start = start_of(hidden, "tanh")
    walk = walk_updates(start, taken(*range(n)), every_term=every_term)
    steps = update_steps(start.network(), every_term=every_term)
    places = [walk.place(position) for position in range(walk.last + 1)]
    assert [(place.update, place.index, place.step) for place in places] == [
        (update, index, step) for update in range(n) for index, step in enumerate(steps)
    ]
    for update in range(n):
        for kind in {step.kind for step in steps}:
            place = walk.place(walk.position(update, kind))
            assert (place.update, place.step.kind) == (update, kind)
            assert kind not in {step.kind for step in steps[: place.index]}


def test_each_update_has_its_own_rate():
    walk = walk_updates(NEURON, [RowUpdate(0, 0.0), RowUpdate(1, 0.5)], every_term=True)
    assert [trace.learning_rate for trace in walk.traces] == [0.0, 0.5]
    np.testing.assert_array_equal(walk.traces[1].network.parameters(), NEURON.parameters)
    assert (walk.traces[1].updated.parameters() != NEURON.parameters).all()


def test_the_start_is_a_value_with_the_rows_as_arrays():
    assert WalkStart(ROWS, TARGETS, (2, 1), ("sigmoid",), (1.45, -0.66, 0.0)) == NEURON
    assert len({NEURON, WalkStart(ROWS, TARGETS, (2, 1), ("sigmoid",), (1.45, -0.66, 0.0))}) == 1
    np.testing.assert_array_equal(NEURON.X, eight_rows().X)
    np.testing.assert_array_equal(NEURON.y, eight_rows().y)
    assert NEURON.network().sizes == (2, 1)
    deep = start_of((1, 3, 2), "relu", seed=2)
    assert deep.network().parameters().tolist() == list(deep.parameters)
    assert [layer.activation for layer in deep.network().layers] == list(deep.activations)


LINEAR = WalkStart(((1e3,), (2e3,)), (1.0, 2.0), (1, 1, 1), ("linear",) * 2, (0.5, 0.1, 0.2, 0.3))


def test_a_walk_that_leaves_float64_stops_with_a_sentence_and_keeps_what_was_made():
    rows = taken(*[0, 1] * 20, rate=10.0)
    walk = walk_updates(LINEAR, rows, every_term=True)
    assert walk.stopped.startswith("the update with learning_rate 10 makes parameters too large")
    assert walk.stopped.endswith(".")
    n = len(walk.traces)
    assert 1 < n < len(rows)
    assert walk.taken == tuple(rows[:n])
    assert walk.last == n * len(walk.steps) - 1
    # The same as a walk that was never asked for more, and each of its steps can be shown.
    enough = walk_updates(LINEAR, rows[:n], every_term=True)
    assert enough.stopped is None
    for position in range(walk.last + 1):
        assert seen(walk, position) == seen(enough, position)
    with pytest.raises(ValueError, match="makes parameters too large"):
        next_trace(LINEAR, walk.traces[-1].updated, rows[n])


def test_a_first_update_that_leaves_float64_is_refused():
    large = WalkStart(((1e80,),), (0.0,), (1, 1, 1), ("linear",) * 2, (1e80, 0.0, 1.0, 0.0))
    with pytest.raises(ValueError, match="makes parameters too large"):
        walk_updates(large, taken(0), every_term=True)


@pytest.mark.parametrize("before", [[], taken(0, 1)])
@pytest.mark.parametrize(
    ("item", "error", "sentence"),
    [
        (RowUpdate(8, 0.1), ValueError, "row must be between 0 and 7, not 8"),
        (RowUpdate(-1, 0.1), ValueError, "row must be between 0 and 7, not −1"),
        (RowUpdate(0.5, 0.1), TypeError, "row must be a whole number, not 0.5"),
        (RowUpdate(0, -0.1), ValueError, "learning_rate must be at least 0"),
        (RowUpdate(0, np.nan), ValueError, "learning_rate must be a finite number"),
        (RowUpdate(0, "fast"), TypeError, "learning_rate must be a number"),
    ],
)
def test_what_cannot_be_taken_is_refused_wherever_it_stands(before, item, error, sentence):
    # It is a mistake of the caller, and not a walk that has diverged.
    with pytest.raises(error, match=sentence):
        walk_updates(NEURON, [*before, item], every_term=True)


def test_an_empty_walk_is_refused():
    with pytest.raises(ValueError, match=r"a walk must take at least one row\."):
        walk_updates(NEURON, [], every_term=True)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"parameters": (1.0, 2.0)}, "parameters must hold 3 numbers, but holds 2"),
        ({"parameters": (1.0, 2.0, np.nan)}, "parameters must hold finite numbers only"),
        ({"sizes": (2, 2), "parameters": (0.0,) * 6}, "the network must have one output"),
        ({"sizes": (2, 1, 1)}, "activations must hold 2 names, one for each layer, but holds 1"),
        ({"sizes": (2,)}, "activations must hold 0 names, one for each layer, but holds 1"),
        ({"activations": ("step",)}, "activation must be one of"),
        ({"targets": TARGETS[:7]}, "targets must hold 8 numbers, but holds 7"),
        ({"targets": (*TARGETS[:7], 3.0), "loss": "binary_cross_entropy"}, "y must be between 0"),
        ({"targets": (*TARGETS[:7], np.inf)}, "targets must hold finite numbers only"),
        ({"rows": (*ROWS[:7], (1.0,))}, "rows must have rows of equal length"),
        ({"rows": ((1.0,),) * 8}, "rows must have 2 columns, but has 1"),
        ({"rows": (*ROWS[:7], (1.0, np.nan))}, "rows must hold finite numbers only"),
        ({"loss": "hinge"}, "loss must be one of"),
    ],
)
def test_a_start_that_does_not_fit_together_is_refused(changes, sentence):
    # By the first row already, and not when the walk comes to the one that is wrong.
    start = WalkStart(**{**vars(NEURON), **changes})
    with pytest.raises(ValueError, match=sentence):
        walk_updates(start, taken(0), every_term=True)


@pytest.mark.parametrize(
    ("position", "error", "sentence"),
    [
        (-1, ValueError, "position must be between 0 and 29, not −1"),
        (30, ValueError, "position must be between 0 and 29, not 30"),
        (1.0, TypeError, "position must be a whole number"),
        (None, TypeError, "position must be a whole number"),
    ],
)
def test_a_position_that_is_none_is_refused(position, error, sentence):
    walk = walk_updates(NEURON, taken(0, 1), every_term=True)
    with pytest.raises(error, match=sentence):
        walk.place(position)


def test_a_step_that_is_none_is_refused():
    walk = walk_updates(NEURON, taken(0, 1), every_term=True)
    with pytest.raises(ValueError, match=r"an update of this network has no step 'sum'\."):
        walk.position(0, "sum")
    with pytest.raises(ValueError, match="update must be between 0 and 1, not 2"):
        walk.position(2, "take")
