"""Pages of somebody in a room report their steps; pages of all others touch no database."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from nnviz.chapters.error_curve.lesson import LESSON
from nnviz.room.reporter import Reporter
from nnviz.room.store import Store
from nnviz.site import room


@pytest.fixture
def reporter(tmp_path, monkeypatch):
    """Return a reporter that writes when it is told to, into rooms of its own."""
    store = Store(f"sqlite:///{tmp_path / 'rooms.sqlite'}")
    reporter = Reporter(store)
    monkeypatch.setattr(reporter, "start", lambda: None)
    monkeypatch.setattr(room, "store", lambda: store)
    monkeypatch.setattr(room, "reporter", lambda: reporter)
    yield reporter
    store.close_connections()


def message(app, key):
    (found,) = (
        each.proto.json for each in app.get("bidi_component") if each.proto.id.endswith(f"-{key}")
    )
    return json.loads(found)


def press(app, label):
    next(b for b in app.button if b.label == label).click().run()


def test_a_pupil_s_steps_are_reported_when_something_has_changed(visit, reporter):
    store = reporter._store
    own = store.open_room("error_curve?task=1", "")
    token = store.join(own.code, "Ana", "").token
    app = visit("error_curve", task="1")
    assert message(app, "progress")["room"] == ""
    assert reporter._waiting == {}
    app.session_state["room.token"] = token
    app.run()
    assert message(app, "progress")["room"] == token[:6]
    assert token not in json.dumps(message(app, "progress"))

    def seen():
        reporter.flush()
        (pupil,) = store.desk(own.code, own.key).pupils
        return pupil.page, pupil.task, dict(pupil.marks)

    assert seen() == ("error_curve", 1, {"error_curve": "-----"})
    app.run()
    assert reporter._waiting == {}  # nothing has changed
    for _ in range(4):
        press(app, "STEP")
    assert seen() == ("error_curve", 1, {"error_curve": "d----"})
    press(app, "Next task")
    assert seen() == ("error_curve", 2, {"error_curve": "d----"})
    question = LESSON.tasks[1].name
    progress = app.session_state["lesson.error_curve"]
    asked = progress.questions[question]
    wrong = next(option for option in asked.options if option != asked.answer)
    press(app, wrong)
    assert seen()[2]["error_curve"][1] in "wW"
    # What the link does not give is told apart from what is not done.
    app.session_state["task.error_curve"] = {"tasks": "1-3,5"}
    app.run()
    assert seen()[2]["error_curve"][2:] == "-.-"
    # What is shown to all is what the pupil has on the screen.
    store.show(own.code, own.key, store.desk(own.code, own.key).pupils[0].id)
    link = store.look(token).shown.link
    assert link.startswith("error_curve?")
    assert "task=2" in link


def _taking(sent):
    import streamlit as st

    from nnviz.site import room

    st.text(f"{room.take(sent)} {room.known()}")


def test_the_browser_says_who_is_here():
    def known(sent):
        app = AppTest.from_function(_taking, kwargs={"sent": sent}).run()
        assert not app.exception
        return app.text[0].value

    for sent in ({"token": "short"}, {"token": 5}, {"token": "x" * 31 + "'"}, None, [], {"a": 1}):
        assert known(sent) == "False"
    assert known({"token": "a" * 32}) == "False aaaaaa"
    assert known({"token": "", "anew": True}) == "True"  # for the next pupil at this device


def test_without_a_room_no_page_opens_a_database(visit, monkeypatch, tmp_path):
    monkeypatch.setenv("NNVIZ_ROOMS", str(tmp_path / "rooms.sqlite"))

    def never(*_):
        raise AssertionError("a database was asked for")

    monkeypatch.setattr(room, "store", never)
    monkeypatch.setattr(room, "reporter", never)
    for page, query in (("error_curve", {"task": "1"}), ("glossary", {}), ("room", {})):
        visit(page, **query)
    assert not [*tmp_path.iterdir()]


def test_an_address_says_the_code_and_what_pupils_begin_with(visit):
    app = visit("room", code="kmptx", begin="error_curve?task=2")
    sent = message(app, "room_page")
    assert (sent["code"], sent["begin"]) == ("KMPTX", "error_curve?task=2")
    assert [each["page"] for each in sent["lessons"]][:2] == ["home", "rules_or_learning"]
    assert all(len(each["tasks"]) >= 3 for each in sent["lessons"])
    assert sent["invite"] is None
    for query, what in (
        ({"code": "AEIOU"}, "five letters"),
        ({"code": "<b>"}, "five letters"),
        ({"begin": "//a.b/"}, "link to a page of this app"),
        ({"begin": "room"}, "link to a page of this app"),
        ({"begin": "nowhere?x"}, "link to a page of this app"),
    ):
        app = visit("room", **query)
        assert what in app.warning[0].value
        assert message(app, "room_page")["code"] == message(app, "room_page")["begin"] == ""


def test_a_shown_picture_says_nothing_of_progress_and_has_nothing_to_press(visit):
    for query in ({"task": "2"}, {"task": "6"}, {"mode": "free"}):
        app = visit("error_curve", shown="only", **query)
        said = " ".join(e.proto.body for e in app.get("html"))
        assert not app.warning
        assert not {"Back", "Next task", "Skip", "Finish", "Hint"} & {b.label for b in app.button}
        assert "Free play" not in [toggle.label for toggle in app.toggle]
        for word in ("nv-bar", " of 5", "Go back"):
            assert word not in said, word
        if query.get("task") == "2":
            assert LESSON.tasks[1].does.split(".")[0].split("[")[0] in said
            options = app.session_state["lesson.error_curve"].questions[LESSON.tasks[1].name]
            assert not set(options.options) & {b.label for b in app.button}
        assert "pointer-events: none" in said
        assert "stSidebar" in said
    assert "pointer-events: none !important" not in " ".join(
        e.proto.body for e in visit("error_curve", task="2").get("html")
    )


def test_the_page_begins_with_the_lesson_one_comes_from(visit):
    app = visit("room")
    assert message(app, "room_page")["from"] == ""
    app = visit("error_curve", task="1")
    app.switch_page("pages/room.py").run()
    assert message(app, "room_page")["from"] == "error_curve"
    app.run()
    assert message(app, "room_page")["from"] == "error_curve"


def test_the_link_for_a_class_opens_a_room_with_it(visit):
    app = visit("error_curve", rates="0.1")
    press(app, "Link for a class")
    (link,) = (e.proto for e in app.get("page_link") if e.proto.label.startswith("Open a room"))
    assert link.page == "room"
    opened = visit("room", begin="error_curve?lesson=error_curve.1&rates=0.1")
    assert message(opened, "room_page")["begin"].endswith("rates=0.1")
    assert not opened.warning
    assert "begin=error_curve%3Flesson%3Derror_curve.1%26rates%3D0.1" in link.query_string
