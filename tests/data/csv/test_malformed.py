"""Files that cannot be used: each gets one sentence with the line and the remedy, and soon."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nnviz.data.csv.file import read_csv
from nnviz.data.csv.lines import DELIMITERS
from nnviz.data.csv.problem import CsvProblem, shown
from nnviz.data.csv.table import CsvChoices, CsvTable
from tests.data.csv.malformed import GOOD, HEAD, malformed
from tests.effort import at_most

CASES = malformed()


def test_there_are_more_than_a_hundred_and_each_has_a_name():
    assert len(CASES) >= 100
    assert len({case.id for case in CASES}) == len(CASES)


def told(content):
    """Return what is said of a file, and whether it is refused."""
    try:
        return " ".join(read_csv(content).remarks), False
    except CsvProblem as problem:
        return str(problem), True


def test_each_gets_a_sentence_with_its_line_and_the_remedy():
    for case in CASES:
        with at_most(3.0):
            sentence, refused = told(case.content)
        line = rf"\b[Ll]ine {case.line:,}(?![\d,]*\d)"
        for words in case.words:
            assert words in sentence, (case.id, sentence)
        assert sentence.isprintable(), case.id
        if refused:
            assert re.search(line, sentence), (case.id, sentence)
            # What is wrong, then what would be right.
            assert re.fullmatch(r"[A-Z0-9].*[:;,] .*\.", sentence), sentence
            assert len(sentence) < 300
        if isinstance(case.content, str) and "\ud800" not in case.content:
            assert told(case.content.encode())[1] == refused, case.id


def test_ten_million_letters_without_a_line_end_are_answered_at_once():
    for content in (b"1" * 10**7, b"," * 10**7, b'"' * 10**7, b" " * 10**7, b"1\n" * (5 * 10**6)):
        with at_most(2.0), pytest.raises(CsvProblem):
            read_csv(content).sample()


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("five", "“five”"),
        ("a\tb\nc", "“a␉b␊c”"),
        ("\u202ea", "“[U+202E]a”"),
        ("x" * 30, f"“{'x' * 30}”"),
        ("x" * 31, f"“{'x' * 29}…”"),
        ("x" * 10**6, f"“{'x' * 29}…”"),
    ],
)
def test_a_cell_in_a_sentence_is_short_and_visible(cell, text):
    assert shown(cell) == text


LIKELY = st.sampled_from(
    ["1", "2.5", "-3", "1,5", "1e9", "a", "b", "class", "x1", "", "nan", '"', '""', "=1", "'", "7%"]
)
ROWS = st.lists(
    st.lists(LIKELY, min_size=1, max_size=4).flatmap(
        lambda row: st.sampled_from([";", ",", "\t", "|", " "]).map(lambda mark: mark.join(row))
    ),
    max_size=8,
).map("\n".join)
CHOICES = st.builds(
    CsvChoices,
    delimiter=st.sampled_from([None, *DELIMITERS]),
    decimal=st.sampled_from([None, ".", ","]),
    header=st.sampled_from([None, True, False]),
    target=st.sampled_from([None, "class", "x1", "x2"]),
    task=st.sampled_from([None, "classes", "regression"]),
    columns=st.sampled_from([None, (), ("x1",), ("x1", "x2"), ("x2", "x1", "x3"), ("a", "a")]),
)


@given(st.binary(max_size=200) | ROWS | st.text(max_size=100), st.none() | CHOICES)
@example(HEAD + GOOD, None)
@example(HEAD + GOOD, CsvChoices(target="x1", task="classes"))
@settings(max_examples=300)
def test_whatever_comes_is_a_table_or_a_problem(content, choices):
    try:
        with at_most(1.0):
            table = read_csv(content, choices)
        assert isinstance(table, CsvTable)
        assert table.n_rows >= 1
        assert table.target in table.names
        sample = table.sample()
        assert 2 <= sample.n_rows <= table.n_rows
        # A column of text becomes one for each value; a column that never changes is left out.
        for name in sample.columns:
            assert any(name.startswith(column) for column in table.columns), name
        assert bool(sample.classes) == (table.task == "classes")
        told = " ".join(("line 0", *table.remarks))
    except CsvProblem as problem:
        told = str(problem)
    assert re.search(r"\b[Ll]ine \d", told)
    assert told.isprintable()
