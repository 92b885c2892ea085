"""Which column of a file of rows is to be told from which others, guessed."""

from collections.abc import Sequence
from typing import Final

from nnviz.data.csv.columns import CsvColumn
from nnviz.data.sample import MOST_CLASSES, MOST_COLUMNS

NAMES: Final = (
    *("class", "classes", "target", "label", "labels", "y", "species", "category", "outcome"),
    *("diagnosis", "variety", "klasse", "ziel", "art", "classe", "clase", "etiqueta"),
)


def guess(columns: Sequence[CsvColumn]) -> tuple[int, str]:
    """Return the number of the column that is to be told, and the task.

    A text column with two to five different values comes first, above all one with a name such as
    *class*; then whatever has such a name; then a last column of two to five whole numbers; then
    the last column of numbers, which makes a regression.

    Returns
    -------
    target : int
        The number of the column.
    task : str
        ``"classes"`` or ``"regression"``.
    """
    last = len(columns) - 1
    texts = [i for i, column in enumerate(columns) if not column.is_number]
    named = [i for i, column in enumerate(columns) if column.name.lower() in NAMES]
    few = [i for i in texts if 2 <= len(columns[i].different(MOST_CLASSES)) <= MOST_CLASSES]
    if few:
        # Where every row has a text of its own, it is more likely a name of the row.
        target = max(few, key=lambda i: (i in named, _repeats(columns[i]), i))
        return target, "classes"
    if named:
        target = named[-1]
        return target, "classes" if target in texts or few_whole(columns[target]) else "regression"
    if few_whole(columns[last]):
        return last, "classes"
    numbers = [i for i in range(len(columns)) if i not in texts]
    if last in texts and len(numbers) < 3:
        return last, "classes"
    return (numbers[-1] if numbers else last), "regression"


def few_whole(column: CsvColumn) -> bool:
    """Tell whether a column holds two to five different whole numbers and nothing else."""
    if not column.is_number:
        return False
    different = set(column.values[:2000].tolist())
    different = different if len(different) > MOST_CLASSES else set(column.values.tolist())
    different = {value for value in different if value == value}
    readable = all(value.is_integer() for value in different)
    return readable and 2 <= len(different) <= MOST_CLASSES and column.first_unread() is None


def inputs(columns: Sequence[CsvColumn], target: int) -> tuple[int, ...]:
    """Return the numbers of the columns to tell it from; the first two make the plane."""
    numbers = [i for i, column in enumerate(columns) if i != target and column.is_number]
    useful = [i for i in numbers if not columns[i].counts_rows and not columns[i].is_constant]
    return tuple((useful if len(useful) >= 2 else numbers)[:MOST_COLUMNS])


def left_out(columns: Sequence[CsvColumn], target: int, chosen: Sequence[int]) -> tuple[str, ...]:
    """Return the names of the columns that are not used, each with the reason."""
    rest = [(i, column) for i, column in enumerate(columns) if i != target and i not in chosen]
    return tuple(f"{column.name} ({_reason(column)})" for _, column in rest)


def _reason(column: CsvColumn) -> str:
    if not column.is_number:
        return "text"
    if column.counts_rows:
        return "numbers the rows"
    return "the same in every row" if column.is_constant else "not chosen"


def _repeats(column: CsvColumn) -> bool:
    return len(set(column.cells)) < len(column.cells)
