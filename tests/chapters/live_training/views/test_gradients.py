"""The effect of an update as a part of the page: the next update, buttons, jumps and the note."""

import pytest
from streamlit.testing.v1 import AppTest

from nnviz.chapters.live_training.jumps import jumps
from nnviz.chapters.live_training.row_gradients import row_updates
from nnviz.chapters.live_training.sgd_noise import sgd_noise
from nnviz.chapters.live_training.words.gradients import noise_words, update_words
from nnviz.training.parameter_names import parameter_names
from tests.runs import run_of


def _app(choices: dict, step: int) -> None:
    import streamlit as st

    import nnviz.chapters.live_training.views.gradients as part
    from tests.runs import ended_at_once, run_of

    def chart(picture, *, key, words, hint):
        st.caption(f"{key}: {words}")

    def go(to: int) -> None:
        st.session_state["step"] = to

    real, part.chart = part.chart, chart
    try:
        run = ended_at_once() if choices.pop("at_once", False) else run_of(**choices)
        part.update_part(run, st.session_state.setdefault("step", step), go)
    finally:
        part.chart = real


def shown(step, **choices):
    app = AppTest.from_function(_app, args=(choices, step), default_timeout=30).run()
    assert not app.exception
    return app


def train(**choices):
    return run_of(**choices)


def words(run, step):
    found = update_words(row_updates(run, step), run.plan, parameter_names(run.plan))
    return f"run_ledger_chart: {found}"


def press(app, label):
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception


@pytest.mark.parametrize("choices", [{}, {"hidden": ((4, "tanh"),), "standardise": True}], ids=repr)
def test_the_update_under_the_cursor_and_its_neighbours(choices):
    run, app = train(**choices), shown(2_500, **choices)
    assert app.markdown[0].value == "The next update, number 2,501:"
    assert app.caption[0].value == words(run, 2_500)
    press(app, "Do this update")
    assert app.session_state["step"] == 2_501
    assert app.caption[0].value == words(run, 2_501)
    press(app, "Back one")
    press(app, "Back one")
    assert app.session_state["step"] == 2_499
    assert app.caption[0].value == words(run, 2_499)


def test_both_ends():
    run, app = train(), shown(0)
    assert [button.disabled for button in app.button[:2]] == [False, True]
    app = shown(10_000)
    assert app.markdown[0].value == "This is the end of the run. Its last update, number 10,000:"
    assert app.caption[0].value == words(run, 9_999)
    assert [button.disabled for button in app.button[:2]] == [True, False]
    press(app, "Back one")
    assert app.markdown[0].value == "The next update, number 10,000:"
    assert app.caption[0].value == words(run, 9_999)


def test_every_jump_can_be_visited():
    app, run = shown(0), train()
    found = jumps(run)
    told = [m.value for m in app.markdown if m.value.startswith("**Update ")]
    assert [text.partition("**")[2].partition("**")[0] for text in told] == [
        f"Update {jump.step:,}" for jump in found
    ]
    see = [button for button in app.button if button.label == "See it"]
    see[2].click().run()
    assert app.session_state["step"] == found[2].step - 1
    assert app.caption[0].value == words(run, found[2].step - 1)


def test_a_long_run_says_that_not_every_update_was_looked_at():
    def said(**choices):
        return [c.value for c in shown(0, **choices).caption if "can be missed" in c.value]

    assert said(steps=20_000) == []
    assert len(said(steps=20_001)) == 1


def test_a_run_without_jumps_or_without_updates():
    app = shown(0, learning_rate=0.0, steps=100)
    never = "No jump was found: no update made the error of all rows larger, rounding aside."
    assert never in [m.value for m in app.markdown]
    app = shown(0, at_once=True)
    assert [m.value for m in app.markdown] == [
        "This run has no update to look at: it ends where it begins."
    ]


def test_what_makes_the_jitter_is_told_with_the_numbers_of_this_run():
    for choices, step in (({}, 1_234), ({"learning_rate": 10.0}, 0), ({}, 10_000)):
        run = train(**choices)
        told = [m.value for m in shown(step, **choices).markdown if m.value.startswith("**In fact")]
        assert told == [f"**In fact:** {noise_words(sgd_noise(run, step), run.plan)}"]
