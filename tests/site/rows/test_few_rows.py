"""A few rows: how a link writes them, what edits make of them, what is refused in a sentence."""

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nnviz.data.tutorial import eight_rows
from nnviz.site.rows.few_rows import COLUMNS, LIMIT, MOST_ROWS, ROWS, TWO_ROWS, _eight
from nnviz.site.rows.row_editor import edited_rows

number = st.floats(-LIMIT, LIMIT, allow_subnormal=False)
rows = st.lists(st.tuples(number, number, number), min_size=1, max_size=MOST_ROWS).map(tuple)


@given(rows)
@example(TWO_ROWS)
@example(((-0.0, 0.1 + 0.2, 1e-300),))
@example(((100.0, -100.0, 1 / 3),) * MOST_ROWS)
def test_a_link_gives_back_every_row_in_every_digit(given_rows):
    text = ROWS.format(given_rows)
    assert ROWS.parse(text) == given_rows
    assert ROWS.format(ROWS.parse(text)) == text
    assert set(text) <= set("0123456789.,;-+einf")


def test_a_link_writes_them_shortly():
    assert ROWS.format(TWO_ROWS) == "1.66,1.56,1;2,1.5,0"
    assert ROWS.default == TWO_ROWS


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "a row must be x1,x2,target: it must be 3 numbers with commas between them"),
        ("1,2", "a row must be x1,x2,target: it must be 3 numbers"),
        ("1,2,3,4", "a row must be x1,x2,target: it must be 3 numbers"),
        ("1,2,0;", "a row must be x1,x2,target: it must be 3 numbers"),
        ("1,two,0", "a row must be x1,x2,target: “two” is not a number"),
        ("1,2,nan", "a row must be x1,x2,target: “nan” is not a number"),
        ("1,2,inf", "a row must be x1,x2,target: “inf” is not a number"),
        ("1,2,101", "a row must be x1,x2,target: it must lie between -100 and 100"),
        ("-1e9,2,0", "a row must be x1,x2,target: it must lie between -100 and 100"),
        (";".join(["1,2,0"] * (MOST_ROWS + 1)), f"it must hold 1 to {MOST_ROWS} rows"),
    ],
)
def test_what_a_link_gets_wrong_is_a_sentence(text, reason):
    with pytest.raises(ValueError, match=r"^(it must|a row must) ") as told:
        ROWS.parse(text)
    assert str(told.value).startswith(reason)


@given(st.text(max_size=40) | st.text("0123456789.,;-e", max_size=40))
def test_whatever_a_link_says_is_rows_or_a_sentence(text):
    try:
        parsed = ROWS.parse(text)
    except ValueError as reason:
        told, parsed = str(reason), TWO_ROWS
    else:
        told = "it must be good"
    assert told.startswith(("it must ", "a row must "))
    assert 1 <= len(parsed) <= MOST_ROWS
    assert all(abs(value) <= LIMIT for row in parsed for value in row)


def test_the_eight_rows_are_the_data_set():
    data = eight_rows()
    assert [row[:2] for row in _eight()] == [tuple(row) for row in data.X.tolist()]
    assert [row[2] for row in _eight()] == data.y.tolist()


START = ((1.66, 1.56, 1.0), (2.0, 1.5, 0.0), (0.1 + 0.2, -1 / 3, 0.5))


def edited(start=START, changed=None, added=(), deleted=()):
    """Return the rows after what Streamlit's table editor says was done to them."""
    changes = {
        "edited_rows": changed or {},
        "added_rows": list(added),
        "deleted_rows": list(deleted),
    }
    return edited_rows(COLUMNS, start, changes, (1.0, 1.0, 1.0), MOST_ROWS)


@given(rows)
def test_what_is_not_edited_keeps_every_digit(given_rows):
    assert edited(given_rows) == given_rows
    assert edited(given_rows, changed={0: {"target": 1}})[1:] == given_rows[1:]


def test_cells_are_edited_rows_deleted_and_added_at_once():
    result = edited(
        changed={"1": {"x1": 3}, 2: {"target": 1}}, added=[{"x2": 5.0}, {}], deleted=[0]
    )
    assert result == ((3.0, 1.5, 0.0), (*START[2][:2], 1.0), (1.0, 5.0, 1.0), (1.0, 1.0, 1.0))
    assert all(type(value) is float for row in result for value in row)


def test_an_edit_of_a_row_that_goes_hits_no_other():
    assert edited(changed={0: {"x1": 9.0}}, deleted=[0]) == START[1:]


@pytest.mark.parametrize("name", ["x1", "x2", "target"])
@pytest.mark.parametrize(
    "value", [None, math.nan, math.inf, -math.inf, 100.1, "two", "1,234", "", [1.0]]
)
def test_what_is_no_number_within_the_limits_is_refused(name, value):
    sentence = f"^{name} of row 2 must be a number from −100 to 100\\.$"
    with pytest.raises(ValueError, match=sentence):
        edited(changed={1: {name: value}})
    with pytest.raises(ValueError, match=sentence.replace("row 2", "row 4")):
        edited(added=[{name: value}])


def test_there_is_at_least_one_row_and_no_more_than_there_are_keys():
    sentence = f"^There can be 1 to {MOST_ROWS} rows"
    with pytest.raises(ValueError, match=sentence):
        edited(deleted=[0, 1, 2])
    assert len(edited(added=[{}] * (MOST_ROWS - 3))) == MOST_ROWS
    with pytest.raises(ValueError, match=sentence):
        edited(added=[{}] * (MOST_ROWS - 2))
