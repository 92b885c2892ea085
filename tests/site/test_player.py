"""A step that a player reports counts only as long as nobody has sent it elsewhere since then."""

from typing import Any

import pytest

from nnviz.site import player
from nnviz.site.parameters import Whole
from nnviz.site.player import Player


class Choices(dict[str, Any]):
    """The choices of a page, as a player uses them."""

    parameters = {"step": Whole("step", 0, 0, 1000)}  # noqa: RUF012
    filled = "came"
    set = dict.__setitem__


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    found: dict[str, Any] = {}
    monkeypatch.setattr(player.st, "session_state", found)
    return found


def test_a_report_from_before_a_jump_or_a_task_is_late(
    session: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    choices = Choices(step=0)
    shown = Player(choices, "chart")  # type: ignore[arg-type]
    reports: list[tuple[int, str] | None] = [None]
    monkeypatch.setattr(player, "last_report", lambda _: reports[0])

    def reported(step: int, order: str) -> int:
        reports[0] = (step, order)
        shown.arrive(step)
        return int(choices["step"])

    at_first = shown.clock().order
    assert reported(375, at_first) == 375
    assert reported(4000, at_first) == 1000, "no further than the choice goes"
    # The page sends the player to 20: what it reported on its way is late.
    shown.go(20)
    assert reported(750, at_first) == 20
    assert shown.catch_up() == 20
    assert reported(21, shown.clock().order) == 21
    # A task begins, with its own step, while the player plays.
    before = shown.clock().order
    choices.filled, choices["step"] = "task 3", 5
    assert reported(1000, before) == 5
    assert shown.catch_up() == 5
    reports[0] = (6, shown.clock().order)
    assert shown.catch_up() == 6
