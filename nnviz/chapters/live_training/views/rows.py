"""The rows of a run as a table that can be edited."""

import pandas as pd
import streamlit as st

from nnviz.chapters.live_training.address import MOST_ROWS, Rows, default_rows, rounded_row
from nnviz.site.address import Address
from nnviz.site.table_edits import edited_records

_VERSION = "run_rows_version"
_PROBLEM = "run_rows_problem"


def editor(address: Address, x_range: tuple[float, float], y_range: tuple[float, float]) -> None:
    """Show the table; what cannot be used is refused with a sentence and the rows stay."""
    table = pd.DataFrame(address["rows"], columns=["x1", "x2", "target"])
    table.insert(0, "row", range(1, len(table) + 1))
    # A new key after each change: else the widget would apply its edits to the new rows again.
    key = f"run_rows_{st.session_state.get(_VERSION, 0)}"

    def edit() -> None:
        changes = st.session_state[key]
        st.session_state[_VERSION] = st.session_state.get(_VERSION, 0) + 1
        try:
            address.set("rows", _edited(table, changes, x_range, y_range))
            st.session_state[_PROBLEM] = None
        except ValueError as reason:
            st.session_state[_PROBLEM] = f"{reason} The rows stay as they were."

    st.data_editor(
        table,
        key=key,
        num_rows="dynamic",
        height=min(35 * (len(table) + 2) + 3, 400),
        on_change=edit,
        column_config={
            "row": st.column_config.NumberColumn(disabled=True, width="small"),
            # No limits here: the field would refuse without a word.
            "x1": st.column_config.NumberColumn(),
            "x2": st.column_config.NumberColumn(),
            "target": st.column_config.SelectboxColumn(options=[0, 1]),
        },
    )
    if st.session_state.get(_PROBLEM):
        st.warning(st.session_state[_PROBLEM])
    st.button("Back to the eight rows", on_click=lambda: _restore(address))


def _restore(address: Address) -> None:
    address.set("rows", default_rows())
    st.session_state[_PROBLEM] = None
    st.session_state[_VERSION] = st.session_state.get(_VERSION, 0) + 1


def _edited(
    table: pd.DataFrame,
    changes: dict[str, object],
    x_range: tuple[float, float],
    y_range: tuple[float, float],
) -> Rows:
    new_row = {"x1": 3.0, "x2": 2.0, "target": 0}
    records = edited_records(table, changes, new_row, MOST_ROWS)
    return tuple(_row(i, row, x_range, y_range) for i, row in enumerate(records, 1))


def _row(
    number: int,
    record: dict[object, object],
    x_range: tuple[float, float],
    y_range: tuple[float, float],
) -> tuple[float, float, int]:
    x1, x2, target = record.get("x1"), record.get("x2"), record.get("target")
    for name, value, (low, high) in (("x1", x1, x_range), ("x2", x2, y_range)):
        if not isinstance(value, int | float) or not low <= value <= high:
            raise ValueError(f"{name} of row {number} must be a number from {low:g} to {high:g}.")
    if target not in (0, 1):
        raise ValueError(f"The target of row {number} must be 0 or 1.")
    assert isinstance(x1, int | float)
    assert isinstance(x2, int | float)
    assert isinstance(target, int | float)
    return rounded_row(float(x1), float(x2), int(target))
