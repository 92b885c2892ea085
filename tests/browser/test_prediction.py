"""A row on its way through a neuron, in a real browser."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from nnviz.chapters.prediction.decision import decide, flip_coins
from nnviz.chapters.prediction.words import answer
from nnviz.nn.network import Layer, Network
from nnviz.nn.trace import Trace, trace_update
from nnviz.text.digits import digits
from nnviz.walkthrough.steps import Step, forward_steps
from nnviz.walkthrough.update_effect import update_effect
from nnviz.walkthrough.words.sentences import step_sentence
from nnviz.walkthrough.words.workings import working
from tests.browser.app_page import open_page
from tests.browser.app_server import AppServer
from tests.browser.gestures import (
    expect_step,
    query_of,
    wait_for_address,
    words,
)

PAGE = "/prediction"

BOXES = """() => Object.fromEntries(
  [...document.querySelectorAll('.nv-board .nv-item')]
    .map((text) => [...text.querySelectorAll('tspan')].map((span) => span.textContent))
    .filter((lines) => lines.length > 1)
    .map(([name, ...rest]) => [name, rest.join('')]))"""


def boxes(page: Page) -> dict[str, Any]:
    """Return what stands in each box under its name."""
    result: dict[str, Any] = page.evaluate(BOXES)
    return result


COINS = """() => [...document.querySelectorAll(
    '.nv-board g.nv-highlighted path[stroke-width="1.5"]')]
  .map((path) => path.getAttribute('d').split('L').length)
  .filter((corners) => corners === 4 || corners === 20)"""


def test_the_sum_builds_up_term_by_term_to_the_answer(page: Page) -> None:
    open_page(page, f"{PAGE}?names=code")
    result = page.locator(".nv-result")
    expected = [
        ("layer_1", "2.407 …", "2.407"),
        ("layer_1", "1.377 …", "1.377"),
        ("layer_1", "1.377", "1.377"),
        ("prediction", "0.7986", "0.7986"),
        ("answer", "1 ✓", "1"),
    ]
    assert boxes(page)["layer_1"] == boxes(page)["prediction"] == boxes(page)["answer"] == "?"
    for step, (name, shown, card) in enumerate(expected, 1):
        page.keyboard.press("ArrowRight")
        expect_step(page, step)
        assert boxes(page)[name] == shown
        assert result.inner_text() == card
    assert boxes(page)["slope here"] == "0.1609"
    for _ in expected:
        page.keyboard.press("ArrowLeft")
    expect_step(page, 0)
    assert boxes(page)["layer_1"] == boxes(page)["answer"] == "?"
    # Point and tangent appear on the curve once they are computed.
    layer = traced((1.66, 1.56, 1), "sigmoid", 0).layers[0]
    z, a = float(layer.pre_activations[0]), float(layer.activations[0])
    slope = float(layer.dactivations_dpre_activations[0])
    point, along = (z, a), (z + 0.8, a + 0.8 * slope)
    below = (z, -0.1)
    seen = []
    for at in range(6):
        expect_step(page, at)
        seen.append([page.evaluate(_PAINTED, list(place)) for place in (below, point, along)])
        page.keyboard.press("ArrowRight")
    assert [any(row) for row in seen[:3]] == [False] * 3
    assert seen[3][0]  # layer_1 is known, and stands on its axis
    assert not seen[3][2]
    assert seen[4] == seen[5] == [True] * 3
    wait_for_address(page, "at=5")
    _expect_the_second_row_to_be_wrong_and_every_box_to_be_read(page)


def _expect_the_second_row_to_be_wrong_and_every_box_to_be_read(page: Page) -> None:
    page.keyboard.press("2")
    wait_for_address(page, "row=2")
    expect(words(page)).to_contain_text("The prediction 0.871 lies above the threshold 0.5")
    assert boxes(page)["answer"] == "1 ✗"
    for box, told in {
        "answer": "answer: the class that the prediction stands for",
        "decide": "The threshold: from it on the answer is 1",
        "a.0.0": "prediction: what the activation sigmoid makes of layer_1",
    }.items():
        page.locator(f'[data-item="{box}"]').click()
        wait_for_address(page, f"read={box}")
        expect(page.locator("p", has_text=told)).to_be_visible()
    page.get_by_role("radio", name="1", exact=True).click()
    page.wait_for_function("() => !location.href.includes('row=')")
    expect(page.get_by_text("0.7985731042296965", exact=True)).to_be_visible()
    page.keyboard.press("ArrowLeft")  # the keys are the page's again
    expect_step(page, 4)


# Whether something is painted over the curve at a point given in its coordinates.
_PAINTED = """([x, y]) => {
  const { xaxis2, yaxis2 } = document.querySelector('.nv-plot')._fullLayout;
  const canvas = [...document.querySelector('.nv-stage').querySelectorAll('.nv-over')].at(-1);
  const density = canvas.width / canvas.clientWidth;
  const [left, top] = [xaxis2._offset + xaxis2.l2p(x), yaxis2._offset + yaxis2.l2p(y)];
  return canvas.getContext('2d').getImageData(left * density, top * density, 1, 1).data[3] > 0;
}"""


def traced(row: tuple[float, float, float], activation: str, bias: float) -> Trace:
    layer = Layer(np.array([[1.45], [-0.66]]), [bias], activation)
    x1, x2, target = row
    return trace_update(Network((layer,)), (x1, x2), target, learning_rate=0)


@pytest.mark.parametrize(("activation", "bias"), [("sigmoid", 0.0), ("relu", -3.0)])
def test_every_step_shows_what_the_trace_holds(page: Page, activation: str, bias: float) -> None:
    open_page(page, f"{PAGE}?names=code&row=2&activation={activation}&bias={bias:g}")
    trace = traced((2, 1.5, 0), activation, bias)
    steps = (Step("take"), *forward_steps(trace.network, every_term=True))
    effect = update_effect(trace, trace.input_vector[None], trace.target)
    card, result = page.locator(".nv-card"), page.locator(".nv-result")
    for at, step in enumerate(steps):
        expect_step(page, at)
        worked = working(trace, step)
        assert (result.inner_text(), result.get_attribute("title")) == (worked.result, worked.exact)
        for text in filter(None, (worked.name, worked.formula, worked.numbers)):
            assert text in card.inner_text()
        assert words(page).inner_text() == step_sentence(trace, step, 1, effect)
        page.keyboard.press("ArrowRight")
    expect_step(page, len(steps))
    prediction = float(trace.prediction[0])
    assert result.inner_text() == str(decide(prediction, 0.5))
    flips = flip_coins(prediction, 0) if activation == "sigmoid" else None
    assert words(page).inner_text() == answer(trace, 0.5, flips)
    stands = boxes(page)
    assert stands["layer_1"] == digits(trace.layers[0].pre_activations[0])
    assert stands["prediction"] == digits(prediction)
    assert stands["slope here"] == digits(trace.layers[0].dactivations_dpre_activations[0])


def test_keys_pick_the_row_and_say_so_if_it_is_not_there(page: Page) -> None:
    open_page(page, f"{PAGE}?names=code&at=3&rows=1,2,0;3,1,1;0.5,-2,1")
    for key, row in (("3", "0.5"), ("1", "1"), ("2", "3")):
        page.keyboard.press(key)
        page.wait_for_function(f"() => ({BOXES})()['input_vector[0]'] === '{row}'")
        expect_step(page, 3)
    page.keyboard.press("9")
    expect(page.get_by_test_id("stToast")).to_contain_text("There is no row 9: there are 3.")
    wait_for_address(page, "row=2")


LINK = (
    f"{PAGE}?lesson=prediction.1&rows=1,2,1;3,-1,0&row=2&weights=0.5,-1.5&bias=0.25&threshold=0.3"
)


def test_a_link_opens_the_same_picture_on_a_cold_server(
    new_page: Callable[..., Page], other_server: AppServer
) -> None:
    first, second = new_page(), new_page()
    open_page(first, f"{LINK}&at=4&flips=3&read=z.0.0&part=code")
    for _ in range(2):
        first.keyboard.press("ArrowRight")
    wait_for_address(first, "at=5")
    open_page(second, other_server.url + first.evaluate("location.pathname + location.search"))
    assert boxes(first) == boxes(second)
    assert query_of(first) == query_of(second)
    assert words(first).inner_text() == words(second).inner_text()
    assert first.evaluate(COINS) == second.evaluate(COINS)
    assert len(first.evaluate(COINS)) == 100


def test_it_fits_a_phone(new_page: Callable[..., Page]) -> None:
    page = new_page(width=390, height=844, has_touch=True, is_mobile=True)
    open_page(page, f"{PAGE}?names=code&at=5&activation=relu&part=code")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Back one step").tap()
    expect_step(page, 4)
