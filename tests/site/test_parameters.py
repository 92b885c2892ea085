"""What the address says, and how it is read back."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.chapters.live_training.address import default_rows, run_parameters
from nnviz.site.parameters import Choice, Number, Numbers, Switch, Whole

RUN = {parameter.name: parameter for parameter in run_parameters((0, 6.5), (-0.5, 5))}


@given(st.floats(-1e9, 1e9))
def test_a_number_comes_back_as_the_same_float(value: float) -> None:
    number = Number("x", 0, -1e9, 1e9)
    assert number.parse(number.format(value)) == value


@given(st.lists(st.floats(-4, 4), max_size=20).map(tuple))
def test_numbers_come_back_as_they_were(values: tuple[float, ...]) -> None:
    numbers = Numbers("v", (), -4, 4)
    assert numbers.parse(numbers.format(values)) == values


@pytest.mark.parametrize(
    "text", ["", "abc", "nan", "inf", "-inf", "1e999", "1,5", "0x10", "\uff19"]
)
def test_what_is_no_number_in_range_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match=r"is not a number|must lie between"):
        Number("x", 0, -3, 3).parse(text)


@pytest.mark.parametrize(
    ("low", "high", "limits"),
    [
        (0, 2**32 - 1, "between 0 and 4,294,967,295$"),
        (-1e9, 1e9, "between -1,000,000,000 and 1,000,000,000$"),
        (0.001, 10.0, "between 0.001 and 10$"),
        (-3.2, 3.2, "between -3.2 and 3.2$"),
    ],
)
def test_the_limits_are_written_in_full(low: float, high: float, limits: str) -> None:
    with pytest.raises(ValueError, match=limits):
        Number("x", 1, low, high).parse("1e10")


def test_a_long_text_is_not_repeated_in_full() -> None:
    with pytest.raises(ValueError, match="…") as refused:
        Number("x", 0, -3, 3).parse("a" * 5000)
    assert len(str(refused.value)) < 60


def test_a_whole_number_must_be_whole() -> None:
    assert Whole("n", 0, 0, 10).parse("7") == 7
    with pytest.raises(ValueError, match="whole"):
        Whole("n", 0, 0, 10).parse("7.5")


def test_choices_and_switches_take_only_their_own_names() -> None:
    assert Choice("c", "a", ("a", "b")).parse("b") == "b"
    assert Switch("s").parse("on") is True
    with pytest.raises(ValueError, match="one of: a, b"):
        Choice("c", "a", ("a", "b")).parse("z")
    with pytest.raises(ValueError, match="on or off"):
        Switch("s").parse("true")


def test_the_number_of_numbers_is_kept_to() -> None:
    with pytest.raises(ValueError, match="2 numbers"):
        Numbers("v", (0, 0), -4, 4, count=2).parse("1,2,3")
    with pytest.raises(ValueError, match="3 numbers at the most"):
        Numbers("v", (), -4, 4, at_most=3).parse("1,2,3,4")


def test_the_rows_come_back_as_they_were() -> None:
    rows = RUN["rows"]
    assert rows.parse(rows.format(default_rows())) == default_rows()
    assert rows.format(default_rows()).startswith("3,1.5,0;2,1,1;")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("rows", ""),
        ("rows", "1,2"),
        ("rows", "1,2,3"),
        ("rows", "9,1,0"),
        ("rows", "nan,1,0"),
        ("rows", ";".join(["1,1,0"] * 21)),
    ],
)
def test_rows_that_make_no_sense_are_refused(name: str, text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        RUN[name].parse(text)


def test_a_default_is_never_out_of_its_own_range() -> None:
    for parameter in RUN.values():
        assert parameter.parse(parameter.format(parameter.default)) == parameter.default
    assert math.isfinite(RUN["rate"].default)
