"""The view A first convolution of the page Pictures to numbers, run without a browser."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from nnviz.chapters.pictures_to_numbers.address import FILTERS
from nnviz.chapters.pictures_to_numbers.convolution import words
from nnviz.chapters.pictures_to_numbers.convolution.filters import KNOWN
from nnviz.chapters.pictures_to_numbers.convolution.network import FilterConfig, learn
from nnviz.chapters.pictures_to_numbers.convolution.questions import filter_questions
from nnviz.chapters.pictures_to_numbers.convolution.shifts import SHIFTS
from nnviz.chapters.pictures_to_numbers.convolution.slide import slide
from nnviz.chapters.pictures_to_numbers.drawing import EMPTY, Drawing, shifted, text_of
from nnviz.chapters.pictures_to_numbers.reading import read_drawing
from nnviz.chapters.pictures_to_numbers.two_digits import NeuronConfig, train_neuron
from nnviz.chapters.pictures_to_numbers.views import filter as filter_view
from nnviz.chart.plot import unpacked
from tests.pages.on_screen import query, sent
from tests.pages.pictures import EIGHT, PAGE, THREE, chart_words, choice

TYPED = f"{PAGE}.typed_filter"


@pytest.fixture(autouse=True)
def measured(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the study of shifts, 36 trainings that a thread makes, come at once with any numbers."""
    studies = filter_view.STUDIES.background
    studies.clear()
    monkeypatch.setattr(filter_view, "_measured", lambda *_: np.linspace(0.5, 0.9, len(SHIFTS)))
    yield
    studies.clear()


@cache
def told(cells: tuple[float, ...], drawing: Drawing, step: int, seed: int = 0) -> str:
    """Return what the core says where the window has been at so many places."""
    found = slide(learn(FilterConfig(200, seed, 1, cells)), drawing)
    run = train_neuron(NeuronConfig(200, seed))
    return words.describe_slide(found, step, read_drawing(run.parameters[-1], drawing))


def test_every_filter_says_what_the_core_computes(visit: Callable[..., AppTest]) -> None:
    app = visit(PAGE, view="filter", drawing=text_of(EIGHT), place="30")
    box = app.selectbox(f"{PAGE}.filter")
    for name in FILTERS:
        box.set_value(name).run()
        cells = () if name == "learned" else KNOWN.get(name, KNOWN["vertical"]).cells
        assert chart_words(app) == told(cells, EIGHT, 30), name
    app = visit(PAGE, view="filter", filter="learned", seed="4", place="0")
    assert chart_words(app) == told((), choice(app, "drawing"), 0, seed=4)


def test_nine_typed_numbers_become_the_filter_and_stand_in_the_link(
    visit: Callable[..., AppTest],
) -> None:
    app = visit(PAGE, view="filter")
    assert app.text_input(TYPED).value == "-1, 0, 1, -1, 0, 1, -1, 0, 1"
    app.text_input(TYPED).set_value("0 0 0  -1 2.5 -1  0 0 0").run()
    cells = (0, 0, 0, -1, 2.5, -1, 0, 0, 0)
    assert chart_words(app) == told(cells, choice(app, "drawing"), choice(app, "place"))
    assert app.text_input(TYPED).value == "0, 0, 0, -1, 2.5, -1, 0, 0, 0"
    assert query(app)["filter"] == "own"
    assert query(app)["weights"] == "0,0,0,-1,2.5,-1,0,0,0"


def test_any_filter_of_a_link_can_be_typed_on(visit: Callable[..., AppTest]) -> None:
    cells = (1e-7, -1 / 3, 99, -99, 0.1 + 0.2, 0, 1, 2, 3)
    app = visit(PAGE, view="filter", filter="own", weights=",".join(map(repr, cells)))
    typed = app.text_input(TYPED).value
    app.text_input(TYPED).set_value(f" {typed}").run()
    assert not app.warning
    assert choice(app, "weights") == cells
    app = visit(PAGE, view="filter", filter="learned")
    app.text_input(TYPED).set_value(app.text_input(TYPED).value + " ").run()
    weights = learn(FilterConfig(200, 0)).convolution.filters.ravel()
    np.testing.assert_allclose(choice(app, "weights"), weights, rtol=5e-3)


def test_what_is_no_filter_is_told_and_the_one_before_stays(
    visit: Callable[..., AppTest],
) -> None:
    app = visit(PAGE, view="filter", filter="line")
    before = chart_words(app)
    told = (
        ("1 2 3", "has 3 numbers"),
        ("hello 😀 1,2", "“hello” is not a number"),
        ("a 2 3 4 5 6 7 8 9", "“a” is not a number"),
    )
    for text, why in told:
        app.text_input(TYPED).set_value(text).run()
        assert [why in each.value for each in app.warning] == [True]
        assert app.text_input(TYPED).value == text
        assert chart_words(app) == before
    app.selectbox(f"{PAGE}.filter").set_value("blur").run()
    assert not app.warning
    assert app.text_input(TYPED).value == ", ".join("1" * 9)


def test_a_shift_by_the_arrow_is_read_by_both(visit: Callable[..., AppTest]) -> None:
    app = visit(PAGE, view="filter", filter="learned", drawing=text_of(THREE))
    app.button(f"{PAGE}.move_right").click().run()
    assert choice(app, "drawing") == shifted(THREE, 0, 1)
    assert chart_words(app) == told((), shifted(THREE, 0, 1), choice(app, "place"))


def test_every_part_opens_whatever_is_drawn(visit: Callable[..., AppTest]) -> None:
    for part in ("numbers", "code", "export", "predict", "tutorial"):
        for drawing in (EMPTY, (16,) * 64, THREE):
            app = visit(PAGE, view="filter", part=part, drawing=text_of(drawing), filter="learned")
            if part == "predict":
                assert chart_words(app).endswith(words.HIDDEN) == (drawing != EMPTY)


def test_an_answer_brings_back_what_was_hidden(visit: Callable[..., AppTest]) -> None:
    app = visit(PAGE, view="filter", part="predict", filter="learned", drawing=text_of(THREE))
    found = slide(learn(FilterConfig(200, 0)), THREE)
    reading = read_drawing(train_neuron(NeuronConfig(200, 0)).parameters[-1], THREE)
    question = filter_questions(found, choice(app, "place") - 1, reading)[0]
    buttons = [b for b in app.button if b.key and b.key.startswith(f"{PAGE}.answer.")]
    right = next(b for b in buttons if b.label == question.answer)
    right.click().run()
    assert any("Right." in each.value for each in app.success)
    assert chart_words(app) == told((), THREE, choice(app, "place"))


def test_what_is_asked_of_the_map_is_not_to_be_seen(
    visit: Callable[..., AppTest], instead: Callable[..., None]
) -> None:
    given: list[Any] = []

    def noted(real: Any) -> Any:
        return lambda *args: given.append(args) or real(*args)

    instead("nnviz.chapters.pictures_to_numbers.views.filter.packed", noted)
    app = visit(PAGE, view="filter", part="predict", drawing=text_of(THREE), place="28")

    def answer() -> None:
        buttons = [b for b in app.button if b.key and b.key.startswith(f"{PAGE}.answer.")]
        buttons[0].click().run()

    def seen() -> tuple[int, bool, bool]:
        """Return the last step of the player, and whether the map is painted and tells values."""
        *_, panels, last, _ = given[-1]
        return last, "map" in panels, ", map " in unpacked(sent(app, "words")["figure"])

    assert seen() == (64, True, True)  # the first question is about a shift
    for _ in range(2):
        answer()
        next(b for b in app.button if b.label == "Next question").click().run()
        assert seen() == (28, False, False)
    answer()
    assert seen() == (64, True, True)


def test_the_table_holds_the_nine_products(visit: Callable[..., AppTest]) -> None:
    app = visit(PAGE, view="filter", drawing=text_of(THREE), place="28")
    (table,) = [h.proto.body for h in app.get("html") if "The nine products" in h.proto.body]
    found = slide(learn(FilterConfig(200, 0, 1, KNOWN["vertical"].cells)), THREE)
    assert f'title="{float(found.sums[27])!r}"' in table
    assert np.count_nonzero(found.products[27]) > 2
    for product in found.products[27].tolist():
        assert f'title="{product!r}"' in table


def test_bad_addresses_get_sentences(visit: Callable[..., AppTest]) -> None:
    app = visit(PAGE, view="filter", filter="sharp", weights="1,2,3", place="65")
    shown = [each.value for each in app.warning]
    for name in ("filter", "weights", "place"):
        assert sum(f"says {name} is" in each for each in shown) == 1, shown
