"""Twenty files that people really have, and others of such kinds, against their right reading.

The files in ``files/`` are made by chance for this test, each in the layout of a common export.
"""

from pathlib import Path

import numpy as np
import pytest

from nnviz.data.csv.file import read_csv
from nnviz.data.csv.problem import CsvProblem
from nnviz.data.csv.table import CsvChoices
from tests.data.csv.quirks import QUIRKS

FILES = Path(__file__).parent / "files"

# Name: rows read, rows used, target and task ("" where it is asked), classes, inputs, the numbers
# of the first row, words of the line that says what was understood, words of the remarks.
RIGHT = {
    "iris_like": (90, 90, "x5", ["Nut-brown", "Nut-dark", "Nut-pale"], "x1 x2 x3 x4",
                  [23.1, 15.7, 3.1, 0.7], "no line of names", ""),
    "wine_like": (90, 90, "x1", ["1", "2", "3"], " ".join(f"x{i}" for i in range(2, 15)),
                  [14.17, 1.63, 2.48, 18.29, 91, 2.47, 1.86, 0.2], "no line of names", ""),
    "banknote_like": (100, 100, "x5", ["0", "1"], "x1 x2 x3 x4",
                      [-0.60414, 0.71877, -1.8595, -4.7672], "decimal point", ""),
    "ionosphere_like": (60, 60, "x35", ["b", "g"],
                        " ".join(f"x{i}" for i in range(1, 35) if i != 2),
                        [1, 0.86326, -0.71139], "35 columns", "“x2” (the same in every row)"),
    "titanic_like": (90, 75, "", ["0", "1"], "Class Days Boxes Bags Fee",
                     [3, 8, 0, 0, 27.4442], "12 columns", "“ParcelId” (numbers the rows)"),
    "diabetes_like": (90, 90, "Outcome", ["0", "1"],
                      "Runs Heat Pressure Wear Load Index Pedigree Hours",
                      [5, 97, 93, 0, 71, 25.1, 0.957, 65], "names in line 1", ""),
    "r_write_csv": (60, 58, "Beach", ["north", "south"], "Shell.Length Shell.Width Weight",
                    [41.3, 37.7, 16], "", "2 rows stay out, with “NA”"),
    "r_write_table": (40, 40, "wing", ["bent", "flat"], "speed drag lift",
                      [9.43422, 4.41679, -0.465253], "blanks between", "(numbers the rows)"),
    "excel_european": (50, 50, "", ["groß", "klein"], "Fläche (m²)|Alter|Preis (€)",
                       [46.6, 23, 71266.55], "decimal comma; points between thousands", ""),
    "sheets_thousands": (40, 40, "Season", ["summer", "winter"], "Visits Orders",
                         [4538, 1444], "commas between thousands", ""),
    "worldbank_like": (40, 38, "2023", [], "2021 2022", [4.219, 4.71],
                       "names in line 5; lines 1–3 left out (title)", "“Station Name” (different"),
    "matlab_dat": (60, 59, "x4", ["0", "1"], "x1 x2 x3", [0, -3.6894281e-02, 1.0437386],
                   "lines 1–2 left out (comment)", "“NaN”"),
    "beans_arff": (50, 49, "class", ["large", "small"], "length width", [12.78, 8.03],
                   "format ARFF", "“?”"),
    "orange_tab": (45, 45, "sort", ["apple", "pear"], "length width", [6.95, 7.71],
                   "lines 2–3 left out", "“shop” (the file does not count it)"),
    "adult_like": (60, 60, "x5", ["<=50.", ">50."], "x1 x3 x4", [38, 133253, 40],
                   "line 1 left out (title)", "“x2” (text, 3 different"),
    "winequality_like": (90, 90, "grade", [], "fixed acid|volatile acid|sugar|sulphates|alcohol",
                         [13.4, 0.607, 2.6, 0.72, 10.9312], "semicolon", ""),
    "excel_unicode": (40, 40, "Sorte", ["früh", "spät"], "Länge Breite", [13.34, 8.62],
                      "decimal comma; names in line 1; letters of UTF-16", ""),
    "utf16_no_mark": (20, 20, "state", ["off", "on"], "volt ampere", [3.291, 0.046],
                      "letters of UTF-16", ""),
    "class_NA": (60, 40, "continent", ["AS", "EU"], "gdp area", [13.5, 7.4], "",
                 "20 rows stay out, with “NA”"),
    "mac_cr": (30, 30, "group", ["x", "y"], "a b", [2.26, 0], "names in line 1", ""),
}  # fmt: skip
MEANT = {"titanic_like": "Arrived", "excel_european": "Größe"}


def test_twenty_files_that_people_have_are_read_rightly():
    assert set(RIGHT) == {path.stem for path in FILES.glob("*.csv")}
    for name, (rows, used, target, classes, inputs, first, line, remark) in RIGHT.items():
        content = (FILES / f"{name}.csv").read_bytes()
        table = read_csv(content)
        assert (table.n_rows, table.target) == (rows, target), name
        assert line in table.sentence, (name, table.sentence)
        if not target:
            with pytest.raises(CsvProblem, match=MEANT[name]):
                table.sample()
            table = table.chosen(CsvChoices(target=MEANT[name]))
        sample = table.sample()
        assert (sample.n_rows, list(sample.classes)) == (used, classes), name
        columns = inputs.split("|") if "|" in inputs else inputs.split()
        assert list(sample.columns) == columns[: len(sample.columns)], name
        kept = sample.X[0, : len(first)]
        assert kept.tolist() == first[: len(kept)], name
        assert remark in " ".join(table.remarks), (name, table.remarks)


def test_the_whole_of_two_files_is_right_in_every_number():
    """Held against the cells, turned into numbers by hand for each of the two layouts."""
    text = (FILES / "excel_european.csv").read_bytes().decode("cp1252").splitlines()[2:]
    rows = [line.split(";") for line in text if line.strip(";")]
    expected = [
        [float(cell.replace(".", "").replace(",", ".")) for cell in row[:3]] for row in rows
    ]
    table = read_csv((FILES / "excel_european.csv").read_bytes(), CsvChoices(target="Größe"))
    assert np.array_equal(table.sample().X, expected)
    text = (FILES / "sheets_thousands.csv").read_text().splitlines()[1:]
    expected = [[float(cell.replace(",", "")) for cell in line.split("\t")[:2]] for line in text]
    assert np.array_equal(read_csv("\n".join(["a\tb\tc", *text])).sample().X, expected)


def test_a_class_called_na_can_be_one():
    content = (FILES / "class_NA.csv").read_bytes()
    sample = read_csv(content, CsvChoices(missing=("",))).sample()
    assert (sample.n_rows, sample.classes) == (60, ("AS", "EU", "NA"))


def read(content, choices):
    """Return the rows with their targets, or None, and all that is said of them."""
    try:
        table = read_csv(content, choices)
        sample = table.sample()
    except CsvProblem as problem:
        return None, str(problem)
    y = [sample.classes[int(k)] for k in sample.y] if sample.classes else sample.y.tolist()
    rows = [[*row, each] for row, each in zip(sample.X.tolist(), y, strict=True)]
    return rows, f"{table.sentence} {' '.join(table.remarks)}"


def test_files_of_other_kinds_are_read_rightly():
    for quirk in QUIRKS:
        found, told = read(quirk.content, quirk.choices)
        assert found == (quirk.rows and [list(row) for row in quirk.rows]), (quirk.id, told)
        for words in quirk.words:
            assert words in told, (quirk.id, told)


def test_the_delimiter_may_stand_in_every_quoted_text():
    rows = [f'"{n}, and no. {n}.5","none, or {n} of it",{n % 7},{"uv"[n % 2]}' for n in range(20)]
    table = read_csv("\n".join(["said,seen,n,class", *rows]))
    assert (table.delimiter, table.n_rows) == (",", 20)
    assert table.column("said").cells[3] == "3, and no. 3.5"


def test_what_says_that_something_is_missing_is_named_in_the_order_of_the_rows():
    rows = [
        "NA,1,1",
        "2,?,0",
        "3,4,1",
        "null,5,0",
        "6,n/a,1",
        *(f"{n},8,{n % 2}" for n in range(20)),
    ]
    remarks = " ".join(read_csv("\n".join(["a,b,class", *rows])).remarks)
    assert "with “NA” in 1, “?” in 1, “null” in 1, “n/a” in 1, the first in line 2" in remarks
