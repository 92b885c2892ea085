"""The lesson engine without a browser, shown on the lesson Error curve: tasks, address, memory."""

import json
from typing import Any

from streamlit.testing.v1 import AppTest

from nnviz.chapters.error_curve.address import ADDRESS
from nnviz.chapters.error_curve.lesson import LESSON

PAGE = "error_curve"


def text(app: AppTest) -> str:
    """Return what the panel of the task says."""
    return " ".join(h.proto.body for h in app.get("html") if "nv-task" in h.proto.body)


def query(app: AppTest) -> dict[str, str]:
    """Return the address that the page writes."""
    parts = [json.loads(part.proto.json) for part in app.get("bidi_component") if part.proto.json]
    written = next(data for data in parts if "query" in data and "session" in data)["query"]
    return dict(pair.split("=") for pair in written.split("&")) if written else {}


def buttons(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def press(app: AppTest, label: str, times: int = 1) -> AppTest:
    for _ in range(times):
        next(button for button in app.button if button.label == label).click().run()
        assert not app.exception
    return app


def test_a_bare_page_opens_its_lesson_with_the_controls_of_the_first_task(visit: Any) -> None:
    app = visit(PAGE, mode="lesson")
    assert "Task 1 of 5" in text(app)
    assert buttons(app) == [
        "STEP", "UNDO", "Hint", "Skip", "Link for a class", "Worksheet", "Reset progress",
    ]  # fmt: skip
    assert query(app) == {"lesson": "error_curve.1", "task": "1"}
    press(app, "Hint")
    assert "right arrow key" in text(app)
    press(app, "STEP", times=4)
    assert "nv-task-done" in text(app)
    assert "Next task" in buttons(app)
    press(app, "Next task")
    assert query(app) == {"lesson": "error_curve.1", "task": "2", "x": "0.871", "rate": "1"}


def test_a_prediction_comes_before_the_controls_and_the_first_answer_counts(visit: Any) -> None:
    app = visit(PAGE, task="2")
    right = LESSON.tasks[1].asks({"x": 0.871, "rate": 1.0}).answer
    assert "STEP" not in buttons(app)
    press(app, "to the bottom")
    assert "Not so." in text(app)
    assert "STEP" in buttons(app)
    assert "nv-task-done" not in text(app)
    assert not {right, "away, farther each time"} & set(buttons(app))
    assert f"✓ {right}" in text(app)
    press(app, "STEP", times=4)
    assert "nv-task-done" in text(app)


def test_whoever_is_to_say_why_may_try_again(visit: Any) -> None:
    app = visit(PAGE, task="5")
    press(app, "Squares are easier to store.")
    assert "Not yet." in text(app)
    press(app, LESSON.tasks[4].asks({}).answer)
    assert "Right." in text(app)
    press(app, "Finish")
    assert query(app)["task"] == "6"
    assert "1 of 5 tasks done" in text(app)
    press(app, "Play it again")
    assert "Task 1 of 5" in text(app)


def test_the_switch_keeps_what_was_done_on_both_sides(visit: Any) -> None:
    app = visit(PAGE, task="3")
    press(app, "STEP", times=2)
    app.toggle[0].set_value(True).run()
    assert "nv-task" not in text(app)
    assert query(app) == {"lesson": "error_curve.1", "rates": "0.1,0.1"}
    press(app, "STEP")
    app.toggle[0].set_value(False).run()
    assert "Task 3 of 5" in text(app)
    assert query(app)["rates"] == "0.1,0.1"


def test_a_link_opens_the_task_as_it_was(visit: Any) -> None:
    app = visit(PAGE, task="3", rates="0.5", rate="0.5", x="0.871", lesson="error_curve.1")
    assert "nv-task-done" in text(app)
    assert "So rate 0.5 × slope is the whole way" in text(app)


def test_what_was_understood_follows_the_picture_as_long_as_the_goal_is_met(visit: Any) -> None:
    app = visit(PAGE, task="3", rates="0.5", rate="0.5", x="0.871", lesson="error_curve.1")
    assert "yours" not in text(app)
    press(app, "UNDO")
    assert "When you reached it: The slope" in text(app)
    app.session_state[ADDRESS.key("rate")] = 0.51
    press(app, "STEP")
    assert "(yours, 0.51, nearly did it)" in text(app)
    assert "When you reached it" not in text(app)


def test_links_that_hold_choices_open_free_play_as_before_there_were_lessons(visit: Any) -> None:
    app = visit(PAGE, x="2", mode="free")
    assert "nv-task" not in text(app)
    assert query(app) == {"lesson": "error_curve.1", "x": "2"}


def test_an_address_that_is_wrong_is_told(visit: Any) -> None:
    for task in ("0", "7", "٣", "x", "1e9", "-1"):
        app = visit(PAGE, task=task)
        assert [w.value for w in app.warning] == [
            f"The address says the task is “{task}”, but this lesson has the tasks 1 to 5. "
            "So it starts with the first."
        ], task
        assert "Task 1 of 5" in text(app)
    app = visit(PAGE, mode="fun")
    assert [w.value for w in app.warning] == [
        "The address says the mode is “fun”, but it can be free or lesson."
    ]


def test_the_end_shows_the_picture_of_the_last_task_with_all_of_it(visit: Any) -> None:
    app = visit("rules_or_learning", task="6")
    assert "0 of 5 tasks done" in text(app)
    shown = app.session_state["shown_for_the_task"]
    assert shown == {"left", "right"}
    assert query(app)["task"] == "6"
