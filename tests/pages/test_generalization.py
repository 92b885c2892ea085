"""Generalization without a browser: three experiments, their parts, the address, stop and go on."""

import json
from functools import cache

import numpy as np
import pytest
import streamlit as st

from nnviz.chapters.generalization import words as sentences
from nnviz.chapters.generalization.address import FARTHEST, PENALTIES
from nnviz.chapters.generalization.distribution_shift import DistributionShift, shift_plan
from nnviz.chapters.generalization.early_stop import early_stop
from nnviz.chapters.generalization.figures.capacity import capacity_picture
from nnviz.chapters.generalization.figures.shift import shift_picture
from nnviz.chapters.generalization.figures.stopping import stopping_picture
from nnviz.chapters.generalization.prediction_map import plot_range, prediction_map
from nnviz.chapters.generalization.questions import (
    capacity_questions,
    shift_question,
    stopping_questions,
)
from nnviz.chapters.generalization.script import runs_script, shift_script, stopping_script
from nnviz.chapters.generalization.studies import (
    SIZES,
    by_capacity,
    by_penalty,
    memorisation_study,
)
from nnviz.chapters.generalization.views import runs, tutorial
from nnviz.chart.plot import unpacked
from nnviz.data.toys import make
from nnviz.nn.architecture import Architecture
from nnviz.site import caching
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.learning_curve import learn
from nnviz.training.plan import Plan
from nnviz.training.record import record
from nnviz.training.study import learnings
from nnviz.training.study_results import results
from nnviz.training.timeline import Timeline
from tests.pages.on_screen import as_sent, press, query, sent, unescaped

PAGE = "generalization"
FEW = {"repeats": "2", "epochs": "100", "rows": "20"}
PARTS = ("numbers", "code", "predict", "tutorial")


@cache
def plan(hidden=(8, 8), rows=20, noise=1.0, data="gauss", l2=0.0, seed=0):
    architecture = Architecture(hidden=tuple((units, "tanh") for units in hidden))
    hyperparameters = Hyperparameters("adam", 0.03, 10, l2=l2)
    return Plan(make(data, rows, noise, seed), architecture, hyperparameters, 0.5, seed)


@cache
def grown(repeats=2, epochs=100, **choices):
    study = by_capacity(plan(**choices), epochs=epochs, n_repeats=repeats)
    return results(study, dict(learnings(study)))


@cache
def penalised(repeats=2, epochs=100, **choices):
    strengths = [float(text) for text in PENALTIES]
    study = by_penalty(plan(**choices), strengths, epochs=epochs, n_repeats=repeats)
    return results(study, dict(learnings(study)))


@cache
def at_end(of, epochs):
    history = record(Timeline.of(of, epochs * of.updates_per_epoch))
    return history.parameters_at(history.last_step)


def same_figure(app, picture):
    figure = json.loads(unpacked(sent(app, "words")["figure"]))
    assert figure == as_sent(picture)


def shows_ladder(app, measured, run):
    """Assert that picture and sentence are those of the results, all runs done."""
    study = measured.study
    assert sent(app, "words")["words"] == sentences.capacity_sentence(measured, run)
    of = study.plan_of(*run)
    prediction = prediction_map(of, at_end(of, study.epochs), plot_range(of.sample))
    same_figure(app, capacity_picture(measured, run, prediction))
    (progress,) = app.get("progress")
    assert progress.text == f"{study.n_runs} of {study.n_runs} runs"


def world(by=(0.0, 0.0), learned_at=(0.0, 0.0), epochs=400, rows=60):
    home = plan(rows=rows)
    return DistributionShift(
        home, by, learned_at, at_end(shift_plan(home, learned_at), epochs), at_end(home, epochs)
    )


def shows_world(app, expected):
    assert sent(app, "words")["words"] == sentences.shift_sentence(expected)
    plane = plot_range(expected.home.sample, FARTHEST, 1.45)
    prediction = prediction_map(expected.plan, expected.parameters, plane, expected.test)
    same_figure(app, shift_picture(prediction, expected))


def make_runs_of(part):
    """Make the 180 runs of the tutorial's part before a visit, which would take too long."""
    if part == "tutorial":
        for study in (memorisation_study(), tutorial.one_row_updates()):
            runs.STUDIES.work(study, 1e9, 1e9)


def test_the_page_opens_with_growing_networks(visit):
    app = visit(PAGE)
    assert app.title[0].value == "Generalization"
    assert not app.warning
    shows_ladder(app, grown(8, 400, rows=60), (SIZES.index((8, 8)), 0))
    assert query(app) == {"lesson": "generalization.1", "mode": "free"}
    assert sent(app, "words")["clicks"] == ["xy"]


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("data", ["gauss", "eight rows"])
def test_every_part_of_growing_networks_can_be_seen(visit, part, data):
    make_runs_of(part)
    app = visit(PAGE, **FEW, data=data, part=part, hidden="2", run="2")
    assert not app.warning
    measured = grown(data=data)
    if part == "predict":
        assert app.markdown[-1].value == f"**{capacity_questions(measured)[0].prompt}**"
        return
    shows_ladder(app, measured, (2, 1))
    if part == "code":
        assert app.code[0].value == runs_script(measured.study, 2).strip()
    elif part == "tutorial":
        facts = [m.value for m in app.markdown if m.value.startswith("**In fact:**")]
        assert len(facts) == 2
        assert "Of 160 runs counted below" in facts[0]
        assert "So far" not in facts[0]
    else:
        (table,) = (h.proto.body for h in app.get("html") if "nv-table" in h.proto.body)
        for value in measured.band("test_error").median.tolist():
            assert f'title="{value!r}"' in table


@pytest.mark.parametrize("part", PARTS)
def test_every_part_of_stopping_can_be_seen(visit, part):
    make_runs_of(part)
    app = visit(PAGE, **FEW, experiment="stopping", part=part, l2="0.01", run="2", patience="7")
    measured = penalised()
    run = (PENALTIES.index("0.01"), 1)
    of = measured.study.plan_of(*run)
    learning = learn(of, 100)
    stop = early_stop(learning, 7)
    if part == "predict":
        question = stopping_questions(learning, stop, "L2 0.01")[0]
        assert app.markdown[-1].value == f"**{question.prompt}**"
        return
    assert sent(app, "words")["words"] == sentences.stopping_sentence(measured, run, stop, learning)
    plane = plot_range(of.sample, aspect=0.85)
    prediction = prediction_map(of, at_end(of, 100), plane)
    same_figure(app, stopping_picture(measured, run, learning, stop, prediction))
    if part == "code":
        assert app.code[0].value == stopping_script(of, 100, 7).strip()
    elif part == "numbers":
        tables = [h.proto.body for h in app.get("html") if "nv-table" in h.proto.body]
        assert f'title="{stop.lowest.test_loss!r}"' in tables[0]
        for value in measured.band("test_loss").median.tolist():
            assert f'title="{value!r}"' in tables[1]


@pytest.mark.parametrize("part", PARTS)
def test_every_part_of_the_moved_world_can_be_seen(visit, part):
    make_runs_of(part)
    app = visit(PAGE, experiment="shift", moved="2,-1.5", learned="-1,1", part=part)
    expected = world((2.0, -1.5), (-1.0, 1.0))
    if part != "predict":
        shows_world(app, expected)
    if part == "code":
        script = shift_script(expected.home, 400, (-1.0, 1.0), (2.0, -1.5))
        assert app.code[0].value == script.strip()
    elif part == "predict":
        question = shift_question(expected, (0.0, 0.0))
        assert app.markdown[-1].value == f"**{question.prompt}**"
        press(app, question.answer)
        assert app.success[0].value == f"Right. {question.reason}"
        press(app, "Move the world there")
        shows_world(app, world((0.0, 0.0), (-1.0, 1.0)))


def test_a_moved_world_is_learned_anew_and_left_again(visit):
    app = visit(PAGE, experiment="shift", moved="3,3")
    shows_world(app, world((3.0, 3.0)))
    at_home = world().n_correct()
    assert world((3.0, 3.0)).n_correct() < at_home - 5
    press(app, "Retrain on the moved world")
    shows_world(app, world((3.0, 3.0), (3.0, 3.0)))
    assert world((3.0, 3.0), (3.0, 3.0)).n_correct() == at_home
    press(app, "Back to where it was")
    shows_world(app, world((0.0, 0.0), (3.0, 3.0)))
    assert query(app) == {"lesson": "generalization.1", "experiment": "shift", "learned": "3,3"}
    press(app, "Forget the retraining")
    shows_world(app, world())


def test_both_kinds_of_networks_can_be_shown_beside_the_tutorials_words(visit):
    app = press(visit(PAGE, **FEW, part="tutorial"), "Show one that is not: the eight rows")
    measured = grown(data="eight rows")
    shows_ladder(app, measured, (5, 0))
    assert measured.values("train_error")[5, 0] == 0 < measured.values("test_error")[5, 0]
    press(app, "Show one that is right about new rows too")
    measured = grown(noise=0.0)
    shows_ladder(app, measured, (5, 0))
    assert measured.values("train_error")[5, 0] == 0 == measured.values("test_error")[5, 0]


@pytest.fixture
def slow(monkeypatch):
    """Let every rerun make one run only, and none come from the cache of another test."""
    caching.KEPT.clear()
    runs.STUDIES.clear()
    work = runs.STUDIES.work
    monkeypatch.setattr(runs.STUDIES, "work", lambda study: work(study, -1.0, -1.0))


def test_runs_come_one_by_one_until_all_are_done(visit, slow):
    shows_ladder(visit(PAGE, **FEW), grown(), (SIZES.index((8, 8)), 0))


def test_it_can_be_stopped_and_goes_on(visit, slow, monkeypatch):
    n_made = []
    made = runs.learning

    def counted(of, epochs):
        n_made.append(of)
        if len(set(map(repr, n_made))) == 3:  # as if the button had been pressed meanwhile
            st.session_state["generalization_stopped"] = repr(grown().study)
        return made(of, epochs)

    monkeypatch.setattr(runs, "learning", counted)
    app = visit(PAGE, **FEW)
    (progress,) = app.get("progress")
    assert progress.text == "3 of 14 runs"
    assert "So far 3 of 14 runs are done." in sent(app, "words")["words"]
    for part in ("code", "predict", "numbers"):
        app.session_state["generalization.part"] = part
        app.run()
        assert not app.exception
    assert app.get("progress")[0].text == "3 of 14 runs"
    monkeypatch.setattr(runs, "learning", made)
    press(app, "Go on")
    shows_ladder(app, grown(), (SIZES.index((8, 8)), 0))


EXTREMES = [
    {"seed": "4294967275", "repeats": "2", "run": "2", "epochs": "100", "noise": "0"},
    {"rows": "400", "repeats": "1", "epochs": "100", "data": "spiral", "hidden": "none"},
    {"experiment": "stopping", "repeats": "1", "epochs": "100", "l2": "1", "data": "xor"},
    {"experiment": "stopping", "repeats": "1", "epochs": "100", "epoch": "90", "patience": "200"},
    {"experiment": "shift", "moved": "-5,5", "learned": "5,-5", "data": "eight rows"},
]


@pytest.mark.parametrize("choices", EXTREMES, ids=repr)
def test_every_extreme_is_a_picture_and_keeps_its_address(visit, choices):
    app = visit(PAGE, **choices)
    assert not app.warning
    again = query(app)
    assert {name: again[name] for name in choices} == choices
    reopened = visit(PAGE, **again)
    assert sent(reopened, "words")["figure"] == sent(app, "words")["figure"]
    assert query(reopened) == again


WRONG = {
    "experiment": ("x", "it must be one of: capacity, stopping, shift."),
    "data": ("blobs", "it must be one of: gauss,"),
    "rows": ("19", "it must lie between 20 and 400. So rows starts at 60."),
    "noise": ("nan", "“nan” is not a number. So noise starts at 1."),
    "repeats": ("21", "it must lie between 1 and 20. So repeats starts at 8."),
    "epochs": ("10", "it must be one of: 100, 200, 400, 800."),
    "seed": ("-1", "it must lie between 0 and"),
    "hidden": ("9", "it must be one of: none, 1,"),
    "run": ("0", "it must lie between 1 and 20. So run starts at 1."),
    "l2": ("0.02", "it must be one of: 0, 0.0001"),
    "patience": ("0", "it must lie between 1 and 200. So patience starts at 20."),
    "epoch": ("801", "it must lie between 0 and 800. So epoch starts at 0."),
    "moved": ("6,0", "it must lie between -5 and 5. So moved starts at 0,0."),
    "learned": ("1", "it must be 2 numbers with commas between them."),
    "part": ("x", "it must be one of"),
}


def test_what_a_wrong_address_says_is_told_in_one_sentence_each(visit):
    app = visit(PAGE, **{name: text for name, (text, _) in WRONG.items()})
    told = [unescaped(warning.value) for warning in app.warning]
    assert len(told) == len(WRONG)
    for sentence, (name, (_, reason)) in zip(told, WRONG.items(), strict=True):
        assert sentence.startswith(f"The address says {name} is “")
        assert reason in sentence
    assert query(app) == {"lesson": "generalization.1", "mode": "free"}


def test_a_run_beyond_the_repeats_is_the_last_one(visit):
    app = visit(PAGE, **FEW, run="9")
    assert query(app)["run"] == "2"
    shows_ladder(app, grown(), (SIZES.index((8, 8)), 1))


def test_a_teacher_can_hide_controls_and_parts(visit):
    app = visit(PAGE, **FEW, hide="controls,predict,code")
    assert not app.selectbox
    assert not app.slider
    assert "So far" not in sent(app, "words")["words"]


def data_named(app, start):
    """Return the traces of the picture whose name begins so, with anything to see in them."""
    figure = json.loads(unpacked(sent(app, "words")["figure"]))
    traces = [each for each in figure["data"] if (each.get("name") or "").startswith(start)]
    return [each for each in traces if each["y"] != [None]]


def test_growing_networks_are_hidden_until_the_question_is_answered(visit):
    measured = grown()
    question = capacity_questions(measured)[0]
    app = visit(PAGE, **FEW, part="predict")
    assert sent(app, "words")["words"] == sentences.HIDDEN
    run = (SIZES.index((8, 8)), 0)
    of = measured.study.plan_of(*run)
    prediction = prediction_map(of, at_end(of, 100), plot_range(of.sample))
    same_figure(app, capacity_picture(results(measured.study, {}), run, prediction))
    assert not data_named(app, "wrong")
    press(app, question.answer)
    shows_ladder(app, measured, run)
    assert app.success[0].value == f"Right. {question.reason}"


def test_a_run_is_hidden_until_the_question_is_answered(visit):
    app = visit(PAGE, **FEW, experiment="stopping", part="predict")
    measured, run = penalised(), (0, 0)
    learning = learn(measured.study.plan_of(*run), 100)
    stop = early_stop(learning, 20)
    question = stopping_questions(learning, stop, "no L2")[0]
    assert sent(app, "words")["words"] == sentences.HIDDEN
    assert not data_named(app, "lowest")
    assert sent(app, "words")["frames"] == []
    press(app, question.answer)
    assert sent(app, "words")["words"] == sentences.stopping_sentence(measured, run, stop, learning)
    assert data_named(app, "lowest")


def test_the_way_of_the_world_is_hidden_until_the_question_is_answered(visit):
    app = visit(PAGE, experiment="shift", moved="2,2", part="predict")
    expected = world((2.0, 2.0))
    question = shift_question(expected, (0.0, 0.0))
    assert sent(app, "words")["words"] == sentences.shift_question_sentence(expected)
    assert not data_named(app, "this network")
    press(app, question.answer)
    shows_world(app, expected)


def test_accuracy_is_counted_row_by_row():
    expected = world((3.0, 3.0))
    n_right = 0
    for x, y in zip(expected.test.X, expected.test.y, strict=True):
        one = expected.home.inputs(x[np.newaxis])
        answer = one
        used = 0
        for n, m in zip(expected.home.sizes, expected.home.sizes[1:], strict=False):
            weights = expected.home_parameters[used : used + n * m].reshape(n, m)
            z = answer @ weights + expected.home_parameters[used + n * m : used + (n + 1) * m]
            used += (n + 1) * m
            answer = np.tanh(z) if used < len(expected.home_parameters) else z
        n_right += bool((answer[0, 0] >= 0) == bool(y))
    assert n_right == expected.n_correct()


def test_a_link_shows_the_same_to_somebody_else(visit):
    for link in (
        {**FEW, "hidden": "4", "run": "2", "data": "moons", "noise": "0.7", "part": "tutorial"},
        {"experiment": "shift", "moved": "2,-1.5", "learned": "1,1", "hidden": "8"},
    ):
        here = visit(PAGE, **link)
        assert link.items() <= query(here).items()
        caching.KEPT.clear()  # nothing of it is known there
        there = visit(PAGE, **query(here))
        assert query(there) == query(here)
        for part in ("words", "figure"):
            assert sent(there, "words")[part] == sent(here, "words")[part]
