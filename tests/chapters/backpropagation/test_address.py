"""A walk in the address and back again."""

import json
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.chapters.backpropagation.address import (
    ADDRESS,
    MOST_UPDATES,
    RATES,
    effects,
    format_taken,
    packed,
    parse_taken,
)
from nnviz.site.rows.few_rows import MOST_ROWS
from nnviz.walkthrough.walk import RowUpdate
from tests.walks import tutorial_walk

TAKEN = st.builds(
    RowUpdate,
    st.integers(0, MOST_ROWS - 1),
    st.one_of(st.sampled_from(RATES), st.floats(0.001, 10)),
)


@given(st.lists(TAKEN, min_size=1, max_size=MOST_UPDATES).map(tuple))
def test_rows_and_rates_come_back_bit_for_bit(taken: tuple[RowUpdate, ...]) -> None:
    assert parse_taken(format_taken(taken)) == taken


def test_a_rate_is_written_where_it_changes() -> None:
    taken = (RowUpdate(1, 0.1), RowUpdate(0, 0.1), RowUpdate(1, 1.0), RowUpdate(1, 1.0))
    assert format_taken(taken) == "2:0.1;1;2:1;2"


def test_every_default_comes_back() -> None:
    for parameter in ADDRESS.parameters.values():
        assert parameter.parse(parameter.format(parameter.default)) == parameter.default


@pytest.mark.parametrize("text", ["", ";", "1", ":", "1:", ":0.1", "1:0", "10:0.1", "1:0.1;;2"])
def test_what_is_no_walk_is_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"must|may|is not a number"):
        parse_taken(text)


def test_going_on_packs_and_sends_the_last_stretch_alone():
    def packs(n, **options):
        walk = tutorial_walk(*(k % 2 for k in range(n)))
        return packed(walk, effects(walk), **options)

    long, longer = packs(19), packs(20)
    assert len(long) == len(longer) == 3
    assert long[1:] == longer[1:]
    assert long[0] != longer[0]
    # The first pack has the clock.
    (length,) = struct.unpack_from("<I", longer[0][0])
    header = json.loads(zlib.decompress(longer[0][0][20 : 20 + length]))
    assert header["last"] == 20 * 15 - 1
    assert {track["start"] for track in header["tracks"]} == {16 * 15}
    # Somebody who is to predict a step is sent nothing of it.
    assert len(packs(20, held=7)) == 1
