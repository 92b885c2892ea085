"""Files as programs write them: what is found out about them, what corrections change."""

import csv
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.data.csv.file import read_csv
from nnviz.data.csv.notes import armed, disarmed
from nnviz.data.csv.problem import CsvProblem
from nnviz.data.csv.table import CsvChoices
from nnviz.data.sample import Sample
from tests.effort import at_most

ROWS = ((1.5, -2.0, "a"), (3.25, 5.0, "b"), (4.0, 7.75, "a"), (6.0, 1e-3, "c"))
SAMPLE = Sample(
    [row[:2] for row in ROWS], [0, 1, 0, 2], ("x1", "x2"), ("a", "b", "c"), target="class"
)


def written(delimiter=",", decimal=".", header=True, end="\n", quoting=csv.QUOTE_MINIMAL):
    """Return the rows as the standard library writes them."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=quoting)
    if header:
        writer.writerow(("x1", "x2", "class"))
    for row in ROWS:
        writer.writerow([str(cell).replace(".", decimal) for cell in row])
    return text.getvalue()


@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("header", [True, False])
@pytest.mark.parametrize(
    ("delimiter", "decimal"),
    [(d, m) for d in ",;\t| " for m in ".,"],
)
def test_what_stands_between_is_found(delimiter, decimal, header, end, quoting):
    text = written(delimiter, decimal, header, end, quoting)
    table = read_csv(text)
    assert (table.delimiter, table.decimal, table.header) == (delimiter, decimal, header)
    sample = table.sample()
    assert np.array_equal(sample.X, SAMPLE.X)
    assert np.array_equal(sample.y, SAMPLE.y)
    assert sample.classes == ("a", "b", "c")
    if header:
        assert sample == SAMPLE
    else:
        assert table.names == ("x1", "x2", "x3")


@pytest.mark.parametrize(
    ("encoding", "mark", "found"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8-sig", b"", "utf-8"),
        ("utf-8-sig", b"\xef\xbb\xbf", "utf-8"),
        ("utf-16", b"", "utf-16"),
        ("utf-16-be", b"\xfe\xff", "utf-16"),
        ("utf-32", b"", "utf-32"),
        ("cp1252", b"", "cp1252"),
        ("latin-1", b"", "cp1252"),
    ],
)
def test_the_encoding_is_found(encoding, mark, found):
    text = "größe,x2,class\n1,2,é\n3,4,ü\n"
    table = read_csv(mark + text.encode(encoding))
    assert table.encoding == found
    assert table.columns == ("größe", "x2")
    assert table.sample().classes == ("é", "ü")


def test_a_mark_that_became_letters_is_no_part_of_a_name():
    assert read_csv("ï»¿" + written()).sample() == SAMPLE


@pytest.mark.parametrize(
    ("text", "target", "task", "columns"),
    [
        # A text column with few values, above all one that is called so.
        ("kind,x1,x2\na,1,2\nb,3,4\na,5,7", "kind", "classes", ("x1", "x2")),
        ("kind,class,x1,x2\na,u,1,2\nb,v,3,4\na,v,5,7", "class", "classes", ("x1", "x2")),
        ("class,x1,x2,kind\nu,1,2,a\nv,3,4,b\nv,5,7,a", "class", "classes", ("x1", "x2")),
        # A name in every row is one of the row.
        ("kind,x1,x2,who\na,1,2,ann\nb,3,4,bob\na,5,7,cid", "kind", "classes", ("x1", "x2")),
        # Then the name.
        ("Y,x1,x2\n0,1,2\n1,3,4\n1,5,7", "Y", "classes", ("x1", "x2")),
        ("y,x1,x2\n0.5,1,2\n1,3,4\n1,5,7", "y", "regression", ("x1", "x2")),
        ("x,y,mood\n1,2,a\n3,4,b\n5,6,a\n7,1,b", "mood", "classes", ("x", "y")),
        ("target,x1,x2\n1,1,2\n2,3,4\n3,5,7\n4,1,1\n5,9,2\n6,3,0", "target", "regression",
         ("x1", "x2")),
        # Then few whole numbers in the last column, then the last column of numbers.
        ("x1,x2,z\n1,2,0\n3,4,2\n5,7,2", "z", "classes", ("x1", "x2")),
        ("x1,x2,z\n1,2,0\n3,4,0.5\n5,7,1", "z", "regression", ("x1", "x2")),
        ("x1,x2,z,day\n1,2,0,2024-01-05\n3,4,1.5,2024-01-06\n5,7,9,2024-01-07\n"
         "1,0,8,2024-01-08\n2,0,7,2024-01-09\n2,1,7,2024-01-10", "z", "regression", ("x1", "x2")),
        # What numbers the rows, and what is always the same, tells nothing.
        ("id,x1,c,x2,class\n1,1,9,2,a\n2,3,9,4,b\n3,5,9,7,a", "class", "classes", ("x1", "x2")),
        (",x1,x2,class\n0,1,2,a\n1,3,4,b\n2,5,7,a", "class", "classes", ("x1", "x2")),
        ("id,x1,x2,class\n1,1,2,a\n7,3,4,b\n3,5,7,a", "class", "classes", ("x1", "x2")),
    ],
)  # fmt: skip
def test_target_and_columns_are_guessed(text, target, task, columns):
    table = read_csv(text)
    assert (table.target, table.task, table.columns) == (target, task, columns)
    sample = table.sample()
    assert (sample.target, sample.columns, bool(sample.classes)) == (
        target, columns, task == "classes",
    )  # fmt: skip


def test_at_most_64_columns_are_chosen_by_themselves():
    names = [*(f"c{i}" for i in range(80)), "class"]
    rows = [[*(str(i + k) for i in range(80)), "ab"[k % 2]] for k in range(4)]
    table = read_csv("\n".join(map(",".join, [names, *rows])))
    assert table.columns == tuple(names[:64])
    assert table.sample().X[3].tolist() == list(range(3, 67))
    with pytest.raises(CsvProblem, match="80 columns are chosen in line 2: choose 64 at most"):
        table.chosen(CsvChoices(columns=tuple(names[:80]))).sample()


def test_rows_with_an_empty_cell_stay_out_and_are_counted():
    text = "x1,x2,class\n1,2,a\n3,,b\n5,NA,a\n7,1,\n8,2,b\n9,4,a\n2,2,b\n"
    table = read_csv(text)
    assert table.sample().X.tolist() == [[1, 2], [8, 2], [9, 4], [2, 2]]
    assert table.remarks == (
        "3 rows stay out, with an empty cell in 2, “NA” in 1, the first in line 3.",
    )
    assert table.n_rows == 7


def test_remarks_say_what_is_not_used():
    table = read_csv(",x1,x2,who,class\n0,1,2,ann,a\n1,3,4,bob,b\n2,5,7,cid,a")
    assert table.remarks == (
        "Not used: “column 1” (numbers the rows); “who” (different in every row: it only names "
        "them).",
    )


def test_lines_are_those_of_the_file():
    text = 'sep=;\n\nx1;x2;class\n"1";2;"a\nb"\n\n;;\n3;4;c\n'
    table = read_csv(text)
    assert table.lines == (4, 8)
    assert table.sample().classes == ("a b", "c")


def test_spreadsheets_may_leave_empty_cells_at_the_end():
    assert read_csv("x1,x2,class\n1.5,-2,a,\n3.25,5,b,,\n4,7.75,a\n6,1e-3,c\n,,\n").sample() == (
        SAMPLE
    )


def test_a_million_empty_lines_at_the_end_do_no_harm():
    text = "x1,x2,class\n1.5,-2,a\n3.25,5,b\n4,7.75,a\n6,1e-3,c\n" + ",,\n" * 1_000_000
    assert read_csv(text).sample() == SAMPLE
    # The last cell of the last row may be empty as well.
    assert read_csv("x1,x2,class\n1,2,a\n3,4,b\n5,7,b\n5,6,\n,,\n").lines == (2, 3, 4, 5)


def test_a_minus_sign_as_it_is_printed_is_one():
    assert read_csv("x1,x2,class\n−1,2,a\n3,−.5,b").sample().X.tolist() == [[-1, 2], [3, -0.5]]


def test_classes_in_numbers_are_named_and_ordered_by_value():
    sample = read_csv("x1,x2,class\n1,2,10\n3,4,9.0\n5,7,-1\n6,6,9").sample()
    assert sample.classes == ("-1", "9", "10")
    assert sample.y.tolist() == [2, 1, 0, 1]


def test_corrections_are_followed():
    table = read_csv(written())
    other = table.chosen(CsvChoices(target="x2", columns=("x1", "x1")))
    with pytest.raises(CsvProblem, match="chosen twice"):
        other.sample()
    text = "a,b,c,d\n1,2,0,5\n3,4,1,6\n5,7,1,9\n"
    table = read_csv(text, CsvChoices(target="a", task="regression", columns=("d", "c")))
    sample = table.sample()
    assert (sample.columns, sample.classes, sample.target) == (("d", "c"), (), "a")
    assert sample.X.tolist() == [[5, 0], [6, 1], [9, 1]]
    assert table.remarks == ("Not used: “b” (not chosen).",)
    as_classes = table.chosen(CsvChoices(target="a", task="classes", columns=("c", "d"))).sample()
    assert as_classes.classes == ("1", "3", "5")
    assert as_classes.X.tolist() == [[0, 5], [1, 6], [1, 9]]
    headless = read_csv(text, CsvChoices(header=False))
    assert headless.n_rows == 4
    with pytest.raises(CsvProblem, match=r"“x1” \(line 1 holds “a”, no number"):
        headless.sample()
    assert read_csv(text, CsvChoices(delimiter=";")).names == ("a,b,c,d",)
    with pytest.raises(CsvProblem, match="no column “e” in line 2"):
        read_csv(text, CsvChoices(target="e"))


def test_a_decimal_mark_that_could_be_one_of_thousands_is_asked_for():
    text = 'x1,x2,class\n"1,234",2,a\n"3,222",4,b\n'
    with pytest.raises(CsvProblem, match=r"Line 2, .*“1,234”.*decimal mark"):
        read_csv(text).sample()
    assert read_csv(text, CsvChoices(decimal=",")).sample().X.tolist() == [[1.234, 2], [3.222, 4]]


@given(st.text("'=+-@a1|(", max_size=6))
def test_a_name_is_armed_and_disarmed(name):
    cell = armed(name)
    assert disarmed(cell) == name
    assert not cell.startswith(("=", "@")) or len(cell) == 1


def test_what_a_spreadsheet_would_run_is_armed_and_no_number_is():
    assert [armed(n) for n in ("=1+1", "@SUM(A1)", "+cmd|x", "-2+3", "a=b")] == [
        "'=1+1", "'@SUM(A1)", "'+cmd|x", "'-2+3", "a=b",
    ]  # fmt: skip
    assert [armed(n) for n in ("-1", "+1.5", "-", "+")] == ["-1", "+1.5", "-", "+"]


def test_fifty_thousand_rows_take_less_than_a_second():
    generator = np.random.default_rng(0)
    X = generator.normal(size=(50_000, 5))
    lines = ["a,b,c,d,e,class"]
    lines += [f"{','.join(map(repr, row))},{'uvw'[i % 3]}" for i, row in enumerate(X.tolist())]
    content = "\n".join(lines).encode()
    with at_most(1.0):
        sample = read_csv(content).sample()
    assert np.array_equal(sample.X, X)
