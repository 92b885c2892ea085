"""The parts of Prediction without a browser: rows, numbers, reading, code, questions, notes."""

import re

import pytest
import streamlit as st

from nnviz.chapters.prediction.decision import decide
from nnviz.chapters.prediction.questions import prediction_questions
from nnviz.chapters.prediction.words import prediction_meanings
from nnviz.data.tutorial import eight_rows
from nnviz.nn.activations import ACTIVATIONS
from nnviz.site.plain import plain
from tests.clean_process import output
from tests.pages.on_screen import formulas, press, query, sent, unescaped
from tests.pages.test_prediction import PAGE, ROWS, shows, table_of, traced

pytestmark = pytest.mark.usefixtures("code_names")

EIGHT = "3,1.5,0;2,1,1;4,1.5,0;3,4,1;3.5,0.5,0;2,0.5,1;5.5,1,1;1,1,0"


@pytest.fixture
def table(monkeypatch):
    """Replace the table editor, which AppTest cannot type into, by a button; return its edits."""
    changes = {"edited_rows": {}, "added_rows": [], "deleted_rows": []}

    def data_editor(data, *, key, on_change, **given):
        st.session_state[key] = changes
        st.button("edit", on_click=on_change)

    monkeypatch.setattr(st, "data_editor", data_editor)
    return changes


def test_the_rows_are_edited(visit, table):
    app = visit(PAGE, at="5")
    table["edited_rows"] = {0: {"x1": -1.25, "target": 0}}
    table["added_rows"] = [{"x1": 3}]
    press(app, "edit")
    assert query(app)["rows"] == "-1.25,1.56,0;2,1.5,0;3,1,1"
    shows(app, 5, rows=((-1.25, 1.56, 0.0),))
    assert len(table_of(app, "Every row, its prediction")) == 3
    press(app, "The two first rows")
    shows(app, 5)
    assert "rows" not in query(app)


def test_what_the_table_cannot_use_is_refused_and_nothing_is_lost(visit, table):
    app = visit(PAGE, rows="1,2,1;3,-1,0", row="2")
    table["edited_rows"] = {1: {"x2": None}}
    press(app, "edit")
    (warning,) = app.warning
    told = "x2 of row 2 must be a number from −100 to 100. The rows stay as they were."
    assert warning.value == plain(told)
    assert query(app)["rows"] == "1,2,1;3,-1,0"
    table["edited_rows"] = {1: {"x2": 3.5}}
    press(app, "edit")
    assert not app.warning
    assert query(app)["rows"] == "1,2,1;3,3.5,0"


def test_deleting_the_row_that_is_on_its_way_leaves_the_first(visit, table):
    app = visit(PAGE, row="2", at="4")
    table["deleted_rows"] = [1]
    press(app, "edit")
    shows(app, 4)


def test_the_eight_rows_are_those_of_the_training(visit):
    app = press(visit(PAGE, at="5"), "The eight rows")
    assert query(app)["rows"] == EIGHT
    data = eight_rows()
    first = (*data.X[0].tolist(), float(data.y[0]))
    shows(app, 5, rows=(first,))
    assert len(table_of(app, "Every row, its prediction")) == 8


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_table_says_what_every_row_is_answered(visit, activation):
    app = visit(PAGE, rows=EIGHT, activation=activation, at="5")
    data = eight_rows()
    for threshold in (-0.5, 0.0, 0.5, 0.9):
        app.session_state[f"{PAGE}.threshold"] = threshold
        app.run()
        found = table_of(app, "Every row, its prediction")
        for cells, (x1, x2), target in zip(found, data.X.tolist(), data.y.tolist(), strict=True):
            z = 1.45 * x1 - 0.66 * x2
            p = float(ACTIVATIONS[activation].value(z))
            assert float(cells[0][0]) == pytest.approx(z, rel=1e-12)
            assert float(cells[1][0]) == pytest.approx(p, rel=1e-12)
            given = decide(p, threshold)
            assert cells[2][1] == f"{given} {'✓' if given == target else '✗'}"
            assert float(cells[3][0]) == target


def test_the_formulas_have_the_numbers_of_the_row(visit):
    shown = formulas(visit(PAGE, at="5", row="2"))
    assert r"2 \cdot 1.45 + 1.5 \cdot (-0.66) + 0 = 1.91" in shown[0]
    assert "0.87101915" in shown[1]
    assert "= 0.1123" in shown[2]


def test_numbers_and_reading_give_nothing_away(visit):
    app = visit(PAGE, read="a.0.0")
    for at in range(6):
        app.session_state[f"{PAGE}.at"] = at
        app.run()
        told = " ".join(unescaped(m.value) for m in [*app.latex, *app.markdown])
        assert ("1.377" in told) is (at >= 3)
        assert ("0.79857" in told) is (at >= 4)
        assert bool([h for h in app.get("html") if "Every row, its" in h.proto.body]) is (at == 5)


def test_every_box_can_be_read(visit):
    app = visit(PAGE, at="5")
    meanings = {k: text for k, text in prediction_meanings(traced()).items() if "edge" not in k}
    values = {
        "input.0": "1.66", "input.1": "1.56", "weight.0.0.0": "1.45", "weight.0.1.0": "-0.66",
        "bias.0.0": "0", "a.0.0": "0.7985731042296965", "target": "1", "decide": "0.5",
        "answer": "1",
    }  # fmt: skip
    assert values.keys() <= meanings.keys()
    for key, meaning in meanings.items():
        app.session_state[f"{PAGE}.read"] = key
        app.run()
        shown = [unescaped(m.value) for m in app.markdown]
        assert meaning in shown
        if key in values:
            assert f"Now it is **{values[key]}**." in shown
        assert query(app)["read"] == key


@pytest.mark.parametrize("text", ["derror_dbias", "error", "weight.7.7.7", "<img src=x>"])
def test_what_cannot_be_read_is_left_alone(visit, text):
    app = visit(PAGE, lesson=f"{PAGE}.1", read=text)
    assert not app.warning
    assert query(app) == {"lesson": "prediction.1", "mode": "free"}


@pytest.mark.parametrize("at", range(6))
def test_the_line_that_computed_the_value_is_lit(visit, at):
    app = visit(PAGE, at=str(at), part="code")
    source = next(h.proto.body for h in app.get("html") if "nv-source" in h.proto.body)
    (lit,) = re.findall(r"<mark[^>]*>(.*?)</mark>", source)
    assert bool(lit.strip())
    if at == 5:
        assert "&gt;=" in lit


def test_the_script_of_the_page_prints_the_numbers_of_the_page(visit, tmp_path):
    app = visit(PAGE, row="2", activation="tanh", bias="0.25", threshold="0.97", part="code")
    printed = dict(line.split(" ") for line in output(app.code[0].value, tmp_path))
    trace = traced(1, bias=0.25, activation="tanh")
    assert float(printed["layer_1"]) == pytest.approx(2.16, rel=1e-12)
    assert float(printed["prediction"]) == pytest.approx(float(trace.prediction[0]), rel=1e-12)
    assert printed["answer"] == "1"


def prompts(app):
    """Return what is asked, going through all questions."""
    asked = []
    while True:
        (prompt,) = (m.value for m in app.markdown if m.value.startswith("**") and "?" in m.value)
        if prompt in asked:
            return asked
        asked.append(prompt)
        next(b for b in app.button if b.key == f"{PAGE}.answer.0").click().run()
        next(b for b in app.button if b.key == f"{PAGE}.answer.next").click().run()


@pytest.mark.parametrize("at", [0, 2, 4, 5])
def test_what_is_seen_already_is_not_asked(visit, at):
    asked = prompts(visit(PAGE, at=str(at), part="predict"))
    every = [f"**{question.prompt}**" for question in prediction_questions(traced(), 0.5)]
    expected = [*every[:1] * (at < 3), *every[1:2] * (at < 5), *every[2:]]
    assert sorted(unescaped(prompt) for prompt in asked) == sorted(expected)


@pytest.mark.parametrize("right", [True, False])
def test_an_answer_is_judged_and_then_shown(visit, right):
    app = visit(PAGE, part="predict")
    question = prediction_questions(traced(), 0.5)[0]
    press(app, question.answer if right else "negative")
    told = (app.success if right else app.warning)[0].value
    assert question.reason in told
    press(app, "Show me")
    shows(app, 5)
    assert sent(app, "clock")["clock"]["order"].endswith(".1")
    # The verdict is still there beside what it speaks of.
    assert (app.success if right else app.warning)[0].value == told


def test_the_notes_speak_of_the_row_on_the_screen(visit):
    told = " ".join(unescaped(m.value) for m in visit(PAGE, part="tutorial", row="2").markdown)
    for fact in ("0.7986", "one neuron", "e to the power of x", "the bias is below −1.91"):
        assert fact in told


def test_back_to_the_first_prediction(visit):
    link = {"rows": EIGHT, "row": "3", "weights": "1,1", "bias": "2", "activation": "relu",
            "threshold": "0.2", "flips": "4", "read": "bias.0.0", "at": "5"}  # fmt: skip
    app = press(visit(PAGE, lesson=f"{PAGE}.1", **link), "Back to the first prediction")
    assert query(app) == {"lesson": "prediction.1", "mode": "free"}
    shows(app, 0, rows=ROWS)
