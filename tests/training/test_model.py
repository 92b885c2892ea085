"""A model, its name in a link, and what a run makes of it."""

from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.data.tutorial import eight_rows
from nnviz.training.model import ADDABLE, HIDDEN_ACTIVATIONS, Model, nice

SUBSETS = list(chain.from_iterable(combinations(ADDABLE, n) for n in range(len(ADDABLE) + 1)))

models = st.builds(
    Model,
    st.sampled_from(SUBSETS),
    st.integers(0, 8),
    st.just("tanh"),
    st.booleans(),
) | st.builds(
    Model,
    st.sampled_from(SUBSETS),
    st.integers(1, 8),
    st.sampled_from(HIDDEN_ACTIVATIONS),
    st.booleans(),
)


@given(models)
def test_a_model_comes_back_from_its_name_and_from_its_config(model):
    assert Model.parse(model.text) == model
    assert Model.of(model.plan(eight_rows())) == model


@pytest.mark.parametrize(
    ("text", "model"),
    [
        ("neuron", Model()),
        ("sin x1", Model(("sin x1",))),
        ("hidden layer", Model((), 4, "tanh", True)),  # a link of the first version
        ("8 relu,x1^2", Model(("x1^2",), 8, "relu")),
        ("sin x2,x1*x2,standardised,1 linear", Model(("x1*x2", "sin x2"), 1, "linear", True)),
    ],
)
def test_names(text, model):
    assert Model.parse(text) == model


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "named by its inputs"),
        ("gpt", "named by its inputs"),
        ("9 tanh", "1 to 8 units"),
        ("0 tanh", "1 to 8 units"),
        ("²  tanh", "1 to 8 units"),
        ("99999999999999999999 tanh", "1 to 8 units"),
        ("4 softmax", "one of: tanh, relu, sigmoid, linear"),
        ("sin x1,sin x1", "each input once"),
        ("4 tanh,2 tanh", "one hidden layer at the most"),
        ("x1", "named by its inputs"),
        ("neuron,sin x1", "named by its inputs"),
    ],
)
def test_other_texts_are_refused(text, reason):
    with pytest.raises(ValueError, match=reason):
        Model.parse(text)


def test_words():
    assert Model().words == "neuron"
    assert Model(("x1^2", "x1*x2")).words == "neuron + x1² + x1·x2"
    assert Model(("sin x1",), 4, "tanh", True).words == "4 tanh units + sin x1, standardised"
    assert Model((), 1, "relu").words == "1 relu unit"
    assert [nice(name) for name in ADDABLE] == ["x1²", "x2²", "x1·x2", "sin x1", "sin x2"]
