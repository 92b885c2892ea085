"""The darts of the home page without a browser: throws, corrections, the way back, links."""

import json

import pytest
import streamlit as st

from nnviz.chapters.home.darts import ByHand, Corrected, dart_regime, play
from nnviz.chapters.home.figure_darts import darts_picture
from nnviz.chapters.home.words_darts import describe
from nnviz.chart.plot import unpacked
from nnviz.text.digits import digits
from tests.pages.on_screen import formulas, query, sent, unescaped

FIRST = ByHand(210, 12)


@pytest.fixture
def throw(visit):
    return lambda **given: visit(**{"view": "darts", **given})


def press(app, key):
    app.button(key=f"home.{key}").click().run()
    assert not app.exception


def words(app):
    return sent(app, "words")["words"]


def enabled(app):
    names = ("throw", "ten", "back", "again")
    return [name for name in names if not app.button(key=f"home.{name}").disabled]


def slider(app, name):
    parts = [json.loads(part.proto.json) for part in app.get("bidi_component") if part.proto.json]
    return next(data["value"] for data in parts if data.get("key") == f"home.slider.{name}")


@pytest.fixture(autouse=True)
def sent_by_hands(instead):
    """Give every slider a button that does what only hands in a browser do."""
    send = {}

    def with_a_button(real):
        def live_slider(label, value, *, key, on_slide, **given):
            real(label, value, key=key, on_slide=on_slide, **given)
            st.button(label, key=f"{key}.hand", on_click=lambda: on_slide(send["value"], True))

        return live_slider

    instead("nnviz.chart.slider.live_slider", with_a_button)
    return send


@pytest.fixture
def slide(sent_by_hands):
    def to(app, name, value):
        sent_by_hands["value"] = value
        press(app, f"slider.{name}.hand")

    return to


def test_the_first_throw_is_by_hand_and_the_next_ones_are_corrected(throw):
    app = throw()
    assert enabled(app) == ["throw", "ten"]
    assert app.button(key="home.throw").label == "Throw"
    assert words(app) == describe(play([]), (210, 12), None)
    press(app, "throw")
    assert app.button(key="home.throw").label == "Correct, throw"
    game = play([FIRST])
    assert words(app) == describe(game, (210, 12), 210 - 0.5 * game.misses[0])
    press(app, "throw")
    assert query(app)["throws"] == "210@12,0.5"
    assert "Throw 2 hit 8.934 cm too high" in words(app)
    assert slider(app, "height") == 201.1


def test_ten_throws_at_once_are_ten_throws(throw):
    one, ten = throw(), throw()
    for _ in range(10):
        press(one, "throw")
    press(ten, "ten")
    assert query(one) == query(ten)
    assert query(ten)["throws"] == "210@12,0.5*9"
    assert sent(one, "figure")["figure"] == sent(ten, "figure")["figure"]


@pytest.mark.parametrize(
    "link",
    [
        {"throws": "210@12"},
        {"throws": "210@12,0.5,0.9,1.95*3", "fraction": "1.95"},
        {"throws": "210@12,0.5,180@9,0.5", "wind": "3", "seed": "7"},
    ],
)
def test_back_leads_through_every_throw_exactly(throw, link):
    app, shown = throw(**link), []
    while "throws" in query(app):
        shown.append((query(app), words(app)))
        press(app, "back")
    # Every place on the way is a link of its own, which shows the same.
    for before, told in shown:
        assert words(throw(**before)) == told
    assert "Throw!" in words(app)
    assert not app.button(key="home.throw").disabled


def test_a_throw_and_back_leave_no_trace(throw):
    app = throw(throws="210@12,0.5", fraction="0.9")
    before = query(app), words(app), sent(app, "figure")["figure"]
    press(app, "throw")
    assert query(app)["throws"] == "210@12,0.5,0.9"
    press(app, "back")
    assert (query(app), words(app), sent(app, "figure")["figure"]) == before


def test_a_moved_hand_throws_by_hand_and_is_taken_back_too(throw, slide):
    app = throw(throws="210@12,0.5")
    before = query(app)
    slide(app, "height", 180.0)
    assert app.button(key="home.throw").label == "Throw"
    moved = query(app)
    assert (moved["height"], moved["moved"]) == ("180", "on")
    press(app, "throw")
    assert query(app)["throws"] == "210@12,0.5,180@12"
    press(app, "back")
    assert query(app) == moved
    press(app, "back")
    assert query(app) == before


def test_the_speed_is_the_hands_too_and_changes_the_miss(throw, slide):
    app = throw()
    slide(app, "speed", 9.0)
    press(app, "throw")
    assert query(app)["throws"] == "210@9"
    assert f"hit {digits(play([ByHand(210, 9)]).misses[0], 4)} cm too high" in words(app)


def test_start_again_can_be_taken_back(throw):
    app = throw(throws="195@11,0.5*3")
    before = query(app)
    press(app, "again")
    assert "throws" not in query(app)
    assert (query(app)["height"], query(app)["speed"]) == ("195", "11")
    assert enabled(app) == ["throw", "ten", "back"]
    press(app, "back")
    assert query(app) == before


def test_every_fraction_is_judged_in_words_with_its_factor(throw, slide):
    app = throw(throws="210@12")
    for fraction in (0, 0.05, 0.5, 1, 1.5, 2, 2.2):
        slide(app, "fraction", fraction)
        judged = next(m.value for m in app.markdown if "factor 1 −" in m.value)
        regime = dart_regime(fraction)
        assert judged.startswith(f"**{regime.name.capitalize()}**")
        assert f"factor 1 − {digits(fraction)} = {digits(regime.factor)}" in judged
        assert regime.sentence in judged


def test_above_two_the_dart_is_lost_and_only_then_the_throwing_ends(throw, slide):
    app = throw(fraction="2.5")
    press(app, "ten")
    assert "met the ceiling before the wall" in words(app)
    assert enabled(app) == ["back", "again"]
    slide(app, "height", 190.0)
    assert enabled(app) == ["throw", "ten", "back", "again"]


def test_a_wind_moves_the_same_throws_and_other_gusts_move_them_otherwise(throw, slide):
    app = throw(throws="192@12,1*19", fraction="1")
    assert "home.gusts" not in [button.key for button in app.button]
    slide(app, "wind", 3.0)
    game = play([ByHand(192, 12), *[Corrected(1)] * 19], wind=3, seed=0)
    assert words(app) == describe(game, (0, 0), game.heights[-1] - game.misses[-1])
    press(app, "gusts")
    other = play([ByHand(192, 12), *[Corrected(1)] * 19], wind=3, seed=1)
    assert words(app) == describe(other, (0, 0), other.heights[-1] - other.misses[-1])
    assert query(app)["seed"] == "1"


def test_a_link_opens_the_same_picture(throw):
    app = throw(throws="210@12,0.5*4", wind="2", seed="3")
    game = play([FIRST, *[Corrected(0.5)] * 4], wind=2, seed=3)
    expected = darts_picture(game, game.heights[-1], None).figure.to_plotly_json()
    figure = json.loads(unpacked(sent(app, "figure")["figure"]))
    assert figure["data"][6]["y"] == pytest.approx(list(expected["data"][6]["y"]))
    assert query(app) == {
        "lesson": "home.1",
        "view": "darts",
        "throws": "210@12,0.5*4",
        "wind": "2",
        "seed": "3",
    }


def test_a_wrong_address_is_reported_in_sentences(throw):
    app = throw(throws="abc", fraction="3", wind="-1", speed="0")
    reasons = (
        "“abc” is not a throw such as 210@12",
        "it must lie between 0 and 2.5",
        "it must lie between 0 and 10",
        "it must lie between 5 and 20",
    )
    for warning, reason in zip(app.warning, reasons, strict=True):
        assert reason in unescaped(warning.value)
    assert enabled(app) == ["throw", "ten"]


@pytest.mark.parametrize("throws", ["", "210@12", "210@12,2.5*9", "210@12,0.5*199"])
def test_every_part_has_something_to_say(throw, throws):
    app = throw(throws=throws, wind="1")
    shown = {
        "numbers": lambda: formulas(app),
        "code": lambda: app.code,
        "predict": lambda: [b for b in app.button if b.key.startswith("home.answer")],
        "tutorial": lambda: [m for m in app.markdown if m.value.startswith("**In fact:**")],
    }
    for part, elements in shown.items():
        app.button_group(key="home.part").set_value(part).run()
        assert not app.exception
        assert len(elements()) >= 2, part


def test_what_comes_next_is_hidden_while_it_is_predicted(throw):
    app = throw(throws="210@12", part="predict")
    figure = json.loads(unpacked(sent(app, "figure")["figure"]))
    assert "hidden while you predict" in words(app)
    assert not figure["data"][4]["x"]
    assert not [m for m in app.markdown if "factor 1 −" in m.value]
    press(app, "answer.0")
    press(app, "answer.then")
    assert query(app)["throws"] == "210@12,0.5"


@pytest.mark.parametrize(("fraction", "name"), [(0.05, "Creeps"), (1.0, "One"), (2.2, "Diverges")])
def test_the_tutorials_note_shows_too_small_right_and_too_large(throw, fraction, name):
    app = throw(part="tutorial", throws="150@8", height="190", moved="on", wind="2")
    press(app, f"show.{fraction}")
    assert query(app)["throws"].startswith(f"210@12,{fraction:g}*9")
    assert not {"height", "moved", "wind"} & set(query(app))
    assert [m for m in app.markdown if m.value.startswith(f"**{name}")]


def test_a_teacher_can_hide_the_controls(throw):
    app = throw(throws="210@12", hide="controls")
    assert "home.throw" not in [button.key for button in app.button]
    assert "Throw 1 hit" in words(app)


def test_the_walk_of_the_other_view_is_kept(throw):
    app = throw(at="5")
    press(app, "throw")
    app.button_group(key="home.view").set_value("steps").run()
    assert (query(app)["at"], query(app)["throws"]) == ("5", "210@12")
