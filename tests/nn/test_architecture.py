"""What a network is made of: what is allowed, and a sentence for what is not."""

import pytest

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.architecture import ENGINEERED, OUTPUTS, Architecture
from nnviz.nn.initializers import INITIALIZERS
from tests.nn import tables


@pytest.mark.parametrize("loss", OUTPUTS)
def test_every_output_that_suits_a_loss_is_allowed_and_no_other(loss):
    for output in {*ACTIVATIONS, "softmax"}:
        if output in OUTPUTS[loss]:
            assert Architecture(loss=loss, output=output).output == output
        else:
            with pytest.raises(ValueError, match=f"output for the loss {loss}"):
                Architecture(loss=loss, output=output)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_activation_and_size_of_a_layer_is_allowed(activation):
    for n_layers in range(7):
        for units in (1, 8):
            made = Architecture(hidden=[[units, activation]] * n_layers)
            assert made.hidden == ((units, activation),) * n_layers
            assert made.activations == (activation,) * n_layers + ("sigmoid",)
            assert hash(made) == hash(Architecture(hidden=((units, activation),) * n_layers))


@pytest.mark.parametrize("initialisation", INITIALIZERS)
def test_every_start_is_allowed(initialisation):
    assert Architecture(initialisation=initialisation).initialisation == initialisation


def test_the_inputs_made_from_the_plane_are_known():
    assert set(ENGINEERED) == set(tables.FEATURES) - {"x1", "x2"}
    assert Architecture(inputs=["x1", *ENGINEERED]).inputs == ("x1", *ENGINEERED)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"inputs": ()}, "at least one input"),
        ({"inputs": ("x1", "x1")}, "each once"),
        ({"inputs": 3}, "inputs"),
        ({"hidden": ((2, "tanh"),) * 7}, "at most 6 layers, not 7"),
        ({"hidden": ((0, "tanh"),)}, "units of a hidden layer"),
        ({"hidden": ((33, "tanh"),)}, "units of a hidden layer"),
        ({"hidden": ((2.5, "tanh"),)}, "units of a hidden layer"),
        ({"hidden": ((2, "softmax"),)}, "activation of a hidden layer"),
        ({"hidden": ((2,),)}, "pairs"),
        ({"hidden": (2, "tanh")}, "hidden"),
        ({"loss": "hinge"}, "loss"),
        ({"initialisation": "ones"}, "initialisation"),
    ],
)
def test_what_is_wrong_is_said(change, words):
    with pytest.raises((TypeError, ValueError), match=words):
        Architecture(**change)
