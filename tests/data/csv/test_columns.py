"""Columns that are read in one go hold what each of their cells holds alone."""

import random

import numpy as np

from nnviz.data.csv.columns import column
from nnviz.data.csv.file import read_csv
from nnviz.data.csv.marks import taken_apart
from nnviz.data.csv.packed import Cells
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


def test_columns_of_two_units_or_many_digits_hold_what_their_cells_hold_alone():
    chance = random.Random(5)
    for many in (
        "{:.3f} kg|{:.3f}",
        "{:.0f} m2|{:.0f} m3|0|1 m4",
        "{:.14f}|{:.9f}",
        "€{:,.2f}|-€{:,.2f}",
    ):
        forms = many.split("|")
        cells = [chance.choice(forms).format(chance.uniform(0.1, 5e5)) for _ in range(3000)]
        found = column("x", cells, ".")
        for cell, value in zip(cells, found.values, strict=True):
            number = alone(cell, ".")
            if number and (number[1] == found.around or number == (0, ("", ""))):
                assert value == number[0], cell
            else:
                assert np.isnan(value), cell


def test_two_forms_with_one_key_are_still_told_apart(monkeypatch):
    monkeypatch.setattr("nnviz.data.csv.packed._WEIGHT", 0)  # every form has the key 0
    cells = ("1.5", "$2", "30", "4e2", "-5.25", "x")
    values = column("x", cells, ".").values
    assert values[[0, 2, 3, 4]].tolist() == [1.5, 30, 400, -5.25]
    assert np.isnan(values[[1, 5]]).all()


def test_cells_are_what_was_packed():
    for cells in (("a", "", "ß", "😀x"), ("",), ("12", "3"), ()):
        packed = Cells(cells)
        assert (tuple(packed), len(packed), packed[1:]) == (cells, len(cells), cells[1:])
        assert [packed[i] for i in range(-len(cells), len(cells))] == [*cells, *cells]
        assert packed.some(np.arange(len(cells))) == list(cells)
