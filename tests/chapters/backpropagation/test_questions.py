"""Questions about an update: every answer by an independent computation."""

import numpy as np
import pytest

from nnviz.chapters.backpropagation.questions import backprop_questions, shown_at
from nnviz.nn.activations import ACTIVATIONS
from nnviz.walkthrough.finite_differences import check_derivative
from nnviz.walkthrough.update_effect import update_effect
from nnviz.walkthrough.values import step_values
from nnviz.walkthrough.walk import RowUpdate, WalkStart, walk_updates
from nnviz.walkthrough.words.workings import working
from tests.walks import TUTORIAL, random_walk, tutorial_walk


def by_kind(walk, position):
    return {q.about.split(" ")[0]: q for q in backprop_questions(walk, position)}


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def test_the_tutorials_update_asked_before_anything_is_seen():
    walk = tutorial_walk(1)
    asked = by_kind(walk, 0)
    assert asked["sign"].answer == "positive"  # the prediction 0.871 is too high
    assert "derror_dprediction" in asked["sign"].prompt
    assert asked["farther"].answer == "weights_1[0]"  # its input is 2, the other one's 1.5
    assert asked["own"].answer == "it falls"
    assert asked["other"].answer == "it rises"
    x, w, b = np.array([[1.66, 1.56], [2.0, 1.5]]), np.array([1.45, -0.66]), 0.0
    p = sigmoid(x[1] @ w)
    slope = 2 * p * p * (1 - p)
    after = (sigmoid(x @ (w - 0.1 * slope * x[1]) + b - 0.1 * slope) - [1, 0]) ** 2
    assert f"{after[0]:.4g}" in asked["other"].reason
    assert f"{after[1]:.4g}" in asked["own"].reason


def test_what_has_been_seen_is_not_asked():
    walk = tutorial_walk(1)
    assert "derror_dbias" in by_kind(walk, walk.position(0, "derror_dprediction"))["sign"].prompt
    assert "sign" not in by_kind(walk, walk.position(0, "derror_dbias"))


def test_after_an_update_the_next_one_is_asked():
    walk = tutorial_walk(1)
    asked = by_kind(walk, walk.last)
    assert "row 1" in asked["own"].prompt
    assert shown_at(walk, walk.last, asked["own"]) is None  # it was not taken yet
    longer = tutorial_walk(1, 1)
    asked = by_kind(longer, longer.position(0, "again"))
    assert "row 2" in asked["own"].prompt


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("sizes", [(3, 1), (2, 2, 1), (2, 3, 2, 1)])
def test_answers_of_random_networks(activation, sizes):
    walk = random_walk(sizes, activation, seed=3, n_updates=3)
    for position in range(0, walk.last + 1, 3):
        for question in backprop_questions(walk, position):
            shown = shown_at(walk, position, question)
            if shown is None:
                continue
            assert shown > position
            place = walk.place(shown)
            trace = walk.traces[place.update]
            kind = question.about.split(" ")[0]
            if kind == "sign":
                (slope,) = step_values(trace, place.step)
                assert question.prompt.endswith(
                    f"Will {working(trace, place.step).name} be negative, zero or positive?"
                )
                other_update = place.update > walk.place(position).update
                assert question.prompt.startswith("The next update learns") is other_update
                assert question.answer == ("negative", "zero", "positive")[int(np.sign(slope)) + 1]
            elif kind == "farther":
                moves = np.abs(trace.updated.layers[0].weights - trace.network.layers[0].weights)
                a, b = moves[:2, 0]
                if not np.isclose(a, b, rtol=1e-6, atol=1e-12):
                    assert question.answer == question.options[int(a < b)]
                assert place.step.kind == "update_weights"
            else:
                row = walk.taken[place.update].row
                row = int(question.about.split(" ")[1]) if kind == "other" else row
                x, t = [walk.start.rows[row]], walk.start.targets[row]
                old, new = (
                    float((network.predict(x)[0, 0] - t) ** 2)
                    for network in (trace.network, trace.updated)
                )
                way = "rises" if new > old else "falls" if new < old else "stays"
                assert question.answer == f"it {way}"
                assert place.step.kind == "again"


def test_another_place_in_another_walk_is_another_question():
    walks = [tutorial_walk(1), tutorial_walk(0), tutorial_walk(1, rate=0.5), tutorial_walk(1, 0)]
    first = [q.about for walk in walks[:3] for q in backprop_questions(walk, 0)]
    assert len(set(first)) == len(first)
    assert [q.about for q in backprop_questions(walks[3], 0)] == [
        q.about for q in backprop_questions(walks[0], 0)
    ]


@pytest.mark.parametrize("rate", [0.5, 10.0])
def test_the_row_that_would_follow_is_asked_about_at_the_same_rate(rate):
    walk, longer = tutorial_walk(1, rate=rate), tutorial_walk(1, 0, rate=rate)
    asked = backprop_questions(walk, walk.last)
    taken = backprop_questions(longer, walk.last)
    assert [(q.prompt, q.answer, q.reason) for q in asked] == [
        (q.prompt, q.answer, q.reason) for q in taken
    ]


def test_nothing_is_asked_of_what_is_no_number():
    start = WalkStart(
        rows=((0.0,), (10.0,), (0.0,)),
        targets=(0.0, 0.0, 0.0),
        sizes=(1, 2, 1),
        activations=("linear", "linear"),
        parameters=(1e308, 1e308, 0.0, 0.0, 1.0, -1.0, 0.0),
    )
    walk = walk_updates(start, [RowUpdate(0, 0.1)], every_term=True)
    assert np.isnan(update_effect(walk.traces[0], start.X, start.y).before).tolist() == [
        False, True, False
    ]  # fmt: skip
    others = [q for q in backprop_questions(walk, 0) if "learns from row 1 alone" in q.prompt]
    assert ["row 3" in question.prompt for question in others] == [True]
    assert others[0].answer == "it stays"


def test_a_question_knows_the_rate_of_the_update_it_asks_of():
    first = walk_updates(TUTORIAL, [RowUpdate(1, 0.1), RowUpdate(0, 0.1)], every_term=True)
    other = walk_updates(TUTORIAL, [RowUpdate(1, 0.1), RowUpdate(0, 5.0)], every_term=True)
    asked, of_other = (
        {q.about for q in backprop_questions(walk, walk.position(0, "again"))}
        for walk in (first, other)
    )
    assert len(asked) == 4
    assert not asked & of_other
    # The same update asked of from within is the same question.
    assert asked == {q.about for q in backprop_questions(first, len(first.steps))}


def test_a_walk_that_has_stopped_ends_without_a_question():
    start = WalkStart(
        rows=((1e60,), (1.0,)), targets=(0.0, 0.0), sizes=(1, 1), activations=("linear",),
        parameters=(1e50, 0.0),
    )  # fmt: skip
    walk = walk_updates(start, [RowUpdate(0, 0.1)] * 9, every_term=True)
    assert walk.stopped is not None
    assert backprop_questions(walk, 0)
    assert backprop_questions(walk, walk.last) == ()
    assert backprop_questions(walk, walk.position(len(walk.traces) - 1, "update_bias")) == ()


@pytest.mark.parametrize("activation", ["tanh", "softplus", "linear"])
@pytest.mark.parametrize("loss", ["squared_error", "binary_cross_entropy"])
@pytest.mark.parametrize("sizes", [(2, 1), (2, 3, 2, 1)])
def test_signs_hold_when_the_value_alone_is_moved(sizes, activation, loss):
    walk = random_walk(sizes, activation, loss, seed=5)
    seen = set()
    for position in range(walk.last + 1):
        for question in backprop_questions(walk, position):
            if not question.about.startswith("sign"):
                continue
            shown = shown_at(walk, position, question)
            if shown is None:
                continue
            place = walk.place(shown)
            (slope,) = check_derivative(walk.traces[place.update], place.step).numeric
            if abs(slope) > 1e-6:
                assert question.answer == ("negative", "positive")[slope > 0]
                seen.add((place.step.kind, question.answer))
    assert len(seen) >= 2
