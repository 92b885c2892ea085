"""A sample written as a file of rows, which comes back as the same sample."""

import csv
import io

from nnviz.data.csv.note import Note, cell_names, written
from nnviz.data.csv.problem import CsvProblem
from nnviz.data.csv.table import read_csv
from nnviz.data.sample import Sample
from nnviz.text.numbers import written as number_text


def as_csv(sample: Sample) -> str:
    r"""Return the rows as CSV: names in the first line, the target last, every digit kept.

    ``read_csv(as_csv(sample)).sample() == sample``. Where the rows alone would be read as
    another sample (classes in another order or without a row, whole numbers that are no classes),
    a first line that begins with ``# nnviz`` says what they are; pandas skips it with
    ``comment="#"``.

    A name that a spreadsheet would run as a formula gets an apostrophe (see ``csv_cells.armed``).
    Numbers never get one, not even negative ones: they are no danger, and would become text.
    """
    names, text = cell_names((*sample.columns, sample.target)), io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(names)
    classes = cell_names(sample.classes)
    for row, y in zip(sample.X.tolist(), sample.y.tolist(), strict=True):
        target = classes[int(y)] if classes else number_text(y)
        writer.writerow([*map(number_text, row), target])
    rows = text.getvalue()
    if _comes_back(rows, sample):
        return rows
    return f"{written(Note(sample.columns, sample.target, sample.classes))}\n{rows}"


def _comes_back(rows: str, sample: Sample) -> bool:
    try:
        return read_csv(rows).sample() == sample
    except CsvProblem:
        return False
