"""The slider that answers while it is dragged: what it is sent, and what it hears."""

import json

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from nnviz.chart import assets
from nnviz.chart.slider import (
    expanded,
    live_slider,
    logarithmic_values,
    progressions,
    rate_slider,
)

VALUES = (-4.0, -2.0, 0.0, 1.5, 4.0)


def test_many_values_travel_as_a_few_progressions_and_are_the_same_numbers():
    rates = logarithmic_values(-4, 1)
    assert expanded(progressions(rates)) == list(rates)
    assert len(progressions(rates)) <= 7
    random = np.random.default_rng(0)
    for n in range(1, 60):
        steps = tuple(random.integers(-3, 4, n).cumsum() * float(random.choice([1, 0.05, 1e-7])))
        odd = (*steps, 0.1 + 0.2, 2.0**60, 2.0**60 + 512, 5e-324, 1.7e308, -0.125)
        assert expanded(progressions(odd)) == list(odd)


@pytest.fixture
def slider(monkeypatch):
    """Return ``slider(value, sent=...)``: what the browser is given, and what was heard."""

    def show(value=0.0, sent=None, show=live_slider, values=VALUES, **options):
        given, heard = {}, []

        def component(name, script):
            def mount(*, key, data, height, on_slide_change):
                given.update(json.loads(json.dumps(data, allow_nan=False)))
                on_slide_change()

            return mount

        monkeypatch.setattr(assets, "component", component)
        monkeypatch.setattr(st, "session_state", {"key": {"slide": sent}})
        show(
            "weight", value, key="key", values=values, marks=(-4, 0, 4),
            on_slide=lambda *slid: heard.append(slid), **options,
        )  # fmt: skip
        return given, heard

    return show


def test_it_is_sent_its_values_and_where_it_ends(slider):
    given, heard = slider(1.5)
    assert expanded(given["values"]) == list(VALUES)
    assert given["ends"] == [-4.0, 4.0]
    assert (given["value"], given["label"], given["scale"]) == (1.5, "weight", "linear")
    assert heard == []


@pytest.mark.parametrize("value", [0.25, 100.0, -100.0])
def test_a_value_of_a_link_is_offered_too_and_moves_no_end(slider, value):
    given, _ = slider(value)
    assert expanded(given["values"]) == sorted({*VALUES, value})
    assert given["ends"] == [-4.0, 4.0]
    _, heard = slider(value, {"value": value, "done": True, "sequence": 3})
    assert heard == [(value, True)]


def test_it_hears_of_every_value_and_when_it_is_let_go(slider):
    given, heard = slider(0.0, {"value": 1.5, "done": False, "sequence": 7})
    assert heard == [(1.5, False)]
    assert given["answered"] == 7
    _, heard = slider(0.0, {"value": -2, "done": True, "sequence": 8})
    assert heard == [(-2.0, True)]
    assert type(heard[0][0]) is float


@pytest.mark.parametrize(
    "sent",
    [
        None,
        "1.5",
        {},
        {"value": 0.3},
        {"value": "1.5"},
        {"value": None, "done": True},
        {"value": float("nan")},
        {"value": 1e9, "sequence": "x"},
        [1.5],
    ],
)
def test_what_the_slider_cannot_have_sent_is_ignored(slider, sent):
    given, heard = slider(0.0, sent)
    assert heard == []
    assert given["answered"] == 0


def test_a_rate_slides_over_powers_of_ten(slider):
    values = logarithmic_values(-3, 1)
    assert (values[0], values[-1]) == (0.001, 10.0)
    assert list(values) == sorted(set(values))
    assert len(values) == 4 * 90 + 1
    given, _ = slider(0.1, show=rate_slider, values=values)
    assert given["scale"] == "logarithmic"
    assert given["ends"] == [0.001, 10.0]


def test_it_stands_in_a_page_by_itself():
    def page():
        from nnviz.chart.slider import live_slider

        live_slider("bias", 0.5, key="s", values=(0.0, 0.5, 1.0), marks=(0, 1),
                    on_slide=lambda value, done: None)  # fmt: skip

    app = AppTest.from_function(page, default_timeout=60).run()
    assert not app.exception
    (component,) = app.get("bidi_component")
    assert json.loads(component.proto.json)["value"] == 0.5
