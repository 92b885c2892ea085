"""The lesson engine without a browser, shown on the lesson Error curve: tasks, address, memory."""

import json
from collections.abc import Mapping
from typing import Any
from unittest.mock import patch
from urllib.parse import unquote_plus

import pytest
from streamlit.testing.v1 import AppTest

from nnviz.chapters.error_curve.address import ADDRESS
from nnviz.chapters.error_curve.lesson import LESSON
from nnviz.chapters.rules_or_learning.study import GamesStudy, GamesTrials
from nnviz.chapters.rules_or_learning.views import trainings
from nnviz.site import progress

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


def sent(app: AppTest) -> dict[str, Any]:
    """Return what the browser is told to keep of the page."""
    parts = [json.loads(part.proto.json) for part in app.get("bidi_component") if part.proto.json]
    return next(data for data in parts if "begun" in data)


def restore(app: AppTest, kept: Mapping[str, Any]) -> None:
    """Tell the session what the browser has kept, as it does after a reload."""
    with patch.object(progress, "progress_in", lambda _: app.session_state[f"lesson.{PAGE}"]):
        progress.remember(LESSON, kept)
    app.run()
    assert not app.exception


def marks_in(app: AppTest) -> str:
    """Return what the teacher of a room would see."""
    with patch.object(progress, "progress_in", lambda _: app.session_state[f"lesson.{PAGE}"]):
        return progress.marks(LESSON, range(len(LESSON.tasks)))


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


def test_the_first_answer_is_kept_until_the_lesson_begins_anew(visit: Any) -> None:
    app = visit(PAGE, task="2")
    press(app, "to the bottom")
    press(app, "Skip")
    press(app, "Back")
    # Whoever comes back finds it answered, and not asked once more.
    assert "✗ to the bottom <small>(your answer)" in text(app)
    assert "to the bottom" not in buttons(app)
    app.switch_page("pages/glossary.py").run()
    app.switch_page(f"pages/{PAGE}.py").run()
    assert "✗ to the bottom <small>(your answer)" in text(app)
    kept = sent(app)["answers"]
    assert {name: each["given"] for name, each in kept.items()} == {
        "back_and_forth": ["to the bottom"]
    }

    press(app, "Skip", times=3)
    press(app, "Finish" if "Finish" in buttons(app) else "Skip")
    begun = sent(app)["begun"]
    press(app, "Play it again")
    press(app, "Skip")
    assert "to the bottom" in buttons(app)
    assert sent(app)["answers"] == {}
    assert sent(app)["begun"] != begun


def test_what_the_browser_has_kept_came_first(visit: Any) -> None:
    kept = sent(press(visit(PAGE, task="2"), "to the bottom"))["answers"]
    # The picture has moved since, and the question made from it would be another one.
    app = visit(PAGE, task="2", rate="0.9", x="0.2", lesson="error_curve.1")
    press(app, kept["back_and_forth"]["answer"])
    assert marks_in(app)[1].lower() == "r"
    restore(app, {"answers": kept})
    assert "✗ to the bottom <small>(your answer)" in text(app)
    assert f"<b>Not so.</b> {kept['back_and_forth']['reason'][:20]}" in text(app)
    assert marks_in(app)[1] == "w"
    assert sent(app)["answers"] == kept


def test_whatever_else_the_browser_has_kept_is_passed_over(visit: Any) -> None:
    fine = {"options": ["a", "b"], "answer": "b", "reason": "c", "given": ["a"]}
    wrong = (
        *(None, 5, [], {}, {**fine, "given": []}, {**fine, "given": ["c"]}),
        *({**fine, "given": ["a", "a"]}, {**fine, "given": [["a"]]}, {**fine, "reason": 1}),
        *({**fine, "answer": "c"}, {**fine, "answer": []}, {**fine, "options": ["b", "b"]}),
        *({**fine, "options": "ab"}, {**fine, "options": [1, "b"]}, {**fine, "given": "a"}),
    )
    app = visit(PAGE, task="2")
    for each in wrong:
        restore(app, {"answers": {"back_and_forth": each, "no_such_task": fine, "step": fine}})
        assert sent(app)["answers"] == {}, each
    for nothing in ({"answers": 3, "done": 3, "terms": 3}, {"terms": [[], {}], "done": [[]]}, {}):
        restore(app, nothing)  # and what was kept before there were answers
        assert sent(app)["answers"] == {}
    restore(app, {"answers": {"back_and_forth": {**fine, "reason": "<b>c", "options": ["a", "b"]}}})
    assert "✗ a <small>(your answer)" in text(app)
    assert "&lt;b&gt;c" in text(app)


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


@pytest.mark.parametrize(
    ("page", "task", "asked"),
    [
        # Another network than the one that the task speaks of; its picture needs two paths.
        ("backpropagation", "3", {"net": "own", "hidden": "4,4,4"}),
        ("backpropagation", "4", {"rows": "5,5,1;1,2,0"}),
        # Longer than a run can be, and longer than anybody would wait for before the picture.
        ("deeper_networks", "4", {"epochs": "10000", "with": "rows:400;batch:1"}),
        ("deeper_networks", "5", {"epochs": "3000", "with": "hidden:8 tanh,8 tanh"}),
        ("live_training", "3", {"updates": "1000000"}),
        ("live_training", "6", {"rows": "1,1,1;2,2,0"}),  # the end
        ("linear_regression", "1", {"rows": "50"}),
        ("generalization", "1", {"data": "spiral"}),
    ],
)
def test_a_link_that_chooses_what_its_task_is_not_about_opens_the_task_itself(
    visit: Any, page: str, task: str, asked: dict[str, str]
) -> None:
    app = visit(page, task=task, **asked)
    assert [w.value for w in app.warning] == [
        "The task cannot be done with what this link chooses, so it starts with its own values."
    ]
    itself = query(visit(page, task=task))
    assert query(app) == itself
    again = visit(page, **{name: unquote_plus(value) for name, value in itself.items()})
    assert (query(again), list(again.warning)) == (itself, [])


def test_the_end_shows_the_picture_of_the_last_task_with_all_of_it(
    visit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    games = GamesStudy("boxes", 0)
    study = GamesTrials.of(games, dict.fromkeys(games.trials(), 0.5))
    monkeypatch.setattr(trainings, "study", lambda *_, work: study)  # 45 trainings take a while
    app = visit("rules_or_learning", task="6")
    assert "0 of 5 tasks done" in text(app)
    shown = app.session_state["shown_for_the_task"]
    assert shown == {"left", "right"}
    assert query(app)["task"] == "6"
