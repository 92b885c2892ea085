"""Branches on Live training, without a browser: made, changed, followed, named, deleted, shared."""

import json
from functools import cache

import numpy as np
import pytest
import streamlit as st

from nnviz.chapters.live_training.views import recorded as recorded_lines
from nnviz.chart.plot import unpacked
from nnviz.chart.strands import STROKES
from nnviz.site import frame
from nnviz.training.record import record
from nnviz.training.segment import Updates
from tests.pages.on_screen import press, query, sent, unescaped
from tests.runs import timeline_of

PAGE = "live_training"
recorded = cache(record)


def trunk(**choices):
    return recorded(timeline_of(**choices))


def layout(app):
    return json.loads(unpacked(sent(app, "words")["figure"]))["layout"]


def words(app):
    return sent(app, "words")["words"]


def followed(app):
    """Return the labels of the lines, and which one is followed."""
    (group,) = (g for g in app.get("button_group") if g.label == "Line that is followed")
    return group.options, group.value


def error_of(run, step):
    return float(run.cumulative_errors_between(step, step)[0])


def control(app, kind, label):
    (found,) = (widget for widget in app.get(kind) if widget.label == label)
    return found


def test_a_branch_begins_as_the_same_run_where_the_player_stands(visit):
    app = visit(PAGE, step="2500")
    press(app, "Branch here")
    assert query(app) | {"lesson": ""} == {
        "lesson": "", "step": "2500", "branches": "0:2500", "line": "B"
    }  # fmt: skip
    assert f"{error_of(trunk(), 2500):.4g}" in words(app)
    assert "nothing is changed yet" in app.caption[-1].value
    assert sent(app, "marks")["label"] == "Learning rate of B, from update 2,500 on"
    (mark,) = layout(app)["shapes"]
    assert (mark["x0"], mark["line"]["dash"]) == (2500, STROKES[1].dash)


def test_the_slider_changes_the_branch_and_leaves_the_run_alone(visit, hands):
    app = visit(PAGE, step="4000", branches="0:2500", line="B")
    hands["slide"] = (1.0, True)
    press(app, "slide")
    assert query(app)["branches"] == "0:2500,rate:1"
    assert "rate" not in query(app)
    changed = trunk(rate_changes=((2500, 1.0),))
    assert f"{error_of(changed, 4000):.4g}" in words(app)
    control(app, "button_group", "Line that is followed").set_value("A").run()
    assert f"{error_of(trunk(), 4000):.4g}" in words(app)
    assert sent(app, "marks")["label"] == "Learning rate"
    assert "line" not in query(app)


@pytest.mark.parametrize(
    ("kind", "label", "value", "field"),
    [
        ("selectbox", "Rows", "in turn", "order:in turn"),
        ("number_input", "Seed", 7, "seed:7"),
        ("toggle", "Standardise", True, "model:standardised"),
        ("number_input", "Set it to, from −100 to 100", -2.5, "w1:-2.5"),
        ("text_input", "Name", "a, b; c: d", "name:a%2C b%3B c%3A d"),
    ],
)
def test_everything_about_a_branch_can_be_changed(visit, kind, label, value, field):
    app = visit(PAGE, step="3000", branches="0:2500", line="B")
    control(app, kind, label).set_value(value).run()
    assert not app.exception
    assert query(app)["branches"] == f"0:2500,{field}"
    # And the link says the same to the next person.
    again = visit(PAGE, **query(app))
    assert not again.warning
    assert sent(again, "words")["frames"] == sent(app, "words")["frames"]
    assert followed(again) == followed(app)
    assert control(again, kind, label).value == value


def test_the_network_of_a_branch_is_changed_on_the_drawing(visit, hands):
    app = visit(PAGE, step="3000", branches="0:2500", line="B")
    for name, model in (
        ("sin x1", "sin x1"), ("x1^2", "x1^2/sin x1"), ("sin x1", "x1^2"), ("-unit", "x1^2"),
        ("+unit", "x1^2/1 tanh"), ("+unit", "x1^2/2 tanh"), ("activation", "x1^2/2 relu"),
        ("-unit", "x1^2/1 relu"),
    ):  # fmt: skip
        hands["press"] = name
        press(app, "press")
        assert query(app)["branches"] == f"0:2500,model:{model}", name
        drawn = json.loads(unpacked(sent(app, "words")["figure"]))["layout"]["annotations"]
        assert ("no hidden unit" in [each["text"] for each in drawn]) == ("relu" not in model
            and "tanh" not in model)  # fmt: skip
    assert "model" not in query(app)  # the run itself is as it was


def test_what_the_branch_shows_is_the_run_from_its_parameters(visit):
    app = visit(PAGE, step="4000", branches="0:2500,model:4 tanh/standardised,seed:3", line="B")
    timeline = timeline_of(hidden=((4, "tanh"),), standardise=True, seed=3)
    begin = (2500, tuple(recorded(timeline).parameters_at(0)), 2)
    layer = recorded(timeline_of(hidden=((4, "tanh"),), standardise=True, seed=3, begin=begin))
    assert f"{error_of(layer, 4000):.4g}" in words(app)
    # Before it begins it is the run that it leaves.
    before = visit(PAGE, step="2499", branches="0:2500,model:4 tanh/standardised,seed:3", line="B")
    assert f"{error_of(trunk(), 2499):.4g}" in words(before)


def test_both_lines_are_drawn_each_in_its_own_colour_and_dash(visit):
    app = visit(PAGE, step="4000", branches="0:2500,rate:1;0:3000,model:sin x1;1:3500,rate:0.01")
    figure = json.loads(unpacked(sent(app, "words")["figure"]))
    curves = [t for t in figure["data"] if t.get("xaxis") == "x2" and t.get("opacity") == 0.4]
    looks = {(t["line"]["color"], t["line"]["dash"]) for t in curves}
    assert looks == {(stroke.colour, stroke.dash) for stroke in STROKES[:4]}
    assert len({colour for colour, _ in looks}) == len({dash for _, dash in looks}) == 4
    title = layout(app)["annotations"][0]["text"]
    assert all(f">{letter} " in title for letter in "ABCD")


def test_a_branch_is_deleted_with_those_that_leave_it(visit):
    branches = "0:2500,rate:1;1:3000,rate:2;0:100,name:keep"
    app = visit(PAGE, branches=branches, line="B")
    press(app, "Delete B and C, which leave it")
    assert query(app)["branches"] == "0:100,name:keep"
    assert "line" not in query(app)
    assert [unescaped(label) for label in followed(app)[0]] == ["─── A the run", "╌╌╌ B keep"]
    press(app, "Bring back B and C")
    assert query(app) | {"lesson": ""} == {"lesson": "", "branches": branches, "line": "B"}
    assert "Bring back B and C" not in [button.label for button in app.button]


def test_a_branch_that_is_not_changed_yet_is_not_made_twice(visit):
    app = visit(PAGE, step="2500")
    press(app, "Branch here")
    press(app, "Branch here")
    assert query(app)["branches"] == "0:2500"
    assert app.toast[0].value == "B begins at this update, and nothing about it is changed yet."


def test_another_model_is_tried_from_here_on(visit):
    app = visit(PAGE, step="3000", part="free")
    control(app, "selectbox", "Try a model").set_value("4 tanh units").run()
    assert "3 units can follow" in app.caption[-1].value
    press(app, "Go on with it from here")
    assert query(app)["branches"] == "0:3000,model:4 tanh"
    assert query(app)["line"] == "B"
    press(app, "Train it from the start")


def test_from_a_step_before_it_begins_a_branch_leaves_the_run(visit):
    app = visit(PAGE, step="1000", branches="0:2500,rate:1", line="B")
    press(app, "Branch here")
    assert query(app)["branches"] == "0:2500,rate:1;0:1000"
    assert query(app)["line"] == "C"


@pytest.mark.parametrize(
    ("choices", "says"),
    [
        ({"step": "10000"}, "This is the end of the run. Go back a little first."),
        ({"branches": "0:1;0:2;0:3;0:4"}, "4 branches are as many as can be told apart."),
    ],
)
def test_where_no_branch_can_be_made_a_sentence_says_so(visit, choices, says):
    app = visit(PAGE, **choices)
    press(app, "Branch here")
    assert says in app.toast[0].value
    assert query(app).get("branches") == choices.get("branches")


def test_a_branch_beyond_the_end_waits(visit):
    app = visit(PAGE, updates="1000", branches="0:2500,rate:1", line="B")
    assert "B would begin at update 2,500" in app.caption[0].value
    assert query(app)["branches"] == "0:2500,rate:1"
    assert "line" not in query(app)
    app.selectbox[1].set_value("10000").run()
    assert not app.caption
    assert len(followed(app)[0]) == 2


TAMPERED = [
    ("0:2500,rate:1e9", "branch B cannot be used: it must lie between 0.001 and 10"),
    ("0:2500;2:5", "branch C cannot be used: a branch leaves a line that comes before it"),
    ("0:2500;1:5", "at a step that this one has of its own"),
    ("0:2500,rm:1;", "branch C cannot be used: it must begin with line:update"),
    ("<script>", "it must begin with line:update"),
    ("0:2500,model:9 tanh", "1 to 8 units"),
    ("0:" + "9" * 400, "branch B cannot be used"),
    ("0:5,name:a,name:b", "is no change"),
    (";".join(["0:1"] * 300), "it may hold 4 branches at the most"),
    ("0:5" + "".join(f",w{i}:1" for i in range(1, 12)), "it may set 10 weights at the most"),
]


@pytest.mark.parametrize(("text", "reason"), TAMPERED, ids=range(len(TAMPERED)))
def test_a_tampered_link_is_answered_in_a_sentence_and_the_rest_of_it_kept(visit, text, reason):
    app = visit(PAGE, branches=text, seed="3", step="10")
    (warning,) = app.warning
    assert reason in unescaped(warning.value)
    assert query(app) | {"lesson": ""} == {"lesson": "", "seed": "3", "step": "10"}
    assert f"{error_of(trunk(seed=3), 10):.4g}" in words(app)


def test_a_weight_that_the_model_does_not_have_changes_nothing(visit):
    app = visit(PAGE, step="3000", branches="0:2500,v3:1", line="B")
    assert not app.warning
    assert f"{error_of(trunk(), 3000):.4g}" in words(app)


def test_a_run_of_a_million_updates_is_exact_at_any_step(visit):
    app = visit(PAGE, updates="1000000", step="765432")
    run = trunk(steps=1_000_000)
    assert f"{error_of(run, 765_432):.4g}" in words(app)
    row = int(run.picks(765_432, 765_433)[0]) + 1
    assert app.markdown[0].value == f"The next update, number 765,433, uses **row {row}**:"
    assert np.isfinite(run.parameters).all()


LONG = {
    "updates": "100000", "step": "99500", "line": "C",
    "branches": "0:2500,rate:0.5;1:5000,seed:3,name:Other rows;0:99000,rate:0.3",
}  # fmt: skip


def test_of_long_lines_the_followed_one_is_drawn_first_and_the_others_when_they_are_trained(
    visit, monkeypatch
):
    later, made, train = [], [], Updates.train

    def counted(updates, parameters, state, first, last, *grid):
        made.append(last - first)
        return train(updates, parameters, state, first, last, *grid)

    with monkeypatch.context() as patch:
        patch.setattr(frame, "afterwards", later.append)
        patch.setattr(Updates, "train", counted)
        app = visit(PAGE, **LONG)
    assert len(later) == 1
    assert sum(made) < 120_000
    # One line is drawn, and it is said; the bar and the link know of all.
    assert words(app).endswith(" A, B and D are not in the picture yet.")
    assert [mark["x0"] for mark in layout(app)["shapes"]] == [5000]
    first, labels, link = words(app).split(". ")[0], followed(app), query(app)
    assert [label.split()[1] for label in labels[0]] == ["A", "B", "C", "D"]
    app.run()
    assert "not in the picture" not in words(app)
    assert [mark["x0"] for mark in layout(app)["shapes"]] == [2500, 5000, 99000]
    assert words(app).startswith(first)
    assert (followed(app), query(app)) == (labels, link)
    assert not app.get("progress")
    # All is as if it had been trained at once.
    monkeypatch.setattr(recorded_lines, "_AT_ONCE", 1_000_000)
    at_once = visit(PAGE, **LONG)
    for part in ("words", "frames", "figure"):
        assert sent(at_once, "words")[part] == sent(app, "words")[part]


def test_meanwhile_it_is_said_how_many_lines_are_trained(visit, monkeypatch):
    told, counts = [], iter([0, 1, 3, 4])
    monkeypatch.setattr(recorded_lines, "train_others", lambda *lines: next(counts))
    monkeypatch.setattr(st.delta_generator.DeltaGenerator, "progress",
        lambda place, part, text: told.append((part, text)))  # fmt: skip
    with monkeypatch.context() as patch:
        patch.setattr(frame, "_rerun", lambda: None)
        visit(PAGE, **LONG | {"seed": "7"})
    missing = "A, B and D are not in the picture yet."
    assert told == [
        (0.25, f"Training on: 1 of 4 lines is there. {missing}"),
        (0.25, f"Training on: 1 of 4 lines is there. {missing}"),
        (0.75, f"Training on: 3 of 4 lines are there. {missing}"),
    ]


def test_long_lines_that_do_not_begin_say_so_when_the_others_are_trained(visit):
    app = visit(PAGE, updates="100000", branches="0:100000,rate:0.5;0:7,rate:0.2", line="B")
    assert "line" not in query(app)  # the run is followed instead
    assert [label.split()[1] for label in followed(app)[0]] == ["A", "C"]
    assert "B would begin at update 100,000" in app.caption[0].value
    assert "not in the picture" not in words(app)


def test_two_people_have_branches_of_their_own(visit):
    one, other = visit(PAGE, step="5"), visit(PAGE, step="5")
    press(one, "Branch here")
    other.run()
    assert "branches" not in query(other)
    assert query(one)["branches"] == "0:5"
