"""The lesson Rules or learning, played to its end."""

from playwright.sync_api import expect

from nnviz.chapters.rules_or_learning.grids import SIDE
from tests.browser.gestures import wait_for_address
from tests.browser.learner import Learner

LONG = 60_000  # ms in which a network has learned, on a machine that does much else


def _choose(learner: Learner, cell: int, times: int) -> None:
    """Choose a cell of the one board in sight; by keyboard go there cell by cell."""
    box = learner.page.locator(".nv-plot .nsewdrag.drag").first.bounding_box()
    assert box is not None
    side = min(box["width"], box["height"]) / SIDE
    x, y = box["x"] + (cell % SIDE + 0.5) * side, box["y"] + (cell // SIDE + 0.5) * side
    learner.point(x, y, ["n"] * times)
    learner.page.wait_for_function(f"() => location.search.includes('cell={cell + 1}')")


def test_the_lesson_is_played_to_its_end(learner: Learner) -> None:
    learner.open("rules_or_learning")
    learner.press("Next step", times=3)
    learner.goes_on("rules")
    _choose(learner, 0, 1)
    learner.press("2")  # there is one in its column
    expect(learner.page.locator(".nv-task-done")).to_have_count(0)
    learner.press("1")
    learner.goes_on("own_rule")
    _choose(learner, 12, 8)
    expect(learner.page.locator(".nv-task-done")).to_be_visible(timeout=LONG)
    learner.goes_on("confident")
    learner.answer("about 30")
    learner.slide("Solved games to learn from", "216")
    wait_for_address(learner.page, "games=216")
    learner.goes_on("games")
    learner.answer("nothing for either")
    learner.answer("new rules; new games to learn from")
    learner.goes_on("other_rules")
