"""Compare runs without a browser: the sweep, its parts, the address, stop and go on."""

import json
from functools import cache

import numpy as np
import pytest
import streamlit as st

from nnviz.chapters.compare_runs import view_sweep
from nnviz.chapters.compare_runs.figure_runs import compare_runs_picture
from nnviz.chapters.compare_runs.questions import compare_runs_questions
from nnviz.chapters.compare_runs.script import compare_runs_snippet
from nnviz.chapters.compare_runs.sweep import Sweep, SweepResult, error_curves, spaced_rates
from nnviz.chapters.compare_runs.words import compared, looked_at_words
from nnviz.chart.plot import unpacked
from nnviz.data.tutorial import eight_rows
from nnviz.site import caching
from nnviz.training.baselines.single_neuron import best_neuron
from nnviz.training.model import Model
from nnviz.training.timeline import Timeline
from tests.pages.on_screen import as_sent, press, query, sent, unescaped

PAGE = "compare_runs"
FEW = {"low": "0.01", "high": "1", "rates": "3", "seeds": "4", "updates": "1000"}
TUTORIAL = {"low": "0.1", "high": "0.1", "rates": "1", "seeds": "300"}
DEFAULT_RATES = spaced_rates(0.001, 10, 9)


@cache
def expected(rates, n_seeds, *, first=0, at_end=False, updates=1_000, model="neuron"):
    """Return the result that the page should show, computed anew and in one piece."""
    base = Timeline.of(Model.parse(model).plan(eight_rows()), updates, updates // 100)
    sweep = Sweep(base, rates, first, n_seeds, at_end)
    curves = [error_curves(base, rate, sweep.seeds) for rate in rates]
    return SweepResult(sweep, np.array(curves))


FEW_RATES = (0.01, 0.1, 1.0)


def best(result):
    return None if result.sweep.base.plan.architecture.hidden else neuron(result.sweep.base)


@cache
def neuron(base):
    return best_neuron(base.plan.train_inputs, base.plan.sample.y)


def shows(app, result, rate, seed=0):
    """Assert that picture and sentence are those of the result, all runs done."""
    words = sent(app, "words")
    told = f"{compared(result, rate, best(result))} {looked_at_words(result, rate, seed)}"
    assert words["words"] == told
    picture = compare_runs_picture(result, rate, seed, best(result))
    figure = json.loads(unpacked(words["figure"]))
    assert figure == as_sent(picture)
    (progress,) = app.get("progress")
    n_runs = result.sweep.n_runs
    assert (progress.value, progress.text) == (100, f"{n_runs:,} of {n_runs:,} runs")


def labels(app):
    return [button.label for button in app.button]


def in_fact(app):
    return [m.value for m in app.markdown if m.value.startswith("**In fact:**")]


def test_the_page_opens_with_nine_rates_and_fifty_seeds(visit):
    app = visit(PAGE)
    assert app.title[0].value == "Compare runs"
    assert not app.warning
    shows(app, expected(DEFAULT_RATES, 50, updates=10_000), DEFAULT_RATES.index(0.1))
    assert sent(app, "query")["query"] == "lesson=compare_runs.1&mode=free"
    assert sent(app, "words")["clicks"] == ["xy"]


def test_one_click_repeats_the_tutorials_run_with_300_seeds(visit):
    app = press(visit(PAGE, **FEW, part="code"), "The tutorial's run, 300 seeds")
    assert (
        "164 of 300 runs (55%) end worse than always answering 0.5" in sent(app, "words")["words"]
    )
    assert "The median error is 2.0166" in sent(app, "words")["words"]
    shows(app, expected((0.1,), 300, updates=10_000), 0)
    assert query(app) == {"lesson": "compare_runs.1", "part": "code", **TUTORIAL}
    press(app, "9 rates × 50 seeds")
    assert query(app) == {"lesson": "compare_runs.1", "part": "code"}


def test_at_the_very_end_it_is_156_of_300(visit):
    app = visit(PAGE, **TUTORIAL, judge="end")
    assert "156 of 300 runs (52%)" in sent(app, "words")["words"]
    shows(app, expected((0.1,), 300, updates=10_000, at_end=True), 0)


@pytest.mark.parametrize("model", ["neuron", "sin x1", "x1*x2,3 relu,standardised", "8 linear"])
@pytest.mark.parametrize("part", ["numbers", "code", "predict", "tutorial"])
def test_every_part_of_every_model_can_be_seen(visit, model, part):
    app = visit(PAGE, **FEW, model=model, part=part, rate="1", seed="2")
    assert not app.warning
    result = expected(FEW_RATES, 4, model=model)
    if part == "predict":
        question = compare_runs_questions(result, 2)[0]
        assert app.markdown[0].value == f"**{question.prompt}**"
        return
    shows(app, result, 2, 2)
    if part == "code":
        assert app.code[0].value == compare_runs_snippet(result.sweep, 2).strip()
    elif part == "tutorial":
        assert len(in_fact(app)) == 2
    else:
        (table,) = (h.proto.body for h in app.get("html") if "nv-table" in h.proto.body)
        for rate in range(3):
            for value in result.summary(rate).tolist():
                assert f'title="{value!r}"' in table


def test_the_tutorials_words_are_held_against_all_runs(visit):
    decreasing, one = in_fact(visit(PAGE, **TUTORIAL, part="tutorial"))
    assert "At rate 0.1, 164 of 300 runs (55%), the same but for their seeds" in decreasing
    assert "the error rises 48% of the time" in decreasing
    assert "The lowest error found for one neuron is 1.884." in one
    errors = expected((0.1,), 300, updates=10_000).errors[0]
    assert f"seed {errors.argmax()} at {errors.max():.4g}" in one


def test_what_is_asked_is_hidden_until_it_is_answered(visit):
    result = expected(FEW_RATES, 4)
    how_many, which = compare_runs_questions(result, 1)
    app = visit(PAGE, **FEW, part="predict")
    assert "is hidden until you have answered" in sent(app, "words")["words"]
    cells = json.loads(unpacked(sent(app, "words")["figure"]))["data"][0]["text"]
    assert cells[1] == [""] * 4
    assert all(cells[0] + cells[2])
    press(app, how_many.answer)
    shows(app, result, 1)
    assert app.success[0].value == f"Right. {how_many.reason}"
    press(app, "Next question")
    assert sent(app, "words")["words"].startswith("How these runs end is hidden")
    press(app, next(option for option in which.options if option != which.answer))
    shows(app, result, 1)
    assert which.reason in app.warning[0].value


@pytest.fixture
def slow(monkeypatch):
    """Let every rerun make one piece only, and none come from the cache of another test."""
    caching.KEPT.clear()
    view_sweep.SWEEPS.clear()
    work = view_sweep.SWEEPS.work
    monkeypatch.setattr(view_sweep.SWEEPS, "work", lambda sweep: work(sweep, -1.0, -1.0))
    monkeypatch.setattr(view_sweep, "_SEEDS", 2)


def test_runs_come_piece_by_piece_until_all_are_done(visit, slow):
    shows(visit(PAGE, **FEW), expected(FEW_RATES, 4), 1)


def test_it_can_be_stopped_and_goes_on(visit, slow, monkeypatch):
    n_made = []
    made = view_sweep.error_curves

    def counted(base, rate, seeds):
        n_made.append(rate)
        if len(n_made) == 3:  # as if the button had been pressed while this piece was made
            st.session_state["compare_runs_stopped"] = repr(expected(FEW_RATES, 4).sweep)
        return made(base, rate, seeds)

    monkeypatch.setattr(view_sweep, "error_curves", counted)
    app = visit(PAGE, **FEW)
    assert len(n_made) == 3
    (progress,) = app.get("progress")
    assert progress.text == "6 of 12 runs"
    assert "So far" in sent(app, "words")["words"]
    # Stopped, every part can be looked at, and nothing more is computed.
    for part in ("code", "predict", "tutorial", "numbers"):
        app.session_state["compare_runs.part"] = part
        app.run()
        assert not app.exception
    assert len(n_made) == 3
    assert app.get("progress")[0].text == progress.text
    press(app, "Go on")
    shows(app, expected(FEW_RATES, 4), 1)
    assert len(n_made) == 6
    assert "Stop" in labels(app)


def test_another_choice_starts_by_itself(visit, slow, monkeypatch):
    app = visit(PAGE, **FEW)
    app.session_state["compare_runs_stopped"] = repr(expected(FEW_RATES, 4).sweep)
    app.number_input[4].set_value(3).run()
    shows(app, expected(FEW_RATES, 3), 1)


def test_the_run_that_stands_out_is_told_and_a_button_opens_it(visit):
    app = visit(PAGE, **FEW, model="3 relu")
    # What the chart's callback does; tests/browser clicks on the chart itself.
    app.session_state["compare_runs.rate"] = 1.0
    app.session_state["compare_runs.seed"] = 3
    app.run()
    assert "Seed 3 ends at " in sent(app, "words")["words"]
    links = [str(link.proto) for link in app.get("page_link")]
    (proto,) = (p for p in links if "Open this run" in p)
    for part in ("seed=3", "rate=1.0", "model=3+relu", "updates=1000", "step=991"):
        assert part in proto


def test_the_link_below_the_picture_opens_the_chosen_run(visit):
    app = visit(PAGE, **FEW, rate="0.01", seed="2")
    links = [link.proto for link in app.get("page_link")]
    (proto,) = (p for p in links if "Open this run" in p.label)
    assert "seed=2" in str(proto)
    assert "rate=0.01" in str(proto)


def test_what_there_is_nearest_is_looked_at(visit):
    app = visit(PAGE, **FEW, rate="0.6", seed="77")
    shows(app, expected(FEW_RATES, 4), 2, 3)
    assert (query(app)["rate"], query(app)["seed"]) == ("1", "3")


@pytest.mark.parametrize(
    ("choices", "sentence", "result"),
    [
        (
            {**FEW, "low": "1", "high": "0.01"},
            "The rates are to go from 1 to 0.01, and that is downwards. They are taken from",
            (FEW_RATES, 4),
        ),
        (
            {**FEW, "low": "0.1", "high": "0.1"},
            "From 0.1 to 0.1 there are no 3 different rates. 1 will do.",
            ((0.1,), 4),
        ),
        (
            {**FEW, "rates": "20", "seeds": "300"},
            "20 rates and 300 seeds are 6,000 runs, and 1,000 are the most at once. Only the "
            "first 50 seeds are taken.",
            (spaced_rates(0.01, 1, 20), 50),
        ),
    ],
)
def test_what_cannot_be_done_is_said_and_the_nearest_is_done(visit, choices, sentence, result):
    app = visit(PAGE, **choices)
    (told,) = (unescaped(warning.value) for warning in app.warning)
    assert sentence in told
    rates, n_seeds = result
    nearest = min(range(len(rates)), key=lambda i: abs(rates[i] - 0.1))
    shows(app, expected(rates, n_seeds), nearest)
    assert {name: query(app)[name] for name in choices} == choices


EXTREMES = [
    {"first": "4294966996", "seeds": "300", "low": "10", "rates": "1", "updates": "1000"},
    {"low": "10", "rates": "1", "seeds": "1"},
    {"rates": "20", "seeds": "1", "judge": "end", "model": "sin x1,8 tanh,standardised"},
    {"rates": "2", "model": "x1^2,x2^2,x1*x2,sin x1,sin x2", "seeds": "2", "part": "tutorial"},
]


@pytest.mark.parametrize("choices", EXTREMES, ids=repr)
def test_every_extreme_is_a_picture_and_keeps_its_address(visit, choices):
    app = visit(PAGE, **choices)
    assert not app.warning
    again = query(app)
    assert set(choices) <= set(again)
    reopened = visit(PAGE, **again)
    assert sent(reopened, "words")["figure"] == sent(app, "words")["figure"]
    assert query(reopened) == again


WRONG = {
    "low": ("0", "it must lie between 0.001 and 10. So low starts at 0.001."),
    "high": ("nan", "“nan” is not a number. So high starts at 10."),
    "rates": ("21", "it must lie between 1 and 20. So rates starts at 9."),
    "first": ("4294966997", "it must lie between 0 and 4,294,966,996. So first starts at 0."),
    "seeds": ("0", "it must lie between 1 and 300. So seeds starts at 50."),
    "model": ("gpt", "a model is named by its inputs"),
    "updates": ("20000", "it must be one of: 1000, 10000. So updates starts at 10000."),
    "judge": ("me", "it must be one of: noted, end. So judge starts at noted."),
    "rate": ("x", "“x” is not a number. So rate starts at 0.1."),
    "seed": ("-1", "it must lie between 0 and 4,294,967,295. So seed starts at 0."),
    "part": ("jumps", "it must be one of"),
}


def test_what_a_wrong_address_says_is_told_in_one_sentence_each(visit):
    app = visit(PAGE, **{name: text for name, (text, _) in WRONG.items()})
    told = [unescaped(warning.value) for warning in app.warning]
    assert len(told) == len(WRONG)
    for sentence, (name, (_, reason)) in zip(told, WRONG.items(), strict=True):
        assert sentence.startswith(f"The address says {name} is “")
        assert reason in sentence
    assert query(app) == {"lesson": "compare_runs.1", "mode": "free"}


def test_a_teacher_can_hide_controls_and_parts(visit):
    app = visit(PAGE, **FEW, hide="controls,predict,code")
    assert not app.number_input
    assert not app.selectbox
    assert "So far" not in sent(app, "words")["words"]
