"""Links to the page Backpropagation: what they hold, what they get wrong, what they hide."""

import re

import pytest

from tests.pages.on_screen import query, sent, unescaped
from tests.pages.test_backpropagation import EIGHT, PAGE, shows, walk_of

pytestmark = pytest.mark.usefixtures("code_names")

WRONG = (
    [
        ("net", "3-3-3", "it must be one of"),
        ("features", "x3", "it must be 1 to 4 of"),
        ("hidden", "5", "between 1 and 4"),
        ("activation", "step", "it must be one of"),
        ("end", "softmax", "it must be one of"),
        ("seed", "-1", "between 0 and"),
        ("start", "1,2,nan", "is not a number"),
        ("rows", "1,2", "a row must be x1,x2,target"),
        ("taken", "", "such as 2:0.1"),
        ("at", "-1", "between 0 and"),
        ("sums", "slowly", "it must be one of"),
        ("part", "jumps", "it must be one of"),
    ],
    [
        ("features", "x1,x1", "it must be 1 to 4 of"),
        ("hidden", "2,2,2,2", "3 layers at the most"),
        ("start", "1e9", "between -100 and 100"),
        ("rows", "1,2,inf", "a row must be x1,x2,target"),
        ("taken", "2", "such as 2:0.1"),
        ("at", "1.5", "whole number"),
    ],
    [
        ("features", "x1,x2,x1^2,x2^2,x1*x2", "it must be 1 to 4 of"),
        ("hidden", "two", "is not a number"),
        ("rows", ";".join(["1,2,0"] * 10), "1 to 9 rows"),
        ("taken", "0:0.1", "between 1 and 9"),
    ],
    [
        ("taken", "1:0.1;x", "is not a number"),
    ],
    [
        ("taken", "1:99", "between 0.001 and 10"),
    ],
    [
        ("taken", ";".join(["1:0.1"] * 41), "40 rows at the most"),
    ],
)


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_address_is_reported_in_sentences(visit, wrong):
    app = visit(PAGE, **{name: text for name, text, _ in wrong}, lesson=f"{PAGE}.1")
    warnings = [unescaped(warning.value) for warning in app.warning]
    assert len(warnings) == len(wrong)
    for name, _, reason in wrong:
        (warning,) = (w for w in warnings if w.startswith(f"The address says {name} is "))
        assert reason in warning
    assert sent(app, "query")["query"] == "lesson=backpropagation.1&mode=free"


@pytest.mark.parametrize(
    "link",
    [
        {"at": "9000"},
        {"taken": "9:0.1;8"},
        {"start": "1,2"},
        {"read": "weight.7.7.7"},
        {"read": "<img src=x>"},
        {"net": "own", "hidden": "", "features": "sin x2"},
        {"rows": "0,0,0", "taken": "1:10"},
        {"rows": "100,100,100;-100,-100,-100", "taken": "2:10;1"},
        {"start": "100,-100,100", "rows": "100,100,0"},
    ],
)
def test_what_fits_badly_is_a_picture_all_the_same(visit, link):
    app = visit(PAGE, lesson=f"{PAGE}.1", **link)
    assert sent(app, "words")["words"]
    assert not app.warning


def test_a_place_beyond_the_end_is_the_end(visit):
    walk = walk_of(taken="2:0.1;1")
    shows(visit(PAGE, taken="2:0.1;1", at="9999"), walk, walk.last)


def test_a_row_that_is_gone_is_row_1(visit):
    shows(visit(PAGE, taken="2:0.1;9", at="15"), walk_of(taken="2:0.1;1"), 15)


def test_the_whole_walk_is_in_the_address(visit):
    link = {
        "net": "2-2-2-1", "seed": "5", "rows": EIGHT, "taken": "3:0.1;7:0.5;7", "at": "70",
        "sums": "term by term", "read": "z.1.0", "part": "code",
    }  # fmt: skip
    app = visit(PAGE, lesson=f"{PAGE}.1", **link)
    assert query(app) == {"lesson": f"{PAGE}.1", **link}
    choices = {name: link[name] for name in ("net", "seed", "rows", "taken", "sums")}
    shows(app, walk_of(**choices), 70)


def test_a_walk_that_leaves_the_numbers_says_why(visit):
    link = {
        "net": "own", "hidden": "2,2", "activation": "linear", "end": "linear",
        "rows": "100,100,1;-100,50,0", "taken": ";".join(["2:10", *["1", "2"] * 19]),
    }  # fmt: skip
    walk = walk_of(**link)
    assert walk.stopped is not None
    app = visit(PAGE, lesson=f"{PAGE}.1", at="9999", **link)
    assert app.warning[0].value.startswith(f"The walk ends after update {len(walk.traces)}:")
    assert "smaller learning rate" in app.warning[0].value
    shows(app, walk, walk.last)


def test_targets_that_cross_entropy_cannot_have_are_told(visit):
    app = visit(PAGE, net="own", end="sigmoid, cross-entropy", rows="1,2,3;2,1,-0.5")
    assert "between 0 and 1" in app.warning[0].value
    assert walk_of(net="own", end="sigmoid, cross-entropy", rows="1,2,3").start.targets == (1.0,)


def test_a_teacher_can_hide_parts(visit):
    app = visit(PAGE, lesson=f"{PAGE}.1", hide="controls,read,code,tutorial", prompt="Find it")
    assert not [b for b in app.button if b.label == "Next row"]
    assert not [s for s in app.selectbox if s.label.startswith("Read")]
    assert app.get("button_group")[0].proto.options[-1].content == "Predict first"
    assert "Find it" in app.info[0].value


def test_the_code_runs_to_the_update_that_is_seen(visit):
    app = visit(PAGE, taken="2:0.1;1;2", at="20", part="code")
    script = app.code[0].value
    assert "in [(2, 0.1), (1, 0.1)]:" in script
    lit = next(h.proto.body for h in app.get("html") if "nv-source" in h.proto.body)
    assert len(re.findall("<mark", lit)) == 1
    assert "return np.square(" in lit


@pytest.mark.parametrize("right", [True, False])
def test_an_answer_is_judged_and_leads_to_where_it_is_seen(visit, right):
    app = visit(PAGE, at="6", part="predict")
    # derror_dbias comes next, and it is positive.
    label = "positive" if right else "negative"
    next(b for b in app.button if b.label == label).click().run()
    verdict = app.success if right else app.warning
    assert "derror_dbias = derror_dprediction · dprediction_dlayer1" in verdict[0].value
    next(b for b in app.button if b.label == "Show me").click().run()
    shows(app, walk_of(), 9)


def test_two_people_have_a_walk_of_their_own(visit):
    first, second = visit(PAGE, taken="1:0.5"), visit(PAGE)
    first.run()
    assert query(first)["taken"] == "1:0.5"
    assert "taken" not in query(second)
