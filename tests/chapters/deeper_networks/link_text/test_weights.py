"""All parameters in a link: exact, and whatever else the text is, a sentence."""

import base64
import zlib
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.chapters.deeper_networks.link_text import (
    LARGEST_WEIGHT,
    MOST_WEIGHTS,
    read_weights,
    write_weights,
)


def packed(content: bytes) -> str:
    return base64.urlsafe_b64encode(zlib.compress(content)).decode().rstrip("=")


@given(st.lists(st.floats(-LARGEST_WEIGHT, LARGEST_WEIGHT), max_size=60))
def test_every_digit_comes_back(values: list[float]) -> None:
    assert read_weights(write_weights(values)) == tuple(values)


def test_the_largest_network_fits() -> None:
    values = tuple(np.linspace(-1.0, 1.0, MOST_WEIGHTS).tolist())
    assert read_weights(write_weights(values)) == values


def test_anything_else_is_told():
    for text in [
        "!",
        "abc",
        packed(b"1234567"),
        packed(b""),
        packed(np.zeros(MOST_WEIGHTS + 1).tobytes()),
        packed(b"\0" * 10**8),
        packed(np.array([np.nan]).tobytes()),
        packed(np.array([-np.inf]).tobytes()),
        packed(np.array([1.1e6]).tobytes()),
    ]:
        with pytest.raises(ValueError, match=r"^(it is|it holds|a weight)"):
            read_weights(text)


@given(st.text(max_size=40))
def test_any_text_gives_weights_or_a_sentence(text: str) -> None:
    # Nothing but a ValueError, which becomes a sentence on the page.
    with suppress(ValueError):
        assert len(read_weights(text)) <= MOST_WEIGHTS
