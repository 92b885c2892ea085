"""Numbers in sentences and formulas: short, readable, and still the same number."""

import json
import math
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nnviz.text.digits import (
    adding_up,
    digits,
    enough_digits,
    in_powers,
    joined,
    latex,
    listed,
    multiplied,
    percent,
    short_percent,
    sum_of_products,
    told_apart,
    without_dust,
)
from tests.reading import read

ROOT = Path(__file__).resolve().parents[2]
finite = st.floats(allow_nan=False, allow_infinity=False)


def parsed_latex(text):
    return Decimal(text.strip("()").replace(r" \cdot 10^{", "e").replace("}", ""))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (0.0, "0"),
        (-0.0, "0"),
        (1, "1"),
        (2.5, "2.5"),
        (-2.5, "−2.5"),
        (0.1 + 0.2, "0.3"),
        (4.1259999999999994, "4.126"),
        (1.8838062484862979, "1.884"),
        (100, "100"),
        (12345, "12,340"),
        (-39659.6, "−39,660"),
        (9999, "9999"),
        (99995, "100,000"),
        (123456.7, "123,500"),
        (999949, "999,900"),
        (999950, "1 × 10⁶"),
        (123456789, "1.235 × 10⁸"),
        (-123456789, "−1.235 × 10⁸"),
        (0.00012345, "0.0001234"),  # the float is a little below 0.00012345
        (0.00099996, "0.001"),
        (0.0001, "0.0001"),
        (0.000099999, "0.0001"),
        (0.00009999, "0.00009999"),
        (-0.00005388, "−0.00005388"),
        (0.000001, "0.000001"),
        (9.9996e-7, "0.000001"),
        (9.999e-7, "9.999 × 10⁻⁷"),
        (1e-12, "1 × 10⁻¹²"),
        (-1e-12, "−1 × 10⁻¹²"),
        (5e-324, "4.941 × 10⁻³²⁴"),
        (1.7976931348623157e308, "1.798 × 10³⁰⁸"),
        (math.nan, "not a number"),
        (math.inf, "infinity"),
        (-math.inf, "−infinity"),
        (np.float64(0.5), "0.5"),
        (np.int64(3), "3"),
    ],
)
def test_digits(value, text):
    assert digits(value) == text


def test_the_browser_writes_the_same():
    """tests/js/digits.test.js holds the browser's side to the same table."""
    table = json.loads((ROOT / "tests" / "js" / "digits.json").read_text(encoding="utf-8"))
    assert [digits(float(value)) for value, _ in table] == [text for _, text in table]


def test_more_digits_on_request():
    assert digits(4.1259999999999994, 5) == "4.126"
    assert digits(2.1672, 5) == "2.1672"
    assert digits(123456789, 8) == "1.2345679 × 10⁸"
    assert digits(0.00012345, 5) == "0.00012345"
    assert digits(0.1, 17) == "0.10000000000000001"
    assert digits(12345, 1) == "10,000"
    assert digits(12345.678, 8) == "12,345.678"


@given(finite, st.integers(1, 17))
@example(99999.5, 4)
@example(-9.99995e-5, 4)
@example(1.7976931348623157e308, 4)
@example(5e-324, 1)
def test_what_is_read_is_the_number_to_so_many_digits(value, significant):
    shown, exact = read(digits(value, significant)), Decimal(value)
    if value == 0:
        assert shown == 0
    else:
        half = Decimal(10) ** (exact.adjusted() + 1 - significant) / 2
        assert abs(shown - exact) <= half
    assert len(shown.normalize().as_tuple().digits) <= significant


@given(finite)
def test_four_digits_are_within_one_part_in_two_thousand(value):
    assert abs(read(digits(value)) - Decimal(value)) <= Decimal("5e-4") * abs(Decimal(value))


@given(finite)
def test_powers_of_ten_stand_only_where_the_zeros_would_be_too_many(value):
    text = digits(value)
    size = abs(read(text))
    assert ("×" in text) == (not (size == 0 or Decimal("1e-6") <= size < 10**6))
    assert not set(text) & set("e-^")
    assert text.startswith("−") == (value < 0)
    if "." in text and "×" not in text:
        assert not text.endswith(("0", "."))


@pytest.mark.parametrize(
    ("value", "factor", "alone"),
    [
        (2.5, "2.5", "2.5"),
        (-2.5, "(-2.5)", "-2.5"),
        (-0.0, "0", "0"),
        (1e-12, r"1 \cdot 10^{-12}", r"1 \cdot 10^{-12}"),
        (-1e-12, r"(-1 \cdot 10^{-12})", r"-1 \cdot 10^{-12}"),
        (123456789, r"1.235 \cdot 10^{8}", r"1.235 \cdot 10^{8}"),
        (math.nan, r"\text{not a number}", r"\text{not a number}"),
        (math.inf, r"\infty", r"\infty"),
        (-math.inf, r"(-\infty)", r"-\infty"),
    ],
)
def test_latex(value, factor, alone):
    assert latex(value) == factor
    assert latex(value, alone=True) == alone


@given(finite, st.booleans())
def test_a_formula_has_the_same_number_and_a_minus_that_latex_knows(value, alone):
    text = latex(value, alone=alone)
    assert parsed_latex(text) == read(digits(value))
    assert "−" not in text
    assert text.startswith("(") == (value < 0 and not alone)


def test_a_formula_takes_more_digits_too():
    assert latex(-4.33441, 5) == "(-4.3344)"


@given(finite, finite, st.integers(1, 6))
def test_what_differs_is_told_apart_with_no_more_digits_than_that_takes(one, other, at_least):
    texts = told_apart(one, other, at_least=at_least)
    assert (texts[0] == texts[1]) == (one == other)
    if digits(one, at_least) != digits(other, at_least):
        assert texts == (digits(one, at_least), digits(other, at_least))


def test_what_is_the_same_needs_no_more_digits():
    assert told_apart(0.1, 0.1) == ("0.1", "0.1")
    assert told_apart(1 / 3, 1 / 3, at_least=3) == ("0.333", "0.333")


@given(st.lists(finite, min_size=2, max_size=5), st.integers(1, 6))
@example([1.0001, 1.0, 0.99999], 4)
@example([0.0, 1.0, math.nextafter(1.0, 2.0)], 1)
@example([999_999.6, 1_000_000.0], 4)
def test_printed_numbers_keep_the_order_of_the_numbers(values, at_least):
    shown = [read(text) for text in told_apart(*values, at_least=at_least)]
    for one, shown_one in zip(values, shown, strict=True):
        for other, shown_other in zip(values, shown, strict=True):
            assert (one < other) == (shown_one < shown_other)


def test_what_is_no_number_is_told_apart_from_nothing():
    assert told_apart(math.nan, math.inf, -math.inf) == ("not a number", "infinity", "−infinity")
    assert told_apart(math.nan, 1.0, math.nan) == ("not a number", "1", "not a number")


@given(st.lists(st.floats(0, 1, allow_subnormal=False), min_size=1, max_size=4), st.integers(0, 2))
@example([1 / 300, 0.0], 0)
@example([0.9999, 1.0, 0.5], 0)
def test_percentages_keep_the_order_and_are_0_or_100_only_exactly(fractions, decimals):
    fractions = [round(fraction, 9) for fraction in fractions]
    texts = percent(*fractions, decimals=decimals)
    shown = [Decimal(text.removesuffix("%")) for text in texts]
    for one, shown_one in zip([0, 1, *fractions], [0, 100, *shown], strict=True):
        for other, shown_other in zip([0, 1, *fractions], [0, 100, *shown], strict=True):
            assert (one < other) == (shown_one < shown_other)
    assert all(len(text.partition(".")[2]) - 1 >= decimals for text in texts if decimals)


def test_percentages_have_no_more_decimals_than_that_takes():
    assert percent(0.55) == ("55%",)
    assert percent(0.55, decimals=1) == ("55.0%",)
    assert percent(1 / 300, 0.0) == ("0.3%", "0.0%")
    assert percent(0.554, 0.552) == ("55.4%", "55.2%")
    assert percent(math.nan, 0.5) == ("not a number", "50%")
    # What sums leave behind is no difference; next to nothing and all but nothing are.
    assert percent(0.1 + 0.2, 0.3) == ("30%", "30%")
    assert percent(1e-14, 1 - 1e-14) == ("0.000000000001%", "99.999999999999%")


def test_short_percentages_say_that_something_is_cut_off():
    told = [short_percent(each) for each in (0.0, 1e-9, 0.004, 0.005, 0.5, 0.9949, 0.995, 1 - 1e-9)]
    assert [*told, short_percent(1.0)] == [
        "0%", "<1%", "<1%", "0.5%", "50%", "99%", ">99%", ">99%", "100%",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "size", "shown"),
    [
        (-8.67e-19, 1, 0.0),
        (-8.67e-19, 1e-6, -8.67e-19),
        (0.3, 0.3, 0.3),
        (1e-300, 1e-300, 1e-300),
        (0, 0, 0.0),
    ],
)
def test_dust_is_dust_beside_something_larger_only(value, size, shown):
    assert without_dust(value, size) == shown


@pytest.mark.parametrize(
    ("value", "text"),
    [(-0.000019, "−2 × 10⁻⁵"), (0.5, "5 × 10⁻¹"), (3.0, "3 × 10⁰"), (96000.0, "1 × 10⁵")],
)
def test_any_number_can_be_written_with_a_power_of_ten(value, text):
    assert in_powers(value) == text


def test_numbers_in_a_list_have_no_commas_of_their_own():
    assert listed((-1.25, 123_456.0), 6) == "−1.25, 123456"
    assert listed((2, 1.5, 39_660)) == "2, 1.5, 39660"
    assert listed(()) == ""


def test_what_is_printed_as_factors_multiplies_to_what_is_printed_as_product() -> None:
    assert multiplied(3, 0.1043) == ("0.1043", "0.313")
    assert multiplied(14, 0.2949) == ("0.295", "4.13")
    assert multiplied(0, -0.123456) == ("−0.123", "0")
    draws = np.random.default_rng(0)
    for significant in (2, 3, 4):
        for value in draws.normal(0, 0.3, 200).tolist():
            for times in range(17):
                shown, product = (
                    float(text.replace("−", "-").replace(" × 10⁻⁷", "e-7"))
                    for text in multiplied(times, value, significant)
                )
                assert float(f"{times * shown:.{significant}g}") == product


def test_what_is_printed_as_terms_adds_up_to_what_is_printed_as_total() -> None:
    terms = (0.3126, 4.129, 4.203, -1.57, -14.768, 0.5673)
    assert adding_up(terms) == 4  # -7.126: of three digits each it would be -7.16
    assert adding_up((1.0, 2.0)) == 3
    assert adding_up(()) == 3
    # Terms that cancel leave dust, and that is 0.
    assert adding_up((0.1, 0.2, -0.3)) == 3
    draws = np.random.default_rng(0)
    for n in (2, 10, 64):
        for _ in range(100):
            terms = tuple(draws.normal(0, 1, n).tolist())
            significant = adding_up(terms, 4)
            printed = math.fsum(float(f"{term:.{significant}g}") for term in terms)
            assert f"{printed:.4g}" == f"{sum(terms):.4g}"
            assert significant <= 9
    # -1.235 · 5.678 + 0.3457 would be -6.667, and the sum is -6.6648.
    values = (-1.23456, 5.67849, 0.34567)
    assert enough_digits(lambda w, x, b: w * x + b, values, 4) > 4
    # Exact, and in the middle between two numbers: no more digits than there are.
    assert enough_digits(lambda x, y: x * y, (1.235, 1.01), 5) == 5


def test_products_and_their_sum_can_be_checked() -> None:
    assert sum_of_products([(1.72, 1.26), (1.23, 0.0)], significant=5) == (5, 5)
    assert sum_of_products([(0.1, 0.2), (0.2, -0.1)]) == (4, 4)
    assert sum_of_products([(1.235, 1.01)], [0.001], 5) == (5, 5)
    draws = np.random.default_rng(0)
    for _ in range(100):
        *factors, bias = draws.normal(0, 1, 5).tolist()
        pairs = [(factors[0], factors[1]), (factors[2], factors[3])]
        of_factors, of_products = sum_of_products(pairs, [bias])
        x1, w1, x2, w2 = (float(f"{value:.{of_factors}g}") for value in factors)
        told = [f"{one * other:.{of_products}g}" for one, other in pairs]
        assert told == [f"{x1 * w1:.{of_products}g}", f"{x2 * w2:.{of_products}g}"]
        b = float(f"{bias:.{of_products}g}")
        total = f"{math.fsum((*(one * other for one, other in pairs), bias)):.4g}"
        assert f"{x1 * w1 + x2 * w2 + b:.4g}" == total
        assert f"{float(told[0]) + float(told[1]) + b:.4g}" == total
        assert of_factors <= 10


def test_what_leaves_float64_asks_for_no_more_digits():
    huge = 1.23456789e200
    assert enough_digits(lambda value: value**2, (huge,), 4) == 4
    assert enough_digits(lambda one, other: one / other, (huge, 0.0), 4) == 4
    assert adding_up([1e308, 1e308, 1.5], 4) == 4
    assert adding_up([math.inf, -math.inf], 4) == 4
    assert sum_of_products([(1e200, 1e200), (-1e200, 1e200)], (1.0,)) == (4, 4)


def test_words_are_joined():
    assert joined([]) == ""
    assert joined([1]) == "1"
    assert joined([1, 2]) == "1 and 2"
    assert joined([1, 2, 3], "or") == "1, 2 or 3"
