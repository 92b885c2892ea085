"""The two names of each quantity: plain words, and the tutorial's code."""

from itertools import product

import pytest

from nnviz.text.names import CODE, NAMES, NAMINGS, PLAIN, called, slope_along, spoken


def test_the_tutorials_names_and_the_plain_ones() -> None:
    assert [called("weight", PLAIN, i) for i in (0, 1)] == ["weight 1", "weight 2"]
    assert [called("weight", CODE, i) for i in (0, 1)] == ["weights_1[0]", "weights_1[1]"]
    assert called("weighted sum", PLAIN) == "weighted sum"
    assert called("weighted sum", CODE) == "layer_1"
    assert slope_along("weight 1", PLAIN) == "slope along weight 1"
    assert slope_along("weights_1[0]", CODE) == "derror_dweights[0]"
    assert slope_along("layer_1", CODE) == "derror_dlayer1"
    for quantity in ("bias", "prediction", "target", "error"):
        assert called(quantity, PLAIN) == called(quantity, CODE) == quantity
    with pytest.raises(KeyError):
        called("gain", PLAIN)


def test_no_two_quantities_share_a_name_and_plain_ones_look_like_words() -> None:
    for naming in NAMINGS:
        # Of a page that compares candidates, "input" is the whole row.
        names = [
            called(quantity, naming, i)
            for quantity, i in product(NAMES, range(2))
            if not quantity.startswith("candidate")
        ]
        assert len(set(names)) == len(NAMES) - 2 + 2  # two inputs and two weights
        if naming == PLAIN:
            assert not any(set(name) & set("_[]") for name in names)


def test_names_in_a_sentence() -> None:
    assert spoken("bias") == "the bias"
    assert spoken("weighted sum of unit 2") == "the weighted sum of unit 2"
    assert spoken("weights") == "the weights"
    assert spoken("weight input 1 → unit 2") == "the weight input 1 → unit 2"
    for name in ("weight 1", "input 2", "unit 3", "candidate 1"):
        assert spoken(name) == name
