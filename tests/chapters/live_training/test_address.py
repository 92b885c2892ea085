"""A run in the address: there and back, what is refused, and the run that it stands for."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.chapters.live_training.address import (
    MOST_ROWS,
    RATE_MARKS,
    RATES,
    UPDATES,
    default_rows,
    rounded_row,
    run_parameters,
    run_timeline,
)
from nnviz.chapters.live_training.branches import ORDERS
from nnviz.data.tutorial import eight_rows
from nnviz.training.model import ADDABLE, HIDDEN_ACTIVATIONS, Model
from nnviz.training.playback import MOST_STEPS
from tests.runs import timeline_of

X_RANGE, Y_RANGE = (0.0, 6.5), (-0.5, 5.0)
PARAMETERS = {parameter.name: parameter for parameter in run_parameters(X_RANGE, Y_RANGE)}

features = st.sampled_from([(), ADDABLE[2:4], ADDABLE])
rows = st.builds(rounded_row, st.floats(*X_RANGE), st.floats(*Y_RANGE), st.integers(0, 1))
VALUES = {
    "rate": st.floats(RATES[0], RATES[-1]),
    "order": st.sampled_from(list(ORDERS)),
    "seed": st.integers(0, 2**32 - 1),
    "model": st.builds(
        Model, features, st.integers(1, 8), st.sampled_from(HIDDEN_ACTIVATIONS), st.booleans()
    )
    | st.builds(Model, features, st.just(0), st.just("tanh"), st.booleans()),
    "updates": st.sampled_from(UPDATES),
    "rows": st.lists(rows, min_size=1, max_size=MOST_ROWS).map(tuple),
}


@given(st.fixed_dictionaries(VALUES))
def test_every_choice_comes_back_and_is_what_the_run_does(chosen):
    assert set(chosen) == set(PARAMETERS)
    for name, value in chosen.items():
        assert PARAMETERS[name].parse(PARAMETERS[name].format(value)) == value
    timeline = run_timeline(chosen)
    (stage,) = timeline.stages
    sample, hyperparameters = stage.plan.sample, stage.plan.hyperparameters
    rows = zip(sample.X.tolist(), sample.y.tolist(), strict=True)
    assert tuple((x1, x2, int(target)) for (x1, x2), target in rows) == chosen["rows"]
    assert hyperparameters.learning_rate == chosen["rate"]
    assert hyperparameters.order == ORDERS[chosen["order"]]
    assert (stage.plan.seed, timeline.steps) == (chosen["seed"], int(chosen["updates"]))
    assert Model.of(stage.plan) == chosen["model"]
    assert not stage.by_hand


def test_a_silent_address_is_the_run_of_the_tutorial():
    defaults = {name: parameter.default for name, parameter in PARAMETERS.items()}
    assert run_timeline(defaults) == timeline_of()
    assert default_rows() == tuple(
        (float(x1), float(x2), int(target))
        for (x1, x2), target in zip(eight_rows().X, eight_rows().y, strict=True)
    )
    for parameter in PARAMETERS.values():
        assert parameter.parse(parameter.format(parameter.default)) == parameter.default


def test_links_of_the_first_version_that_name_a_model_are_understood():
    model = PARAMETERS["model"].parse("hidden layer")
    assert (model, PARAMETERS["model"].format(model)) == (
        Model((), 4, "tanh", True),
        "4 tanh,standardised",
    )


ONE = "3,1.5,0"
WRONG = [
    ("rate", "0", "between 0.001 and 10"),
    ("rate", "10.1", "between 0.001 and 10"),
    ("rate", "-0.1", "between 0.001 and 10"),
    ("rate", "nan", "“nan” is not a number"),
    ("rate", "", "“” is not a number"),
    ("order", "sorted", "one of: random, shuffled, in turn"),
    ("order", "Random", "one of: random, shuffled, in turn"),
    ("seed", "-1", "between 0 and 4,294,967,295"),
    ("seed", "4294967296", "between 0 and 4,294,967,295"),
    ("seed", "1.5", "it must be a whole number"),
    ("model", "9 tanh", "1 to 8 units"),
    ("model", "4 tanh,3 relu", "one hidden layer at the most"),
    ("model", "<b>", "named by its inputs"),
    ("updates", "5000", "one of: 1000, 10000, 20000, 100000, 1000000"),
    ("updates", "1e4", "one of: 1000"),
    ("rows", "", "a row must be x1,x2,target"),
    ("rows", "3,1.5", "a row must be x1,x2,target"),
    ("rows", "3,1.5,0,1", "a row must be x1,x2,target"),
    ("rows", f"{ONE};", "a row must be x1,x2,target"),
    ("rows", "6.6,1.5,0", "between 0 and 6.5"),
    ("rows", "3,-0.6,0", "between -0.5 and 5"),
    ("rows", "x,1.5,0", "“x” is not a number"),
    ("rows", "3,inf,0", "“inf” is not a number"),
    ("rows", "3,1.5,2", "must be 0 or 1"),
    ("rows", "3,1.5,0.1", "must be 0 or 1"),
    ("rows", ";".join([ONE] * 21), "1 to 20 rows"),
]


@pytest.mark.parametrize(("name", "text", "reason"), WRONG, ids=range(len(WRONG)))
def test_what_makes_no_sense_is_refused_in_words(name, text, reason):
    with pytest.raises(ValueError, match=re.escape(reason)):
        PARAMETERS[name].parse(text)


def test_twenty_rows_and_one_are_accepted():
    for n in (1, MOST_ROWS):
        assert PARAMETERS["rows"].parse(";".join([ONE] * n)) == ((3.0, 1.5, 0),) * n


def test_rows_that_are_meant_to_be_the_same_are():
    first, second = PARAMETERS["rows"].parse("3.0000001,1.5,1;2.9999999,1.5,1")
    assert first == second == (3.0, 1.5, 1)
    assert PARAMETERS["rows"].parse("3.00001,1.5,1") != (first,)
    assert rounded_row(1 / 3, -2 / 3, 1) == (0.333333, -0.666667, 1)


def test_the_slider_can_show_every_mark_and_the_default():
    assert set(RATE_MARKS) <= set(RATES)
    assert PARAMETERS["rate"].default in RATES
    assert list(RATES) == sorted(set(RATES))


def test_the_lengths_of_a_run_grow_and_the_default_shows_every_update():
    lengths = [int(text) for text in UPDATES]
    assert lengths == sorted(set(lengths))
    assert int(PARAMETERS["updates"].default) <= MOST_STEPS
