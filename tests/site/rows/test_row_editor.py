"""The editor of a few rows and of a small sample: what edits make of them, what is refused."""

import math

import numpy as np
import pytest
import streamlit
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from nnviz.data.sample import LARGEST_VALUE, Sample
from nnviz.site.plain import plain
from nnviz.site.rows.row_editor import (
    MOST_POINTS,
    edited_rows,
    new_point,
    number_in,
    rows_of,
    sample_columns,
    sample_of,
)

SAMPLE = Sample(
    [[1.5, -2], [3, 1 / 3], [-0.0, 6], [7, 8]], [0, 1, 1, 2], ("row", "<b>"), ("a", "b", "c"), "y"
)
NUMBERS = Sample([[1, 2], [3, 4], [5, 6]], [0.5, 1.5, 1 / 3], ("u", "v"), (), "t")


def after(sample=SAMPLE, changed=None, added=(), deleted=()):
    changes = {
        "edited_rows": changed or {},
        "added_rows": list(added),
        "deleted_rows": list(deleted),
    }
    rows = edited_rows(
        sample_columns(sample), rows_of(sample), changes, new_point(sample), MOST_POINTS
    )
    return sample_of(sample, rows)


def test_what_is_not_edited_keeps_every_digit():
    assert after() == SAMPLE
    assert after(NUMBERS) == NUMBERS


@given(st.lists(st.floats(-LARGEST_VALUE, LARGEST_VALUE), min_size=6, max_size=6))
def test_every_number_comes_through(values):
    X = np.reshape(values, (3, 2))
    sample = Sample(X, X[:, 0], classes=())
    assert after(sample) == sample
    assert after(sample, {0: {"y": 1.0}}).X.tobytes() == sample.X.tobytes()


def test_cells_are_edited_rows_deleted_and_added_at_once():
    result = after(changed={"1": {"x1": 9, "y": "a"}}, added=[{"x0": 4}, {"y": "c"}], deleted=[0])
    assert result.X.tolist() == [[3, 9], [0, 6], [7, 8], [4, 3.083], [2.875, 3.083]]
    assert result.y.tolist() == [0, 1, 2, 0, 2]
    assert (result.columns, result.classes, result.target) == (("row", "<b>"), ("a", "b", "c"), "y")
    assert after(NUMBERS, added=[{}]).y.tolist() == [0.5, 1.5, 1 / 3, 0.7778]


def test_a_class_may_lose_its_rows_and_keeps_its_name():
    assert after(deleted=[3]).classes == ("a", "b", "c")
    with pytest.raises(ValueError, match=r"^Rows of two classes must stay"):
        after(deleted=[0, 3])
    with pytest.raises(ValueError, match=r"^Rows of two classes must stay"):
        after(changed={i: {"y": "c"} for i in range(4)})


@pytest.mark.parametrize("value", [None, math.nan, math.inf, 1.1e12, "two", "", [1.0]])
def test_what_is_no_number_is_refused(value):
    with pytest.raises(ValueError, match=r"^<b> of row 2 must be a number"):
        after(changed={1: {"x1": value}})
    with pytest.raises(ValueError, match=r"^t of row 3 must be a number"):
        after(NUMBERS, changed={2: {"y": value}})


@pytest.mark.parametrize("value", [None, "d", "", 0, ["a"]])
def test_what_is_no_class_is_refused(value):
    with pytest.raises(ValueError, match=r"^y of row 5 must be one of: a, b, c"):
        after(added=[{"y": value}])


def test_two_rows_to_two_hundred():
    with pytest.raises(ValueError, match="There can be 1 to 200 rows"):
        after(deleted=[0, 1, 2, 3])
    with pytest.raises(ValueError, match="At least 2 rows must stay"):
        after(deleted=[1, 2, 3])
    assert after(added=[{}] * (MOST_POINTS - 4)).n_rows == MOST_POINTS
    with pytest.raises(ValueError, match="There can be 1 to 200 rows"):
        after(added=[{}] * (MOST_POINTS - 3))


def test_a_number_may_have_a_decimal_comma_but_no_commas_between_thousands():
    for cell, value in (
        (".01", 0.01), ("1,4", 1.4), ("-0,125", -0.125), (" 2 ", 2), ("1e-3", 0.001), (",5", 0.5),
        ("\u22123", -3), (7, 7), (0.1, 0.1), ("1,4567", 1.4567),
    ):  # fmt: skip
        assert number_in(cell) == value
    for cell in ("1,234", "-12,345", "1,2,3", "1.234,5", "1_0", "\u0661", "nan", "", None, [1.0]):
        assert number_in(cell) is None
    changed = {0: {"x0": ".01", "x1": "1,4"}}
    assert after(NUMBERS, changed).X[0].tolist() == [0.01, 1.4]
    assert after(NUMBERS, added=[{"y": ",25"}]).y.tolist()[-1] == 0.25


def _app() -> None:
    import numpy as np
    import streamlit as st

    from nnviz.data.sample import Sample
    from nnviz.site.rows.row_editor import points_table

    n = st.session_state.get("n", 3)
    start = Sample(np.arange(2.0 * n).reshape(n, 2), np.arange(n) % 2, ("<b>", "v"), ("**a**", "c"))
    sample = st.session_state.setdefault("sample", start)

    def take(sample: object, note: str) -> None:
        st.session_state["sample"] = sample
        st.session_state["note"] = note

    points_table(sample, take)


@pytest.fixture
def table(monkeypatch):
    """Replace the table editor, which AppTest cannot type into, by a button; return its edits."""
    changes = {"edited_rows": {}, "added_rows": [], "deleted_rows": [], "given": []}

    def data_editor(data, *, key, on_change, **given):
        streamlit.session_state[key] = changes
        changes["given"].append((key, given["column_config"]))
        streamlit.button("edit", on_click=on_change)

    monkeypatch.setattr(streamlit, "data_editor", data_editor)
    return changes


def edit(app):
    app.button[0].click()
    app.run()
    assert not app.exception
    return app


def test_the_table_is_edited_and_a_problem_leaves_it(table):
    app = AppTest.from_function(_app, default_timeout=60).run()
    key, columns = table["given"][-1]
    assert columns["x0"]["label"] == "<b>"
    assert columns["y"]["type_config"]["options"] == ["**a**", "c"]
    table["edited_rows"] = {0: {"x0": None}}
    (warning,) = edit(app).warning
    told = "<b> of row 1 must be a number of at most 1e12 in size. The rows stay as they were."
    assert warning.value == plain(told)
    assert app.session_state["sample"].n_rows == 3
    assert table["given"][-1][0] != key
    table.update(edited_rows={}, added_rows=[{"y": "c"}])
    assert not edit(app).warning
    sample = app.session_state["sample"]
    assert sample.X.tolist() == [[0, 1], [2, 3], [4, 5], [2, 3]]
    assert sample.y.tolist() == [0, 1, 0, 1]
    assert app.session_state["note"] == "4 rows, edited in the table."


def test_a_large_sample_is_no_table_to_edit(table):
    app = AppTest.from_function(_app, default_timeout=60)
    app.session_state["n"] = MOST_POINTS + 1
    app.run()
    assert not app.exception
    assert not table["given"]
    assert "up to 200 rows, and there are 201" in app.caption[0].value
