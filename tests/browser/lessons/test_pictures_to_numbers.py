"""The lesson Pictures to numbers, played to its end."""

from playwright.sync_api import expect

from tests.browser.app_page import wait_until_ready
from tests.browser.gestures import centre
from tests.browser.learner import Learner

THREE = (
    "..####..", ".#....#.", "......#.", "...###..", "......#.", "......#.", ".#....#.", "..####..",
)  # fmt: skip


def ink(learner: Learner, *squares: tuple[int, int]) -> None:
    """Put ink into squares of the board, by row and column; by keyboard with arrows and space."""
    board = learner.page.get_by_role("grid")
    if learner.by == "keys":
        learner.focus(board.locator("[tabindex='0']"))
    for row, column in squares:
        cell = board.get_by_role("gridcell").nth(8 * (row - 1) + column - 1)
        if learner.by == "keys":
            row_now, column_now = learner.page.evaluate(
                """() => {
                  const cells = [...document.querySelectorAll("[role=gridcell]")];
                  const k = cells.indexOf(document.activeElement);
                  return [Math.floor(k / 8) + 1, k % 8 + 1];
                }"""
            )
            for key, times in (
                ("ArrowDown", row - row_now), ("ArrowUp", row_now - row),
                ("ArrowRight", column - column_now), ("ArrowLeft", column_now - column),
            ):  # fmt: skip
                for _ in range(times):
                    learner.page.keyboard.press(key)
            learner.page.keyboard.press("Space")
        elif learner.by == "mouse":
            cell.click()
        else:
            cell.tap()
        expect(cell).to_have_text("16")
    wait_until_ready(learner.page)


def point(learner: Learner, row: int, column: int) -> None:
    """Point at a square of the picture of the products."""
    handle = learner.page.get_by_role("slider", name="The square that is pointed at")
    if learner.by == "keys":
        learner.focus(handle)
        for key, times in (("ArrowDown", row - 1), ("ArrowRight", column - 1)):
            for _ in range(times):
                learner.page.keyboard.press(key)
    else:
        handle.scroll_into_view_if_needed()
        x, y = centre(handle)
        side = learner.page.evaluate(
            "() => document.querySelector('.nv-plot')._fullLayout.xaxis2._length / 8"
        )
        learner.point(x + side * (column - 1), y + side * (row - 1), ())
    wait_until_ready(learner.page)


def test_the_lesson_is_played_to_its_end(learner: Learner) -> None:
    learner.open("pictures_to_numbers")
    inked = [(r, c) for r, row in enumerate(THREE, 1) for c, x in enumerate(row, 1) if x == "#"]
    ink(learner, *inked)
    point(learner, 7, 7)
    learner.goes_on("draw")
    learner.answer("where only 8s have ink")
    learner.trains()
    learner.goes_on("weights")
    learner.answer("row 6, column 3")
    ink(learner, (6, 3))
    learner.goes_on("one_square")
    learner.answer("an 8")
    learner.press("Left")
    learner.goes_on("one_step")
    learner.answer("exactly what it said before")
    learner.press("Right")
    learner.goes_on("filter")
