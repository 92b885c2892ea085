"""Vector similarity without a browser: the picture, its parts, the address, every control."""

import json
import re

import pytest
import streamlit as st

from nnviz.chapters.vector_similarity.questions import similarity_questions
from nnviz.chapters.vector_similarity.script import similarity_snippet
from nnviz.chapters.vector_similarity.vectors import X_RANGE, Y_RANGE, compare
from nnviz.chapters.vector_similarity.words import similarity
from nnviz.chart.fields import read_typed
from nnviz.chart.gestures import Drag
from nnviz.chart.plot import unpacked
from nnviz.data import tutorial
from tests.pages.on_screen import formulas

pytestmark = pytest.mark.usefixtures("code_names")

PAGE = "vector_similarity"
START = (tutorial.INPUT_VECTOR, tutorial.WEIGHTS_1, tutorial.WEIGHTS_2)
NAMES = ("input_vector", "weights_1", "weights_2")
PARTS = ("numbers", "code", "predict", "tutorial")


def all_sent(app):
    return [json.loads(part.proto.json) for part in app.get("bidi_component") if part.proto.json]


def sent(app, key):
    """Return what the component of the page with this key was sent."""
    return next(data for data in all_sent(app) if key in data)


def bars(app):
    figure = json.loads(unpacked(sent(app, "words")["figure"]))
    return {t["name"]: t["y"] for t in figure["data"] if t["type"] == "bar"}


def tips(app):
    return tuple((handle["x"], handle["y"]) for handle in sent(app, "words")["handles"])


def fields(app):
    """Return the numbers in the fields by their labels; none if there are no fields."""
    lines = next((data["lines"] for data in all_sent(app) if "lines" in data), [])
    return {
        label: value
        for line in lines
        for label, value in zip(line["labels"], line["values"], strict=True)
    }


def problems(app):
    return [line["problem"] for line in sent(app, "lines")["lines"] if line["problem"]]


def enter(app, name, i, value):
    """Type a number into a field, as the browser reports it."""
    number = {"name": name, "i": i, "value": value}
    app.session_state["typed"] = {"numbers": [number]}
    press(app, "type")


@pytest.fixture
def typing(instead):
    """Let a button do what is done when the browser reports numbers that were typed."""

    def with_a_button(real):
        def number_fields(lines, *, on_type, **given):
            real(lines, on_type=on_type, **given)

            def type_them():
                for typed in read_typed(st.session_state["typed"], lines):
                    on_type(*typed)

            st.button("type", on_click=type_them)

        return number_fields

    instead("nnviz.chart.fields.number_fields", with_a_button)


def table_body(app):
    (body,) = (h.proto.body for h in app.get("html") if "nv-table" in h.proto.body)
    return body


def table(app):
    """Return what the table shows, by the names of its rows."""
    rows = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', table_body(app))
    return {name: re.findall(r"<td[^>]*>(.*?)</td>", cells) for name, cells in rows}


def shows(app, *arrows):
    """Assert that words, bars, handles, fields and address all speak of these arrows."""
    assert not app.exception
    a, first, second = arrows
    assert sent(app, "words")["words"] == similarity(compare(a, first), compare(a, second))
    assert tips(app) == arrows
    for name, weights in (("weights_1", first), ("weights_2", second)):
        comparison = compare(a, weights)
        assert bars(app)[name] == pytest.approx([*comparison.products, comparison.dot])
    if fields(app):
        filled = zip(NAMES, arrows, strict=True)
        assert fields(app) == {f"{name}[{i}]": v for name, tip in filled for i, v in enumerate(tip)}
    query = dict(part.split("=") for part in sent(app, "query")["query"].split("&") if part)
    told = {name: tuple(map(float, query[name].split(","))) for name in NAMES if name in query}
    assert told == {
        name: arrow
        for name, arrow, default in zip(NAMES, arrows, START, strict=True)
        if arrow != default
    }


def unescaped(text):
    """Return what a person reads of text that Markdown shows letter by letter."""
    return re.sub(r"\\(.)", r"\1", text)


def warnings(app):
    return [unescaped(warning.value) for warning in app.warning]


def press(app, label):
    next(b for b in app.button if b.label == label).click().run()
    assert not app.exception


def link(*arrows):
    return {
        name: ",".join(map(repr, arrow)) for name, arrow in zip(NAMES, arrows, strict=True) if arrow
    }


def test_the_page_opens_with_the_tutorials_arrows(visit):
    app = visit(PAGE)
    assert app.title[0].value == "Vector similarity"
    assert not app.warning
    shows(app, *START)
    assert sent(app, "words")["words"] == (
        "By dot product weights_2 is more similar to the input: 4.126 against 2.1672. "
        "It also points closer to it: 27.18° away against 35.57°."
    )
    assert sent(app, "query")["query"] == "lesson=vector_similarity.1&mode=free"


def test_the_arrows_can_be_dragged_within_the_picture(visit):
    handles = sent(visit(PAGE), "words")["handles"]
    assert [handle["name"] for handle in handles] == list(NAMES)
    for handle in handles:
        assert handle["origin"] == [0, 0]
        assert handle["low"] == [X_RANGE[0], Y_RANGE[0]]
        assert handle["high"] == [X_RANGE[1], Y_RANGE[1]]
    assert len({handle["dash"] for handle in handles}) == 3


def test_the_numbers_are_the_tutorials(visit):
    app = visit(PAGE)
    lines = " ".join(formulas(app))
    assert r"1.72 \cdot 1.26 + 1.23 \cdot 0 = 2.1672 + 0 = 2.1672" in lines
    assert r"1.72 \cdot 2.17 + 1.23 \cdot 0.32 = 3.7324 + 0.3936 = 4.126" in lines
    rows = table(app)
    assert rows["cosine"] == ["0.8134", "0.8896"]
    assert rows["angle"] == ["35.57°", "27.18°"]
    assert rows["heading"] == ["0°", "8.389°"]
    assert rows["distance between the tips"] == ["1.313", "1.015"]
    assert f'title="{compare(*START[:2]).cosine!r}"' in table_body(app)


def test_a_result_stands_without_parentheses_and_dust_is_0(visit):
    app = visit(PAGE, **link((-0.07, -0.03), (0.09, -0.21), (0.2, 0.1)))
    lines = formulas(app)
    assert lines[0].endswith(" = (-0.0063) + 0.0063 = 0")
    assert lines[1].endswith(r" \cdot 0")
    assert lines[2].endswith(" = (-0.014) + (-0.003) = -0.017")
    assert table(app)["cosine"][0] == "0"
    assert table(app)["shadow of the input"][0] == "0"
    dusty = visit(PAGE, **link((-0.07, -0.03), (0.03, -0.07), (1.0, 1.0)))
    shadow = compare((-0.07, -0.03), (0.03, -0.07)).scalar_projection
    assert shadow != 0
    assert f'title="{shadow!r}">0<' in table_body(dusty)


def test_the_code_is_the_script_for_these_arrows_and_the_real_functions(visit):
    arrows = ((1.0, -0.5), (0.25, 2.0), (-3.2, 0.0))
    app = visit(PAGE, part="code", **link(*arrows))
    assert app.code[0].value == similarity_snippet(*arrows).strip()
    for function in ("products", "dot", "cosine", "scalar_projection"):
        assert f"def {function}(" in app.code[1].value


def test_the_tutorials_mistakes_are_corrected_with_the_numbers_of_the_core(visit):
    facts = " ".join(m.value for m in visit(PAGE, part="tutorial").markdown)
    assert "would be 2.5608, not 2.1672" in facts
    assert "its arrow lies 27.18° away from it. Now it is 27.18°." in facts
    assert "it now scores 4.3344 and beats 4.126" in facts
    moved = visit(PAGE, part="tutorial", **link((1.0, 0.0), None, (0.0, 1.0)))
    assert "lies 27.18° away from it. Now it is 90°." in " ".join(m.value for m in moved.markdown)
    none = visit(PAGE, part="tutorial", **link((0.0, 0.0), None, None))
    assert "Now it is undefined." in " ".join(m.value for m in none.markdown)


EXTREMES = [
    ((3.2, 2.0), (3.2, 2.0), (3.2, 2.0)),
    ((-3.2, -2.0), (3.2, 2.0), (-3.2, 2.0)),
    ((0.0, 0.0), (0.0, 0.0), (0.0, 0.0)),
    ((1.0, 1.0), (0.0, 0.0), (2.0, 0.0)),
    ((-0.07, -0.03), (0.03, -0.07), (0.09, -0.21)),
    ((1e-300, 0.0), (1e-300, 1e-300), (-3.2, 5e-324)),
]


def test_every_part_of_every_extreme_can_be_seen(visit):
    for arrows in EXTREMES:
        app = visit(PAGE, **link(*arrows))
        for part in PARTS:
            app.button_group(key=f"{PAGE}.part").set_value(part).run()
            assert not app.warning
            shows(app, *arrows)
            facts = [m for m in app.markdown if m.value.startswith("**In fact:**")]
            body = {
                "numbers": formulas(app),
                "code": app.code,
                "predict": answers(app),
                "tutorial": facts,
            }
            assert len(body[part]) >= 2


def test_what_does_not_exist_is_none_in_the_table(visit):
    rows = table(visit(PAGE, **link((1.0, 1.0), (0.0, 0.0), (2.0, 0.0))))
    assert rows["cosine"] == ["none", "0.7071"]
    assert rows["shadow of the input"] == ["none", "1"]
    assert rows["length"] == ["0", "2"]


def test_every_mistake_in_an_address_is_reported_in_a_sentence(visit):
    two_numbers = "it must be 2 numbers with commas between them"
    part = "it must be one of: numbers, code, predict, tutorial. So part"
    links = (
        {
            "input_vector": ("a,b", "“a” is not a number. So input_vector starts at 1.72,1.23."),
            "weights_1": ("1,inf", "“inf” is not a number"),
            "weights_2": ("", two_numbers),
            "part": ("solution", part),
        },
        {
            "input_vector": ("nan,1", "“nan” is not a number"),
            "weights_1": ("1", two_numbers),
            "weights_2": ("1e99,0", "it must lie between -3.2 and 3.2"),
            "part": ("jumps", part),
        },
        {
            "weights_1": ("1,2,3", two_numbers),
            "weights_2": ("0,3", "the second must lie between −2 and 2"),
        },
    )
    for given in links:
        app = visit(PAGE, **{name: text for name, (text, _) in given.items()})
        for warning, (_, sentence) in zip(warnings(app), given.values(), strict=True):
            assert sentence in warning
        shows(app, *START)
    (warning,) = warnings(visit(PAGE, lesson=f"{PAGE}.99", weights_1="1.26,0"))
    assert "made by another version of this page" in warning


def test_several_mistakes_are_told_one_by_one_and_the_rest_is_used(visit):
    app = visit(PAGE, input_vector="1;2", weights_1="9,9", weights_2="1,1", unknown="x")
    assert [told.split(" is ")[0] for told in warnings(app)] == [
        "The address says input_vector",
        "The address says weights_1",
    ]
    shows(app, START[0], START[1], (1.0, 1.0))


def test_double_weights_1_once_and_start_again(visit):
    app = visit(PAGE)
    press(app, "Double weights_1")
    doubled = (START[0], (2.52, 0.0), START[2])
    shows(app, *doubled)
    assert "4.3344 against 4.126, because it is longer" in sent(app, "words")["words"]
    # Twice as long again, it would leave the picture: the button offers what can be done.
    assert not [b for b in app.button if b.label == "Double weights_1"]
    press(app, "Halve weights_1")
    shows(app, *START)
    press(app, "Double weights_1")
    press(app, "Start again")
    shows(app, *START)


def test_what_a_question_asks_to_do_can_be_done_with_the_button_beside_it(visit):
    for weights, does in (((1.26, 0.0), "twice"), ((2.52, 0.0), "half"), ((0.5, -1.01), "half")):
        app = visit(PAGE, part="predict", **link(None, weights, None))
        asked = next(m.value for m in app.markdown if m.value.startswith("**Make"))
        assert f"Make weights_1 {does} as long" in asked
        press(app, {"twice": "Double weights_1", "half": "Halve weights_1"}[does])


def test_both_coordinates_are_doubled_if_the_arrow_stays_in_the_picture(visit):
    for x, y, fits in (
        (-0.75, 1.0, True),
        (1.6, -1.0, True),
        (1.61, 0, False),
        (0.5, -1.01, False),
    ):
        app = visit(PAGE, **link(None, (x, y), None))
        factor = 2 if fits else 0.5
        press(app, "Double weights_1" if fits else "Halve weights_1")
        shows(app, START[0], (factor * x, factor * y), START[2])


def test_show_me_begins_from_the_tutorials_arrows(visit):
    app = visit(PAGE, part="tutorial", **link((1.0, 1.0), (0.5, -1.0), (0.0, 1.0)))
    press(app, "Show me: start again and double weights_1")
    shows(app, START[0], (2.52, 0.0), START[2])
    press(app, "Show me: start again and double weights_1")
    shows(app, START[0], (2.52, 0.0), START[2])


def test_a_field_moves_its_coordinate_and_no_other(visit, typing):
    app = visit(PAGE)
    arrows = [list(arrow) for arrow in START]
    for i, name in enumerate(NAMES):
        for axis, value in ((0, -1.5 + i), (1, 0.25 - i)):
            enter(app, name, axis, value)
            arrows[i][axis] = value
            shows(app, *map(tuple, arrows))


@pytest.mark.parametrize(
    ("name", "i", "typed", "says"),
    [
        ("weights_1", 0, 9.0, "9 lies outside the picture. Type a number between −3.2 and 3.2."),
        ("weights_2", 1, -2.0001, "−2.0001 lies outside the picture. Type a number between −2 and"),
        ("input_vector", 1, 1e300, "1 × 10³⁰⁰ lies outside the picture."),
    ],
)
def test_a_number_outside_the_picture_is_refused_in_words(visit, typing, name, i, typed, says):
    app = visit(PAGE)
    enter(app, name, i, typed)
    (problem,) = problems(app)
    assert problem.startswith(f"{name}[{i}] stays as it was: {says}")
    shows(app, *START)
    enter(app, name, i, 0.5)
    assert not problems(app)
    moved = [list(arrow) for arrow in START]
    moved[NAMES.index(name)][i] = 0.5
    shows(app, *map(tuple, moved))


def test_a_drag_moves_the_arrow_and_the_fields(visit, instead):
    def with_a_button(real):
        def chart(picture, *, on_drag, **given):
            real(picture, on_drag=on_drag, **given)
            st.button("drag", on_click=lambda: on_drag(Drag("weights_2", -0.5, 1.75, False)))

        return chart

    instead("nnviz.chart.chart.chart", with_a_button)
    app = visit(PAGE)
    press(app, "drag")
    shows(app, START[0], START[1], (-0.5, 1.75))


def test_the_chart_answers_the_newest_drag(visit):
    app = visit(PAGE)
    app.session_state["similarity"] = {"drag": {"name": "weights_1", "sequence": 7}}
    assert sent(app.run(), "words")["answered"] == 7


def answers(app):
    return [b for b in app.button if b.key and b.key.startswith(f"{PAGE}.answer.")]


@pytest.mark.parametrize("right", [True, False])
def test_an_answer_is_judged_explained_and_counted(visit, right):
    app = visit(PAGE, part="predict")
    questions = similarity_questions(compare(*START[:2]), compare(START[0], START[2]))
    for turn, question in enumerate(questions, 1):
        assert app.markdown[-1].value == f"**{question.prompt}**"
        assert [b.label for b in answers(app)] == list(question.options)
        next(b for b in answers(app) if (b.label == question.answer) == right).click().run()
        verdict = (app.success if right else app.warning)[0].value
        assert verdict.startswith("Right. " if right else "Not so: you said “")
        assert verdict.endswith(question.reason)
        assert app.caption[-1].value == f"Right so far: {turn if right else 0} of {turn}."
        # The first answer counts.
        assert all(b.disabled for b in answers(app) if b.label in question.options)
        press(app, "Next question")
    assert app.markdown[-1].value == f"**{questions[0].prompt}**"


def test_a_moved_arrow_is_a_new_question(visit, typing):
    app = visit(PAGE, part="predict")
    answers(app)[0].click().run()
    assert all(b.disabled for b in answers(app)[:3])
    enter(app, "weights_1", 1, 0.5)
    assert not any(b.disabled for b in answers(app))
    assert not app.success


def test_a_teacher_can_hide_the_controls_and_parts(visit):
    app = visit(PAGE, hide="controls", **link(None, (2.0, 1.0), None))
    assert not fields(app)
    assert not [b for b in app.button if b.label in ("Double weights_1", "Start again")]
    shows(app, START[0], (2.0, 1.0), START[2])
    without_numbers = visit(PAGE, hide="numbers,code")
    assert not without_numbers.latex
    assert answers(without_numbers)
    assert not visit(PAGE, hide=",".join(PARTS)).get("button_group")


def test_a_teacher_can_set_a_task(visit):
    prompt = "Make the *dot product* 0, <b>but</b> keep $both$ arrows long."
    (info,) = visit(PAGE, prompt=prompt).info
    assert unescaped(info.value) == prompt
    assert r"\*dot product\*" in info.value
    assert r"\<b\>" in info.value
    (info,) = visit(PAGE, prompt="x" * 1000).info
    assert info.value == "x" * 600 + "…"
    assert not visit(PAGE, prompt="  ").info


def test_two_people_have_arrows_of_their_own(visit):
    one, other = visit(PAGE), visit(PAGE)
    press(one, "Double weights_1")
    shows(other.run(), *START)
    shows(one, START[0], (2.52, 0.0), START[2])
