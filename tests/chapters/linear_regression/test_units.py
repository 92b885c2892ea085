"""Units are read from names, and said of each weight."""

import pytest

from nnviz.chapters.linear_regression.houses import houses
from nnviz.chapters.linear_regression.units import (
    Quantity,
    column,
    squared_unit,
    target,
    weight_unit,
)
from nnviz.data.sample import Sample


@pytest.mark.parametrize(
    ("name", "noun", "unit", "one"),
    [
        ("area (m²)", "area", "m²", "square metre"),
        ("age (years)", "age", "years", "year"),
        ("price (thousand €)", "price", "thousand €", "thousand €"),
        ("rooms", "rooms", "", "unit of rooms"),
        ("  size (old) (cm) ", "size (old)", "cm", "cm"),
        ("(m²)", "(m²)", "", "unit of (m²)"),
        ("area ()", "area ()", "", "unit of area ()"),
        ("area (m²) net", "area (m²) net", "", "unit of area (m²) net"),
    ],
)
def test_a_name_is_a_noun_and_a_unit(name, noun, unit, one):
    found = Quantity.of(name)
    assert (found.noun, found.unit, found.one) == (noun, unit, one)


def test_weights_of_houses_have_their_units():
    sample = houses()
    assert weight_unit(sample, 0) == "thousand € per square metre"
    assert weight_unit(sample, 1) == "thousand € per year"
    assert squared_unit(sample) == "(thousand €)²"
    assert (column(sample, 0).short, column(sample, 1).short) == ("m²", "year")


def test_without_units_nouns_stand_in():
    sample = Sample([[1.0, 2.0]], [3.0], ("a", "b"), (), "rent")
    assert weight_unit(sample, 0) == "rent per unit of a"
    assert target(sample).measure == "rent"


@pytest.mark.parametrize(
    ("name", "text"),
    [("rent (€)", "€²"), ("a (kg)", "kg²"), ("a (m/s)", "(m/s)²"), ("rent", "rent²")],
)
def test_a_squared_unit_has_parentheses_where_it_needs_them(name, text):
    assert squared_unit(Sample([[1.0, 2.0]], [3.0], ("a", "b"), (), name)) == text
