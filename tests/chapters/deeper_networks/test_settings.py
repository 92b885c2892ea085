"""What a person has chosen becomes a plan, whatever it is and whatever rows there are."""

from dataclasses import fields, replace
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.chapters.deeper_networks.settings import (
    AUTOMATIC,
    FROM_THE_START,
    KNOWN_INPUTS,
    OWN,
    USUAL,
    Settings,
    losses_for,
    task_of,
)
from nnviz.data import toys
from nnviz.data.sample import Sample
from nnviz.data.toys import TOYS
from nnviz.nn.architecture import ENGINEERED, OUTPUTS
from nnviz.training.record import record
from nnviz.training.timeline import Timeline
from tests.any_settings import any_settings

OWN_ROWS = {
    "none": None,
    "two classes": Sample(np.eye(4)[:, :3] * 9, np.array([0.0, 1, 0, 1]), ("a", "b", "c")),
    "five classes": Sample(
        np.arange(20.0).reshape(10, 2), np.arange(10) % 5, classes=("v", "w", "x", "y", "z")
    ),
    "numbers": Sample(np.arange(12.0).reshape(6, 2), np.arange(6.0), classes=(), target="rent"),
    "twelve columns": Sample(
        np.arange(60.0).reshape(5, 12), np.array([0.0, 1, 1, 0, 1]), tuple("abcdefghijkl")
    ),
    "one row": Sample(np.array([[1.0, 2.0]]), np.array([0.0])),
    "huge": Sample(
        np.array([[1e12, -1e12], [0, 1e12], [1, 1]]), np.array([1e12, 0, 1]), classes=()
    ),
}


@given(any_settings(), st.sampled_from(sorted(OWN_ROWS)))
@settings(max_examples=300)
def test_whatever_is_chosen_makes_a_plan(chosen, own):
    sample = OWN_ROWS[own]
    plan = chosen.plan(sample)
    assert plan == chosen.plan(sample)
    if chosen.data == OWN:
        expected = (
            sample if sample is not None else chosen.with_choices({"data": "circle"}).sample(None)
        )
    else:
        expected = toys.make(chosen.data, chosen.rows, chosen.noise, chosen.draw, chosen.classes)
    assert plan.sample == expected
    assert (plan.test_fraction, plan.seed) == (chosen.test, chosen.seed)
    made = plan.architecture
    assert (made.hidden, made.standardise) == (chosen.hidden, chosen.standardise)
    assert made.initialisation == chosen.init
    there = [name for name in chosen.inputs if name in (*plan.column_inputs, *ENGINEERED)]
    assert made.inputs == (tuple(there) or ("x1", "x2"))
    # What does not suit the rows gives way; what suits them is kept.
    if chosen.loss in losses_for(plan.sample):
        assert made.loss == chosen.loss
    else:
        assert made.loss == USUAL[task_of(plan.sample)][0] == losses_for(plan.sample)[0]
    if chosen.output in OUTPUTS[made.loss]:
        assert made.output == chosen.output
    else:
        assert made.output in OUTPUTS[made.loss]
    used = plan.hyperparameters
    assert [
        used.optimizer, used.learning_rate, used.batch_size, used.l1, used.l2,
        used.dropout, used.schedule, used.schedule_epochs, used.patience,
    ] == [
        chosen.optimizer, chosen.rate, chosen.batch, chosen.l1, chosen.l2,
        chosen.dropout, chosen.schedule, chosen.period, chosen.patience,
    ]  # fmt: skip
    assert len(plan.start) == plan.n_parameters


@given(any_settings(), st.sampled_from(sorted(OWN_ROWS)))
@settings(max_examples=30)
def test_every_plan_can_be_trained(chosen, own):
    plan = chosen.plan(OWN_ROWS[own])
    history = record(Timeline.of(plan, 12))
    assert np.isfinite(history.parameters_at(history.last_step)).all()


def test_the_usual_loss_and_output_of_every_data_set():
    for name in sorted(TOYS):
        plan = Settings(data=name).plan()
        task = task_of(plan.sample)
        assert (plan.architecture.loss, plan.architecture.output) == USUAL[task]
        assert (task == "regression") == (TOYS[name].task == "regression")
        for loss in losses_for(plan.sample):
            assert Settings(data=name, loss=loss).plan().architecture.loss == loss


def test_outputs_that_do_not_suit_the_loss_give_way():
    def output(**choices):
        return Settings(**choices).plan().architecture.output

    assert output(loss="squared_error") == "sigmoid"
    assert output(loss="squared_error", output="tanh") == "tanh"
    assert output(output="tanh") == "sigmoid"
    assert output(data="blobs") == "softmax"
    assert output(data="blobs", loss="squared_error") == "linear"
    assert output(data="plane", output="softmax") == "linear"


def test_own_rows_that_are_not_there_are_stood_in_for():
    assert Settings(data=OWN).plan().sample == Settings().plan().sample
    own = OWN_ROWS["numbers"]
    assert Settings(data=OWN).plan(own).sample is own
    assert Settings(data="circle").plan(own).sample == Settings().plan().sample


def test_equal_settings_are_one_key():
    a = Settings(hidden=[[3, "tanh"]], inputs=["x1", "x1^2"], standardise=1)
    b = Settings(hidden=((3, "tanh"),), inputs=("x1", "x1^2"))
    assert a == b
    assert hash(a) == hash(b)
    assert repr(a) == repr(b)
    assert a.plan() == b.plan()
    assert {a: 1}[b] == 1


def test_what_decides_how_a_run_begins_are_choices():
    assert set(FROM_THE_START) <= {each.name for each in fields(Settings)}
    before = Settings().plan().start
    for name in (each.name for each in fields(Settings) if each.name not in FROM_THE_START):
        other = OTHER.get(name)
        changed = Settings().with_choices({name: other}) if other is not None else None
        assert changed is not None, name
        if name in ("inputs", "hidden"):  # other sizes, another draw
            continue
        np.testing.assert_array_equal(changed.plan().start, before)
    for name in FROM_THE_START:
        assert (Settings().with_choices({name: OTHER[name]}).plan().start != before).any()


OTHER = {
    "data": "moons", "rows": 100, "noise": 0.5, "classes": 4, "draw": 3, "test": 0.2, "seed": 1,
    "inputs": ("x1",), "standardise": False, "hidden": (), "loss": "squared_error",
    "output": "sigmoid", "init": "he", "optimizer": "adam", "rate": 1.0, "batch": 1, "l1": 0.1,
    "l2": 0.1, "dropout": 0.1, "schedule": "halve", "period": 3, "patience": 5,
}  # fmt: skip


def test_every_choice_reaches_the_plan():
    for name in sorted(OTHER):
        before = Settings(data="blobs", schedule="cosine")
        if name in ("output", "loss"):
            before = replace(before, data="circle")
        if name == "output":
            before = replace(before, loss="squared_error", output="linear")
        assert before.with_choices({name: OTHER[name]}).plan() != before.plan()


WRONG = [
    ({"data": "Circle"}, "data must be one of circle"),
    ({"data": None}, "data must be one of"),
    ({"rows": 9}, "rows must be between 10 and 5,000"),
    ({"rows": 5_001}, "rows must be between"),
    ({"rows": 250.0}, "rows must be a whole number"),
    ({"rows": True}, "rows must be a whole number"),
    ({"noise": -0.1}, "noise must be between 0 and 1"),
    ({"noise": float("nan")}, "noise must be a finite number"),
    ({"classes": 1}, "classes must be between 2 and 5"),
    ({"classes": 6}, "classes must be between 2 and 5"),
    ({"draw": -1}, "draw must be between 0 and"),
    ({"seed": 2**32}, "seed must be between 0 and"),
    ({"test": 0.95}, "test must be between 0 and 0.9"),
    ({"inputs": ()}, "inputs must hold at least one"),
    ({"inputs": ("x1", "x1")}, "each once"),
    ({"inputs": ("x0",)}, "an input must be one of x1"),
    ({"inputs": ("x65",)}, "an input must be one of"),
    ({"inputs": ("<b>",)}, "an input must be one of"),
    ({"inputs": "x1"}, "inputs must be a list"),
    ({"hidden": ((9, "tanh"),)}, "units of a hidden layer must be between 1 and 8"),
    ({"hidden": ((0, "tanh"),)}, "units of a hidden layer must be between 1 and 8"),
    ({"hidden": ((2, "softmax"),)}, "activation of a hidden layer must be one of"),
    ({"hidden": ((2, "tanh"),) * 7}, "at most 6 layers"),
    ({"hidden": ((2,),)}, "pairs of units and an activation"),
    ({"loss": "hinge"}, "loss must be one of"),
    ({"output": "relu"}, "output must be one of"),
    ({"init": "ones"}, "initialisation must be one of"),
    ({"optimizer": "lbfgs"}, "optimizer must be one of"),
    ({"rate": -1.0}, "learning_rate must be between 0 and 100"),
    ({"rate": "fast"}, "learning_rate must be a number"),
    ({"batch": 0}, "batch_size must be between 1 and"),
    ({"l1": 11.0}, "l1 must be between 0 and 10"),
    ({"l2": -1e-9}, "l2 must be between 0 and 10"),
    ({"dropout": 1.0}, "dropout must be between 0 and 0.9"),
    ({"schedule": "never"}, "schedule must be one of"),
    ({"period": 0}, "schedule_epochs must be between 1 and"),
    ({"patience": -1}, "patience must be between 0 and"),
]


def test_what_cannot_be_chosen_is_told():
    for choices, words in WRONG:
        for make in (partial(Settings, **choices), partial(Settings().with_choices, choices)):
            with pytest.raises((TypeError, ValueError), match=words):
                make()


def test_every_input_that_rows_may_have_is_known():
    twelve = Settings(data=OWN, inputs=KNOWN_INPUTS).plan(OWN_ROWS["twelve columns"])
    assert twelve.architecture.inputs == (*(f"x{k}" for k in range(1, 13)), *ENGINEERED)
    assert AUTOMATIC not in OUTPUTS


def test_a_layer_has_as_many_units_as_can_be_drawn():
    assert Settings(hidden=((8, "tanh"),)).hidden == ((8, "tanh"),)
    with pytest.raises(ValueError, match="between 1 and 8, not 9"):
        Settings(hidden=((9, "tanh"),))
