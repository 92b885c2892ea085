"""The number fields of points: what they are sent, and what of a report is a number of theirs."""

import math

import pytest
import streamlit as st

from nnviz.chart import assets
from nnviz.chart.fields import Line, number_fields, read_typed

LINES = [
    Line(
        name="a", label="A", labels=("A, number 1", "A, number 2"), values=(1.5, -2), colour="#000"
    ),
    Line(
        name="b", label="B", labels=("B, number 1", "B, number 2"), values=(0, 1e-9), colour="#111"
    ),
]
GOOD = {"name": "b", "i": 1, "value": -0.25}


@pytest.mark.parametrize(
    "bad",
    [
        None, "b", 3, [], {}, {"name": "b"}, {**GOOD, "name": "c"}, {**GOOD, "name": ["b"]},
        {**GOOD, "i": 2}, {**GOOD, "i": -1}, {**GOOD, "i": 0.5}, {**GOOD, "i": True},
        {**GOOD, "i": "1"}, {**GOOD, "value": "1"}, {**GOOD, "value": None},
        {**GOOD, "value": math.nan}, {**GOOD, "value": math.inf}, {**GOOD, "value": True},
        {**GOOD, "value": 10**400},
    ],
)  # fmt: skip
def test_what_is_no_number_of_a_field_is_left_out(bad):
    assert read_typed({"numbers": [bad, GOOD]}, LINES) == [("b", 1, -0.25)]
    assert read_typed(bad, LINES) == []
    assert read_typed({"numbers": bad}, LINES) == []


def test_they_are_sent_their_numbers_and_call_back_with_each_that_is_typed(monkeypatch):
    given, heard = {}, []

    def component(name, file):
        assert (name, file) == ("nnviz_fields", "fields.js")

        def mount(*, key, data, height, on_typed_change):
            given.update(data)
            on_typed_change()

        return mount

    monkeypatch.setattr(assets, "component", component)
    report = {"numbers": [{"name": "a", "i": 0, "value": 7e300}, GOOD], "sequence": 4}
    monkeypatch.setattr(st, "session_state", {"key": {"typed": report}})
    number_fields(LINES, key="key", heads=("x", "y"), on_type=lambda *typed: heard.append(typed))
    assert heard == [("a", 0, 7e300), ("b", 1, -0.25)]
    assert [line["values"] for line in given["lines"]] == [(1.5, -2), (0, 1e-9)]
    assert (given["heads"], given["answered"]) == (("x", "y"), 4)
