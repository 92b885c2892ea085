"""Linear regression without a browser: both views, their parts, the address, rows of one's own."""

import json
import re

import numpy as np
import pytest
import streamlit as st

import nnviz.chapters.linear_regression.controls
import nnviz.chapters.linear_regression.views.hand
import nnviz.chart.slider
from nnviz.chapters.linear_regression.descent import descend, regression_plan
from nnviz.chapters.linear_regression.figures.descent import descent_picture
from nnviz.chapters.linear_regression.figures.hand import hand_picture
from nnviz.chapters.linear_regression.figures.solid import Sheet
from nnviz.chapters.linear_regression.figures.squares import Squares
from nnviz.chapters.linear_regression.houses import houses
from nnviz.chapters.linear_regression.questions import descent_questions, hand_questions
from nnviz.chapters.linear_regression.regression import least_squares, mean_squared_error
from nnviz.chapters.linear_regression.script import descent_snippet, hand_snippet
from nnviz.chapters.linear_regression.words import describe_hand_plane, describe_rate, describe_step
from nnviz.chart.plot import unpacked
from nnviz.data import sample_text
from nnviz.data.sample import Sample
from nnviz.data.toys import make
from tests.clean_process import output
from tests.pages.on_screen import as_sent, press, query, sent, unescaped

PAGE = "linear_regression"
START = (1.0, 0.0, 200.0)
HOUSES = houses(20, 30.0, 0)
RNG = np.random.default_rng(4)
OWN = Sample(
    RNG.uniform(1, 9, (12, 2)).round(1), RNG.uniform(100, 900, 12).round(), ("rooms", "noise (dB)"),
    (), "rent (€)",
)  # fmt: skip


def run_of(sample=HOUSES, rate=0.1, scale=True, start=START, updates=200):
    return descend(regression_plan(sample, rate, standardise=scale), start, updates)


def same_figure(app, picture):
    figure = json.loads(unpacked(sent(app, "words")["figure"]))
    assert figure == as_sent(picture)


def shows_hand(app, sample, put, *, feature=0, answer=False, turn=0):
    least = least_squares(sample.X, sample.y)
    error = mean_squared_error(sample.X, sample.y, put[:2], put[2])
    shown = least if answer else None
    same_figure(app, hand_picture(Sheet(sample, put, shown), Squares(sample, feature), turn=turn))
    assert sent(app, "words")["words"] == describe_hand_plane(sample, put, error, shown)


def shows_run(app, run, step, feature=0):
    same_figure(app, descent_picture(run, Squares(run.plan.sample, feature)))
    assert sent(app, "words")["words"] == describe_step(run, step)
    assert sent(app, "words")["clock"]["step"] == step


@pytest.fixture
def sliding(instead):
    """Give the page buttons that do what only hands on a slider do; return what they send."""
    send = {}

    def with_buttons(real):
        def live_slider(label, value, *, key, on_slide, **given):
            real(label, value, key=key, on_slide=on_slide, **given)
            st.button(f"slide {key}", on_click=lambda: on_slide(*send[key]))

        return live_slider

    instead("nnviz.chart.slider.live_slider", with_buttons)
    return send


def toggle(app, label):
    return next(each for each in app.toggle if each.label == label)


def test_the_page_opens_with_a_plane_that_is_plainly_wrong(visit):
    app = visit(PAGE)
    assert app.title[0].value == "Linear regression"
    assert not app.warning
    shows_hand(app, HOUSES, START)
    assert app.metric[0].value == "8506"
    assert query(app) == {"lesson": "linear_regression.1", "mode": "free"}


@pytest.mark.parametrize("part", ["numbers", "code", "predict", "tutorial"])
@pytest.mark.parametrize("view", ["hand", "descent"])
@pytest.mark.parametrize("data", ["houses", "own"])
def test_every_part_can_be_seen(visit, part, view, data):
    app = visit(PAGE, view=view, part=part, data=data, own=sample_text.encode(OWN))
    assert not app.error
    assert not app.warning


def test_the_plane_of_a_run_is_seen_in_three_dimensions(visit):
    app = visit(PAGE, view="descent", step="7", part="solid")
    pictures = [
        json.loads(part.proto.json) for part in app.get("bidi_component") if part.proto.json
    ]
    words = [picture["words"] for picture in pictures if "words" in picture]
    assert words == [describe_step(run_of(), 7)] * 2


def test_a_plane_gone_too_far_is_not_drawn(visit):
    app = visit(PAGE, view="descent", rate="0.1", scale="off", step="30", part="solid")
    assert any("gone too far" in each.value for each in app.markdown)


def test_sliders_answer_and_begin_the_run_anew(visit, sliding):
    app = visit(PAGE, step="40")
    sliding["linear_regression_slider_w2"] = (-1.5, False)
    press(app, "slide linear_regression_slider_w2")
    shows_hand(app, HOUSES, (1.0, -1.5, 200.0))
    assert query(app) == {"lesson": "linear_regression.1", "w2": "-1.5"}
    press(app, "Let gradient descent go on")
    shows_run(app, run_of(start=(1.0, -1.5, 200.0)), 0)


def test_least_squares_is_taken_and_shown(visit):
    app = visit(PAGE, step="40")
    press(app, "Take least squares")
    assert "step" not in query(app)
    answer = least_squares(HOUSES.X, HOUSES.y)
    put = (*answer.weights.tolist(), answer.bias)
    shows_hand(app, HOUSES, put)
    assert [float(query(app)[name]) for name in ("w1", "w2", "b")] == list(put)
    toggle(app, "Show least squares").set_value(True).run()
    shows_hand(app, HOUSES, put, answer=True)
    press(app, "Lay it flat")
    shows_hand(app, HOUSES, (0.0, 0.0, 360.0), answer=True)


def test_the_plane_is_turned_by_keys(visit):
    app = visit(PAGE)
    press(app, "Turn left")
    shows_hand(app, HOUSES, START, turn=330)
    press(app, "Turn right")
    press(app, "Turn right")
    shows_hand(app, HOUSES, START, turn=30)


def test_a_link_opens_a_moment_of_a_run(visit):
    app = visit(PAGE, view="descent", w1="2", b="30", rate="0.3", step="12", over="x2", seed="4")
    run = run_of(houses(20, 30.0, 4), 0.3, start=(2.0, 0.0, 30.0))
    shows_run(app, run, 12, feature=1)
    assert unescaped(app.markdown[0].value) == describe_rate(run.curvature, 0.3)


def test_the_largest_rate_is_marked_and_taken_just_above_and_below(visit, sliding):
    for scale in ("on", "off"):
        app = visit(PAGE, view="descent", scale=scale)
        largest = run_of(scale=scale == "on").curvature.largest_rate
        marks = sent(app, "marks")["marks"]
        assert marks[1] == pytest.approx(largest, rel=1e-3)
        assert sent(app, "marks")["ends"] == [marks[0], marks[-1]]
        press(app, "1.01 ×")
        rate = float(query(app)["rate"])
        assert rate == pytest.approx(1.01 * largest, rel=1e-3)
        assert "diverges: it is just above" in unescaped(app.markdown[0].value)
        press(app, "0.99 ×")
        assert "converges" in unescaped(app.markdown[0].value)
        assert "zig-zags" in unescaped(app.markdown[0].value)


def test_the_rate_can_be_slid_and_the_step_stays(visit, sliding):
    app = visit(PAGE, view="descent", step="12")
    sliding["linear_regression_rate"] = (0.25, False)
    press(app, "slide linear_regression_rate")
    shows_run(app, run_of(rate=0.25), 12)


def test_a_step_beyond_a_diverged_run_is_its_last(visit):
    app = visit(PAGE, view="descent", rate="0.1", scale="off", step="200")
    run = run_of(scale=False)
    shows_run(app, run, run.last_step)
    assert "has diverged" in sent(app, "words")["words"]
    assert int(query(app)["step"]) == run.last_step


def test_scaling_is_switched(visit):
    app = visit(PAGE, view="descent", rate="0.00005", updates="1000")
    toggle(app, "Scale the columns").set_value(False).run()
    shows_run(app, run_of(rate=5e-5, scale=False, updates=1000), 0)
    assert query(app)["scale"] == "off"


def test_a_question_is_answered_before_the_update(visit):
    app = visit(PAGE, view="descent", part="predict")
    question = descent_questions(run_of(), 0)[0]
    assert app.markdown[0].value == f"**{question.prompt}**"
    press(app, question.answer)
    assert app.success[0].value == f"Right. {question.reason}"
    press(app, "Take the update")
    shows_run(app, run_of(), 1)


def test_the_plane_by_hand_is_asked_about(visit):
    app = visit(PAGE, part="predict")
    question = hand_questions(HOUSES, START, (0.2, 0.2, 20.0))[0]
    assert question.prompt in app.markdown[0].value
    press(app, next(option for option in question.options if option != question.answer))
    assert app.warning[0].value.startswith("Not so: you said")


def test_scripts_print_the_numbers_of_the_screen(visit, tmp_path):
    app = visit(PAGE, part="code", w1="2.5")
    script = app.code[0].value
    assert script == hand_snippet(HOUSES, (2.5, 0.0, 200.0)).rstrip()
    app = visit(PAGE, view="descent", part="code", step="9", scale="off", rate="0.00005")
    run = run_of(rate=5e-5, scale=False)
    assert app.code[0].value == descent_snippet(run, 9).rstrip()
    printed = output(app.code[0].value, tmp_path)
    assert float(printed[-1].split()[-1]) == pytest.approx(float(run.errors[9]), rel=1e-9)


def test_own_rows_come_from_a_link(visit):
    app = visit(PAGE, data="own", own=sample_text.encode(OWN), b="500", w1="0")
    shows_hand(app, OWN, (0.0, 0.0, 500.0))
    assert "one unit of rooms more" in sent(app, "words")["words"].lower()


def test_other_houses_put_the_plane_back(visit):
    app = visit(PAGE, data="own", own=sample_text.encode(OWN), b="500", w1="0")
    control = next(c for c in app.segmented_control if c.label == "Data")
    control.set_value("houses").run()
    shows_hand(app, HOUSES, START)


def use(app, sample, monkeypatch):
    """Bring rows as the button of `own_data` does."""
    monkeypatch.setattr(
        nnviz.chapters.linear_regression.controls,
        "own_data",
        lambda address, on_sample: st.button("bring", on_click=on_sample, args=(sample, "Note.")),
    )
    app.run()
    return press(app, "bring")


def test_rows_that_are_brought_get_a_flat_plane(visit, monkeypatch):
    app = visit(PAGE, data="own", step="9")
    app = use(app, OWN, monkeypatch)
    mean = float(f"{OWN.y.mean():.3g}")
    shows_hand(app, OWN, (0.0, 0.0, mean))
    assert unescaped(app.toast[0].value) == "Note."
    assert sample_text.decode(query(app)["own"]) == OWN


def test_many_rows_and_columns_are_told(visit, monkeypatch):
    X = RNG.normal(size=(1200, 3))
    many = Sample(X, X.sum(axis=1), ("a", "b", "c"), (), "t")
    app = use(visit(PAGE, data="own"), many, monkeypatch)
    text = unescaped(app.toast[0].value)
    assert "500 of them, evenly chosen" in text
    assert "The plane is over a and b." in text


def test_classes_are_refused_in_a_sentence(visit, monkeypatch):
    app = use(visit(PAGE, data="own"), make("circle", 20, 0.1, 0), monkeypatch)
    assert "is read as a class" in unescaped(app.toast[0].value)
    shows_hand(app, HOUSES, START)


WRONG = (
    {
        "rate": ("-1", "must lie between 0 and 100"),
        "own": ("file", "too many for a link"),
        "w1": ("x", "is not a number"),
        "rows": ("2", "must lie between 3 and 60"),
    },
    {"own": (sample_text.encode(make("circle", 20, 0.1, 0)), "its target is a class")},
)


@pytest.mark.parametrize("wrong", WRONG, ids=["four", "class"])
def test_a_wrong_address_is_reported_in_sentences(visit, wrong):
    app = visit(PAGE, **{name: text for name, (text, _) in wrong.items()})
    warnings = [unescaped(warning.value) for warning in app.warning]
    assert len(warnings) == len(wrong)
    for _, reason in wrong.values():
        assert [warning for warning in warnings if reason in warning], reason
    shows_hand(app, HOUSES, START)


@pytest.mark.parametrize("view", ["hand", "descent"])
@pytest.mark.parametrize(
    "X",
    [
        np.column_stack([np.arange(8.0), 3 * np.arange(8.0) + 1]),
        np.column_stack([np.arange(8.0), np.full(8, 5.0)]),
        np.full((8, 2), 2.0),
        1e9 * RNG.uniform(1, 2, (8, 2)),
        1e-6 * RNG.uniform(1, 2, (8, 2)),
        np.array([[1.0, 2.0]]),
    ],
    ids=["together", "constant", "both constant", "huge", "tiny", "one row"],
)
@pytest.mark.parametrize("y", [np.arange(8.0) ** 2, np.zeros(8)], ids=["some", "nought"])
def test_rows_of_every_kind_are_drawn(visit, view, X, y):
    sample = Sample(X, y[: len(X)], ("a", "b"), (), "t")
    for scale in ("on", "off"):
        app = visit(
            PAGE, view=view, data="own", own=sample_text.encode(sample), answer="on", scale=scale,
            updates="50", step="50",
        )  # fmt: skip
        assert not app.error
        assert not app.warning


def test_names_of_a_link_are_letters_wherever_they_stand(visit):
    names = (":streamlit: (:smile:)", "WWW.evil.example (www.e.x)")
    sample = Sample(
        np.array([[0.0, 1.0], [1.0, 3.0], [2.0, 1.0], [4.0, 0.0]]), np.array([1.0, 2.0, 4.0, 3.0]),
        names, (), "![x](https://e.x/y.png) (me@e.x)",
    )  # fmt: skip
    for view in ("hand", "descent"):
        for part in ("numbers", "predict", "tutorial"):
            app = visit(PAGE, data="own", own=sample_text.encode(sample), view=view, part=part)
            asked = 3 if part == "predict" else 1
            for turn in range(asked):
                shown = [
                    text
                    for kind in ("markdown", "caption", "info", "warning", "success", "metric",
                                 "button", "button_group", "toggle")
                    for element in app.get(kind)
                    for text in _texts_of(element.proto)
                ]  # fmt: skip
                assert any("evil" in text for text in shown) or part != "predict"
                for text in shown:
                    active = re.sub(r"\\.", "", text)
                    for markup in (":streamlit:", ":smile:", "WWW.", "www.", "://", "[", "@"):
                        assert not re.search(rf"(?<!\u2060){re.escape(markup)}", active), text
                if part == "predict":
                    app.button(key=f"{PAGE}.answer.0").click().run()
                    assert app.success or app.warning
                    reasons = [text for each in (*app.success, *app.warning)
                               for text in _texts_of(each.proto)]  # fmt: skip
                    assert not any(re.search("(?<!\u2060):streamlit:|WWW\\.", t) for t in reasons)
                    if turn < asked - 1:
                        app.button(key=f"{PAGE}.answer.next").click().run()


def _texts_of(proto):
    """Return every text of a message that Streamlit may read as Markdown."""
    for field in ("body", "label", "help", "value"):
        text = getattr(proto, field, "")
        if isinstance(text, str):
            yield text
    for option in getattr(proto, "options", ()):
        yield getattr(option, "content", "")


def test_where_nothing_can_be_asked_a_sentence_says_so(visit):
    app = visit(PAGE, view="descent", rate="0", part="predict")
    assert not app.error
    assert any("There is nothing to ask about this" in each.value for each in app.markdown)
