"""Tests of what somebody with a calculator gets from what is printed."""

import math

import numpy as np
import pytest

from nnviz.text.calculator import agrees, calculated, checkable
from nnviz.text.digits import digits


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2.218 + 1.56 · (−0.7354)", 2.218 - 1.56 * 0.7354),
        ("−1 · ln(0.5) − (1 − 1) · ln(1 − 0.5)", math.log(2)),
        ("1 / (1 + exp(−1.91))", 1 / (1 + math.exp(-1.91))),
        ("(0.871 − 1)²", 0.129**2),
        ("1 − (−0.5)²", 0.75),
        ("1.235 × 10⁸ · 2 × 10⁻³", 1.235e8 * 2e-3),
        ("39,660 + 1,234,567", 1274227.0),
        ("max(0, −3)", 0.0),
        ("1.5 · Φ(0) + 0 · φ(1)", 0.75),
        ("[1.45, −0.66] − 0.1 · [2, 12,345]", [1.25, -0.66 - 1234.5]),
    ],
)
def test_it_computes_what_is_printed(text, value):
    np.testing.assert_allclose(calculated(text), value, rtol=1e-12)


@pytest.mark.parametrize(
    "text",
    ["", "prediction 0.5, target 1", "0.5, as it is above 0", "infinity · 0", "1 / 0", "ln(0)",
     "exp(1000)", "__import__('os')", "2 ** 3 if 1 else 0", "'a'", "True", "[1, 2] + [1, 2, 3]"],
)  # fmt: skip
def test_words_are_not_computed(text):
    assert calculated(text) is None
    assert agrees(text, [1.0]) is None


def test_every_side_of_a_chain_must_agree_and_every_number_of_a_list():
    assert agrees("1 + 1 = 2", [2.0])
    assert not agrees("1 + 1 = 2.5", [2.0])
    assert agrees("2 · [1, 2]", [2.0, 4.0])
    assert not agrees("2 · [1, 2]", [2.0, 4.001])
    assert not agrees("2 · 1", [2.0, 2.0])
    # Half of the last digit may be rounded up or down.
    assert not agrees("1.0005 + 0", [1.0], 4)


def test_as_many_digits_are_printed_as_the_result_needs():
    p = 0.87101875
    assert digits(p**2) == "0.7587"
    text = checkable(lambda n: f"({digits(p, n)})²", [p**2])
    assert text == "(0.87102)²"
    assert checkable(lambda n: f"{digits(1 / 3, n)} · 3", [1.0]) == "0.33333 · 3"
    # What rounding leaves of numbers that cancel is out of reach, and words are left alone.
    dust = 0.1 + 0.2 - 0.3
    assert checkable(lambda n: f"{digits(0.3, n)} − {digits(0.3, n)}", [dust]) == "0.3 − 0.3"
    assert checkable(lambda n: f"about {digits(p, n)}", [p]) == "about 0.871"
