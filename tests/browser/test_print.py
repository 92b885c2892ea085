"""Pages are printed to PDF, as a browser does, and the paper is looked at."""

import io
import re
from collections.abc import Callable

import pypdfium2 as pdfium
from playwright.sync_api import Page, expect

from nnviz.chapters.error_curve.worksheet import worksheet
from nnviz.site.course import COURSE, PAGES
from nnviz.site.worksheet import made
from tests.browser.app_page import come_back, held_back, open_page, wait_until_ready

_POINTS = 72 / 96  # of one px
_MARGIN = 12 / 25.4 * 72
_A4 = (595, 842)
_BUTTONS = ("Link for a class", "Copy link", "Free play", "PNG", "SVG", "Code names")

# Where the picture is on the first sheet, as the browser lays it out for paper, and what is wider.
_WATCH = """matchMedia("print").addEventListener("change", ({ matches }) => {
  const main = document.querySelector("[data-testid=stMainBlockContainer]");
  const edge = main.getBoundingClientRect().right + 1;
  const whole = [...main.querySelectorAll("table, td, p, pre, svg, .katex-html")];
  const wide = whole.filter((e) => e.checkVisibility() && e.getBoundingClientRect().right > edge);
  if (matches) window.nvWide = wide.map((each) => each.textContent.slice(0, 40));
  const plots = [...document.querySelectorAll(".nv-figure .nv-plot")];
  if (matches) window.nvPrinted = plots.map((plot) => {
    const { left, top, right, bottom } = plot.getBoundingClientRect();
    const { right: drawn } = plot.querySelector(".main-svg").getBoundingClientRect();
    return [left, top, Math.max(right, drawn), bottom];
  });
});"""


def _printed(page: Page) -> pdfium.PdfDocument:
    return pdfium.PdfDocument(io.BytesIO(page.pdf(format="A4")))


def _text(paper: pdfium.PdfDocument) -> str:
    return " ".join(re.sub(r"\s+", " ", each.get_textpage().get_text_range()) for each in paper)


def _problems_of(sheet: pdfium.PdfPage) -> list[str]:
    """Return what is wrong with a sheet: empty, not white, or with something in its margins."""
    problems = []
    if not sheet.get_textpage().get_text_range().strip():
        problems.append("an empty sheet")
    pixels = sheet.render(scale=1).to_pil().convert("L")
    white = sum(n for n, grey in pixels.getcolors() if grey > 250)
    if white < 0.5 * pixels.width * pixels.height:
        problems.append("the paper is not white")
    if sum(n for n, grey in pixels.getcolors() if grey < 100) < 200:
        problems.append("there is no black text")
    edge = round(_MARGIN) - 4
    pixels.paste(255, (edge, edge, pixels.width - edge, pixels.height - edge))
    if pixels.getextrema()[0] < 250:
        problems.append("something reaches into the margins")
    return problems


def test_every_page_is_printed_whole_and_on_white(new_page: Callable[..., Page]) -> None:
    """Every page, from the dark theme, and what is widest of them."""
    page = new_page(color_scheme="dark")
    page.add_init_script(_WATCH)
    links = {name: "task=1" if name in COURSE else "" for name in PAGES}
    wide = (("error_curve", "view=rules"), ("deeper_networks", "mode=free&step=200"))
    open_page(page, "/backpropagation")
    for name, query in (*links.items(), *wide):
        each = PAGES[name]
        path = each.file.removeprefix("pages/").removesuffix(".py").replace("app", "")
        come_back(page, f"/{path}?{query}", each.title)
        if query:
            wait_until_ready(page)
        else:
            content = "dl, textarea:not([readonly]), .nv-room-card, table"
            expect(page.get_by_test_id("stMain").locator(content).first).to_be_visible()
        page.wait_for_function("() => document.getElementById('paper.css')?.sheet")
        paper = _printed(page)
        text = _text(paper)
        assert each.title in text, name
        assert len(paper) <= (2 if name in COURSE else 5), name
        assert not [found for sheet in paper for found in _problems_of(sheet)], name
        told_of = _BUTTONS if name in COURSE else ()  # the guide speaks of buttons
        assert not [button for button in told_of if button in text], name
        for words in page.locator(".nv-task-does, .nv-words, dt").all():
            # A task may keep the sentence back, for screen readers alone.
            if words.evaluate("(node) => getComputedStyle(node).clipPath") == "none":
                assert re.sub(r"\s+", " ", words.inner_text()) in text, name
        assert not page.evaluate("() => window.nvWide"), name
        for left, top, right, bottom in page.evaluate("() => window.nvPrinted"):
            assert left >= 0, name
            assert right * _POINTS <= _A4[0] - 2 * _MARGIN + 1, name
            box = [round(_MARGIN + side * _POINTS) for side in (left, top, right, bottom)]
            shown = paper[0].render(scale=1).to_pil().convert("L").crop(box)
            inked = sum(n for n, grey in shown.getcolors() if grey < 240)
            assert inked > 0.005 * shown.width * shown.height, f"{name}: the picture is not there"


def test_a_picture_turns_to_the_paper_and_back(new_page: Callable[..., Page]) -> None:
    page = new_page(color_scheme="dark")
    open_page(page, "/live_training?step=300&size=projector")
    figure = page.locator(".nv-figure").first
    width = figure.evaluate("(node) => node.clientWidth")
    theme = figure.get_attribute("data-theme")
    first = _printed(page)
    wait_until_ready(page)
    expect(figure.locator(".main-svg").first).to_have_attribute("width", str(width))
    assert figure.get_attribute("data-theme") == theme
    text = _text(first)
    assert "update 300 of 10,000" in text
    assert "8 → 0" in text
    # What a pen has drawn lies where Plotly has its axes: the bars of errors beside their names.
    shown = first[0].render(scale=2).to_pil().convert("RGB")
    names = first[0].get_textpage()
    found = names.search("8 → 0").get_next()
    assert found is not None
    (left, *_), (_, bottom, right, top) = (
        names.get_charbox(found[0] + i) for i in (0, found[1] - 1)
    )
    row = [
        shown.getpixel((x, shown.height - round(bottom + top)))
        for x in range(round(2 * left), shown.width - round(2 * _MARGIN))
    ]
    bar = [x / 2 + left for x, colour in enumerate(row) if colour == (230, 159, 0)]
    assert bar, "the bar is not beside its name"
    assert min(bar) > right


def test_a_sheet_is_printed_when_it_is_complete_and_says_so_before(page: Page) -> None:
    page.add_init_script("window.print = () => { window.nvAsked = true; }")
    button = page.get_by_role("button", name="Print", exact=False).and_(page.locator(".nv-print"))
    late = "The picture was not ready when this was printed."
    with held_back(page, "**/chart*.js"):
        page.goto("/live_training?task=1&sheet=1")
        expect(page.locator(".nv-key")).to_be_attached()
        expect(button).to_be_disabled()
        assert late in _text(_printed(page))
    expect(button).to_be_enabled()
    box = button.bounding_box()
    assert box is not None
    assert box["height"] >= 40
    button.click()
    assert page.evaluate("() => window.nvAsked")
    # What floats over the page stays on the screen.
    page.get_by_test_id("stMain").get_by_test_id("stTooltipIcon").first.hover()
    floating = page.get_by_text("Each number has other exercises")
    expect(floating).to_be_visible()
    text = _text(_printed(page))
    assert late not in text
    assert "Each number has other exercises" not in text
    assert "Draw one straight line" in text
    assert "1 (3, 1.5)" in text
    assert "Train" not in text.replace("Training", "").replace("Live training", "")


def test_a_worksheet_is_printed_and_its_key_on_paper_of_its_own(page: Page) -> None:
    open_page(page, "/error_curve?task=2&sheet=7&prompt=Work+in+pairs.")
    sheet = made("error_curve", 7, worksheet)
    *paper, key = (
        " ".join(each.get_textpage().get_text_range().split()) for each in _printed(page)
    )
    exercises, number = " ".join(paper), f"Sheet 7 · {sheet.code}"
    assert key.startswith(f"Key: Error curve {number} ")
    for shown in ("Error curve", number, "Name", "Work in pairs.", "Now the rate is 1"):
        assert shown in exercises
    assert "Key" not in exercises
    assert "Sheet number" not in exercises
    for exercise in sheet:
        assert exercise.prompt in exercises
        assert f"{exercise.answer} {exercise.reason}" in key
        assert exercise.reason not in exercises
