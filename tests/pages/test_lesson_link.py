"""A teacher makes a link: what it opens, says and hides, and who can reach it."""

import html
import json
from urllib.parse import parse_qsl, urlsplit

import pytest
import segno

from nnviz.chapters.error_curve.lesson import LESSON
from nnviz.site import lesson_link
from nnviz.text.hand_in import read_code
from tests.pages.on_screen import unescaped

PAGE = "error_curve"
PROMPT = "Find the *largest* rate.\nTell [it](http://a.b) to your neighbour: 1 < 2."


def widget(app, kind, label):
    return next(each for each in app.get(kind) if each.label == label)


@pytest.fixture
def made(visit, monkeypatch):
    """Return a function that makes a link on the page, with these choices, and gives back the app.

    In a test every choice runs the whole page, which closes a dialog: they are made before.
    """
    monkeypatch.setattr(lesson_link, "reach", lambda: (f"http://school:80/{PAGE}", "All can."))

    def opened(choices, **query):
        app = visit(PAGE, **query)
        for name, value in choices.items():
            app.session_state[f"lesson_link.{name}"] = value
        widget(app, "button", "Link for a class").click().run()
        assert not app.exception
        return app

    return opened


def link_of(app):
    """Return page and query of the link in the dialog."""
    link, embedded = (code.value for code in app.code if "http://school" in code.value)
    assert html.escape(f"{link}&embed=true") in embedded
    parts = urlsplit(link)
    return parts.path.strip("/"), dict(parse_qsl(parts.query))


def images(app):
    return [each.proto.body for each in app.get("html") if "QR code" in each.proto.body]


def infos(app):
    return [each.value for each in app.info]


def test_a_task_in_several_lines_is_shown_as_it_was_written(made, visit):
    page, query = link_of(made({"prompt": PROMPT}, rates="0.1,0.5"))
    assert page == PAGE
    assert query == {"lesson": f"{PAGE}.1", "rates": "0.1,0.5", "prompt": PROMPT}
    (shown,) = infos(visit(PAGE, **query))
    first, second = shown.split("  \n")
    assert "\\*largest\\*" in first
    assert second.startswith("Tell \\[it\\](")


def test_a_task_that_is_too_long_is_cut_and_that_is_said(made):
    app = made({"prompt": "word " * 119 + "wonderful words"})
    assert link_of(app)[1]["prompt"] == ("word " * 119).strip()
    assert any("What follows from “wonderful words” on" in unescaped(w.value) for w in app.warning)


def test_the_code_is_that_of_the_link(made):
    app = made({}, rates="0.1")
    link = next(code.value for code in app.code if code.value.startswith("http"))
    (image,) = images(app)
    assert segno.make(link, error="m", micro=False).svg_data_uri(
        scale=4, border=3, dark="#000", light="#fff"
    ) in html.unescape(image)


def test_a_link_that_is_too_long_for_a_code_says_so():
    assert "too long for a QR code" in lesson_link._qr_html("x" * 3_000)


def test_a_link_opens_the_lesson_at_a_task_and_the_task_goes_along(made, visit):
    _, query = link_of(made({"prompt": "Work in pairs."}, task="2", rates="0.1"))
    assert query == {"lesson": f"{PAGE}.1", "task": "1", "prompt": "Work in pairs."}
    last = visit(PAGE, **{**query, "task": str(len(LESSON.tasks) + 1)})
    assert infos(last) == ["Work in pairs."]
    following = next(e for e in last.get("page_link") if e.proto.label.startswith("Next"))
    given = dict(parse_qsl(following.proto.query_string))
    assert given == {"mode": "lesson", "prompt": "Work in pairs."}


def panel(app):
    return " ".join(e.proto.body for e in app.get("html") if "nv-task" in e.proto.body)


def press(app, label):
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception


def test_a_class_gets_the_tasks_that_are_chosen_and_no_others(made, visit):
    _, query = link_of(made({"task.0": False, "task.3": False}, task="2"))
    assert query == {"lesson": f"{PAGE}.1", "task": "2", "tasks": "2,3,5"}
    app = visit(PAGE, **query)
    assert "Task 1 of 3" in panel(app)
    assert "nv-why" in panel(app)
    assert "Back" not in [button.label for button in app.button]
    for number in (2, 3):
        press(app, "Skip")
        assert f"Task {number} of 3" in panel(app)
    assert "Why squared?" in panel(app)
    press(app, LESSON.tasks[4].asks({}).answer)
    press(app, "Finish")
    assert "1 of 3 tasks done" in panel(app)
    next(t for t in app.text_input if t.label == "Your name").set_value("Mia").run()
    handed = read_code(next(c.value for c in app.code if c.value.startswith("NN1-")))
    assert [task.given for task in handed.tasks] == [False, True, True, False, True]
    assert [task.done for task in handed.tasks] == [False] * 4 + [True]
    press(app, "Back")
    press(app, "Back")
    assert "Task 2 of 3" in panel(app)
    # All tasks, or none, are the whole lesson.
    assert "tasks" not in link_of(made({}, task="2"))[1]
    none = made({f"task.{i}": False for i in range(5)}, task="2")
    assert link_of(none)[1] == {"lesson": f"{PAGE}.1", "task": "1"}
    # Whoever makes a link in such a lesson begins with its tasks.
    assert link_of(made({}, task="2", tasks="2-3"))[1]["tasks"] == "2,3"


def test_what_an_address_says_of_the_tasks(visit):
    # They are the lesson's own numbers, in its order, and open the lesson by themselves.
    for text, n, question in (("4,1", 2, 0), ("2-4,3", 3, 1), (" 5 ", 1, 4)):
        app = visit(PAGE, mode="lesson", tasks=text)
        assert not app.warning
        assert f"Task 1 of {n}" in panel(app)
        assert LESSON.tasks[question].does[:12] in panel(app)
    for text in ("0", "6", "2-9", "3-2", "1,,2", "all", "1;2", "", "-1", "٣", "1" * 400):
        app = visit(PAGE, mode="lesson", tasks=text)
        (said,) = (warning.value for warning in app.warning)
        assert "there are the tasks 1 to 5. So this is the whole lesson." in said, text
        assert "Task 1 of 5" in panel(app), text
    app = visit(PAGE, task="2", tasks="1,3")
    (said,) = (warning.value for warning in app.warning)
    assert "the task is “2”, but this lesson has the tasks 1, 3. So it starts" in said
    assert "Task 1 of 2" in panel(app)
    app = visit(PAGE, task="6", tasks="1,3")  # the end
    assert "0 of 2 tasks done" in panel(app)
    # Free play in such a lesson says so in its link.
    app = visit(PAGE, mode="free", tasks="1,3")
    assert app.session_state["course.error_curve"].task is None
    written = [json.loads(p.proto.json) for p in app.get("bidi_component") if p.proto.json]
    query = next(data["query"] for data in written if "session" in data)
    assert dict(parse_qsl(query)) == {"lesson": f"{PAGE}.1", "mode": "free", "tasks": "1,3"}


def test_parts_are_hidden_by_their_names_on_the_screen(made, visit):
    app = made({"hide.False": ["menu", "code"]})
    offered = widget(app, "multiselect", "Hide").options
    assert offered[:4] == ["The menu of pages", "The controls", "In numbers", "In code"]
    _, query = link_of(app)
    assert query == {"lesson": f"{PAGE}.1", "hide": "menu,code"}
    app = visit(PAGE, **query)
    (parts,) = (e for e in app.get("button_group") if e.proto.id.endswith(".part"))
    assert "In code" not in [option.content for option in parts.proto.options]
    assert any("stSidebar" in e.proto.body for e in app.get("html") if "none" in e.proto.body)


def test_type_can_be_large(made, visit):
    _, query = link_of(made({"size": True}))
    assert query == {"lesson": f"{PAGE}.1", "mode": "free", "size": "projector"}

    def large(app):
        return [e for e in app.get("html") if "font-size: 21px" in e.proto.body.split("@media")[0]]

    assert large(visit(PAGE, **query))
    assert not large(visit(PAGE))


@pytest.mark.parametrize(
    ("here", "shared", "begin", "said"),
    [
        ("http://127.0.0.1:8501/x", "", "http://127.0.0.1:8501/x", "Only this computer"),
        ("http://localhost:8501/x", "http://10.0.0.7:8500", "http://10.0.0.7:8500/x", "network"),
        ("https://nn.school.org/base/x", "", "https://nn.school.org/base/x", "can open it"),
    ],
)
def test_it_says_who_can_open_it(monkeypatch, here, shared, begin, said):
    monkeypatch.setattr(lesson_link, "shared_origin", lambda: shared)
    monkeypatch.setattr(lesson_link.st, "context", type("Context", (), {"url": here}))
    address, sentence = lesson_link.reach()
    assert address == begin
    assert said in sentence
