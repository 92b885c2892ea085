"""The home page without a browser: the walk, the address, the parts, the course."""

import json

import pytest

from nnviz.chapters.home.address import ADDRESS
from nnviz.chapters.home.four_steps import MOST_STEPS, walk
from nnviz.chapters.home.questions import four_steps_questions
from nnviz.chapters.home.words_four_steps import explain
from nnviz.data.tutorial import SECOND_ROW, SECOND_TARGET, first_neuron
from nnviz.site.course import COURSE
from nnviz.text.names import PLAIN
from tests.pages.on_screen import formulas


def moment(n_steps):
    return walk(first_neuron(), SECOND_ROW, SECOND_TARGET, n_steps)


def sent(app, key):
    """Return what the component of the page with this key was sent."""
    sent = [json.loads(part.proto.json) for part in app.get("bidi_component") if part.proto.json]
    return next(data for data in sent if key in data)


def shows(app, n_steps):
    chart = sent(app, "words")
    assert chart["words"] == explain(moment(n_steps), PLAIN).sentence
    assert chart["clock"]["step"] == n_steps


def press(app, key):
    app.button(key=key).click().run()
    assert not app.exception


def test_the_player_holds_every_step_and_is_told_where_to_stand(visit):
    frames = set()
    for n_steps in (0, 5, MOST_STEPS):
        app = visit(at=str(n_steps))
        shows(app, n_steps)
        frames |= set(sent(app, "words")["frames"])
    # One recorded run for all: no step waits for the server.
    assert len(frames) == 1


def test_while_a_task_asks_for_what_comes_nothing_of_it_is_sent(visit):
    app = visit(task="4")
    secret = sent(app, "words")["frames"]
    next(b for b in app.button if b.label == "exactly 0").click().run()
    assert sent(app, "words")["frames"] != secret


def test_a_link_opens_the_same_moment(visit):
    app = visit(at="3")
    query = dict(pair.split("=") for pair in sent(app, "query")["query"].split("&"))
    assert query == {"lesson": "home.1", "at": "3"}
    shows(visit(**query), 3)


def test_a_wrong_address_is_reported_in_a_sentence(visit):
    for at, reason in {
        "nan": "“nan” is not a number",
        "": "“” is not a number",
        "-1": "it must lie between 0 and 400",
        "1e9": "it must lie between 0 and 400",
        "2.5": "it must be a whole number",
    }.items():
        with pytest.raises(ValueError, match=reason):
            ADDRESS.parameters["at"].parse(at)
    app = visit(at="abc")
    (warning,) = app.warning
    assert "“abc” is not a number" in warning.value
    shows(app, 0)


@pytest.mark.parametrize("at", [0, 1, 2, 3, 4, 400])
def test_every_part_has_something_to_say_at_every_step(visit, all_parts, at):
    app = visit(at=str(at))
    shows(app, at)
    assert len(formulas(app)) >= 2
    assert len(app.code) >= 2
    assert len([m for m in app.markdown if m.value.startswith("**In fact:**")]) >= 2
    app.button_group(key="home.part").set_value("predict").run()
    shows(app, at)
    assert len([b for b in app.button if b.key.startswith("home.answer")]) >= 2
    assert not app.warning


def test_the_code_is_that_of_the_step(visit):
    shown = {at: visit(at=str(at), part="code").code[1].value for at in (0, 2, 3, 4)}
    assert "def walk(" in shown[0]
    assert "def _sigmoid(" in shown[2]
    assert "def _squared_error(" in shown[3]
    assert "def trace_update(" in shown[4]


@pytest.mark.parametrize(("at", "seen"), [(1, 7), (3, 7), (4, 11)])
def test_an_answer_is_judged_and_show_me_goes_on_until_the_error_is_seen(visit, at, seen):
    app = visit(at=str(at), part="predict")
    question = four_steps_questions(moment(at), PLAIN)[0]
    right = next(b for b in app.button if b.label == question.answer)
    right.click().run()
    assert question.reason in app.success[0].value
    press(app, "home.answer.then")
    shows(app, seen)
    assert moment(seen).errors[-1] == moment(at).following.error_after


def test_at_the_end_there_is_nothing_more_to_show(visit):
    app = visit(at=str(MOST_STEPS), part="predict")
    press(app, "home.answer.0")
    assert "home.answer.then" not in [button.key for button in app.button]


def test_the_tutorials_error_is_corrected_with_the_numbers_of_the_core(visit):
    facts = " ".join(m.value for m in visit(part="tutorial").markdown)
    assert "it is 0.7587, so 0.75 is cut off, and rounded it is 0.76" in facts
    assert "falls to 0.0002239" in facts
    assert "rises from 0.04057 to 0.9716" in facts


def test_the_course_map_names_every_other_page_in_order(visit):
    pages = sent(visit(), "pages")["pages"]
    others = [page for page in COURSE.values() if page.name != "home"]
    assert [page["title"] for page in pages] == [page.title for page in others]
    assert [page["path"] for page in pages] == [page.name for page in others]
    assert [page["invitation"] for page in pages] == [page.invitation for page in others]
    assert not any(page["here"] for page in pages)


def test_the_course_map_knows_what_this_session_remembers(visit):
    app = visit()
    app.switch_page("pages/error_curve.py").run()
    app.switch_page("app.py").run()
    here = [page["name"] for page in sent(app, "pages")["pages"] if page["here"]]
    assert here == ["error_curve"]


def test_the_browser_is_told_what_to_remember_of_a_page(visit):
    app = visit(at="3", part="predict")
    assert sent(app, "kept") == {
        "page": "home",
        "kept": "lesson=home.1&at=3&part=predict",
        "right": 0,
        "asked": 0,
        "done": [],
        "tasks": 5,
        "next": 1,
        "terms": [],
        "idea": "",
        "answers": {},
        "begun": "",
        "names": "ask",
        "reset": "",
        "room": "",
    }
    right = four_steps_questions(moment(3))[0].answer
    next(b for b in app.button if b.label == right).click().run()
    assert (sent(app, "kept")["right"], sent(app, "kept")["asked"]) == (1, 1)


@pytest.mark.parametrize(("page", "lit"), [("prediction", 2), ("error_curve", 4)])
def test_a_page_that_trains_shows_the_four_steps(visit, page, lit):
    (thread,) = (h.proto.body for h in visit(page).get("html") if "nv-thread'" in h.proto.body)
    assert thread.count("class='nv-on'") == lit
    assert thread.count("(not on this page)</i>") == 4 - lit


@pytest.mark.parametrize("page", ["", "vector_similarity"])
def test_a_page_that_trains_nothing_shows_none(visit, page):
    assert not [h for h in visit(page).get("html") if "nv-thread'" in h.proto.body]


def test_the_course_map_is_below_each_task_and_leads_on_at_the_end(visit):
    app = visit(task="5")

    def order():
        parts = [json.loads(p.proto.json) for p in app.get("bidi_component") if p.proto.json]
        kinds = ["map" if "pages" in p else "picture" if "figure" in p else "" for p in parts]
        return [kind for kind in kinds if kind]

    assert order() == ["picture", "map"]
    for label in ("using each miss to correct", "Finish"):
        next(button for button in app.button if button.label == label).click().run()
    assert order() == ["map", "picture"]
    assert sent(app, "pages")["brief"]
