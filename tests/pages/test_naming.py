"""The switch *Code names*: plain names first, the tutorial's with the switch or by a link."""

import json
from typing import Any

from streamlit.testing.v1 import AppTest


def sent(app: AppTest, with_key: str) -> dict[str, Any]:
    parts = [json.loads(part.proto.json) for part in app.get("bidi_component") if part.proto.json]
    return next(data for data in parts if with_key in data)


def labels(app: AppTest) -> set[str]:
    return {label for line in sent(app, "lines")["lines"] for label in line["labels"]}


def switch(app: AppTest) -> Any:
    return next(toggle for toggle in app.toggle if toggle.label == "Code names")


def test_names_are_plain_until_the_switch_is_on_and_the_address_follows(visit: Any) -> None:
    app = visit("vector_similarity")
    assert "candidate 1, number 1" in labels(app)
    assert sent(app, "words")["words"].startswith("By dot product candidate 2 is")
    assert sent(app, "kept")["names"] == "ask"
    switch(app).set_value(True).run()
    assert "weights_1[0]" in labels(app)
    assert sent(app, "words")["words"].startswith("By dot product weights_2 is")
    # The switch is no choice of the page: the lesson is still left for free play.
    assert sent(app, "query")["query"] == "lesson=vector_similarity.1&mode=free&names=code"
    assert sent(app, "kept")["names"] == "code"
    # It holds on every page of the session, and can be turned off again.
    app.switch_page("pages/prediction.py")
    app.query_params.clear()
    app.query_params["mode"] = "free"
    app.run()
    assert sent(app, "query")["query"].endswith("names=code")
    assert switch(app).value
    switch(app).set_value(False).run()
    assert "names" not in sent(app, "query")["query"]
    assert sent(app, "kept")["names"] == "plain"


def test_a_link_brings_the_names_and_keeps_nothing_of_them(visit: Any) -> None:
    app = visit("vector_similarity", names="code")
    assert "weights_1[0]" in labels(app)
    assert switch(app).value
    assert sent(app, "kept")["names"] == "link"
    app = visit("vector_similarity", names="long")
    assert [w.value for w in app.warning] == [
        "The address says names is “long”, but it can be plain or code."
    ]
    assert "candidate 1, number 1" in labels(app)


def test_no_name_of_the_code_is_left_where_names_are_plain(visit: Any) -> None:
    for page, choices in (
        ("prediction", {"at": "5"}),
        ("backpropagation", {"at": "14"}),
        ("backpropagation", {"net": "2-2-2-1", "at": "30"}),
    ):
        app = visit(page, **choices)
        told = [sent(app, "words")["words"], *(s.label for s in app.get("slider"))]
        told += [option for box in app.selectbox for option in box.options]
        told += [latex.value.replace(r"_\text", "") for latex in app.latex]
        for text in told:
            for name in ("layer_1", "weights_1", "input_vector", "derror", "dlayer1", "W1["):
                assert name not in text, (page, name, text)
