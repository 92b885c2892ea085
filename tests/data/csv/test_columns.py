"""Columns that are read in one go hold what each of their cells holds alone."""

import random

import numpy as np

from nnviz.data.csv.columns import column
from nnviz.data.csv.file import read_csv
from nnviz.data.csv.marks import taken_apart
from nnviz.data.csv.table import CsvChoices
from nnviz.text.numbers import parsed

FORMS = (
    "{:.2f}",
    "{:,.2f}",
    "$ {:.1f}",
    "$ {:,.0f}",
    "({:,.0f})",
    "{:.0f} m2",
    "{:.3e}",
    "{:.1f}%",
)
ODD = (
    *("NA", "", "-", "0", "0 %", "$0", "0,123", "00,123", "1,234", "5 m4", "5.", ".5", "1_0", "x1"),
    *("inf", "1e400", "−5", "5-", "1,2,3", "12'345", "1 234", "Fr. 5", "5 E2", "٣", "no. 5", "-0"),
)


def alone(cell, decimal):
    """Return the number of a cell and what stands around it, or None."""
    value = parsed(cell, decimal)
    if value is not None:
        return value, ("", "")
    number = taken_apart(cell)
    value = number.value(decimal) if number else None
    return None if value is None else (value, number.around)


def test_a_column_holds_what_its_cells_hold_alone():
    chance = random.Random(3)
    for _ in range(300):
        form, decimal = chance.choice(FORMS), chance.choice(".,")
        cells = [form.format(chance.gauss(0, 10 ** chance.randint(0, 6))) for _ in range(40)]
        cells = [cell.replace("(-", "(").replace("$ -", "-$ ") for cell in cells]
        for _ in range(chance.choice([0, 0, 1, 8])):
            cells[chance.randrange(40)] = chance.choice(ODD)
        if decimal == ",":
            cells = [cell.translate(str.maketrans(".,", ",.")) for cell in cells]
        found = column("x", tuple(cells), decimal)
        for cell, value in zip(cells, found.values, strict=True):
            number = None if cell.lower() in found.missing[0] else alone(cell, decimal)
            usual = number and (number[1] == found.around or number == (0, ("", "")))
            assert (usual and value == number[0]) or (not usual and np.isnan(value)), (cells, cell)


def test_a_line_end_in_a_cell_does_not_move_the_cells_below_it():
    table = read_csv('a;b;class\n1;"2\n3";u\n4;5;v\n6;7,5;u\n8;9;v\n', CsvChoices(decimal=","))
    assert table.column("b").values[1:].tolist() == [5, 7.5, 9]
    assert np.isnan(table.column("b").values[0])


def test_a_value_that_is_taken_as_missing_is_so_in_every_form_of_the_column():
    for cells in (("-999", "12", "5"), ("$-999", "$12", "$5"), ("-999", "$1,250", "$5")):
        found = column("x", cells, ".", (frozenset((cells[0],)), frozenset((cells[0],))))
        assert np.isnan(found.values[0])
        assert found.values[2] == 5
        assert found.is_missing.tolist() == [True, False, False]
