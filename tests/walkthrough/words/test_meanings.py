"""What boxes and arrows are."""

import pytest

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.losses import ELEMENTWISE
from nnviz.text.names import CODE, NAMINGS, PLAIN
from nnviz.walkthrough.values import ValueNames
from nnviz.walkthrough.words.meanings import value_meanings
from tests.walks import random_walk


def meanings_of(sizes, activation="tanh", loss="squared_error", naming=CODE):
    trace = random_walk(sizes, activation, loss).traces[0]
    return value_meanings(trace, naming), ValueNames.of(trace, naming)


@pytest.mark.parametrize("naming", NAMINGS)
@pytest.mark.parametrize("sizes", [(1, 1), (4, 1), (2, 2, 1), (3, 4, 2, 1)])
def test_each_box_is_called_what_it_is_called_everywhere(sizes, naming):
    told, names = meanings_of(sizes, naming=naming)
    said = names.spoken
    for layer, n_units in enumerate(sizes[1:]):
        for unit in range(n_units):
            z, a = names.pre_activation(layer, unit), names.activation(layer, unit)
            assert (
                told[f"z.{layer}.{unit}"]
                == f"{z}: the inputs times their weights, added up, and the bias."
            )
            assert told[f"a.{layer}.{unit}"].startswith(f"{a}: ")
            assert told[f"act.{layer}.{unit}"].endswith(f"it makes {said(a)} of {said(z)}.")
            assert told[f"bias.{layer}.{unit}"].startswith(f"{names.bias(layer, unit)}: ")
            for i in range(sizes[layer]):
                weight, source = names.weight(layer, i, unit), names.source(layer, i)
                assert told[f"weight.{layer}.{i}.{unit}"] == (
                    f"{weight}: what {said(source)} is multiplied by on its way to {said(z)}. "
                    "It is learnt."
                )
                assert told[f"edge.{layer}.{i}.{unit}"] == (
                    f"The way of {said(source)} to {said(z)}, along {weight}."
                )
    assert told[f"input.{sizes[0] - 1}"].endswith(f": number {sizes[0]} of the row.")


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("loss", ELEMENTWISE)
def test_activation_and_loss_are_named(activation, loss):
    told, _ = meanings_of((2, 2, 1), activation, loss)
    assert told["act.0.1"].startswith(f"The activation {activation}: ")
    assert ("cross-entropy" in told["loss"]) == (loss == "binary_cross_entropy")
    assert ("times itself" in told["loss"]) == (loss == "squared_error")


def test_only_a_unit_alone_has_boxes_for_its_derivatives():
    told, _ = meanings_of((2, 1))
    assert told["derror_dweights"] == (
        "derror_dweights: how fast the error rises with each weight."
    )
    assert told["local"].startswith("dprediction_dlayer1: ")
    assert "local" not in meanings_of((2, 2, 1))[0]
    told, _ = meanings_of((2, 1), naming=PLAIN)
    assert told["derror_dweights"] == (
        "slope along weights: how fast the error rises with each weight."
    )
    assert not any("_" in text or "layer" in text for text in told.values())
