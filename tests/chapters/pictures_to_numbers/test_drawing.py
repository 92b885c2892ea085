"""A drawing: its text in a link, what is no drawing, and how it moves."""

from itertools import chain

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.chapters.pictures_to_numbers.drawing import (
    EMPTY,
    Drawing,
    centred,
    drawing,
    place,
    read,
    shifted,
    text_of,
    with_ink,
)

INKS = st.integers(0, 16)
# Long empty parts are what most drawings have.
PARTS = st.lists(st.one_of(st.integers(1, 30).map(lambda n: [0] * n), INKS.map(lambda i: [i])))
DRAWINGS = PARTS.map(lambda parts: tuple([*chain(*parts), *[0] * 64][:64]))


@given(DRAWINGS)
def test_every_drawing_comes_back_from_its_text(drawn: Drawing) -> None:
    text = text_of(drawn)
    assert read(text) == drawn
    assert len(text) <= 64
    assert text.isascii()
    assert text.isalnum() or drawn == EMPTY
    assert drawing(np.array(drawn)) == drawn


@given(st.text())
def test_every_other_text_gets_a_sentence(text: str) -> None:
    if set(text) <= set("0123456789abcdefghijklmnopqrstuvwxyz"):
        return
    with pytest.raises(ValueError, match="is no square"):
        read(text)


def test_extremes_are_drawings() -> None:
    full = (16,) * 64
    assert text_of(EMPTY) == ""
    assert text_of(full) == "g" * 64
    assert read("g" * 64) == full
    assert read("0" * 64) == read("zzzj") == EMPTY
    for wrong, told in (
        ("g" * 65, "64 squares"),
        ("zzzzz", "64"),
        ("٣", "no square"),
        ("1 2", "no"),
    ):
        with pytest.raises(ValueError, match=told):
            read(wrong)
    for values, told in (
        ([0] * 63, "64 squares"),
        ([17] + [0] * 63, "16"),
        ([1.5] + [0] * 63, "whole"),
    ):
        with pytest.raises((TypeError, ValueError), match=told):
            drawing(values)  # type: ignore[arg-type]


@given(DRAWINGS, st.integers(-9, 9), st.integers(-9, 9))
def test_a_move_takes_every_square_along_and_loses_what_goes_over_the_edge(
    drawn: Drawing, down: int, right: int
) -> None:
    moved = shifted(drawn, down, right)
    for pixel, ink in enumerate(moved):
        row, column = divmod(pixel, 8)
        r, c = row - down, column - right
        inside = 0 <= r < 8 and 0 <= c < 8
        assert ink == (drawn[8 * r + c] if inside else 0)


@given(DRAWINGS)
def test_a_centred_drawing_has_its_ink_in_the_middle_and_loses_none(drawn: Drawing) -> None:
    middle = centred(drawn)
    assert sorted(middle) == sorted(drawn)
    assert centred(middle) == middle
    grid = np.array(middle).reshape(8, 8) > 0
    for axis in (0, 1):
        inked = np.flatnonzero(grid.any(axis=axis))
        if len(inked):
            assert 0 <= (7 - inked[-1]) - inked[0] <= 1


def test_squares_are_counted_row_by_row() -> None:
    assert place(0) == "row 1, column 1"
    assert place(26) == "row 4, column 3"
    assert with_ink(EMPTY, 26, 9)[26] == 9
    assert sum(with_ink(EMPTY, 26, 9)) == 9
