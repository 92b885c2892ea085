"""The picture of the darts, as values: flights, the board, the misses, what comes next."""

import numpy as np
import pytest

from nnviz.chapters.home.darts import (
    BOARD_RADIUS,
    BULLSEYE,
    DISTANCE,
    MOST_THROWS,
    ByHand,
    Corrected,
    fall,
    play,
)
from nnviz.chapters.home.figure_darts import FLIGHTS, HEIGHTS, Ahead, darts_picture, heights_shown
from nnviz.chart import theme

FIRST = ByHand(210, 12)


def drawn(game, ahead=None, hand=None):
    """Return the picture's traces by what they show."""
    hand = hand if hand is not None else (game.heights[-1] if len(game) else 210.0)
    figure = darts_picture(game, hand, ahead).figure
    *flights, coming, centre, board, misses, next_miss = figure.data
    return {
        "flights": flights,
        "ahead": coming,
        "centre": centre,
        "board": board,
        "misses": misses,
        "next": next_miss,
        "layout": figure.to_dict()["layout"],
    }


@pytest.mark.parametrize("n", [0, 1, 3, 30])
def test_the_last_flights_end_where_the_darts_hit(n):
    game = play([FIRST, *[Corrected(0.5)] * 29][:n], wind=2)
    shown = [flight for flight in drawn(game)["flights"] if len(flight["x"])]
    assert len(shown) == min(n, FLIGHTS)
    for flight, i in zip(reversed(shown), reversed(range(n)), strict=False):
        assert (flight["x"][0], flight["y"][0]) == (0, game.heights[i])
        assert flight["x"][-1] == DISTANCE
        assert flight["y"][-1] == pytest.approx(game.hits[i])
    if n:
        assert shown[-1]["line"]["color"] == theme.ABOVE
        assert {flight["line"]["color"] for flight in shown[:-1]} <= {theme.GREY}


def test_every_throw_is_a_dot_on_the_board_and_on_the_curve():
    game = play([FIRST, Corrected(0.5), ByHand(180, 9), Corrected(1.5)])
    parts = drawn(game)
    assert list(parts["board"]["y"]) == game.hits.tolist()
    assert list(parts["misses"]["x"]) == [1, 2, 3, 4]
    assert list(parts["misses"]["y"]) == game.misses.tolist()
    for name in ("board", "misses"):
        marker = parts[name]["marker"]
        # Never by colour alone: the newest is larger, too.
        assert list(marker["symbol"]) == ["square", "circle", "square", "circle"]
        assert list(marker["color"]) == [theme.GREY] * 3 + [theme.ABOVE]
        assert marker["size"][-1] > max(marker["size"][:-1])
    assert "corrected by 1.5 of the miss" in parts["misses"]["hovertext"][3]
    assert "by hand" in parts["misses"]["hovertext"][2]


def test_the_three_parts_show_the_same_heights():
    layout = drawn(play([FIRST]))["layout"]
    assert layout["yaxis"]["range"] == layout["yaxis2"]["range"]
    assert layout["yaxis3"]["range"] == [y - BULLSEYE for y in layout["yaxis"]["range"]]
    assert layout["yaxis"].get("domain") == layout["yaxis3"].get("domain")
    assert layout["xaxis2"]["scaleanchor"] == "y2"


def test_the_board_is_drawn_to_scale_from_both_sides():
    layout = drawn(play([]))["layout"]
    wall, *rings = layout["shapes"]
    ends = [BULLSEYE - BOARD_RADIUS, BULLSEYE + BOARD_RADIUS]
    assert [wall["y0"], wall["y1"]] == ends
    assert [rings[0]["y0"], rings[0]["y1"]] == ends
    assert all(ring["x1"] - ring["x0"] == ring["y1"] - ring["y0"] for ring in rings)


def test_the_next_throw_is_dashed_with_its_correction_as_an_arrow():
    game = play([FIRST])
    miss = float(game.misses[0])
    parts = drawn(game, Ahead(210.0, 210 - 0.5 * miss, 12.0, 0.5 * miss))
    assert parts["ahead"]["line"]["dash"] == "dash"
    assert parts["ahead"]["y"][-1] == pytest.approx(BULLSEYE + 0.5 * miss)
    assert (list(parts["next"]["x"]), list(parts["next"]["y"])) == ([2], [0.5 * miss])
    (arrow,) = (note for note in parts["layout"]["annotations"] if note.get("showarrow"))
    assert (arrow["ay"], arrow["y"]) == (210, 210 - 0.5 * miss)


def test_a_dart_that_leaves_the_picture_is_told_at_its_rim():
    for fraction, n, met, down in ((2.5, 7, "throw 7 met the ceiling", 1), (2.5, 8, "", 0)):
        game = play([FIRST, *[Corrected(fraction)] * (n - 1)][: n if met else 6])
        layout = drawn(game)["layout"]
        arrows = [note for note in layout["annotations"] if note.get("showarrow")]
        assert [note["text"] for note in arrows] == ([met, "", ""] if met else [])
        for note, axis in zip(arrows, ("yaxis", "yaxis2", "yaxis3"), strict=False):
            assert note["y"] == layout[axis]["range"][down]
    fallen = play([ByHand(100, 5)])
    assert fallen.lost
    (met, *_) = (n for n in drawn(fallen)["layout"]["annotations"] if n.get("showarrow"))
    assert (met["text"], met["y"], met["ay"] < 0) == ("throw 1 met the floor", 0, True)


def test_a_dot_on_the_rim_is_whole():
    for hit, shown in ((115.0, HEIGHTS[0]), (113.0, HEIGHTS[1]), (233.0, HEIGHTS[1])):
        game = play([ByHand(hit + fall(12), 12)])
        assert heights_shown(game, 170.0)[0] <= hit - 1
        assert heights_shown(game, 170.0) == shown


def test_what_is_kept_a_secret_is_not_drawn():
    parts = drawn(play([FIRST]))
    assert not len(parts["ahead"]["x"])
    assert not len(parts["next"]["x"])
    assert not [note for note in parts["layout"]["annotations"] if note.get("showarrow")]


@pytest.mark.parametrize("n", [0, 1, 10, 11, 50, MOST_THROWS])
def test_the_axis_of_the_throws_has_room_for_the_next_one(n):
    game = play([FIRST, *[Corrected(0)] * (MOST_THROWS - 1)][:n])
    low, high = drawn(game)["layout"]["xaxis3"]["range"]
    assert low < 1
    assert high > n + 1


@pytest.mark.parametrize(
    ("throws", "hand", "shown"),
    [
        ([], 210, HEIGHTS[0]),
        ([], 240, HEIGHTS[1]),
        ([FIRST, *[Corrected(0.5)] * 5], 190, HEIGHTS[0]),
        ([FIRST, *[Corrected(2.5)] * 5], 190, HEIGHTS[1]),
    ],
)
def test_the_picture_grows_when_something_lies_outside(throws, hand, shown):
    assert heights_shown(play(throws), hand) == shown


def test_a_narrow_screen_loses_no_title():
    picture = darts_picture(play([FIRST]), 210.0, None)
    wide = [note["text"] for note in picture.figure.to_dict()["layout"]["annotations"]]
    assert [note["text"] for note in picture.narrow["annotations"]] == wide
    assert wide == ["from the side", "on the board", "throw by throw"]
    side, board = picture.narrow["yaxis"]["domain"], picture.narrow["yaxis2"]["domain"]
    assert np.ptp(side) > 0.3
    assert board[1] < side[0]
