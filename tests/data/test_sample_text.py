"""A sample in a link: exact, short, and nonsense is refused in the middle of a sentence."""

import base64
import json
import re
import string
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.data.sample import LARGEST_VALUE, Sample
from nnviz.data.sample_text import MOST_CHARACTERS, decode, encode
from nnviz.data.tutorial import eight_rows
from tests.effort import at_most

LETTERS = set(string.ascii_letters + string.digits + "-_")
LIMIT = LARGEST_VALUE
DECIMALS = st.builds(
    lambda whole, n: whole / 10**n, st.integers(-(10**7), 10**7), st.integers(0, 9)
)
NUMBERS = st.floats(-LIMIT, LIMIT) | DECIMALS | st.just(-0.0)


@st.composite
def samples(draw):
    n_rows, n_columns = draw(st.integers(1, 9)), draw(st.integers(2, 12))
    names = st.text(max_size=9)
    columns = draw(st.lists(names, min_size=n_columns, max_size=n_columns, unique=True))
    classes = draw(st.just([]) | st.lists(names, min_size=2, max_size=5, unique=True))
    numbers = draw(st.sampled_from([NUMBERS, DECIMALS, st.integers(-3, 3).map(float)]))
    X = draw(st.lists(st.lists(numbers, min_size=n_columns, max_size=n_columns),
                      min_size=n_rows, max_size=n_rows))  # fmt: skip
    value = st.integers(0, len(classes) - 1).map(float) if classes else numbers
    y = draw(st.lists(value, min_size=n_rows, max_size=n_rows))
    return Sample(X, y, tuple(columns), tuple(classes), draw(names))


@given(samples())
@settings(max_examples=300)
def test_every_sample_comes_back(sample):
    text = encode(sample)
    assert text is not None
    assert set(text) <= LETTERS
    assert decode(text) == sample
    assert encode(decode(text)) == text


def points(n, n_digits, seed=0):
    generator = np.random.default_rng(seed)
    X = generator.uniform(-6, 6, (n, 2))
    X = X if n_digits is None else np.round(X, n_digits)
    return Sample(X, generator.integers(0, 2, n).astype(float))


@pytest.mark.parametrize(("n", "n_digits"), [(850, 2), (300, 6), (160, None)])
def test_so_many_points_fit(n, n_digits):
    sample = points(n, n_digits)
    text = encode(sample)
    assert text is not None
    assert decode(text) == sample


@pytest.mark.parametrize(("n", "n_digits"), [(1200, 2), (200, None), (50_000, 3)])
def test_more_do_not(n, n_digits):
    assert encode(points(n, n_digits)) is None


def test_long_names_do_not_fit():
    assert encode(Sample([[1, 2], [3, 4]], [0, 1], ("a", "b" * 30_000))) is None


def test_fifty_thousand_equal_rows_fit_and_come_back():
    sample = Sample(np.ones((50_000, 2)), np.zeros(50_000), classes=())
    text = encode(sample)
    assert text is not None
    assert decode(text) == sample


def test_it_is_shorter_than_its_digits():
    data = eight_rows()
    sample = Sample(data.X, data.y)
    written = ";".join(
        ",".join(map(repr, (*row, y))) for row, y in zip(data.X, data.y, strict=True)
    )
    assert len(encode(sample)) < 0.9 * len(written)
    sample = points(300, 2)
    assert len(encode(sample)) < 4.3 * 300  # 2 x 11 bits and one, 6 in a letter, and the names


def packed(plain):
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = deflate.compress(plain) + deflate.flush()
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def with_head(*head, planes=b"\x40\x40\x40"):
    return packed(json.dumps(head).encode() + b"\n" + planes)


WAYS = [[0, 0, 1], [0, 0, 1], [0, 0, 1]]
NAMES = (["u", "v"], ["a", "b"], "t")
BROKEN = "it is not what this page has written, or not all of it"
NO_HEAD = "it does not say what its columns are"


def test_the_forgery_below_is_one_that_works():
    sample = Sample([[0, 0], [1, 1]], [0, 1], ("u", "v"), ("a", "b"), "t")
    assert decode(with_head(2, *NAMES, WAYS)) == sample


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", BROKEN),
        ("x", BROKEN),
        ("no base64!", BROKEN),
        ("ünïcödé", BROKEN),
        ("AAAA", BROKEN),
        ("%%%%", BROKEN),
        ("+/+/", BROKEN),
        (encode(points(9, 2))[:-4], BROKEN),
        (encode(points(9, 2)) + "AAAA", BROKEN),
        (packed(b"\0" * 2_000_000), BROKEN),
        (packed(b"0" * 999_999), NO_HEAD),
        (packed(b"[" * 900_000), NO_HEAD),
        (packed(b"[" * 19_000), NO_HEAD),
        (packed(b"9" * 19_000), NO_HEAD),
        (packed(b"\xff\xfe\n"), NO_HEAD),
        (packed(b"{}\n"), NO_HEAD),
        (packed(b"null"), NO_HEAD),
        ("A" * (MOST_CHARACTERS + 1), "it may have 3,500 letters at the most"),
        (with_head(2, *NAMES, WAYS[1:]), NO_HEAD),
        (with_head(2.0, *NAMES, WAYS), NO_HEAD),
        (with_head(True, *NAMES, WAYS), NO_HEAD),
        (with_head(0, *NAMES, WAYS, planes=b""), NO_HEAD),
        (with_head(-2, *NAMES, WAYS), NO_HEAD),
        (with_head(10**30, *NAMES, WAYS), NO_HEAD),
        (with_head(50_001, *NAMES, WAYS, planes=b"\0" * 18_753), NO_HEAD),
        (with_head(2, ["u"], ["a", "b"], "t", WAYS[1:]), "it does not hold 2 rows of 1 columns"),
        (with_head(2, [], ["a", "b"], "t", WAYS[2:]), NO_HEAD),
        (with_head(2, ["u", 1], ["a", "b"], "t", WAYS), NO_HEAD),
        (with_head(2, "uv", ["a", "b"], "t", WAYS), NO_HEAD),
        (with_head(2, ["u", "v"], ["a", None], "t", WAYS), NO_HEAD),
        (with_head(2, ["u", "v"], ["a", "b"], None, WAYS), NO_HEAD),
        (with_head(2, *NAMES, [*WAYS[1:], [0, 0, 64]]), NO_HEAD),
        (with_head(2, *NAMES, [*WAYS[1:], [0, 0, -1]]), NO_HEAD),
        (with_head(2, *NAMES, [*WAYS[1:], [16, 0, 1]]), NO_HEAD),
        (with_head(2, *NAMES, [*WAYS[1:], [-1, 0, 1]]), NO_HEAD),
        (with_head(2, *NAMES, [*WAYS[1:], [0, 2**60, 1]]), NO_HEAD),
        (with_head(2, *NAMES, [*WAYS[1:], [0, 0]]), NO_HEAD),
        (with_head(2, *NAMES, [*WAYS[1:], [0, 0, 1, 2]]), NO_HEAD),
        (with_head(2, *NAMES, [*WAYS[1:], [0, 0, 1, -1]]), NO_HEAD),
        (with_head(2, *NAMES, [*WAYS[1:], [0, 0, 1, "0"]]), NO_HEAD),
        (with_head(2, *NAMES, [*WAYS[1:], 7]), NO_HEAD),
        (with_head(2, ["u", "\ud800"], ["a", "b"], "t", WAYS), NO_HEAD),
        (with_head(2, ["u", "v"], ["a", "\udfff"], "t", WAYS), NO_HEAD),
        (with_head(9, *NAMES, WAYS), "it does not hold 9 rows of 2 columns"),
        (with_head(2, *NAMES, WAYS, planes=b"\0"), "it does not hold 2 rows of 2 columns"),
        (with_head(2, ["u", "u"], ["a", "b"], "t", WAYS),
         "columns must be 2 different names, one for each column"),
        (with_head(2, ["u", "v"], ["a"], "t", WAYS), "a sample has 2 to 10 classes, not 1"),
        (with_head(2, ["u", "v"], ["a", "b"], "t", [*WAYS[1:], [0, 7, 1]]),
         "y must be the number of a class, 0 to 1"),
        (with_head(2, *NAMES, [[0, 2**53, 1], *WAYS[1:]]),
         "X must hold numbers of at most 1 × 10¹² in size"),
        (with_head(2, *NAMES, [[-1, 0, 64], *WAYS[1:]], planes=b"\xff" * 18),
         "X must hold finite numbers only, but holds nan"),
    ],
)  # fmt: skip
def test_nonsense_is_refused_in_the_middle_of_a_sentence(text, reason):
    with at_most(0.5), pytest.raises(ValueError, match=f"^{re.escape(reason)}$"):
        decode(text)


@given(st.text(max_size=60) | st.text(sorted(LETTERS), max_size=60))
def test_whatever_a_link_says_is_a_sample_or_a_reason(text):
    with pytest.raises(ValueError, match=r"^it "):
        decode(text)


@given(st.integers(0, 10**6), st.sampled_from(sorted(LETTERS)))
def test_a_letter_that_is_changed_does_no_harm(where, letter):
    text = encode(points(20, 2))
    where %= len(text)
    try:
        found = decode(text[:where] + letter + text[where + 1 :])
    except ValueError as reason:
        assert not str(reason).endswith(".")  # noqa: PT017
    else:
        assert isinstance(found, Sample)
