"""Units, edges and biases by the names that the address gives them."""

import pytest

from nnviz.chapters.deeper_networks.figures.layout import Bias, Edge, Unit
from nnviz.chapters.deeper_networks.items import item_of, item_text
from nnviz.chapters.deeper_networks.settings import Settings


@pytest.mark.parametrize(
    ("text", "item"),
    [("u.0.1", Unit(0, 1)), ("b.3.0", Bias(3, 0)), ("e.2.3.1", Edge(2, 3, 1)), ("", None)],
)
def test_items_have_names_in_the_address(text, item):
    plan = Settings().plan(None)
    assert item_of(text, plan) == item
    assert item_text(item) == text


@pytest.mark.parametrize("text", ["u.4.0", "b.0.0", "e.1.2.0", "u.1.4"])
def test_what_the_network_does_not_have_is_nothing(text):
    assert item_of(text, Settings().plan(None)) is None
