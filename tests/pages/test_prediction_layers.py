"""Stacked layers without a browser: every control, both outputs, the parts, the notes."""

import json
import re
from itertools import product

import pytest

from nnviz.chapters.prediction.linear_collapse import collapse_layers, compare, random_stack
from nnviz.chapters.prediction.questions import collapse_questions
from nnviz.chapters.prediction.words import describe_collapse, waiting
from nnviz.chart.plot import unpacked
from nnviz.data.tutorial import eight_rows
from nnviz.nn.activations import ACTIVATIONS
from tests.pages.on_screen import formulas, press, query, sent, unescaped
from tests.pages.test_prediction import PAGE, PARTS

START = {"depth": 2, "units": 3, "between": "linear", "last": "sigmoid", "layers_seed": 2}


def expected(**choices):
    """Return the stack that the page should show, folded, and what both make of eight rows."""
    depth, units, between, last, seed = {**START, **choices}.values()
    collapse = collapse_layers(random_stack(depth, units, between, last, seed=seed))
    return collapse, compare(collapse, eight_rows().X)


def shows(app, **choices):
    """Hold sentence, table and picture of the page to the core."""
    collapse, comparison = expected(**choices)
    assert sent(app, "words")["words"] == describe_collapse(collapse, comparison)
    body = next(h.proto.body for h in app.get("html") if "The outputs of the stack" in h.proto.body)
    rows = [re.findall(r'<td title="(.*?)">(.*?)</td>', row) for row in body.split("<tr>")[2:]]
    assert [float(row[0][0]) for row in rows] == comparison.stacked.tolist()
    assert [float(row[1][0]) for row in rows] == comparison.collapsed.tolist()
    assert [row[0][1] == row[1][1] for row in rows] == [comparison.same] * 8
    figure = json.loads(unpacked(sent(app, "words")["figure"]))
    marks = {trace.get("name", "").split()[0]: trace for trace in figure["data"] if "name" in trace}
    assert {"stack", "folded"} <= set(marks)


def open_layers(visit, **choices):
    return visit(PAGE, view="layers", **{name: str(value) for name, value in choices.items()})


def test_it_opens_with_a_stack_of_linear_layers(visit):
    app = open_layers(visit)
    shows(app)
    assert query(app) == {"lesson": f"{PAGE}.1", "view": "layers"}


def choose(app, **choices):
    for name, value in choices.items():
        app.session_state[f"{PAGE}.{name}"] = value
    app.run()


def test_every_size_collapses_in_every_digit(visit):
    app = open_layers(visit, last="linear")
    for depth, units in product((1, 2, 3), (1, 2, 3, 4)):
        choose(app, depth=depth, units=units)
        shows(app, depth=depth, units=units, last="linear")


def test_every_activation_between(visit):
    app = open_layers(visit, layers_seed=5)
    for between, last in product(ACTIVATIONS, ("sigmoid", "linear")):
        choose(app, between=between, last=last)
        shows(app, between=between, last=last, layers_seed=5)


def test_every_control_is_in_the_address(visit):
    app = open_layers(visit)
    changes = {"depth": 3, "units": 2, "last": "linear"}
    choose(app, **changes)
    app.selectbox(key=f"{PAGE}.between").set_value("relu").run()
    app.number_input(key=f"{PAGE}.layers_seed").set_value(9).run()
    shows(app, **changes, between="relu", layers_seed=9)
    assert query(app) == {
        "lesson": f"{PAGE}.1", "view": "layers", "depth": "3", "units": "2", "between": "relu",
        "last": "linear", "layers_seed": "9",
    }  # fmt: skip
    again = visit(PAGE, **query(app))
    assert sent(again, "words") == sent(app, "words")


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(("depth", "between"), [(1, "linear"), (3, "tanh"), (3, "leaky_relu")])
def test_every_part_has_something_to_say(visit, depth, between, part):
    app = open_layers(visit, depth=depth, between=between, part=part)
    collapse, comparison = expected(depth=depth, between=between)
    told = waiting if part == "predict" else describe_collapse
    assert sent(app, "words")["words"] == told(collapse, comparison)
    shown = {
        "numbers": lambda: formulas(app),
        "code": lambda: app.code,
        "predict": lambda: [b for b in app.button if b.key.startswith(f"{PAGE}.answer")],
        "tutorial": lambda: [m for m in app.markdown if m.value.startswith("**In fact:**")],
    }
    assert len(shown[part]()) >= 2


@pytest.mark.parametrize("right", [True, False])
def test_a_guess_is_judged_before_the_folded_layer_is_seen(visit, right):
    collapse, comparison = expected()
    question = collapse_questions(collapse, comparison)[0]
    app = open_layers(visit, part="predict")
    assert len(question.options) > 1
    wrong = next(option for option in question.options if option != question.answer)
    press(app, question.answer if right else wrong)
    assert question.reason in (app.success if right else app.warning)[0].value
    shows(press(app, "Show the folded layer"))


@pytest.mark.parametrize(
    ("label", "between"),
    [
        ("Show me: linear", "linear"),
        ("Show me: tanh between", "tanh"),
        ("Show me: relu between", "relu"),
    ],
)
def test_the_notes_show_what_they_say(visit, label, between):
    app = press(open_layers(visit, between="softplus", part="tutorial"), label)
    collapse, comparison = expected(between=between)
    assert sent(app, "words")["words"] == describe_collapse(collapse, comparison)


def test_the_note_on_relu_names_rows_on_which_the_unit_is_off_and_on(visit):
    told = " ".join(unescaped(m.value) for m in open_layers(visit, part="tutorial").markdown)
    unit, off, on = (
        int(re.search(pattern, told)[1]) - 1
        for pattern in (r"unit (\d) of layer 1", r"gives 0 on row (\d)", r"its sum on row (\d)")
    )
    layer = expected()[0].network.layers[0]
    sums = eight_rows().X @ layer.weights[:, unit] + layer.bias[unit]
    assert sums[off] < 0 < sums[on]


def test_a_teacher_can_hide_controls_and_what_gives_the_answer_away(visit):
    app = open_layers(visit, hide="controls,predict", part="predict")
    assert not app.selectbox
    assert not app.number_input
    # Nobody is asked, so nothing is kept secret.
    shows(app)


def test_the_other_view_keeps_its_choices(visit):
    app = visit(PAGE, weights="0.5,-1.5", at="4")
    before = sent(app, "words")["words"]
    app.session_state[f"{PAGE}.view"] = "layers"
    app.run()
    shows(app)
    assert query(app)["weights"] == "0.5,-1.5"
    app.session_state[f"{PAGE}.view"] = "row"
    app.run()
    assert sent(app, "words")["words"] == before
