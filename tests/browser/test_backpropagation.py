"""Stepping through an update in a real browser: what is printed is what the trace holds."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from nnviz.text.digits import digits
from nnviz.walkthrough.finite_differences import check_derivative
from nnviz.walkthrough.update_effect import update_effect
from nnviz.walkthrough.walk import BackpropWalk, RowUpdate, WalkStart, walk_updates
from nnviz.walkthrough.words.sentences import step_sentence
from nnviz.walkthrough.words.workings import check_sentence, working
from tests.browser.app_page import open_page
from tests.browser.gestures import expect_step, figure, query_of, wait_for_address, words

PAGE = "/backpropagation"
START = WalkStart(
    rows=((1.66, 1.56), (2.0, 1.5)),
    targets=(1.0, 0.0),
    sizes=(2, 1),
    activations=("sigmoid",),
    parameters=(1.45, -0.66, 0.0),
)

# What a person sees: the boxes and the ledger, the card, the sentence.
_SEEN = """() => {
  const text = (node) => [...node.querySelectorAll('tspan')].map((span) => span.textContent);
  const texts = [...document.querySelectorAll('.nv-board .nv-item')].map(text);
  const groups = [...document.querySelectorAll('.nv-board g')];
  const lit = groups.map((group) => group.classList.contains('nv-highlighted'));
  const inner = (name) => document.querySelector(name).textContent;
  return { texts, lit, card: inner('.nv-card'), words: inner('.nv-words'),
           step: +document.querySelector('.nv-figure').dataset.step };
}"""


def seen(page: Page) -> dict[str, Any]:
    result: dict[str, Any] = page.evaluate(_SEEN)
    return result


def boxes(page: Page) -> dict[str, str]:
    """Return what stands in each box under its name, the ledger's rows included."""
    return {text[0].lstrip("▸ "): "".join(text[1:]) for text in seen(page)["texts"] if text}


def walk(*taken: RowUpdate) -> BackpropWalk:
    return walk_updates(START, taken, every_term=True)


def test_every_number_on_the_screen_is_the_traces(new_page: Callable[..., Page]) -> None:
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    open_page(page, f"{PAGE}?names=code")
    spoken = page.locator(".nv-spoken")
    assert spoken.get_attribute("aria-live") == "polite"
    made = walk(RowUpdate(1, 0.1))
    trace = made.traces[0]
    effect = update_effect(trace, START.X, START.y)
    for index, step in enumerate(made.steps):
        if index:
            page.keyboard.press("ArrowRight")
        expect_step(page, index)
        shown = seen(page)
        worked = working(trace, step)
        assert shown["words"] == step_sentence(trace, step, 1, effect)
        assert worked.name in shown["card"]
        assert shown["card"].count(worked.result) >= 1
        assert check_sentence(check_derivative(trace, step)) in shown["card"]
        result = page.locator(".nv-result")
        assert result.inner_text() == worked.result
        assert result.get_attribute("title") == worked.exact
        stands = boxes(page)
        if index == 4:  # nothing is shown before it is computed
            assert (stands["layer_1"], stands["prediction"]) == ("1.91", "0.871")
            assert stands["error"] == stands["derror_dbias"] == stands["derror_dweights"] == "?"
            # The step is announced when stepping has come to rest.
            expect(spoken).to_have_text(
                "The sigmoid squeezes 1.91 between 0 and 1: the prediction is 0.871."
            )
    layer, after = trace.layers[0], trace.updated.layers[0]
    expected = {
        "input_vector[0]": "2",
        "input_vector[1]": "1.5",
        "target": "0",
        "weights_1[0]": f"1.45 →{digits(after.weights[0, 0])}",
        "weights_1[1]": f"−0.66 →{digits(after.weights[1, 0])}",
        "bias": f"0 →{digits(after.bias[0])}",
        "layer_1": f"1.91 →{digits(trace.updated.forward([[2, 1.5]]).pre_activations[0][0, 0])}",
        "prediction": f"0.871 →{digits(trace.prediction_after[0])}",
        "error": f"0.7587 →{digits(trace.error_after)}",
        "derror_dprediction": digits(trace.derror_dprediction[0]),
        "dprediction_dlayer1": digits(layer.dactivations_dpre_activations[0]),
        "dlayer1_dbias": "1",
        "derror_dbias": digits(layer.derror_dbias[0]),
        "dlayer1_dweights": "[2, 1.5]",
        "derror_dweights": "[0.3914, 0.2936]",
        "row 1, target 1": f"{digits(effect.before[0], 3)} → {digits(effect.after[0], 3)} ▲",
        "row 2, target 0": f"{digits(effect.before[1], 3)} → {digits(effect.after[1], 3)} ▼",
    }
    assert expected.items() <= stands.items()
    assert (stands["derror_dprediction"], stands["derror_dbias"]) == ("1.742", "0.1957")
    # The full number is told where the mouse rests.
    tip = page.locator('[data-item="derror_dbias"] title').text_content() or ""
    assert repr(trace.layers[0].derror_dbias[0].item()) in tip
    # A number travels, and not for those who want no motion.
    page.keyboard.press("Home")
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    flying = page.evaluate("[...document.querySelectorAll('.nv-flight')].map((n) => n.textContent)")
    assert flying[-2:] == ["0.871", "0"]
    expect(page.locator(".nv-flight")).to_have_count(0)
    page.emulate_media(reduced_motion="reduce")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    assert page.locator(".nv-flight").count() == 0
    # A link copied in the middle of stepping holds the step.
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("status").filter(has_text="Copied.")).to_be_visible()
    assert "at=8" in page.evaluate("() => navigator.clipboard.readText()")


_WATCH = """() => {
  window.steps = [];
  const figure = document.querySelector('.nv-figure');
  let last = figure.dataset.step;
  new MutationObserver(() => {
    if (figure.dataset.step !== last) window.steps.push(+(last = figure.dataset.step));
  }).observe(figure, { attributes: true, attributeFilter: ['data-step'] });
}"""


def test_a_held_key_neither_skips_nor_repeats_a_step(page: Page) -> None:
    open_page(page, f"{PAGE}?names=code&taken=2:0.1;1;2:0.5")
    last = 3 * 15 - 1
    page.evaluate(_WATCH)
    for _ in range(last + 3):  # a key that is held repeats its keydown
        page.keyboard.down("ArrowRight")
    page.keyboard.up("ArrowRight")
    assert page.evaluate("window.steps") == list(range(1, last + 1))
    wait_for_address(page, f"at={last}")
    for _ in range(last + 3):
        page.keyboard.down("ArrowLeft")
    page.keyboard.up("ArrowLeft")
    assert page.evaluate("window.steps")[last:] == list(reversed(range(last)))
    expect_step(page, 0)
    page.wait_for_timeout(600)  # whatever Python still answers must not move it
    expect_step(page, 0)
    _there_and_back(page, last)
    for key, step in (("End", last), ("Home", 0), ("Shift+ArrowRight", 15)):
        page.keyboard.press(key)
        expect_step(page, step)


def _there_and_back(page: Page, last: int) -> None:
    """Step to the end and back: on the way back everything is as it was."""
    there = [seen(page)]
    for _ in range(last):
        page.keyboard.press("ArrowRight")
        there.append(seen(page))
    assert [each["step"] for each in there] == list(range(last + 1))
    back = [seen(page)]
    for _ in range(last):
        page.keyboard.press("ArrowLeft")
        back.append(seen(page))
    assert list(reversed(back)) == there
    assert len({each["card"] + each["words"] for each in there}) > last / 2


def test_a_walk_of_two_layers_is_stepped_and_read_by_clicks(page: Page) -> None:
    open_page(page, f"{PAGE}?names=code&net=2-2-1&taken=1:1;2")
    slider = page.get_by_role("slider", name="Training step")
    _there_and_back(page, int(slider.get_attribute("max") or 0))
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.locator('[data-item="z.0.1"]').click()
    wait_for_address(page, "read=z.0.1")
    told = "z1[1]: the inputs times their weights, added up, and the bias."
    expect(page.get_by_text(told, exact=True)).to_be_visible()
    # Near its start, where no box covers it.
    x, y = page.locator('[data-item="edge.1.0.0"]').evaluate(
        """(path) => {
          const point = path.getPointAtLength(0.06 * path.getTotalLength());
          const { left, top } = path.ownerSVGElement.getBoundingClientRect();
          return [left + point.x, top + point.y];
        }"""
    )
    page.mouse.click(x, y)
    wait_for_address(page, "read=weight.1.0.0")
    expect(page.locator("p", has_text="W2[0,0]: what a1[0] is multiplied by")).to_be_visible()


def test_keys_pick_the_row_and_take_the_next(page: Page) -> None:
    open_page(page, f"{PAGE}?names=code&at=5")
    page.keyboard.press("1")
    wait_for_address(page, "taken=1:0.1")
    expect(words(page)).to_contain_text("The prediction is 0.79857 and should be 1")
    page.keyboard.press("End")
    page.keyboard.press("n")  # at once: the last step has not been told to Python yet
    expect_step(page, 15)
    wait_for_address(page, "taken=1:0.1;2&at=15")
    page.keyboard.press("ArrowLeft")
    expect_step(page, 14)
    expect(words(page)).to_contain_text("The same row again")


def test_keys_are_the_pages_after_a_choice_by_mouse_and_a_fields_in_a_field(page: Page) -> None:
    open_page(page, f"{PAGE}?names=code&at=3&read=bias.0.0")
    page.get_by_role("radio", name="1", exact=True).click()
    wait_for_address(page, "taken=1:0.1")
    page.keyboard.press("ArrowRight")
    expect_step(page, 4)
    wait_for_address(page, "at=4")
    page.get_by_label("Set it by hand").focus()
    page.keyboard.press("2")
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(400)
    expect_step(page, 4)
    assert query_of(page)["taken"] == "1:0.1"


def test_it_can_be_stepped_through_on_a_phone(new_page: Callable[..., Page]) -> None:
    page = new_page(width=390, height=844, has_touch=True, is_mobile=True)
    open_page(page, f"{PAGE}?names=code&net=own&hidden=4,4,4&features=x1,x2,sin x1,x1*x2")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="On by one step").tap()
    expect_step(page, 1)
    expect(figure(page)).to_have_attribute("data-playing", "false")
