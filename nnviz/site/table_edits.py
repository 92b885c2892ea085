"""What a person has done to a table of rows, carried out."""

from collections.abc import Mapping
from typing import Any

import pandas as pd


def edited_records(
    table: pd.DataFrame, changes: Mapping[str, object], new_row: Mapping[str, float], most: int
) -> list[dict[Any, Any]]:
    """Return the rows of a ``st.data_editor`` after its edits, one dict each.

    Parameters
    ----------
    table : DataFrame
        What the editor was given.
    changes : Mapping
        What it left in ``st.session_state``.
    new_row : Mapping
        What an added row starts from: it comes empty.
    most : int
        So many rows there may be.

    Raises
    ------
    ValueError
        If no row is left, or there are too many.
    """
    edited, added, deleted = (changes[f"{name}_rows"] for name in ("edited", "added", "deleted"))
    assert isinstance(edited, dict)
    assert isinstance(added, list)
    assert isinstance(deleted, list)
    records = table.to_dict("records")
    for index, cells in edited.items():
        records[int(index)].update(cells)
    records = [row for i, row in enumerate(records) if i not in deleted]
    records += [dict(new_row) | row for row in added]
    if not 1 <= len(records) <= most:
        raise ValueError(f"There can be 1 to {most} rows.")
    return records
