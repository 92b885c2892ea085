"""Live training without a browser: the run, its parts, the address, every control."""

import json
import math
import re
from functools import cache
from itertools import pairwise
from urllib.parse import parse_qsl

import pytest
import streamlit as st

from nnviz.chapters.live_training.address import RATES, default_rows
from nnviz.chapters.live_training.figures.network import panel_tracks
from nnviz.chapters.live_training.figures.plane import X_RANGE, Y_RANGE
from nnviz.chapters.live_training.figures.run import PANELS, panel_of
from nnviz.chapters.live_training.figures.tracks import (
    joined,
    probe_tracks,
    run_tracks,
    surface_tracks,
    words_tracks,
)
from nnviz.chapters.live_training.jumps import jumps
from nnviz.chapters.live_training.questions import next_update_questions
from nnviz.chapters.live_training.row_gradients import row_updates
from nnviz.chapters.live_training.surfaces import around, run_surfaces
from nnviz.chapters.live_training.words.gradients import update_words
from nnviz.chapters.live_training.words.run import moment, moments
from nnviz.chart import packing
from nnviz.chart.gestures import Click, Drag
from nnviz.chart.plot import unpacked
from nnviz.chart.strands import STROKES
from nnviz.site.plain import plain
from nnviz.training.baselines.yardsticks import yardsticks
from nnviz.training.export.script import script
from nnviz.training.maps.surface_axes import two_parameters
from nnviz.training.model import Model
from nnviz.training.parameter_names import parameter_names
from nnviz.training.playback import view
from nnviz.training.record import record
from tests.pages.on_screen import formulas
from tests.runs import timeline_of

PAGE = "live_training"
PARTS = ("numbers", "ledger", "surface", "free", "code", "export", "predict", "tutorial")
MODELS = {
    "neuron": {},
    "sin x1": {"features": ("sin x1",)},
    "hidden layer": {"hidden": ((4, "tanh"),), "standardise": True},
}
TWO_ROWS = "1,1,0;5,4,1"


recorded = cache(record)


@cache
def packed(timeline, stride=1, probe=None):
    """Return what is sent of a run, computed anew: marks, sentences, and the point asked about."""
    run = recorded(timeline)
    seen, plan = view(run, stride=stride), run.plan
    axes, stroke = two_parameters(plan, 0, 1), STROKES[0]
    surfaces = run_surfaces(seen, axes, around(axes.coordinates(seen.parameters)))
    panel = panel_of(Model.of(plan), PANELS)
    marks = joined(
        run_tracks(seen, stroke),
        surface_tracks(surfaces, stroke),
        panel_tracks(panel, seen, until=None),
    )
    packs = [marks, words_tracks(run, moments(run, measured(plan)))]
    if probe is not None:
        packs.append(probe_tracks(seen, probe))
    return [packing.pack(tracks) for tracks in packs]


@cache
def measured(plan):
    """Return what a run is measured against: rows and model alone decide it."""
    return yardsticks(Model.of(plan).plan(plan.sample))


def expected(**choices):
    """Return the run that the page should show."""
    return recorded(timeline_of(**choices))


def sent(app, key):
    """Return what the component of the page with this key was sent."""
    sent = [json.loads(part.proto.json) for part in app.get("bidi_component") if part.proto.json]
    return next(data for data in sent if key in data)


def query(app):
    return dict(parse_qsl(sent(app, "query")["query"]))


def figure(app):
    return json.loads(unpacked(sent(app, "words")["figure"]))


def lines(app):
    """Return the yardsticks across the error curve."""
    dashed = [t for t in figure(app)["data"] if t.get("line", {}).get("dash", "solid") != "solid"]
    return [t for t in dashed if len(t["x"]) == 2]


def unescaped(text):
    """Return what a person reads of text that Markdown shows letter by letter."""
    return re.sub(r"\\(.)", r"\1", text)


def shows(app, run, step):
    """Assert that the sentence, the clock and the axes speak of this moment of the run."""
    assert not app.exception
    chart = sent(app, "words")
    assert chart["words"] == moment(run, step, measured(run.plan))
    assert chart["clock"]["step"] == step
    assert figure(app)["layout"]["xaxis2"]["range"] == [0, run.last_step]


def moves(app, run):
    """Assert that what the player plays is this run, with the point that was asked about."""
    expected_packs = packed(run.timeline, 1, asked(app))
    assert moving(app) == [content for content, _ in expected_packs]
    assert sent(app, "words")["frames"] == [digest for _, digest in expected_packs]


def moving(app):
    """Return the packed tracks that were sent."""
    return [p.proto.bytes for p in app.get("bidi_component") if p.proto.bytes]


def asked(app):
    probe = query(app).get("probe")
    return tuple(map(float, probe.split(","))) if probe else None


def press(app, label):
    next(b for b in app.button if b.label == label).click().run()
    assert not app.exception


def labels(app):
    return [button.label for button in app.button]


def pills(app, label):
    (found,) = (group for group in app.get("button_group") if group.label == label)
    return found


def toggle(app, label):
    (found,) = (toggle for toggle in app.toggle if toggle.label == label)
    return found


def sentences(app):
    """Return the sentences of all charts on the page."""
    parts = [json.loads(p.proto.json) for p in app.get("bidi_component") if p.proto.json]
    return [part["words"] for part in parts if "words" in part]


def in_fact(app):
    return [m.value for m in app.markdown if m.value.startswith("**In fact:**")]


def test_the_page_opens_before_training_with_the_tutorials_choices(visit):
    app = visit(PAGE)
    assert app.title[0].value == "Live training"
    assert not app.warning
    shows(app, expected(), 0)
    assert sent(app, "query")["query"] == f"lesson={PAGE}.1&mode=free"
    moves(app, expected())
    clock = sent(app, "words")["clock"]
    assert (clock["step"], clock["play"]) == (0, "Train")
    assert sent(app, "words")["clicks"] == ["xy"]
    slider = sent(app, "marks")
    assert (slider["label"], slider["value"]) == ("Learning rate", 0.1)
    assert (app.selectbox[0].value, app.selectbox[1].value) == ("random", "10000")
    assert app.number_input[0].value == 0
    assert not toggle(app, "Edit rows").value


def test_the_tutorials_figures_are_in_the_picture(visit):
    app = visit(PAGE, step="10000")
    shows(app, expected(), 10_000)
    guess, neuron = lines(app)
    assert guess["y"] == [2.0, 2.0]
    assert neuron["y"] == pytest.approx(2 * [1.8838062484862979], rel=1e-9)
    assert "1.884. No straight line gets more than 6 of the 8" in sent(app, "words")["words"]


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("step", [657, 10_000])
def test_every_part_of_every_model_can_be_seen(visit, all_parts, model, step):
    run = expected(**MODELS[model])
    app = visit(PAGE, model=model, part="numbers", step=str(step))
    assert not app.warning
    shows(app, run, step)
    moves(app, run)
    assert len(formulas(app)) == (0 if step == 10_000 else 3 if model == "hidden layer" else 9)
    said = sentences(app)
    updates = row_updates(run, min(step, 9_999))
    assert update_words(updates, run.plan, parameter_names(run.plan)) in said
    assert (
        "For **5 of 12** there are weights that get all 8 rows right"
        in "".join(m.value for m in app.markdown)
        or run.plan.architecture.standardise
    )
    # In the parts Code and Export.
    assert [c.value for c in app.code].count(script(run.timeline, step).strip()) == 2
    assert len(app.get("download_button")) >= 4
    assert len(in_fact(app)) == 4  # one of them in the ledger


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("step", [657, 10_000])
def test_every_model_is_asked_about(visit, model, step):
    app = visit(PAGE, model=model, part="predict", step=str(step))
    prompts = [q.prompt for q in next_update_questions(expected(**MODELS[model]), step)]
    assert app.markdown[0].value == (
        f"**{plain(prompts[0])}**"
        if prompts
        else "This is the end of the run. Go back to be asked about the next update."
    )


def test_the_numbers_are_those_of_the_next_update(visit):
    app = visit(PAGE, step="500")
    run, row = expected(), int(expected().picks(500, 501)[0])
    assert app.markdown[0].value == f"The next update, number 501, uses **row {row + 1}**:"
    lines = " ".join(formulas(app))
    network = run.network_at(500)
    answer = network.predict([run.plan.sample.X[row]])[0, 0]
    assert f"= {answer:.4g}" in lines
    w1, w2, _ = run.parameters_at(501)
    assert f"= ({w1:.4g}, {w2:.4g})" in lines
    (table,) = (html.proto.body for html in app.get("html") if "nv-table" in html.proto.body)
    errors = run.row_errors_between(500, 500)[0]
    for i, ((x1, x2), target) in enumerate(zip(run.plan.sample.X, run.plan.sample.y, strict=True)):
        answer = network.predict([[x1, x2]])[0, 0]
        sign = "✓" if (answer >= 0.5) == target else "✗"
        assert f"{sign} {i + 1}: [{x1:g}, {x2:g}]" in table
        # In full on hover, in short to be read.
        assert re.search(rf'title="{f"{answer:.12f}"[:12]}\d*">{f"{answer:.4g}"}<', table)
    assert f">{errors.sum():.4g}<" in table
    told = "Lowest error found for one neuron: 1.8838. Most rows right by a straight line: 6."
    assert told in app.markdown[1].value


def test_the_tutorials_words_are_held_against_this_run(visit):
    run = expected()
    rises = sum(after > before for before, after in pairwise(run.cumulative_errors))
    decreasing, jumping, _ = in_fact(visit(PAGE, part="tutorial"))
    assert f"it rose at {rises} of 100 recorded points and ends at 1.951" in decreasing
    assert (
        "one neuron cannot serve them all: no straight line gets more than 6 of 8 right" in jumping
    )


@pytest.mark.parametrize(
    "choices", [{"rows": TWO_ROWS}, {"model": "sin x1"}, {"model": "hidden layer"}]
)
def test_it_is_not_said_that_nothing_can_serve_rows_that_something_serves(visit, choices):
    assert "cannot" not in in_fact(visit(PAGE, part="tutorial", **choices))[1]


EXTREMES = [
    {"rate": "0.001"},
    {"rate": "10", "updates": "20000", "step": "20000"},
    {"updates": "1000000", "step": "765432", "rate": "10"},
    {"updates": "100000", "model": "x1^2,x2^2,x1*x2,sin x1,sin x2,8 relu,standardised"},
    {"order": "shuffled", "model": "1 linear", "step": "9999"},
    {"seed": "4294967295", "step": "1"},
    {"updates": "1000", "step": "999"},
    {"rows": "0,-0.5,0"},
    {"rows": "6.5,5,1;6.5,5,0", "model": "hidden layer", "step": "5000"},
    {"rows": ";".join(f"{i / 4},{i * i % 5},{i % 2}" for i in range(20)), "model": "sin x1"},
    {"rows": ";".join(["1,1,1"] * 20), "rate": "10", "step": "10000"},
    {"probe": "100,-100"},
    {"probe": "1e-300,0", "model": "hidden layer"},
    {"edit": "on", "probe": "1,1", "part": "ledger"},
]


@pytest.mark.parametrize("choices", EXTREMES, ids=lambda choices: " ".join(choices))
def test_every_extreme_is_a_picture_and_keeps_its_address(visit, choices):
    app = visit(PAGE, **choices)
    assert not app.exception
    assert not app.warning
    assert sent(app, "words")["words"]
    for name in ("xaxis", "xaxis2", "xaxis3", "xaxis4", "yaxis", "yaxis2", "yaxis3", "yaxis4"):
        assert all(map(math.isfinite, figure(app)["layout"][name]["range"]))
    again = query(app)
    assert {"lesson", *choices} == set(again)
    reopened = visit(PAGE, **again)
    assert sent(reopened, "words")["words"] == sent(app, "words")["words"]
    assert sent(reopened, "words")["frames"] == sent(app, "words")["frames"]
    assert query(reopened) == again


WRONG = [
    {
        "rate": ("nan", "“nan” is not a number. So rate starts at 0.1."),
        "branches": ("100", "branch B cannot be used: it must begin with line:update, such as"),
        "seed": ("-1", "it must lie between 0 and 4,294,967,295. So seed starts at 0."),
        "model": ("gpt", "a model is named by its inputs"),
        "updates": (
            "10",
            "it must be one of: 1000, 10000, 20000, 100000, 1000000. So",
        ),
        "rows": ("1,2", "a row must be x1,x2,target, with semicolons between the rows"),
        "step": ("-1", "it must lie between 0 and 1,000,000. So step starts at 0."),
        "probe": ("1", "it must be 2 numbers with commas between them. So probe starts empty."),
        "edit": ("yes", "it must be on or off. So edit starts at off."),
        "part": ("hints", "it must be one of: numbers, ledger, surface, "),
    },
    {
        "rate": ("0", "it must lie between 0.001 and 10"),
        "branches": ("0:5,rate:99", "branch B cannot be used: it must lie between 0.001 and 10"),
        "seed": ("1.5", "it must be a whole number"),
        "rows": ("1,2,2", "the target of a row must be 0 or 1"),
        "step": ("1000001", "it must lie between 0 and 1,000,000"),
        "probe": ("1,2,3", "it must be 2 numbers with commas between them"),
    },
    {
        "rate": ("", "“” is not a number"),
        "branches": (
            "0:5;3:6",
            "branch C cannot be used: a branch leaves a line that comes",
        ),
        "seed": ("1e400", "“1e400” is not a number"),
        "rows": ("1,nan,0", "“nan” is not a number"),
        "step": ("inf", "“inf” is not a number"),
        "probe": ("1,101", "it must lie between -100 and 100"),
    },
    {
        "rate": ("1e9", "it must lie between 0.001 and 10"),
        "branches": ("0:1;0:2;0:3;0:4;0:5", "it may hold 4 branches at the most"),
        "rows": (";".join(["1,1,0"] * 21), "it must hold 1 to 20 rows"),
    },
    {
        "branches": ("0:5,w1:nan", "branch B cannot be used: “nan” is not a number"),
        "order": ("by size", "it must be one of: random, shuffled, in turn"),
        "rows": ("7,1,0", "it must lie between 0 and 6.5"),
    },
    {"rows": ("", "a row must be x1,x2,target, with semicolons between the rows")},
]


@pytest.mark.parametrize("wrong", WRONG, ids=repr)
def test_what_a_wrong_address_says_is_told_in_one_sentence_each(visit, wrong):
    app = visit(PAGE, **{name: text for name, (text, _) in wrong.items()})
    told = [unescaped(warning.value) for warning in app.warning]
    assert len(told) == len(wrong)
    for sentence, (name, (_, reason)) in zip(told, wrong.items(), strict=True):
        assert sentence.startswith(f"The address says {name} is “")
        assert reason in sentence
    shows(app, expected(), 0)
    assert query(app) == {"lesson": f"{PAGE}.1", "mode": "free"}


def test_a_link_of_another_version_is_told(visit):
    (warning,) = visit(PAGE, lesson=f"{PAGE}.2", seed="0").warning
    assert "made by another version of this page" in warning.value


def test_one_mistake_does_not_cost_the_rest(visit):
    app = visit(PAGE, rate="x", seed="42", step="10000", rows="1", other="y")
    told = [unescaped(warning.value).split(" is ")[0] for warning in app.warning]
    assert told == ["The address says rate", "The address says rows"]
    shows(app, expected(seed=42), 10_000)


def test_a_step_beyond_the_run_is_its_end(visit):
    app = visit(PAGE, updates="1000", step="15000")
    shows(app, expected(steps=1_000), 1_000)
    assert query(app)["step"] == "1000"


def test_the_controls_change_the_run(visit, hands):
    app = visit(PAGE)
    hands["press"] = "sin x1"
    press(app, "press")
    shows(app, expected(features=("sin x1",)), 0)
    app.selectbox[1].set_value("1000").run()
    app.number_input[0].set_value(7).run()
    shows(app, expected(features=("sin x1",), steps=1_000, seed=7), 0)
    moves(app, expected(features=("sin x1",), steps=1_000, seed=7))
    assert query(app) == {
        "lesson": f"{PAGE}.1", "model": "sin x1", "updates": "1000", "seed": "7"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("label", "choices"),
    [
        ("Show me rate 0.01", {"learning_rate": 0.01}),
        ("Show me what frees it: sin x1", MODELS["sin x1"]),
        ("Or a hidden layer", MODELS["hidden layer"]),
    ],
)
def test_show_me_begins_from_the_tutorials_run_and_goes_to_the_end(visit, label, choices):
    app = visit(
        PAGE, part="tutorial", rate="5", seed="3", updates="1000", rows=TWO_ROWS, branches="0:7"
    )
    press(app, label)
    shows(app, expected(**choices), 10_000)
    moves(app, expected(**choices))
    # An order, so that the player goes there.
    assert sent(app, "words")["clock"]["order"].endswith(".1")


def test_a_jump_can_be_visited(visit):
    app = visit(PAGE, part="ledger")
    worst = jumps(expected())[0]
    see = next(b for b in app.button if b.label == "See it")
    see.click().run()
    shows(app, expected(), worst.step - 1)
    assert sent(app, "words")["clock"]["order"].endswith(".1")


@pytest.mark.parametrize("right", [True, False])
def test_an_answer_is_judged_before_the_update_is_made(visit, right):
    app = visit(PAGE, part="predict", step="100")
    question = next_update_questions(expected(), 100)[0]
    keys = [b.key for b in app.button if b.key and b.key.startswith(f"{PAGE}.answer.")]
    assert [app.button(key=key).label for key in keys] == list(question.options)
    choice = next(i for i, o in enumerate(question.options) if (o == question.answer) == right)
    app.button(key=keys[choice]).click().run()
    verdict = (app.success if right else app.warning)[0].value
    assert verdict.startswith("Right. " if right else "Not so: you said “")
    assert verdict.endswith(plain(question.reason))
    assert app.caption[-1].value == f"Right so far: {int(right)} of 1."
    shows(app, expected(), 100)
    press(app, "Do this update")
    shows(app, expected(), 101)
    assert not app.success
    (following, *_) = next_update_questions(expected(), 101)
    assert app.markdown[0].value == f"**{plain(following.prompt)}**"


def test_the_next_question_is_about_the_same_update(visit):
    app = visit(PAGE, part="predict", step="100")
    for question in next_update_questions(expected(), 100):
        assert app.markdown[0].value == f"**{plain(question.prompt)}**"
        app.button(key=f"{PAGE}.answer.0").click().run()
        press(app, "Next question")
    assert f"of {len(next_update_questions(expected(), 100))}." in app.caption[-1].value


def test_the_slider_sets_the_rate_and_the_quick_picture_is_replaced_on_release(visit, hands):
    app = visit(PAGE)
    hands["slide"] = (1.0, False)
    press(app, "slide")
    assert query(app)["rate"] == "1"
    run = expected(learning_rate=1.0)
    curve = next(t for t in figure(app)["data"] if t.get("xaxis") == "x2")
    errors = run.cumulative_errors_between(0, 10_000)
    assert max(curve["y"]) == pytest.approx(errors.max(), rel=5e-4)
    assert sum(map(len, moving(app))) < len(packed(run.timeline, 1, None)[0][0]) / 4
    hands["slide"] = (2.0, True)
    press(app, "slide")
    shows(app, expected(learning_rate=2.0), 0)
    moves(app, expected(learning_rate=2.0))


def test_the_slider_offers_every_rate_that_an_address_may_say():
    assert (RATES[0], RATES[-1]) == (0.001, 10.0)


def test_a_click_asks_for_the_answer_there(visit, hands):
    app = visit(PAGE)
    hands["click"] = Click("xy", 2.504, 1.236)
    press(app, "click")
    assert query(app)["probe"] == "2.5,1.24"
    shows(app, expected(), 0)
    moves(app, expected())
    crosses = [t for t in figure(app)["data"] if t.get("marker", {}).get("symbol") == "x-thin"]
    assert [(cross["x"], cross["y"]) for cross in crosses] == [([2.5], [1.24])]


def test_the_player_reports_where_it_is_and_is_not_pulled_back(visit, hands):
    app = visit(PAGE)
    hands["position"] = 4_321
    press(app, "position")
    shows(app, expected(), 4_321)
    assert sent(app, "words")["clock"]["order"].endswith(".0")


def test_a_row_that_is_dragged_stays_of_its_class(visit, hands):
    app = visit(PAGE, edit="on")
    hands["drag"] = Drag("3", 1.5, 2.25, True)
    press(app, "drag")
    rows = list(default_rows())
    rows[3] = (1.5, 2.25, 1)
    moved = [(h["x"], h["y"]) for h in sent(app, "words")["handles"]]
    assert moved == [(x1, x2) for x1, x2, _ in rows]
    run = record(timeline_of([row[:2] for row in rows], [row[2] for row in rows]))
    shows(app, run, 0)
    moves(app, run)


def test_rows_that_can_be_edited_are_handles_instead_of_marks(visit):
    shown, edited = visit(PAGE), visit(PAGE, edit="on")
    assert not sent(shown, "words")["handles"]
    assert sum(t.get("mode") == "markers+text" for t in figure(shown)["data"]) == 2
    assert not [t for t in figure(edited)["data"] if t.get("mode") == "markers+text"]
    handles = sent(edited, "words")["handles"]
    assert [(h["x"], h["y"], int(h["label"][-1])) for h in handles] == list(default_rows())
    for handle in handles:
        assert (handle["low"], handle["high"]) == (
            [X_RANGE[0], Y_RANGE[0]],
            [X_RANGE[1], Y_RANGE[1]],
        )
    assert len({(h["label"][-1], h["symbol"], h["colour"]) for h in handles}) == 2
    assert "Drag a row" in sent(edited, "words")["hint"]
    assert "Back to the eight rows" in labels(edited)


@pytest.fixture
def table(monkeypatch):
    """Replace the table editor, which AppTest cannot type into, by a button; return its edits."""
    changes = {"edited_rows": {}, "added_rows": [], "deleted_rows": []}

    def data_editor(data, *, key, on_change, **given):
        st.session_state[key] = changes
        st.button("edit", on_click=on_change)

    monkeypatch.setattr(st, "data_editor", data_editor)
    return changes


def test_the_table_edits_the_rows_and_gives_them_back(visit, table):
    app = visit(PAGE, edit="on")
    table["edited_rows"] = {0: {"x1": 1.25, "target": 1}}
    table["deleted_rows"] = [2, 3, 4, 5, 6, 7]
    press(app, "edit")
    assert query(app)["rows"] == "1.25,1.5,1;2,1,1"
    shows(app, record(timeline_of([(1.25, 1.5), (2, 1)], [1, 1])), 0)
    press(app, "Back to the eight rows")
    shows(app, expected(), 0)
    assert "rows" not in query(app)


def test_what_the_table_cannot_use_is_refused_and_nothing_is_lost(visit, table):
    app = visit(PAGE, edit="on", rows=TWO_ROWS)
    table["edited_rows"] = {1: {"x2": None}}
    press(app, "edit")
    (warning,) = app.warning
    told = "x2 of row 2 must be a number from −0.5 to 5. The rows stay as they were."
    assert warning.value == plain(told)
    assert query(app)["rows"] == TWO_ROWS
    table["edited_rows"] = {1: {"x2": 3.5}}
    press(app, "edit")
    assert not app.warning
    assert query(app)["rows"] == "1,1,0;5,3.5,1"


def test_a_teacher_can_hide_the_controls_and_parts(visit):
    app = visit(PAGE, hide="controls", step="10")
    assert not app.selectbox
    assert not app.number_input
    assert not {each.label for each in app.toggle} & {"Edit rows", "Draw a line", "Standardise"}
    assert sent(app, "words")["buttons"] == []
    assert not [label for label in labels(app) if label == "Branch here"]
    shows(app, expected(), 10)
    assert len(sentences(visit(PAGE, hide="numbers"))) == 2  # the next part is the ledger
    groups = visit(PAGE, hide=",".join(PARTS)).get("button_group")
    assert "More about this picture" not in [group.label for group in groups]


def test_a_teacher_can_set_a_task(visit):
    app = visit(PAGE, prompt="Find a *rate* that never rises.", seed="5")
    (info,) = app.info
    assert unescaped(info.value) == "Find a *rate* that never rises."
    assert query(app) == {
        "lesson": f"{PAGE}.1", "seed": "5", "prompt": "Find a *rate* that never rises."
    }  # fmt: skip


def test_two_people_have_a_run_of_their_own(visit):
    one, other = visit(PAGE), visit(PAGE)
    one.selectbox[1].set_value("1000").run()
    shows(other.run(), expected(), 0)
    shows(one.run(), expected(steps=1_000), 0)
