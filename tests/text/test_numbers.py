"""One rule for numbers in text, kept by everything that reads them: links, files, tables."""

import contextlib
import math
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nnviz.chapters.backpropagation.address import parse_taken
from nnviz.chapters.deeper_networks.address import deeper_parameters
from nnviz.chapters.deeper_networks.link_text import read_choices, read_lines
from nnviz.chapters.deeper_networks.settings import Settings
from nnviz.chapters.home.darts import read_throws
from nnviz.chapters.live_training.address import parse_branches, run_parameters
from nnviz.data.csv.cells import meant, why
from nnviz.data.csv.file import read_csv
from nnviz.data.csv.notes import is_formula
from nnviz.data.csv.problem import CsvProblem
from nnviz.site.parameters import Number, Numbers, Whole
from nnviz.site.rows.few_rows import ROWS
from nnviz.text.numbers import LONGEST, number, parsed, quoted, whole, written
from nnviz.training.export.weights_reader import Reader
from nnviz.training.model import Model
from tests.effort import at_most

RUN = {parameter.name: parameter for parameter in run_parameters((0, 6.5), (-0.5, 5))}
DEEPER = {parameter.name: parameter for parameter in deeper_parameters()}

HALF = ("0.5", ".5", "+.5", "5e-1", "5E-1", "0.50", "00.5", "50e-2")
THREE = ("3", "3.0", "3.", "+3", "03", "3e0", "300e-2")
NONE = (
    "", " ", "abc", "nan", "NaN", "inf", "-inf", "Infinity", "1_0", "0_5", ".", "+", "-", "e5",
    "1e", "1e+", "--1", "+-1", "0x10", "1 5", "0. 5", "1.5.2", "½", "²", "\u0663", "\uff13",
    "\u0660.\u0665", "\uff10.5", "\u0661\u0662", "1\u066b5", "0'5", "3%", "$3", "3\x00", "1e400x",
    "3" * (LONGEST + 1), "1" * 34 + "x", "0.3333333333333333333333333 m", "1" * 40 + "_",
)  # fmt: skip
"""Texts that some parser of ours, or `float`, has once taken for a number, and others like them."""

REALS: dict[str, Callable[[str], float]] = {
    "an address": Number("x", 0, -3, 3).parse,
    "numbers in an address": lambda text: Numbers("x", (), -3, 3, count=1).parse(text)[0],
    "a few rows": lambda text: ROWS.parse(f"{text},1,0")[0][0],
    "rows of a run": lambda text: RUN["rows"].parse(f"{text},1,0")[0][0],
    "rate of a branch": lambda text: parse_branches(f"0:100,rate:{text}")[0].learning_rate,
    "weight of a branch": lambda text: dict(parse_branches(f"0:100,w1:{text}")[0].weights)["w1"],
    "rate of a row taken": lambda text: parse_taken(f"1:{text}" if text else "1")[0].learning_rate,
    "settings": lambda text: read_choices(f"rate:{text}", Settings())["rate"],
    "a value set by hand": lambda text: (
        read_lines(f"800,set:17 {text}", Settings())[0].changes[0].by_hand[17]
    ),
    "a throw": lambda text: read_throws(f"210@12,{text}")[1].fraction,
    "a file": lambda text: _in_file(text),
}


def _in_file(text: str) -> float:
    sample = read_csv(f"x1,x2,class\n{text},1,a\n2,3,b\n4,5,a").sample()
    if sample.n_rows < 3 or sample.columns != ("x1", "x2"):
        raise ValueError("an empty cell, or a column that is left out")
    return float(sample.X[0, 0])


WHOLES: dict[str, Callable[[str], int]] = {
    "an address": Whole("n", 0, 0, 10).parse,
    "target of a row": lambda text: RUN["rows"].parse(f"1,1,{text}")[0][2],
    "a branch": lambda text: parse_branches(f"0:{text}")[0].at,
    "a row taken": lambda text: parse_taken(f"{text}:1")[0].row + 1,
    "settings": lambda text: read_choices(f"seed:{text}", Settings())["seed"],
    "units of a layer": lambda text: read_choices(f"hidden:{text} tanh", Settings())["hidden"][0][
        0
    ],
    "a change": lambda text: read_lines(f"{text},rate:0.1", Settings())[0].changes[0].step,
    "units of a model": lambda text: Model.parse(f"{text} tanh").units,
    "how often a throw": lambda text: len(read_throws(f"210@12*{text}" if text else "?")),
    "a unit of the picture": lambda text: int(DEEPER["picked"].parse(f"u.1.{text}")[4:]),
}


@pytest.mark.parametrize("read", REALS.values(), ids=list(REALS))
def test_every_reader_of_numbers_keeps_the_one_rule(read: Callable[[str], float]) -> None:
    for text in HALF:
        assert read(text) == 0.5, text
    for text in (*NONE, "1e400", "-1e400"):
        with pytest.raises(ValueError, match=r"\w{3}"):
            pytest.fail(f"{text!r} is read as {read(text)!r}")


@pytest.mark.parametrize("reader", WHOLES)
def test_every_reader_of_whole_numbers_keeps_the_one_rule(reader: str) -> None:
    read, three = WHOLES[reader], 1 if reader == "target of a row" else 3
    for text in THREE:
        if reader == "a unit of the picture" and "." in text:
            continue  # a point separates the numbers there
        assert read(text.replace("3", str(three))) == three, text
    for text in (*NONE, "1e400", "0.5", "2.0000001", "-4"):
        with pytest.raises(ValueError, match=r"\w{3}"):
            pytest.fail(f"{text!r} is read as {read(text)!r}")


def test_zeros_in_front_do_not_hide_how_large_a_number_is() -> None:
    assert Model.parse("0004 tanh") == Model.parse("4 tanh")
    for text in ("0064 tanh", "00464 tanh"):
        with pytest.raises(ValueError, match="1 to 8 units"):
            Model.parse(text)


def test_a_weight_in_a_file_is_a_number_of_json() -> None:
    assert Reader.of('{"x": 5e-1}').number("x") == 0.5
    for text in ('"0.5"', "1_0", "\u0663", ".5", "NaN", "Infinity", "1e400"):
        with pytest.raises(ValueError, match=r"number|JSON"):
            Reader.of(f'{{"x": {text}}}').number("x")


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_float_is_written_and_read_to_the_last_bit(value: float) -> None:
    for text in (written(value), repr(value), f" {value!r} "):
        assert parsed(text) == value
        assert math.copysign(1, parsed(text) or 0.0) == math.copysign(1, value) or not value
        assert parsed(text.replace(".", ","), ",") == value
    assert number(written(value).replace("-", "\u2212")) == value


@given(st.text(max_size=12) | st.text("0123456789.,eE+-_ x٣", max_size=12))
@example("1_0")
def test_nothing_but_ascii_numbers_is_a_number(text: str) -> None:
    value = parsed(text)
    if value is not None:
        assert set(text.strip()) <= set("0123456789.eE+-−")
        assert value == float(text.replace("−", "-"))


@given(st.floats(-1e9, 1e9).map(repr) | st.text("0123456789.e+-", max_size=8))
def test_what_python_reads_as_a_plain_number_is_read(text: str) -> None:
    try:
        value: float | None = float(text)
    except ValueError:
        value = None
    assert parsed(text) == value


@given(st.integers(-(2**53), 2**53))
def test_whole_numbers_come_back(value: int) -> None:
    assert whole(str(value)) == value
    assert whole(f"{value}.0", value, value) == value


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1_0", "“1_0” is not a number"),
        ("1e999", "“1e999” is not a number"),
        ("x" * 30, f"“{'x' * 20}…” is not a number"),
        ("11", "it must lie between -10 and 10"),
        ("7.5", "it must be a whole number"),
    ],
)
def test_the_sentences(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=f"^{sentence}$"):
        whole(text, -10, 10)
    assert len(quoted("a" * 5000)) < 30


PIECES = "190_., e+-%$'x/=٣−"


@given(st.lists(st.sampled_from(PIECES), max_size=3), st.integers(0, 400), st.text(max_size=3))
@example(["1"], 26, "x")
@example(["1"], 40, "x")
@example(["_", "1"], 20, "x")
@example(["3"], 25, " m")
@example([".", "1"], 200, "_x")
@example([" ", "1"], 25, "x")
@example(["+", "-"], 200, "!")
def test_no_text_takes_long_to_be_judged(pieces: list[str], times: int, end: str) -> None:
    text = "".join(pieces) * times + end
    for cell in (text, f"1{text}", f"-{text}", f"{text}1"):
        with at_most(0.2):
            for decimal in ".,":
                parsed(cell, decimal)
                meant(cell, decimal)
                why(cell, decimal)
            is_formula(cell)


def test_a_column_of_cells_that_once_froze_the_server_is_answered_at_once() -> None:
    for cell in ("1" * 34 + "x", "0.3333333333333333333333333 m", "1" * 59 + "_x", "1_" * 29 + "x"):
        rows = "\n".join(f"{cell},{i},a" for i in range(2_000))
        # All the same but for the sign behind: the column is left out, or nothing remains.
        with at_most(2.0), contextlib.suppress(CsvProblem):
            assert read_csv(f"x1,x2,class\n{rows}").sample().columns == ("x2",)
