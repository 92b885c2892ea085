"""The board that is drawn on: what it is sent, and what of its reports is a drawing."""

import streamlit as st

from nnviz.chart import assets
from nnviz.chart.pixels import pixel_board, read_drawing

GOOD = [0] * 63 + [16]


def test_a_report_is_a_drawing_or_nothing():
    assert read_drawing({"values": GOOD, "sequence": 3}) == tuple(GOOD)
    for bad in (
        None, "x", 3, [], {}, {"values": None}, {"values": "0" * 64}, {"values": GOOD[:-1]},
        {"values": [*GOOD, 0]}, {"values": [-1, *GOOD[1:]]}, {"values": [17, *GOOD[1:]]},
        {"values": [0.5, *GOOD[1:]]}, {"values": [True, *GOOD[1:]]}, {"values": [None] * 64},
    ):  # fmt: skip
        assert read_drawing(bad) is None, bad


def test_it_is_sent_its_squares_and_calls_back_with_a_drawing_alone(monkeypatch):
    sent, drawn = {}, []

    def component(name, file):
        assert (name, file) == ("nnviz_pixels", "pixels.js")

        def mount(*, key, data, height, on_drawing_change):
            sent.update(data)
            on_drawing_change()

        return mount

    monkeypatch.setattr(assets, "component", component)
    for report in ({"values": GOOD, "sequence": 7}, {"values": "nonsense", "sequence": 8}):
        monkeypatch.setattr(st, "session_state", {"key": {"drawing": report}})
        pixel_board(
            "Yours", GOOD, key="key", on_draw=drawn.append, notes=["n"] * 64, says="8", tools=False,
            pointed=5,
        )  # fmt: skip
    assert drawn == [tuple(GOOD)]
    assert sent["values"] == GOOD
    assert sent["answered"] == 8
    assert sent["notes"] == ["n"] * 64
    assert (sent["says"], sent["tools"], sent["pointed"], sent["fixed"]) == ("8", False, 5, False)
