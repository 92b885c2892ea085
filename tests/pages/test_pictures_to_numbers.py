"""The page Pictures to numbers, run without a browser."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from nnviz.chapters.pictures_to_numbers.address import EXAMPLE
from nnviz.chapters.pictures_to_numbers.drawing import EMPTY, centred, shifted, text_of
from nnviz.chapters.pictures_to_numbers.reading import read_drawing, turns
from nnviz.chapters.pictures_to_numbers.two_digits import NeuronConfig, examples, train_neuron
from nnviz.chapters.pictures_to_numbers.words import HIDDEN, describe_step
from nnviz.chart.plot import unpacked
from tests.pages.on_screen import added_up, sent
from tests.pages.pictures import EIGHT, PAGE, THREE, chart_words, choice


def test_the_neuron_says_what_the_core_computes(visit: Callable[..., AppTest]) -> None:
    app = visit(PAGE, drawing=text_of(EIGHT), step="1500", pictures="60", seed="3")
    run = train_neuron(NeuronConfig(60, 3))
    reading = read_drawing(run.parameters[1500], EIGHT)
    assert chart_words(app) == describe_step(run, 1500, reading)


def test_the_drawing_is_moved_by_whole_squares_and_centred_on_request_alone(
    visit: Callable[..., AppTest],
) -> None:
    app = visit(PAGE, drawing=text_of(THREE), step="2000")
    for name, by in (("up", (-1, 0)), ("left", (0, -1)), ("down", (1, 0)), ("right", (0, 1))):
        before = choice(app, "drawing")
        app.button(f"{PAGE}.move_{name}").click().run()
        assert choice(app, "drawing") == shifted(before, *by)
    drawn = choice(app, "drawing")
    toggle = next(each for each in app.toggle if each.label == "Centre my drawing")
    toggle.set_value(True).run()
    assert choice(app, "drawing") == drawn, "the drawing itself stays"
    run = train_neuron(NeuronConfig(20, 0))
    reading = read_drawing(run.parameters[2000], centred(drawn))
    assert chart_words(app) == describe_step(run, 2000, reading)


def test_examples_are_never_learned_from_and_come_one_after_the_other(
    visit: Callable[..., AppTest],
) -> None:
    app = visit(PAGE, pictures="200", seed="5")
    for digit in (3, 8):
        found = examples(5, digit)
        for k in range(3):
            app.button(f"{PAGE}.next_{digit}").click().run()
            assert choice(app, "drawing") == found[k]


def test_what_is_drawn_is_read_and_stands_in_the_link(
    visit: Callable[..., AppTest], board: dict[str, Any]
) -> None:
    app = visit(PAGE, step="2000")
    run = train_neuron(NeuronConfig(20, 0))
    for drawing in (EMPTY, (16,) * 64, EIGHT):
        board["drawing"] = drawing
        next(each for each in app.button if each.label == "draw").click().run()
        assert choice(app, "drawing") == drawing
        reading = read_drawing(run.parameters[2000], drawing)
        assert chart_words(app) == describe_step(run, 2000, reading)
        assert len(board["notes"]) == 64


@pytest.mark.parametrize("part", ["numbers", "code", "export", "predict", "tutorial"])
def test_every_part_can_be_opened_at_the_start_and_at_the_end(
    visit: Callable[..., AppTest], part: str
) -> None:
    for step in ("0", "2000"):
        for drawing in ("", "g" * 64, text_of(THREE)):
            visit(PAGE, part=part, step=step, drawing=drawing)


def test_bad_addresses_get_sentences(visit: Callable[..., AppTest]) -> None:
    app = visit(
        PAGE,
        drawing="😀" * 9, view="numbers", centre="1", pictures="21", seed="-1", step="2001",
        pixel="65",
    )  # fmt: skip
    told = [each.value for each in app.warning]
    for name in ("drawing", "view", "centre", "pictures", "seed", "step", "pixel"):
        assert sum(f"says {name} is" in each for each in told) == 1, name


def test_a_square_that_is_said_to_turn_the_answer_does(visit: Callable[..., AppTest]) -> None:
    drawing = EXAMPLE
    run = train_neuron(NeuronConfig(20, 0))
    (first, *_) = turns(read_drawing(run.parameters[2000], drawing))
    app = visit(PAGE, step="2000", drawing=text_of(drawing), pixel=str(first.pixel + 1))
    said = " ".join(each.value for each in app.markdown)
    assert f"ink {drawing[first.pixel]} → {first.ink}" in said


def test_nothing_tells_the_answer_before_it_is_given(visit: Callable[..., AppTest]) -> None:
    app = visit(PAGE, step="2000", part="predict")

    def told() -> list[str]:
        return [chart_words(app), *(each.value for each in app.markdown)]

    assert told().count(HIDDEN) == 2
    assert not any("alone makes it say" in each for each in told())
    app.button(f"{PAGE}.answer.0").click().run()
    assert HIDDEN not in told()
    assert any("alone makes it say" in each for each in told())


def test_what_the_tables_print_adds_up_to_what_they_print_as_sum(
    visit: Callable[..., AppTest],
) -> None:
    for k in range(4):
        drawn = text_of(examples(0, 8)[k])
        assert added_up(visit(PAGE, drawing=drawn, step="2000")) == 1
        place = {"drawing": drawn, "filter": "learned", "place": str(20 + 5 * k)}
        assert added_up(visit(PAGE, view="filter", **place)) == 1
    # Three products that cancel leave 0, and not what rounding leaves of them.
    app = visit(PAGE, view="filter", filter="own", weights="0.1,0.2,-0.3,0,0,0,0,0,0",
                drawing="g" * 64, place="10")  # fmt: skip
    assert added_up(app) == 1
    assert "10⁻¹⁶" not in str([each.proto for each in app.main])
    assert "add up to 0. The map gets 0." in chart_words(app)


def test_a_link_hides_panels_and_never_all_of_them(visit: Callable[..., AppTest]) -> None:
    for hide, shown in (("sum,means", 3), ("weights,means,products,sum,accuracy", 5)):
        app = visit(PAGE, step="2000", hide=hide)
        layout = json.loads(unpacked(sent(app, "save_as")["figure"]))["layout"]
        assert len(layout["annotations"]) == shown, hide
        assert ("xaxis3" in layout) == (shown == 5)
