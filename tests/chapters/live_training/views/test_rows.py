"""The table of rows: what its edits make of the rows, and what it refuses with a sentence."""

import math

import pytest

from nnviz.chapters.live_training.address import MOST_ROWS, default_rows
from nnviz.chapters.live_training.views.rows import NEW_ROW, columns
from nnviz.site.rows.row_editor import edited_rows
from nnviz.text.digits import digits

X_RANGE, Y_RANGE = (0.0, 6.5), (-0.5, 5.0)
ROWS = ((3.0, 1.5, 0), (2.0, 1.0, 1), (4.0, 1.5, 0))


def edited(rows=ROWS, changed=None, added=(), deleted=()):
    """Return the rows after what Streamlit's table editor says was done to them."""
    changes = {
        "edited_rows": changed or {},
        "added_rows": list(added),
        "deleted_rows": list(deleted),
    }
    return edited_rows(columns(X_RANGE, Y_RANGE), rows, changes, NEW_ROW, MOST_ROWS)


def test_without_a_change_the_rows_are_what_they_were():
    assert edited() == ROWS
    assert edited(default_rows()) == default_rows()


def test_cells_are_edited_by_the_position_of_their_row():
    assert edited(changed={0: {"x1": 3.5}, 2: {"x2": -0.25, "target": 1}}) == (
        (3.5, 1.5, 0),
        ROWS[1],
        (4.0, -0.25, 1),
    )
    # Over the wire, positions arrive as text.
    assert edited(changed={"1": {"x1": 6.5}})[1] == (6.5, 1.0, 1)


def test_what_comes_out_is_plain_numbers():
    rows = edited(changed={0: {"x1": 3, "target": 1.0}})
    assert rows[0] == (3.0, 1.5, 1)
    assert all(type(value) is float for row in rows for value in row)


def test_rows_are_deleted():
    assert edited(deleted=[1]) == (ROWS[0], ROWS[2])
    assert edited(deleted=[0, 2]) == (ROWS[1],)
    # An edit of a row that goes as well does not hit another one.
    assert edited(changed={1: {"x1": 6.0}}, deleted=[0]) == ((6.0, 1.0, 1), ROWS[2])


def test_a_new_row_is_filled_in_with_something_to_start_from():
    (*old, empty) = edited(added=[{}])
    assert tuple(old) == ROWS
    assert X_RANGE[0] <= empty[0] <= X_RANGE[1]
    assert Y_RANGE[0] <= empty[1] <= Y_RANGE[1]
    assert empty[2] in (0, 1)
    assert edited(added=[{"x1": 1.0}, {"target": 1, "x2": 0}])[3:] == (
        (1.0, *empty[1:]),
        (empty[0], 0.0, 1),
    )


def test_everything_at_once():
    assert edited(changed={2: {"x1": 5.0}}, added=[{"x1": 1.0, "x2": 1.0}], deleted=[0, 1]) == (
        (5.0, 1.5, 0),
        (1.0, 1.0, 0),
    )


@pytest.mark.parametrize("name", ["x1", "x2"])
@pytest.mark.parametrize(
    "value", [None, math.nan, math.inf, -math.inf, "two", "9", "", -0.6, 6.6, 1e300, [1.0]]
)
def test_what_is_no_place_in_the_picture_is_refused(name, value):
    low, high = X_RANGE if name == "x1" else Y_RANGE
    sentence = f"{name} of row 2 must be a number from {digits(low)} to {digits(high)}\\.$"
    with pytest.raises(ValueError, match=sentence):
        edited(changed={1: {name: value}})
    with pytest.raises(ValueError, match=sentence.replace("row 2", "row 4")):
        edited(added=[{name: value}])


@pytest.mark.parametrize("value", [None, math.nan, 2, -1, 0.5, "1", [1]])
def test_a_target_is_0_or_1(value):
    with pytest.raises(ValueError, match=r"^The target of row 3 must be 0 or 1\.$"):
        edited(changed={2: {"target": value}})


def test_rows_are_counted_as_they_will_stand():
    with pytest.raises(ValueError, match="x1 of row 1 must"):
        edited(changed={2: {"x1": None}}, deleted=[0, 1])


def test_there_is_at_least_one_row_and_there_are_not_too_many():
    sentence = f"There can be 1 to {MOST_ROWS} rows"
    with pytest.raises(ValueError, match=sentence):
        edited(deleted=[0, 1, 2])
    assert len(edited(added=[{}] * (MOST_ROWS - 3))) == MOST_ROWS
    with pytest.raises(ValueError, match=sentence):
        edited(added=[{}] * (MOST_ROWS - 2))


def test_the_edges_of_the_picture_belong_to_it():
    assert edited(changed={0: {"x1": 0.0, "x2": -0.5}, 1: {"x1": 6.5, "x2": 5.0}})[:2] == (
        (0.0, -0.5, 0),
        (6.5, 5.0, 1),
    )
