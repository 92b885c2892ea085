"""What is refused, and that each refusal is a sentence."""

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Annotated

import numpy as np
import pandas as pd
import pytest

from nnviz.nn import checks

NOT_NUMBERS = ["1.5", None, {"a": 1}, 1 + 2j, object(), [1, "2"], [1, None], b"12"]


@pytest.mark.parametrize("values", NOT_NUMBERS)
@pytest.mark.parametrize("check", [checks.vector, checks.matrix, checks.floats])
def test_what_is_no_number_is_a_type_error(check, values):
    with pytest.raises(TypeError, match=r"^rows must hold numbers, not .+\.$"):
        check(values, "rows")


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_arrays_must_be_finite(bad):
    with pytest.raises(ValueError, match=r"^v must hold finite numbers only, but holds .+\.$"):
        checks.vector([1.0, bad], "v")
    with pytest.raises(ValueError, match="finite"):
        checks.matrix([[1.0], [bad]], "v")


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ([], "v must hold at least one number, but is empty."),
        ([[1.0, 2.0]], "v must be one list of numbers, but has shape (1, 2)."),
        (3.0, "v must be one list of numbers, but has shape ()."),
        ([1.0], "v must hold 2 numbers, but holds 1."),
        ([1.0, 1e101], "v must hold numbers of at most 1 × 10¹⁰⁰ in size."),
        ([1.0, -(10**400)], "v must hold numbers below 1 × 10¹⁰⁰ in size."),
        ([[1.0], [2.0, 3.0]], "v must have rows of equal length."),
    ],
)
def test_vector_says_what_would_be_right(values, sentence):
    with pytest.raises(ValueError) as refusal:  # noqa: PT011 - the whole sentence is compared
        checks.vector(values, "v", n=2)
    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ([1.0], "X must be a table (a list of rows), but has shape (1,)."),
        ([[]], "X must have at least one row and one column, but is empty."),
        (np.empty((0, 1)), "X must have at least one row and one column, but is empty."),
        ([[1.0, 2.0]], "X must have 1 column, but has 2."),
    ],
)
def test_matrix_says_what_would_be_right(values, sentence):
    with pytest.raises(ValueError) as refusal:  # noqa: PT011 - the whole sentence is compared
        checks.matrix(values, "X", n_columns=1)
    assert str(refusal.value) == sentence


def test_arrays_are_copied_to_float64():
    given = np.array([1, 2], dtype=np.int32)
    got = checks.vector(given, "v")
    given[0] = 7
    np.testing.assert_array_equal(got, [1.0, 2.0])
    assert got.dtype == np.float64
    already = np.array([1.0, 2.0])
    assert not np.shares_memory(checks.vector(already, "v"), already)


@pytest.mark.parametrize(
    "values", [(1, 2), [True, 2.0], pd.Series([1, 2]), [Fraction(1), 2], np.float32([1, 2])]
)
def test_whatever_holds_numbers_is_taken(values):
    np.testing.assert_array_equal(checks.vector(values, "v"), [1.0, 2.0])


def test_number_takes_every_kind_of_number():
    for value in (2, 2.0, np.float32(2), np.int8(2), np.array(2.0), Fraction(2)):
        got = checks.number(value, "x")
        assert got == 2.0
        assert type(got) is float


@pytest.mark.parametrize("value", [True, np.True_, "2", None, [2.0], np.array([2.0]), 2j])
def test_number_refuses_what_is_none(value):
    with pytest.raises(TypeError, match=r"^x must be a number, not .+\.$"):
        checks.number(value, "x")


@pytest.mark.parametrize(
    ("value", "low", "high", "sentence"),
    [
        (np.nan, None, None, "x must be a finite number, not nan."),
        (10**400, None, None, "x must be a finite number, not a number of that size."),
        (1e101, None, None, "x must be between −1 × 10¹⁰⁰ and 1 × 10¹⁰⁰, not 1 × 10¹⁰¹."),
        (-1, 0, None, "x must be at least 0 and not absurdly large, not −1."),
        (1e101, 0, None, "x must be at least 0 and not absurdly large, not 1 × 10¹⁰¹."),
        (3, None, 2, "x must be at most 2 and not absurdly large, not 3."),
        # The value is seen to be beyond the limit, and a long limit is said whole.
        (10.0000001, 0, 10, "x must be between 0 and 10, not 10.0000001."),
        (3, 0, 2, "x must be between 0 and 2, not 3."),
    ],
)
def test_number_says_what_would_be_right(value, low, high, sentence):
    with pytest.raises(ValueError) as refusal:  # noqa: PT011 - the whole sentence is compared
        checks.number(value, "x", low, high)
    assert str(refusal.value) == sentence


def test_integer():
    assert checks.integer(np.int64(3), "n", 3, 3) == 3
    for value in (3.0, "3", True, None, np.nan):
        with pytest.raises(TypeError, match=r"^n must be a whole number, not .+\.$"):
            checks.integer(value, "n")
    for value in (0, 10**30):
        with pytest.raises(ValueError, match=r"^n must be between 1 and 9, not .+\.$"):
            checks.integer(value, "n", 1, 9)


def test_one_of():
    assert checks.one_of("b", "letter", ["a", "b"]) == "b"
    with pytest.raises(ValueError, match=r"^letter must be one of a, b, not 'c'\.$"):
        checks.one_of("c", "letter", ["a", "b"])
    with pytest.raises(TypeError, match=r"^letter must be one of a, b, not 1\.$"):
        checks.one_of(1, "letter", ["a", "b"])


def test_items_and_instance():
    assert checks.items(np.array([1, 2]), "sizes") == [1, 2]
    for value in ("abc", 3, None):
        with pytest.raises(TypeError, match=r"^sizes must be a list, not .+\.$"):
            checks.items(value, "sizes")
    checks.instance(3, "n", int)
    with pytest.raises(TypeError, match=r"^n must be a int, not 'x'\.$"):
        checks.instance("x", "n", int)


def test_what_is_shown_of_a_value_stays_short():
    with pytest.raises(TypeError) as refusal:
        checks.number("y" * 10_000, "x")
    assert len(str(refusal.value)) < 100


@dataclass(frozen=True)
class Circle(checks.Checked):
    radius: Annotated[float, checks.Check(checks.number, low=0)]
    centre: Annotated[
        checks.FloatArray, checks.Check(checks.vector, "the centre of a circle", n=2)
    ] = (0.0, 0.0)
    colour: Annotated[str, checks.Check(checks.one_of, options=("red", "blue"))] = "red"
    note: str = ""

    def check_together(self):
        if self.colour == "blue" and self.radius > 9:
            raise ValueError("a blue circle is small.")


def test_the_fields_of_a_frozen_dataclass_are_converted_and_copied():
    centre = np.array([1, 2])
    circle = Circle(np.int64(3), centre)
    assert type(circle.radius) is float
    assert circle.centre.tolist() == [1.0, 2.0]
    assert not circle.centre.flags.writeable
    assert not np.shares_memory(circle.centre, centre)
    assert replace(circle, radius=4).radius == 4.0


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"radius": -1}, "^radius must be at least 0"),
        ({"radius": True}, "^radius must be a number"),
        ({"radius": 1, "centre": [1]}, "^the centre of a circle must hold 2 numbers"),
        ({"radius": 1, "colour": "green"}, "^colour must be one of red, blue, not 'green'"),
        ({"radius": 10, "colour": "blue"}, "^a blue circle is small"),
        # The first field that is wrong is named.
        ({"radius": -1, "colour": "green"}, "^radius"),
    ],
)
def test_a_field_that_cannot_be_converted_is_refused_with_a_sentence(given, words):
    with pytest.raises((TypeError, ValueError), match=words):
        Circle(**given)
    with pytest.raises((TypeError, ValueError), match=words):
        replace(Circle(1.0), **given)
