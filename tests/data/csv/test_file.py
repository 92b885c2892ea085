"""A sample as a file: it comes back in every digit, and no spreadsheet runs anything in it."""

import csv
import io

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.data.csv.file import as_csv, read_csv, table_csv
from nnviz.data.csv.problem import CsvProblem
from nnviz.data.sample import LARGEST_VALUE, Sample
from nnviz.data.tutorial import eight_rows

NUMBERS = st.floats(-LARGEST_VALUE, LARGEST_VALUE) | st.integers(-3, 3).map(float)
NAMES = st.text(max_size=12) | st.sampled_from(
    [
        "x1",
        "class",
        "=1+1",
        "'=a",
        "@x",
        "a,b",
        'a"b',
        "a\nb",
        " a",
        "nan",
        "",
        "-",
        "0",
        "1.0",
        "\0",
    ]
)


@st.composite
def samples(draw):
    n_rows, n_columns = draw(st.integers(1, 6)), draw(st.integers(2, 4))
    names = draw(st.lists(NAMES, min_size=n_columns, max_size=n_columns, unique=True))
    X = [[draw(NUMBERS) for _ in range(n_columns)] for _ in range(n_rows)]
    classes = draw(st.just([]) | st.lists(NAMES, min_size=2, max_size=5, unique=True))
    value = st.integers(0, len(classes) - 1).map(float) if classes else NUMBERS
    y = [draw(value) for _ in range(n_rows)]
    return Sample(X, y, tuple(names), tuple(classes), draw(NAMES | st.sampled_from(names)))


@given(samples())
@settings(max_examples=300)
def test_every_sample_comes_back(sample):
    text = as_csv(sample)
    assert read_csv(text).sample() == sample
    assert read_csv(text.encode()).sample() == sample
    for row in csv.reader(io.StringIO(text)):
        assert not any(cell[:1] in ("=", "@") and len(cell) > 1 for cell in row)


def test_the_eight_rows_are_written_plainly():
    data = eight_rows()
    sample = Sample(data.X, data.y)
    text = as_csv(sample)
    assert text.startswith("x1,x2,class\n")
    assert len(text.splitlines()) == 9
    frame = pd.read_csv(io.StringIO(text))
    assert np.array_equal(frame[["x1", "x2"]].to_numpy(float), data.X)
    assert frame["class"].tolist() == data.y.tolist()
    assert read_csv(text).sample() == sample


@pytest.mark.parametrize(
    ("y", "classes"),
    [
        ([0, 1, 0], ("b", "a")),  # not in order
        ([0, 2, 0], ("a", "b", "c")),  # one without a row
        ([0, 0, 0], ("a", "b")),
        ([0, 1, 1], ()),  # whole numbers that are no classes
        ([3, 3, 3], ()),
    ],
)
def test_a_first_line_says_what_the_rows_do_not(y, classes):
    sample = Sample([[1, 2], [3, 4], [5, 5]], y, classes=classes)
    text = as_csv(sample)
    assert text.startswith('# nnviz {"columns":["x1","x2"],"target":"class"')
    assert read_csv(text).sample() == sample
    frame = pd.read_csv(io.StringIO(text), comment="#")
    assert frame.columns.tolist() == ["x1", "x2", "class"]
    assert len(frame) == 3


def test_formulas_in_names_get_an_apostrophe_and_lose_it_again():
    sample = Sample([[1, 2], [3, 4]], [0, 1], ("=HYPERLINK(A1)", "x"), ("+cmd|x", "-1"), "@y")
    text = as_csv(sample)
    assert text.splitlines()[-3:] == ["'=HYPERLINK(A1),x,'@y", "1,2,'+cmd|x", "3,4,-1"]
    assert read_csv(text).sample() == sample


def test_a_note_whose_names_are_no_text_is_refused():
    for name in ("\\ud800", "\\udfff"):
        note = f'# nnviz {{"columns":["x1","{name}"],"target":"y","classes":[]}}'
        with pytest.raises(CsvProblem, match="Line 1"):
            read_csv(f"{note}\nx1,x2,y\n1,2,3\n4,5,6\n")


def test_digits_are_as_few_as_come_back():
    sample = Sample([[0.1 + 0.2, -0.0], [3, 1e-300]], [0.5, 1e12], classes=(), target="y")
    assert as_csv(sample) == "x1,x2,y\n0.30000000000000004,-0,0.5\n3,1e-300,1000000000000\n"


def test_a_table_is_written_for_spreadsheets_and_read_to_the_last_bit():
    values = [[3, 0.1 + 0.2, float("nan")], [4, 1e-300, float("inf")]]
    text = table_csv(["step", "=1+1", "@x"], values)
    assert text == "step,'=1+1,'@x\n3,0.30000000000000004,\n4,1e-300,\n"
