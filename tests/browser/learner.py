"""A learner who plays a lesson in a real browser: with the mouse, by keyboard alone, or by touch.

A lesson is played in one load of its page: ``learner.open("error_curve")``, then for each task the
moves that a person would make, and ``learner.goes_on("back_and_forth")``. Whoever takes turns plays
one task with the mouse, the next by keyboard alone and the third by touch on a phone.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Final, Literal

from playwright.sync_api import Locator, Page, ViewportSize, expect

from nnviz.text.lesson import Lesson
from tests.browser.app_page import open_page, usability_problems, wait_until_ready
from tests.browser.budget import in_sight
from tests.browser.crowding import crowded
from tests.browser.gestures import centre, drag, grip

By = Literal["mouse", "keys", "touch"]
WAYS: Final[tuple[By, ...]] = ("mouse", "keys", "touch")
LAPTOP: Final[ViewportSize] = {"width": 1280, "height": 800}
PHONE: Final[ViewportSize] = {"width": 390, "height": 844}

_MOST_TABS = 80
_ONE_STEP: Final = re.compile("^On by one ")
_FOCUSED = "(element) => document.activeElement === element"
_OF_THE_PAGE = """(button) => Boolean(
  button.closest('[data-testid="stButton"], .nv-on-figure'))"""
# How often the server has answered since this was first asked; a whole run can pass between two
# frames, and then its state is on no screen.
_ANSWERS = """() => {
  if (window.nvAnswers === undefined) {
    window.nvAnswers = 0;
    const { send } = WebSocket.prototype;
    const heard = new WeakSet();
    WebSocket.prototype.send = function (data) {
      if (!heard.has(this)) this.addEventListener("message", () => { window.nvAnswers += 1; });
      heard.add(this);
      send.call(this, data);
    };
  }
  return window.nvAnswers;
}"""
_HAS_BEGUN = f"""async (answers) => {{
  if (({_ANSWERS})() === answers) return false;
  for (let k = 0; k < 2; k += 1) await new Promise(requestAnimationFrame);
  return true;
}}"""
_IS_ABOVE = """(element) => {
  const where = element.compareDocumentPosition(document.activeElement);
  return Boolean(where & Node.DOCUMENT_POSITION_FOLLOWING);
}"""


_PIXELS = """() => {
  const layout = document.querySelector(".nv-plot")._fullLayout;
  return [layout.xaxis, layout.yaxis].map(({ _length, range }) => _length / (range[1] - range[0]));
}"""


@dataclass
class Learner:
    """Somebody at a page, who acts in one way.

    Attributes
    ----------
    page : Page
        A page of 390 x 844 with touch for "touch", of 1280 x 800 otherwise; with touch for all
        who take turns, who change its size with their way.
    by : {"mouse", "keys", "touch"}
        How they act.
    turns : sequence of {"mouse", "keys", "touch"}
        How they act in one task after the other; if there are any, ``by`` is that of the open one.
    query : str
        What the address says besides the task.
    roomy : bool
        Whether the budget of a lesson in a window of 1280 x 800 is asked for; else only that
        nothing is cut off, covered or out of reach.
    """

    page: Page
    by: By
    lesson: Lesson | None = None
    index: int = 0
    query: str = ""
    roomy: bool = True
    turns: Sequence[By] = ()

    def open(self, name: str) -> None:
        """Come to a page by its bare address, as from the course."""
        self.lesson = import_module(f"nnviz.chapters.{name}.lesson").LESSON
        self._take_turn()
        open_page(self.page, f"{'' if name == 'home' else name}?task=1{self.query}")
        self._stands_at(0)

    def press(self, name: str | re.Pattern[str], times: int = 1) -> None:
        """Press a button, by the beginning of its name."""
        pattern = re.compile(f"^{re.escape(name)}") if isinstance(name, str) else name
        for _ in range(times):
            self._act_and_wait(self.page.get_by_role("button", name=pattern).first)

    def answer(self, option: str) -> None:
        """Choose an answer to the question of the task."""
        panel = self.page.locator(".st-key-lesson_task")
        name = re.compile(f"{re.escape(option)}$")
        button = panel.get_by_role("button", name=name, disabled=False)
        self._act_and_wait(button)
        # Nobody can give it again, and the picture of what is to be done then comes with that.
        expect(button).to_have_count(0)
        wait_until_ready(self.page)

    def _act_and_wait(self, button: Locator) -> None:
        """Press a button, and wait for what comes of it: the page's run, if it is one of the page.

        Streamlit takes two presses for one if the second comes before it has begun with the first.
        """
        expect(button).to_be_enabled()
        answers = self.page.evaluate(_ANSWERS) if button.evaluate(_OF_THE_PAGE) else None
        self.act(button)
        if answers is not None:
            self.page.wait_for_function(_HAS_BEGUN, arg=answers)
        wait_until_ready(self.page)

    def act(self, target: Locator) -> None:
        """Click, tap, or go there with Tab and press Enter."""
        expect(target).to_be_enabled()
        if self.by == "mouse":
            target.click()
        elif self.by == "touch":
            target.tap()
        else:
            self.focus(target)
            self.page.keyboard.press("Enter")

    def focus(self, target: Locator) -> None:
        """Go to an element by Tab alone."""
        keys = ("Tab", "Shift+Tab")
        for key in reversed(keys) if target.evaluate(_IS_ABOVE) else keys:
            for _ in range(_MOST_TABS):
                if target.evaluate(_FOCUSED):
                    return
                self.page.keyboard.press(key)
        raise AssertionError(f"Tab does not lead to {target}")

    def slide(self, label: str, to: str) -> None:
        """Move a slider until it says a value: in strides, and when they have passed it, in steps.

        Each key that is pressed draws the page anew.
        """
        slider = self.page.get_by_role("slider", name=label)
        if self.by == "keys":
            self.focus(slider)
        else:
            slider.focus()
        rises, stride = True, "Page"
        for k in range(100):
            now = slider.get_attribute("aria-valuetext") or slider.input_value()
            if now == to:
                break
            above = float(now) < float(to)
            if k and above != rises:
                stride = "Arrow"
            rises = above
            self.page.keyboard.press(f"{stride}{'Up' if rises else 'Down'}")
        else:
            raise AssertionError(f"The slider {label} never says {to}")
        wait_until_ready(self.page)

    def trains(self, button: str = "Train") -> None:
        """Let the player begin, and then go to the end of the run without waiting for it."""
        self.press(button)
        answers = self.page.evaluate(_ANSWERS)
        if self.by == "keys":
            self.page.keyboard.press("End")
        else:
            steps = self.page.get_by_role("slider", name="Training step")
            box = steps.bounding_box()
            assert box
            where = {"x": box["width"] - 2, "y": box["height"] / 2}
            _ = steps.click(position=where) if self.by == "mouse" else steps.tap(position=where)
        expect(self.page.locator(".nv-figure").first).to_have_attribute("data-playing", "false")
        # The page is told where the player stands; what is pressed next must not be taken for that.
        self.page.wait_for_function(_HAS_BEGUN, arg=answers)
        wait_until_ready(self.page)

    def scrub(self, to: int) -> None:
        """Take the player near a step; by keyboard from the start, in jumps of ten."""
        steps = self.page.get_by_role("slider", name="Training step")
        if self.by == "keys":
            self.page.keyboard.press("Home")
            for _ in range(round(to / 10)):
                self.page.keyboard.press("Shift+ArrowRight")
        else:
            box, last = steps.bounding_box(), float(steps.get_attribute("max") or 1)
            assert box
            where = {"x": 8 + (box["width"] - 16) * to / last, "y": box["height"] / 2}
            _ = steps.click(position=where) if self.by == "mouse" else steps.tap(position=where)
        wait_until_ready(self.page)

    def carry(self, label: str, by: tuple[float, float]) -> None:
        """Move a handle of the picture by so much along both axes, in a quarter at a time."""
        handle = self.page.get_by_role("slider", name=label)
        handle.scroll_into_view_if_needed()
        if self.by == "keys":
            self.focus(handle)
            keys = (("ArrowLeft", "ArrowRight"), ("ArrowDown", "ArrowUp"))
            for distance, (less, more) in zip(by, keys, strict=True):
                for _ in range(round(4 * abs(distance))):
                    self.page.keyboard.press(more if distance > 0 else less)
        else:
            across, up = self.page.evaluate(_PIXELS)
            x, y = centre(handle)
            to_x, to_y = x + across * by[0], y - up * by[1]
            if self.by == "mouse":
                drag(self.page, handle, (to_x - x, to_y - y))
            else:
                self._swipe((x, y), (to_x, to_y))
        wait_until_ready(self.page)

    def _swipe(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Draw a finger over the screen."""
        session = self.page.context.new_cdp_session(self.page)
        places = [("touchStart", [start]), ("touchMove", [end]), ("touchEnd", [])]
        for kind, points in places:
            session.send(
                "Input.dispatchTouchEvent",
                {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]},
            )

    def choose(self, label: str, option: str) -> None:
        """Choose from a list."""
        self.act(self.page.get_by_role("combobox", name=label))
        self.page.keyboard.type(option)
        if self.by == "keys":
            self.page.keyboard.press("Enter")
        else:
            self.act(self.page.get_by_role("option", name=option, exact=True))
        wait_until_ready(self.page)

    def point(self, x: float, y: float, keys: Sequence[str]) -> None:
        """Click or tap a place on the screen; by keyboard press the keys that do the same."""
        if self.by == "mouse":
            self.page.mouse.click(x, y)
        elif self.by == "touch":
            self.page.touchscreen.tap(x, y)
        else:
            for key in keys:
                self.page.keyboard.press(key)
        wait_until_ready(self.page)

    def write(self, label: str, text: str) -> None:
        """Write a text into a field, in place of the one that is there."""
        field = self.page.get_by_label(label).first
        if self.by == "keys":
            self.focus(field)
            self.page.keyboard.press("Control+a")
            self.page.keyboard.insert_text(text)
        else:
            field.fill(text)
        field.press("Control+Enter")
        wait_until_ready(self.page)

    def switch(self, name: str) -> None:
        """Turn a switch."""
        if self.by == "keys":
            self.focus(self.page.get_by_label(name, exact=True).first)
            self.page.keyboard.press("Space")
        else:
            self.act(self.page.get_by_text(name, exact=True).first)
        wait_until_ready(self.page)

    def step(self, times: int) -> None:
        """Let the player of the picture take single steps."""
        for _ in range(times):
            # What may be stepped through now has perhaps not arrived yet.
            on = self.page.get_by_role("slider", name="Training step")
            expect(on).not_to_have_js_property("max", on.input_value())
            if self.by == "keys":
                self.page.keyboard.press("ArrowRight")
            else:
                self.act(self.page.get_by_role("button", name=_ONE_STEP))
            wait_until_ready(self.page)

    def drag(self, label: str, by: tuple[float, float], key: str, times: int) -> None:
        """Drag a handle by so many pixels, with the mouse or a finger, or press a key on it."""
        handle = grip(self.page, label)
        if self.by == "keys":
            self.focus(handle)
            for _ in range(times):
                self.page.keyboard.press(key)
        elif self.by == "mouse":
            drag(self.page, handle, by)
        else:
            handle.scroll_into_view_if_needed()
            x, y = centre(handle)
            finger = self.page.context.new_cdp_session(self.page)
            for kind, share in (("touchStart", 0.0), ("touchMove", 0.5), ("touchMove", 1.0)):
                at = {"x": x + share * by[0], "y": y + share * by[1]}
                finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [at]})
            finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        wait_until_ready(self.page)

    def goes_on(self, name: str) -> None:
        """See that the open task, of this name, has just been done; then go on to the next."""
        assert self.lesson is not None
        assert self.lesson.tasks[self.index].name == name
        expect(self.page.locator(".nv-task-done")).to_be_visible()
        # The run that says so has still to put other things in their places.
        wait_until_ready(self.page)
        last = self.index + 1 == len(self.lesson.tasks)
        if not self.roomy or self.by == "touch":
            self._sees_all_of(name)
        # A phone's page is looked at in full when all is done; the large one when the first task is
        # done, and then what each task brings.
        if self.roomy and self.by == "touch" and last:
            problems = usability_problems(self.page, turn=False, colours=False)
            assert not problems, problems
        if self.roomy and self.by != "touch":
            sight = in_sight(self.page)
            assert not sight.beyond, (name, sight)
            problems = usability_problems(self.page, turn=False, changed=self.index > 0)
            assert not problems, problems
        if last:
            self.press("Finish")
            expect(self.page.locator(".nv-end")).to_be_visible()
            if not self.roomy or self.by == "touch":
                self._sees_all_of("the end")
            return
        self.press("Next task")
        self.index += 1
        self._take_turn()
        self._stands_at(self.index)

    def _take_turn(self) -> None:
        """Go on in the way of the open task, on a page of the size for it."""
        if self.turns:
            self.by = self.turns[self.index % len(self.turns)]
            self.page.set_viewport_size(PHONE if self.by == "touch" else LAPTOP)
            if self.page.get_by_test_id("stApp").count():
                wait_until_ready(self.page)

    def _stands_at(self, index: int) -> None:
        """See that a task has been opened, and is not done before anything was done."""
        expect(self.page.locator(".nv-task-step")).to_contain_text(f"Task {index + 1} of ")
        expect(self.page.locator(".nv-task-done")).to_have_count(0)
        wait_until_ready(self.page)  # of the run that opened it, the picture may still be to come
        if not self.roomy:
            self._sees_all_of(f"task {index + 1}")
            # A new task is read from its beginning, wherever the button was.
            expect(self.page.locator(".nv-task-step")).to_be_in_viewport()

    def _sees_all_of(self, what: str) -> None:
        """See that nothing is cut off, covered or out of reach when all is in its place."""
        wait_until_ready(self.page)
        found = crowded(self.page)
        assert not found, (what, found)
