"""The address fills in a page's choices, and is written from them."""

import json
from pathlib import Path
from urllib.parse import parse_qs

from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]


def _two_pages() -> None:
    import streamlit as st

    from nnviz.site.address import Address
    from nnviz.site.parameters import Choice, Number, Numbers

    page = st.session_state.get("test_page", "one")
    address = Address(
        page,
        [
            Number("x", 1.0, -3, 3),
            Numbers("v", (1.0, 2.0), -4, 4, count=2),
            Choice("view", "a", ("a", "b")),
        ],
    )
    address.open()
    if st.session_state.get("show_widget", True):
        st.slider("x", -3.0, 3.0, key=address.key("x"))
    st.write(f"x={address['x']} v={address['v']} view={address['view']}")
    address.close()


def _app(**query: str) -> AppTest:
    app = AppTest.from_function(_two_pages, default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def _query(app: AppTest) -> dict[str, str]:
    sent = json.loads(app.get("bidi_component")[-1].proto.json)
    return {name: values[0] for name, values in parse_qs(sent["query"]).items()}


def _text(app: AppTest) -> str:
    assert not app.exception
    return str(app.markdown[-1].value)


def test_without_an_address_everything_is_at_its_default() -> None:
    app = _app()
    assert _text(app) == "x=1.0 v=(1.0, 2.0) view=a"
    assert _query(app) == {}


def test_an_address_sets_the_choices_and_is_kept() -> None:
    app = _app(x="2.5", v="0,-1", view="b")
    assert _text(app) == "x=2.5 v=(0.0, -1.0) view=b"
    assert _query(app) == {"lesson": "one.1", "x": "2.5", "v": "0,-1", "view": "b"}


def test_a_widget_moves_the_address() -> None:
    app = _app(x="2.5")
    app.slider[0].set_value(-1.5).run()
    assert _query(app)["x"] == "-1.5"


def test_what_cannot_be_used_is_told_and_left_at_its_default() -> None:
    app = _app(x="abc", v="0", view="b")
    assert _text(app) == "x=1.0 v=(1.0, 2.0) view=b"
    assert len(app.warning) == 2
    said = app.warning[0].value.replace("\\", "")
    assert "The address says x is “abc”, but “abc” is not a number. So x starts at 1." in said


def test_what_the_address_says_is_never_markup() -> None:
    app = _app(x="![](http://host.invalid/a.png)<b>")
    assert r"!\[\](http" in app.warning[0].value  # neither a picture nor a link
    assert "](" not in app.warning[0].value.replace(r"\](", "")
    assert "<b" not in app.warning[0].value.replace(r"\<", "")


def test_an_address_that_speaks_of_another_page_is_not_taken() -> None:
    app = _app(lesson="two.1", x="2.5")
    assert _text(app) == "x=1.0 v=(1.0, 2.0) view=a"


def test_another_format_is_told() -> None:
    app = _app(lesson="one.99", x="2.5")
    assert _text(app).startswith("x=2.5")
    assert "another version" in app.warning[0].value


def test_a_page_that_is_left_is_found_again_as_it_was() -> None:
    app = _app(x="2.5")
    app.query_params["lesson"] = "one.1"  # as the browser wrote it
    app.session_state["test_page"] = "two"
    app.run()
    assert _text(app).startswith("x=1.0")
    app.query_params["lesson"] = "two.1"
    app.session_state["test_page"] = "one"
    app.run()
    assert _text(app).startswith("x=2.5")


def test_a_widget_that_was_not_shown_for_a_while_keeps_its_value() -> None:
    app = _app()
    app.slider[0].set_value(2.0).run()
    app.session_state["show_widget"] = False
    app.run()
    app.run()
    app.session_state["show_widget"] = True
    app.run()
    assert app.slider[0].value == 2.0


def test_what_a_teacher_added_stays_in_the_address() -> None:
    assert _query(_app(prompt="Find 0.5", hide="code", x="2")) == {
        "lesson": "one.1", "x": "2", "prompt": "Find 0.5", "hide": "code",
    }  # fmt: skip


def test_two_people_do_not_see_each_others_choices() -> None:
    first, second = _app(x="2.5"), _app()
    first.slider[0].set_value(-2.0).run()
    assert _text(second.run()).startswith("x=1.0")
    assert _text(first).startswith("x=-2.0")
