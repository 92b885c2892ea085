"""A filter and a sign in a real browser: the window slides, and a weight is clicked away."""

from playwright.sync_api import Page, expect

from nnviz.chapters.pictures_to_numbers.address import EXAMPLE, FIRST_PLACE
from nnviz.chapters.pictures_to_numbers.convolution.filters import KNOWN, next_in_cycle
from nnviz.chapters.pictures_to_numbers.convolution.network import FilterConfig, learn
from nnviz.chapters.pictures_to_numbers.convolution.slide import slide
from nnviz.chapters.pictures_to_numbers.convolution.words import describe_slide
from nnviz.chapters.pictures_to_numbers.drawing import Drawing, shifted
from nnviz.chapters.pictures_to_numbers.reading import read_drawing
from nnviz.chapters.pictures_to_numbers.sign.judge import SignConfig, fours, judge, probability
from nnviz.chapters.pictures_to_numbers.sign.words import describe_judgement
from nnviz.chapters.pictures_to_numbers.two_digits import NeuronConfig, train_neuron
from tests.browser.app_page import open_page
from tests.browser.gestures import expect_step, grip, wait_for_address, words

LINK = "/pictures_to_numbers?view=filter"
PLACE = """([x, y, axes]) => {
  const plot = document.querySelector(".nv-plot"), layout = plot._fullLayout;
  const [across, up] = [layout[`xaxis${axes}`], layout[`yaxis${axes}`]];
  const box = plot.getBoundingClientRect();
  return [box.left + across._offset + across.d2p(x), box.top + up._offset + up.d2p(y)];
}"""

# The numbers of each cell of the filter, and whether they are inside it.
_CELLS = """() => [...document.querySelectorAll(".nv-board g")].map((group) => {
  const [cell, text] = [group.querySelector("path"), group.querySelector("text")];
  const [box, own] = [cell.getBoundingClientRect(), text.getBoundingClientRect()];
  return [text.textContent, own.left >= box.left && own.right <= box.right, box.width];
}).filter(([text, , width]) => text && width).map(([text, inside]) => [text, inside])"""


def click(page: Page, x: float, y: float, axes: str = "") -> None:
    page.mouse.click(*page.evaluate(PLACE, [x, y, axes]))


def told(cells: tuple[float, ...], drawing: Drawing, step: int) -> str:
    found = slide(learn(FilterConfig(200, 0, 1, cells)), drawing)
    weights = train_neuron(NeuronConfig(200, 0)).parameters[-1]
    return describe_slide(found, step, read_drawing(weights, drawing))


def test_the_window_slides_and_weights_and_drawing_are_changed_by_clicks(page: Page) -> None:
    cells = KNOWN["vertical"].cells
    open_page(page, LINK)
    expect(words(page)).to_have_text(told(cells, EXAMPLE, FIRST_PLACE))
    page.keyboard.press("ArrowRight")
    expect(words(page)).to_have_text(told(cells, EXAMPLE, FIRST_PLACE + 1))
    page.keyboard.press("Shift+ArrowRight")
    wait_for_address(page, f"place={FIRST_PLACE + 9}")
    click(page, 6, 1, "3")  # column 6 of the last row of the map
    wait_for_address(page, "place=62")
    expect(words(page)).to_have_text(told(cells, EXAMPLE, 62))
    page.get_by_role("button", name="Slide (space)").click()
    expect_step(page, 64)
    expect(words(page)).to_have_text(told(cells, EXAMPLE, 64))
    # A weight is clicked, and the drawing is moved.
    wait_for_address(page, "place=64")
    click(page, 2, 2, "2")  # the middle of the filter
    cells = next_in_cycle(KNOWN["vertical"].cells, 4)
    wait_for_address(page, "weights=-1,0,1,-1,1,1,-1,0,1")
    expect(words(page)).to_have_text(told(cells, EXAMPLE, 64))
    page.get_by_role("button", name="Right", exact=True).click()
    expect(words(page)).to_have_text(told(cells, shifted(EXAMPLE, 0, 1), 64))
    field = page.get_by_label("Nine weights, row by row", exact=True)
    field.fill("1 2 3")
    field.press("Enter")
    expect(page.get_by_text("This is no filter: a filter has 9 numbers")).to_be_visible()
    # However long its numbers are, they stay inside their cells.
    field.fill("-99 99 -98.7654321 1.234e-9 0 3 4 5 6")
    field.press("Enter")
    wait_for_address(page, "weights=-99,99,-98.7654321")
    expect(words(page)).to_contain_text("add up to")
    page.wait_for_function(f"() => ({_CELLS})().some(([text]) => text.includes('−98.77'))")
    beyond = [text for text, inside in page.evaluate(_CELLS) if not inside]
    assert not beyond, beyond


def test_a_sign_is_chosen_by_a_click_and_the_threshold_by_keys(page: Page) -> None:
    made = judge(SignConfig(fours()))
    tried = float(probability(made.parameters, [EXAMPLE])[0])
    open_page(page, "/pictures_to_numbers?view=sign")
    expect(words(page)).to_have_text(describe_judgement(made, 0.5, EXAMPLE, tried))
    click(page, 13, 4)
    wait_for_address(page, "board=2")
    handle = grip(page, "Threshold")
    handle.focus()
    handle.press("ArrowRight")
    expect(words(page)).to_have_text(describe_judgement(made, 0.55, EXAMPLE, tried))
