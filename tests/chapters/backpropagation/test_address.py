"""A walk in the address and back again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.chapters.backpropagation.address import (
    ADDRESS,
    MOST_UPDATES,
    RATES,
    format_taken,
    parse_taken,
)
from nnviz.site.rows.few_rows import MOST_ROWS
from nnviz.walkthrough.walk import RowUpdate

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
