"""The script writer: whatever is written into a program, Python reads it back."""

import ast
import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.text.numbers import parsed
from nnviz.text.script import Part, array, lines, literal, notebook, program, snippet, sources

NUMBERS = st.floats(allow_nan=False, allow_infinity=False) | st.integers()
VALUES = st.recursive(
    NUMBERS | st.text(max_size=20) | st.booleans() | st.none(),
    lambda inner: (
        st.lists(inner, max_size=8)
        | st.lists(inner, max_size=8).map(tuple)
        | st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=30,
)
ROWS = st.integers(1, 40).flatmap(
    lambda n: st.lists(st.lists(NUMBERS, min_size=n, max_size=n), min_size=1, max_size=12)
)


@given(VALUES)
def test_a_literal_is_the_value(value):
    assert ast.literal_eval(literal(value)) == value
    assert ast.literal_eval(lines([value, value])) == [value, value]


@given(ROWS)
def test_long_rows_are_broken_between_numbers(rows):
    text = literal(rows)
    assert ast.literal_eval(text) == rows
    longest = max(len(repr(number)) for row in rows for number in row)
    assert max(map(len, text.splitlines())) <= max(98, longest + 10)
    compile(f"X = np.array({text})\nfor x in X:\n    weights = 2 * {text}", "<script>", "exec")


def test_a_row_of_thirty_four_readings_is_a_program_as_any_other():
    # As in the ionosphere's file: the text of one row is far longer than a line.
    rows = np.random.default_rng(0).uniform(-1, 1, (5, 34)).round(5).tolist()
    assert len(repr(rows[0])) > 94
    values = {}
    exec(program("Rows.", [Part("The rows.", f"X = {literal(rows)}\n")]), values)
    assert values["X"] == rows


def test_short_lists_stay_on_one_line():
    assert literal([1.0, 2]) == "[1.0, 2]"
    assert literal((0.5,)) == "(0.5,)"
    assert literal([]) == "[]"
    assert literal(np.float64(0.1)) == "0.1"
    assert array([1, 2]) == "np.array([1.0, 2.0])"
    assert array([[1], [2]], by_row=True) == "np.array([\n    [1.0],\n    [2.0],\n])"


@given(st.floats())
def test_every_float_has_an_expression(value):
    found = eval(literal(value))
    assert found == value or (math.isnan(found) and math.isnan(value))


def test_what_python_cannot_read_is_never_offered():
    with pytest.raises(SyntaxError):
        snippet("X = np.array([\n")
    with pytest.raises(SyntaxError):
        program("A title.", [Part("", "x = 1\n"), Part("Words.", "for x in\n")])
    with pytest.raises(SyntaxError):
        notebook("# A title", [Part("Words.", "x = [1, 2\n")])


PARTS = (
    Part("", "import numpy as np\n"),
    Part("Half of any_number[i]; " + "and so on " * 12, "def half(x):\n    return x / 2\n"),
    Part("The end.", "print(half(3))\n"),
)  # fmt: skip


def test_a_program_is_laid_out_as_python_usually_is():
    text = program("What it does.", PARTS)
    assert text.startswith('"""What it does."""\n\nimport numpy as np\n\n\n# Half of any_number')
    assert "\n\n\n# The end.\nprint" in text
    assert max(map(len, text.splitlines())) <= 98


def test_a_notebook_has_the_same_parts_in_cells():
    content = json.loads(notebook("# A title_with [signs]", PARTS))
    kinds = [cell["cell_type"] for cell in content["cells"]]
    assert kinds == ["markdown", "code", "markdown", "code", "markdown", "code"]
    assert len({cell["id"] for cell in content["cells"]}) == len(kinds)
    words = "".join(content["cells"][2]["source"])
    assert "any\\_number\\[i]" in words
    code = "\n".join("".join(c["source"]) for c in content["cells"] if c["cell_type"] == "code")
    values = {}
    exec(code, values)
    assert values["half"](3) == 1.5
    assert (content["nbformat"], content["nbformat_minor"]) == (4, 5)


def test_real_functions_are_written_as_they_are():
    text = sources(parsed, literal)
    assert text.startswith("def parsed(")
    assert "\n\n\ndef literal(" in text
