"""Outlines of values and functions, and where lines between them end."""

from nnviz.walkthrough.board.boxes import Box


def test_outlines():
    box = Box(10, 20, 10, 4)
    assert box.rectangle() == "M5,18L15,18L15,22L5,22Z"
    assert box.hexagon() == "M5,20L7,18L13,18L15,20L13,22L7,22Z"
    assert box.edge_towards(100, 20) == (15, 20)
    assert box.edge_towards(10, 0) == (10, 18)
