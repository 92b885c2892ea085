"""Prediction without a browser: both views, the address, the extremes, bad input."""

import re

import numpy as np
import pytest
import streamlit as st

import nnviz.chapters.prediction.view_row
from nnviz.chapters.prediction.decision import decide, flip_coins
from nnviz.chapters.prediction.words import answer
from nnviz.chart.gestures import Click, Drag
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.network import Layer, Network
from nnviz.nn.trace import trace_update
from nnviz.walkthrough.steps import Step, forward_steps
from nnviz.walkthrough.update_effect import update_effect
from nnviz.walkthrough.words.sentences import step_sentence
from tests.pages.on_screen import press, query, sent, unescaped

pytestmark = pytest.mark.usefixtures("code_names")

PAGE = "prediction"
PARTS = ("numbers", "code", "predict", "tutorial")
ROWS = ((1.66, 1.56, 1.0), (2.0, 1.5, 0.0))


def traced(row=0, weights=(1.45, -0.66), bias=0.0, activation="sigmoid", rows=ROWS):
    layer = Layer(np.array(weights)[:, None], [bias], activation)
    *inputs, target = rows[row]
    return trace_update(Network((layer,)), inputs, target, learning_rate=0)


def shows(app, at, row=0, threshold=0.5, seed=0, **choices):
    """Hold the sentence of the page to one made here."""
    trace = traced(row, **choices)
    steps = (Step("take"), *forward_steps(trace.network, every_term=True))
    if at < len(steps):
        effect = update_effect(trace, trace.input_vector[None], trace.target)
        expected = step_sentence(trace, steps[at], row, effect)
    else:
        sigmoid = choices.get("activation", "sigmoid") == "sigmoid"
        flips = flip_coins(float(trace.prediction[0]), seed) if sigmoid else None
        expected = answer(trace, threshold, flips)
    assert sent(app, "words")["words"] == expected


def table_of(app, label):
    """Return the cells of a table, in full where they are numbers."""
    body = next(h.proto.body for h in app.get("html") if label in h.proto.body)
    rows = body.partition("<tbody>")[2].split("<tr>")[1:]
    return [re.findall(r'<td(?: title="(.*?)")?>(.*?)</td>', row) for row in rows]


def test_the_page_opens_before_the_first_row_goes_in(visit):
    app = visit(PAGE)
    shows(app, 0)
    assert sent(app, "query")["query"] == "lesson=prediction.1&mode=free"


def test_the_first_predictions_are_the_tutorials(visit):
    app = visit(PAGE, at="5")
    shows(app, 5)
    rows = table_of(app, "Every row, its prediction")
    predictions = [float(row[1][0]) for row in rows]
    assert predictions == pytest.approx([0.7985731042296965, 0.8710191478537642], rel=1e-9)
    assert [row[2][1] for row in rows] == ["1 ✓", "1 ✗"]
    shows(visit(PAGE, at="5", row="2"), 5, row=1)


@pytest.mark.parametrize(
    ("activation", "part"), [(name, PARTS[i % 4]) for i, name in enumerate(ACTIVATIONS)]
)
def test_every_activation_at_every_step(visit, activation, part):
    app = visit(PAGE, activation=activation, part=part, bias="-2")
    for at in range(6):
        app.session_state[f"{PAGE}.at"] = at
        app.run()
        shows(app, at, activation=activation, bias=-2.0)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("sign", [1, -1])
def test_extremes_are_a_picture(visit, activation, sign):
    rows = ((100.0, 100.0, 1.0),)
    link = {"rows": "100,100,1", "weights": f"{100 * sign},{100 * sign}", "bias": str(100 * sign)}
    app = visit(PAGE, activation=activation, at="5", threshold="-100", **link)
    shows(
        app, 5, threshold=-100.0, activation=activation, rows=rows,
        weights=(100.0 * sign, 100.0 * sign), bias=100.0 * sign,
    )  # fmt: skip


WRONG = (
    {
        "view": ("three", "it must be one of"),
        "rows": ("1,2", "a row must be x1,x2,target"),
        "row": ("0", "between 1 and 9"),
        "weights": ("1", "2 numbers with commas"),
        "bias": ("1e9", "between -100 and 100"),
        "activation": ("step", "it must be one of"),
        "threshold": ("high", "is not a number"),
        "at": ("6", "between 0 and 5"),
        "flips": ("-1", "between 0 and"),
        "depth": ("4", "between 1 and 3"),
        "units": ("0", "between 1 and 4"),
        "between": ("step", "it must be one of"),
        "last": ("relu", "it must be one of"),
        "layers_seed": ("x", "is not a number"),
        "part": ("jumps", "it must be one of"),
    },
    {"row": ("1.5", "whole number"), "weights": ("1,nan", "is not a number")},
)


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_address_is_reported_in_sentences(visit, wrong):
    link = {name: text for name, (text, _) in wrong.items()}
    app = visit(PAGE, **link, lesson=f"{PAGE}.1")
    warnings = [unescaped(warning.value) for warning in app.warning]
    assert len(warnings) == len(wrong)
    for name, (_, reason) in wrong.items():
        (warning,) = (w for w in warnings if w.startswith(f"The address says {name} is "))
        assert reason in warning
    assert sent(app, "query")["query"] == "lesson=prediction.1&mode=free"


def test_everything_is_in_the_address(visit):
    link = {
        "rows": "1.0,2.0,1.0;3.0,-1.0,0.0", "row": "2", "weights": "0.5,-1.5", "bias": "0.25",
        "threshold": "0.3", "at": "5", "flips": "7", "read": "z.0.0", "part": "code",
    }  # fmt: skip
    app = visit(PAGE, lesson=f"{PAGE}.1", **link)
    short = {"rows": "1,2,1;3,-1,0"}
    assert query(app) == {"lesson": f"{PAGE}.1", **link, **short}
    shows(
        app, 5, row=1, threshold=0.3, seed=7, weights=(0.5, -1.5), bias=0.25,
        rows=((1, 2, 1.0), (3, -1, 0.0)),
    )  # fmt: skip


@pytest.fixture
def hands(monkeypatch):
    """Give the page buttons that do what only hands in a browser do; return what they send."""
    send = {}
    view = nnviz.chapters.prediction.view_row
    real_chart, real_slider = view.chart, view.live_slider

    def chart(picture, **given):
        real_chart(picture, **given)
        for event in ("click", "position", "key", "drag"):
            st.button(event, on_click=lambda e=event: given[f"on_{e}"](send[e]))

    def live_slider(label, value, *, on_slide, **given):
        real_slider(label, value, on_slide=on_slide, **given)
        st.button(f"slide {label}", on_click=lambda: on_slide(*send["slide"]))

    monkeypatch.setattr(view, "chart", chart)
    monkeypatch.setattr(view, "live_slider", live_slider)
    return send


def act(app, hands, event, value, label=None):
    """Do what hands in a browser do."""
    hands[event] = value
    return press(app, label or event)


def test_weights_and_bias_follow_their_sliders(visit, hands):
    app = visit(PAGE, at="4")
    act(app, hands, "slide", (2.0, False), "slide weights_1[0]")
    act(app, hands, "slide", (-1.5, True), "slide weights_1[1]")
    act(app, hands, "slide", (0.5, True), "slide bias")
    assert (query(app)["weights"], query(app)["bias"]) == ("2,-1.5", "0.5")
    shows(app, 4, weights=(2.0, -1.5), bias=0.5)


def test_the_threshold_is_dragged(visit, hands):
    app = visit(PAGE, at="5")
    act(app, hands, "drag", Drag("threshold", 5, 0.81, True))
    assert query(app)["threshold"] == "0.81"
    shows(app, 5, threshold=0.81)
    assert decide(0.7985731042296965, 0.81) == 0


def test_keys_pick_the_row(visit, hands):
    app = visit(PAGE, at="3")
    act(app, hands, "key", "2")
    shows(app, 3, row=1)
    act(app, hands, "key", "9")
    shows(app, 3, row=1)


def test_a_click_reads_a_box(visit, hands):
    app = visit(PAGE)
    act(app, hands, "click", Click("xy", 0, 0, "edge.0.0.0"))
    assert query(app)["read"] == "weight.0.0.0"
    told = [unescaped(m.value) for m in app.markdown]
    assert "Now it is **1.45**." in told
    act(app, hands, "click", Click("xy", 0, 0, "nonsense"))
    assert "read" not in query(app)


def test_coins_are_flipped_again(visit):
    app = press(visit(PAGE, at="5"), "Flip the coins again")
    shows(app, 5, seed=1)


@pytest.mark.parametrize("row", ["3", "8", "9"])
def test_a_row_beyond_the_rows_is_the_first(visit, row):
    shows(visit(PAGE, row=row, at="2"), 2)


def test_a_teacher_can_hide_parts(visit):
    app = visit(PAGE, lesson=f"{PAGE}.1", hide="controls,read,code", at="5")
    assert not app.selectbox
    names = [option.content for option in app.get("button_group")[-1].proto.options]
    assert names == ["In numbers", "Export", "Predict first", "The tutorial says"]


@pytest.mark.parametrize("hide", ["", "controls"])
def test_a_key_for_no_row_says_so_be_the_controls_hidden_or_not(visit, hands, hide):
    app = visit(PAGE, rows="1,2,1", hide=hide)
    act(app, hands, "key", "9")
    assert app.toast[0].value == "There is no row 9: there is 1."
