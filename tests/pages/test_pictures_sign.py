"""The view Does it know me? of the page Pictures to numbers, run without a browser."""

from collections.abc import Callable
from typing import Any

from streamlit.testing.v1 import AppTest

from nnviz.chapters.pictures_to_numbers.drawing import EMPTY, text_of
from nnviz.chapters.pictures_to_numbers.sign import words
from nnviz.chapters.pictures_to_numbers.sign.judge import (
    SignConfig,
    fours,
    judge,
    probability,
    sign_text,
)
from nnviz.chapters.pictures_to_numbers.sign.questions import sign_questions
from tests.pages.on_screen import query, unescaped
from tests.pages.pictures import PAGE, chart_words, choice

FULL = (16,) * 64


def told(drawings: Any, threshold: float, tried: Any, seed: int = 0) -> str:
    made = judge(SignConfig(drawings, seed))
    return words.describe_judgement(
        made, threshold, tried, float(probability(made.parameters, [tried])[0])
    )


def test_the_page_says_what_the_core_decides(visit: Callable[..., AppTest]) -> None:
    app = visit(PAGE, view="sign")
    assert chart_words(app) == told(fours(), 0.5, choice(app, "drawing"))
    tried = fours()[1]
    app = visit(PAGE, view="sign", threshold="0.85", seed="3", drawing=text_of(tried))
    assert chart_words(app) == told(fours(), 0.85, tried, seed=3)


def test_what_is_drawn_becomes_the_sign_and_stands_in_the_link(
    visit: Callable[..., AppTest], board: dict[str, Any]
) -> None:
    app = visit(PAGE, view="sign", board="3")
    assert board["label"] == "Drawing 3 of your sign"
    board["drawing"] = FULL
    next(each for each in app.button if each.label == "draw").click().run()
    sign = (*fours()[:2], FULL, *fours()[3:])
    assert choice(app, "sign") == sign
    assert chart_words(app) == told(sign, 0.5, choice(app, "drawing"))
    assert query(app)["sign"] == sign_text(sign)
    app = visit(PAGE, view="sign", board="3", sign=query(app)["sign"])
    assert choice(app, "sign") == sign


def test_an_empty_sign_and_equal_drawings_are_told(visit: Callable[..., AppTest]) -> None:
    app = visit(PAGE, view="sign", board="2")
    app.button(f"{PAGE}.empty_sign").click().run()
    assert choice(app, "sign") == (EMPTY,) * 5
    assert choice(app, "board") == "1"
    assert [each.value for each in app.warning] == list(words.warnings((EMPTY,) * 5))
    app = visit(PAGE, view="sign", sign=sign_text((FULL,) * 5))
    assert [each.value for each in app.warning] == list(words.warnings((FULL,) * 5))


def test_every_part_opens_whatever_is_drawn(visit: Callable[..., AppTest]) -> None:
    for part in ("numbers", "code", "export", "predict", "tutorial"):
        for sign in ((EMPTY,) * 5, (FULL,) * 5, fours()):
            app = visit(PAGE, view="sign", part=part, sign=sign_text(sign), board="5")
            asked = part == "predict" and sign != (EMPTY,) * 5
            assert (chart_words(app) == words.HIDDEN) == asked
            assert (chart_words(app) == words.NO_SIGN) == (sign == (EMPTY,) * 5)


def test_an_answer_brings_back_what_was_hidden(visit: Callable[..., AppTest]) -> None:
    app = visit(PAGE, view="sign", part="predict")
    question = sign_questions(judge(SignConfig(fours())), 0.5)[0]
    buttons = [b for b in app.button if b.key and b.key.startswith(f"{PAGE}.answer.")]
    next(b for b in buttons if b.label == question.answer).click().run()
    assert any("Right." in each.value for each in app.success)
    assert chart_words(app) == told(fours(), 0.5, choice(app, "drawing"))


def test_bad_addresses_get_sentences(visit: Callable[..., AppTest]) -> None:
    app = visit(PAGE, view="sign", sign="g.g", board="6", threshold="1.5")
    shown = [each.value for each in app.warning]
    for name in ("sign", "board", "threshold"):
        assert sum(f"says {name} is" in each for each in shown) == 1, shown
    # A default of 200 characters tells nobody anything.
    assert "So sign starts as on a new page." in unescaped(shown[0])
