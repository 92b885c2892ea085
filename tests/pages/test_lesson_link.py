"""A teacher makes a link: what it opens, says and hides, and who can reach it."""

import html
from urllib.parse import parse_qsl, urlsplit

import pytest
import segno

from nnviz.chapters.error_curve.lesson import LESSON
from nnviz.site import lesson_link

PAGE = "error_curve"
PROMPT = "Find the *largest* rate.\nTell [it](http://a.b) to your neighbour: 1 < 2."


def widget(app, kind, label):
    return next(each for each in app.get(kind) if each.label == label)


@pytest.fixture
def made(visit, monkeypatch):
    """Return a function that makes a link on the page, with these choices, and gives back the app.

    In a test every choice runs the whole page, which closes a dialog: they are made before.
    """
    monkeypatch.setattr(lesson_link, "_reach", lambda: (f"http://school:80/{PAGE}", "All can."))

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
    assert query == {"lesson": f"{PAGE}.1", "task": "2", "prompt": "Work in pairs."}
    assert link_of(made({"task": 2}, task="2"))[1] == {"lesson": f"{PAGE}.1", "task": "3"}
    last = visit(PAGE, **{**query, "task": str(len(LESSON.tasks) + 1)})
    assert infos(last) == ["Work in pairs."]
    following = next(e for e in last.get("page_link") if e.proto.label.startswith("Next"))
    given = dict(parse_qsl(following.proto.query_string))
    assert given == {"mode": "lesson", "prompt": "Work in pairs."}


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
    assert query["size"] == "projector"

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
    address, sentence = lesson_link._reach()
    assert address == begin
    assert said in sentence
