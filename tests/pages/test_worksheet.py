"""The worksheet of every page: from any link, with its key, and back."""

import html
import importlib
import re

from nnviz.site.course import COURSE
from nnviz.site.worksheet import made


def button(app, label):
    return next(each for each in app.button if each.label == label)


def shown(app):
    """Return what stands on the sheet and on the key, as texts; none where there is no sheet."""
    found = [each.proto.body for each in app.get("html")]
    return tuple(
        html.unescape(re.sub(r"<[^>]+>", " ", body))
        for name in ("nv-sheet", "nv-key")
        for body in found
        if f"class='{name}'" in body
    )


def query_of(app):
    """Return what the link says of the sheet and of the place."""
    return {name: app.session_state["task.error_curve"].get(name) for name in ("sheet", "prompt")}


def test_every_page_has_its_sheet_and_nothing_to_choose_on_it(visit, monkeypatch) -> None:
    # The pictures of many trainings are not waited for.
    monkeypatch.setattr("nnviz.site.frame.afterwards", lambda rest: None)
    for page in COURSE:
        maker = importlib.import_module(f"nnviz.chapters.{page}.worksheet").worksheet
        expected = made(page, 7, maker)
        app = visit("" if page == "home" else page, sheet="7")
        sheet, key = shown(app)
        for exercise in expected:
            assert exercise.prompt in sheet, page
            assert f"{exercise.answer}  {exercise.reason}" in key, page
            assert not exercise.reason or exercise.reason not in sheet, page
        assert expected.code in sheet, page
        assert expected.code in key, page
        assert not [each for each in app.get("button_group") if each.label.startswith("More about")]


def test_the_button_opens_the_sheet_and_leads_back_to_the_same_picture(visit) -> None:
    app = visit("error_curve", rates="0.1,0.5")
    assert not shown(app)
    words = app.session_state["error_curve.rates"]
    button(app, "Worksheet").click().run()
    first = shown(app)
    assert query_of(app)["sheet"] == "1"
    (number,) = (each for each in app.number_input if each.label == "Sheet number")
    number.set_value(12).run()
    assert query_of(app)["sheet"] == "12"
    assert shown(app) != first
    assert app.session_state["error_curve.rates"] == words
    button(app, "Back to the page").click().run()
    assert not shown(app)
    assert not query_of(app)["sheet"]
    assert app.session_state["error_curve.rates"] == words
    assert not app.exception


def test_a_task_of_a_lesson_and_that_of_a_teacher_stand_on_the_sheet(visit) -> None:
    app = visit("error_curve", task="2", sheet="3", prompt="Work in pairs.")
    assert [each.value for each in app.info] == ["Work in pairs."]
    (told,) = [each.proto.body for each in app.get("html") if "nv-sheet-task" in each.proto.body]
    assert "Now the rate is 1" in told
    assert "[[" not in told
    # Its options are there to be ticked, and the key says which of them.
    question = app.session_state["lesson.error_curve"].questions["back_and_forth"]
    assert all(f"☐ {option}" in html.unescape(told) for option in question.options)
    assert f"Task:  {question.answer}" in shown(app)[1]
    button(app, "Back to the page").click().run()
    assert "Task 2 of" in "".join(each.proto.body for each in app.get("html"))


def test_a_number_that_is_none_is_told_and_the_first_sheet_opens(visit) -> None:
    first = shown(visit("prediction", sheet="1"))
    for wrong in ("0", "10000", "-1", "seven", "1.5", "٣", "<b>"):
        app = visit("prediction", sheet=wrong)
        assert shown(app) == first, wrong
        assert any("sheets have the numbers 1 to 9,999" in each.value for each in app.warning), (
            wrong
        )


def test_pages_without_exercises_have_no_sheet(visit) -> None:
    for page in ("glossary", "check_codes"):
        app = visit(page, sheet="7")
        assert not shown(app)
        assert "Worksheet" not in [each.label for each in app.button]
