"""What the browser reports of hands, and what is made of reports that cannot be right."""

import pytest

from nnviz.chart.gestures import (
    Click,
    Drag,
    Handle,
    read_click,
    read_drag,
    read_keys,
    read_position,
)

HANDLE = Handle(name="tip", label="Tip", x=0, y=0, low=(-1, -2), high=(1, 2))
HANDLES = {"tip": HANDLE}


@pytest.mark.parametrize(
    "sent",
    [
        None,
        "tip",
        {},
        {"name": "other", "x": 0, "y": 0},
        {"name": "tip", "x": "0", "y": 0},
        {"name": "tip", "x": None, "y": 0},
        {"name": "tip", "x": float("nan"), "y": 0},
        {"name": "tip", "x": float("inf"), "y": 0},
    ],
)
def test_what_our_javascript_would_not_send_is_ignored(sent: object) -> None:
    assert read_drag(sent, HANDLES) is None


def test_a_drag_is_kept_within_its_limits() -> None:
    sent = {"name": "tip", "x": 1e9, "y": -1e9, "done": True}
    assert read_drag(sent, HANDLES) == Drag("tip", 1, -2, True)


def test_clicks_count_in_the_named_subplots_only() -> None:
    sent = {"axes": "xy", "x": 1.5, "y": 2.5}
    assert read_click(sent, ("xy",)) == Click("xy", 1.5, 2.5)
    assert read_click(sent, ("x2y2",)) is None
    assert read_click({**sent, "x": "1"}, ("xy",)) is None
    assert read_click([], ("xy",)) is None


def test_a_click_names_what_it_hit() -> None:
    sent = {"axes": "xy", "x": 1.5, "y": 2.5, "item": "weight.0.0.0"}
    assert read_click(sent, ("xy",)) == Click("xy", 1.5, 2.5, "weight.0.0.0")
    assert read_click({**sent, "item": ["weight"]}, ("xy",)) == Click("xy", 1.5, 2.5)


def test_every_key_is_answered_once_however_messages_are_merged() -> None:
    first = {"pressed": [{"key": "n", "id": 5}]}
    merged = {"pressed": [{"key": k, "id": i} for k, i in (("n", 5), ("n", 6), ("2", 7))]}
    assert read_keys(first, ("n", "2"), 0) == [(5, "n")]
    assert read_keys(first, ("n", "2"), 5) == []
    assert read_keys(merged, ("n", "2"), 5) == [(6, "n"), (7, "2")]
    for sent in (None, [], {}, {"pressed": 3}, {"pressed": [{"key": "x", "id": 9}, "n"]}):
        assert read_keys(sent, ("n", "2"), 0) == []


def test_a_position_is_a_step_of_the_run() -> None:
    assert read_position({"step": 7, "at": 1}, 7) == 7
    for sent in (None, 3, {}, {"step": -1}, {"step": 8}, {"step": 1.5}, {"step": "1"}):
        assert read_position(sent, 7) is None
