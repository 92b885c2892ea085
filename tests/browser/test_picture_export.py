"""A picture saved as a PNG or an SVG: all of it is there, and the file opens by itself."""

import base64
import io
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
from PIL import Image
from playwright.sync_api import Page, expect

from nnviz.chart import theme
from nnviz.data.tutorial import eight_rows
from nnviz.training import evaluation
from nnviz.training.model import Model
from nnviz.training.record import record
from nnviz.training.timeline import Timeline
from tests.browser.app_page import open_page, wait_until_ready
from tests.browser.gestures import figure, words

SVG = "{http://www.w3.org/2000/svg}"
BOARD = "/backpropagation?names=code"
# Once a second frame begins, the one with the file in it has been drawn, and can be taken.
_PAINTED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
MAPS = "/live_training?edit=on&step=2503&model=4+tanh,standardised"


def _save(page: Page, kind: str, folder: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name=f"Save the picture as {kind}").click()
    target = folder / download.value.suggested_filename
    download.value.save_as(target)
    return target


def _paper(page: Page) -> tuple[int, ...]:
    """Return the colour of the theme's background."""
    colour = page.evaluate(
        "() => getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
    )
    return tuple(map(int, re.findall(r"\d+", colour)[:3]))


def _opens_alone(page: Page, file: Path) -> np.ndarray:
    """Open a file in a browser of its own, without this page, and return what is seen of it."""
    alone = page.context.browser.new_page()  # type: ignore[union-attr]
    said: list[str] = []
    alone.on("console", lambda message: said.append(message.text))
    alone.on("pageerror", lambda error: said.append(str(error)))
    alone.on("requestfailed", lambda request: said.append(request.url))
    alone.goto(file.as_uri())
    alone.evaluate(_PAINTED)
    seen = np.asarray(Image.open(io.BytesIO(alone.screenshot())).convert("RGB"))
    alone.close()
    assert not said
    return seen


def _n_colours(pixels: np.ndarray) -> int:
    """Return how many colours there are; numbers are sorted much faster than rows."""
    weights = 256 ** np.arange(pixels.shape[-1])
    return len(np.unique(pixels.astype(np.int64) @ weights))


def test_a_board_is_saved_with_its_boxes_its_texts_and_its_sentence(
    page: Page, tmp_path: Path
) -> None:
    open_page(page, BOARD)
    _expect_a_png_twice_as_large_that_looks_like_the_svg(page, tmp_path)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(figure(page)).to_have_attribute("data-step", "2")
    expect(words(page)).to_contain_text("The sum so far")
    sentence, lit = words(page).inner_text(), page.locator(".nv-highlighted").count()
    file = _save(page, "SVG", tmp_path)
    assert file.name == "nnviz-backpropagation-step2.svg"
    root = ElementTree.parse(file).getroot()
    text = " ".join(" ".join(node.itertext()) for node in root.iter(f"{SVG}text"))
    assert "error before, after" in text  # a text of Plotly's figure
    assert "derror_dprediction" in text  # a text of the board
    assert " ".join(sentence.split()) in " ".join(text.split())
    drawn = [
        node
        for node in root.iter(f"{SVG}path")
        if re.search(r"stroke-width:\s*[2-9]", node.get("style", ""))
    ]
    assert len(drawn) >= lit > 0
    source = file.read_text(encoding="utf-8")
    assert "var(--" not in source  # colours that only this page knows
    assert "http" not in source.replace("http://www.w3.org/", "")
    seen = _opens_alone(page, file)
    assert tuple(seen[2, 2]) == _paper(page)
    assert _n_colours(seen) > 20
    # Saving stops a walk that plays.
    page.get_by_role("combobox", name=re.compile("Speed")).select_option(index=1)
    page.locator(".nv-play").click()
    page.wait_for_function("() => +document.querySelector('.nv-figure').dataset.step > 3")
    file = _save(page, "SVG", tmp_path)
    expect(figure(page)).to_have_attribute("data-playing", "false")
    step = figure(page).get_attribute("data-step")
    assert file.name == f"nnviz-backpropagation-step{step}.svg"


def _expect_a_png_twice_as_large_that_looks_like_the_svg(page: Page, tmp_path: Path) -> None:
    drawing = ElementTree.parse(_save(page, "SVG", tmp_path)).getroot()
    picture = Image.open(_save(page, "PNG", tmp_path)).convert("RGB")
    size = [float(drawing.get(name, "")) for name in ("width", "height")]
    assert list(picture.size) == [round(2 * length) for length in size]
    plot = page.locator(".nv-plot").bounding_box()
    assert plot is not None
    assert plot["width"] < size[0] < plot["width"] + 50
    pixels = np.asarray(picture)
    assert tuple(pixels[2, 2]) == _paper(page)
    alone = _opens_alone(page, tmp_path / "nnviz-backpropagation-step0.svg")
    small = picture.resize((round(size[0]), round(size[1])), Image.Resampling.BOX)
    rows, columns = min(small.height, alone.shape[0]), min(small.width, alone.shape[1])
    difference = np.asarray(small)[:rows, :columns].astype(int) - alone[:rows, :columns]
    assert (np.abs(difference).max(axis=2) > 128).mean() < 0.005
    assert (np.abs(pixels - pixels[2, 2].astype(int)).max(axis=2) > 64).mean() > 0.02


# The picture has found its place in a narrow window.
_NARROW = """() => {
  const plot = document.querySelector(".nv-plot");
  return plot.clientWidth < 390 && Math.abs(plot._fullLayout.width - plot.clientWidth) < 2;
}"""


def _is_the_ground_of_the_core(page: Page, pixels: np.ndarray, step: int) -> None:
    """Check that each pixel has the colour of what the network answers there, to one of 255."""
    plan = Model.parse("4 tanh,standardised").plan(eight_rows())
    parameters = record(Timeline.of(plan, step)).parameters_at(step)
    height, width, _ = pixels.shape
    assert width > 400  # two for each of the page
    (west, east), (south, north) = page.evaluate(
        "() => ['xaxis', 'yaxis'].map((name) => "
        "document.querySelector('.nv-plot')._fullLayout[name].range)"
    )
    x = west + (np.arange(width) + 0.5) * (east - west) / width
    y = north + (np.arange(height) + 0.5) * (south - north) / height
    points = np.column_stack([each.ravel() for each in np.meshgrid(x, y)])
    answers = evaluation.predictions(plan, parameters[np.newaxis], plan.inputs(points))[0]
    ends = [_rgb(theme.ORANGE), np.array(_paper(page)), _rgb(theme.SKY)]
    away = np.full(len(points), np.inf)
    for level in (-1, 0, 1):
        place = np.clip(np.round(255 * answers) + level, 0, 255) / 255 * 2
        expected = np.column_stack(
            [np.interp(place, [0, 1, 2], channel) for channel in np.transpose(ends)]
        )
        away = np.minimum(away, np.abs(pixels.reshape(-1, 3) - expected).max(axis=1))
    assert away.max() <= 1
    assert _n_colours(pixels) > 100


def _rgb(colour: str) -> np.ndarray:
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)])


def test_painted_maps_marks_and_rows_are_in_the_file(
    new_page: Callable[..., Page], tmp_path: Path
) -> None:
    page = new_page(color_scheme="dark")
    open_page(page, MAPS)
    file = _save(page, "SVG", tmp_path)
    root = ElementTree.parse(file).getroot()
    images = [
        Image.open(io.BytesIO(base64.b64decode(node.get("href", "").partition(",")[2])))
        for node in root.iter(f"{SVG}image")
    ]
    colours = [_n_colours(np.asarray(image.convert("RGBA"))) for image in images]
    _is_the_ground_of_the_core(page, np.asarray(images[0].convert("RGB")), step=2503)
    assert min(colours[-2:]) > 2  # the trails, and the marks that move
    # Eight rows as handles: each has its shape where it is, and its number.
    assert len([g for g in root.iter(f"{SVG}g") if g.get("class") == "nv-grip"]) == 8
    names = [node.text for node in root.iter(f"{SVG}text") if node.get("class") == "nv-name"]
    assert sorted(filter(None, names)) == [str(i) for i in range(1, 9)]
    seen = _opens_alone(page, file)
    assert _n_colours(seen) > 200
    box = page.locator(".nv-plot").bounding_box()
    assert box is not None
    shown = np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("RGB"))
    top, left = round(box["y"]), round(box["x"])
    height, width = min(round(box["height"]), 800 - top), round(box["width"])
    on_page = shown[top : top + height, left : left + width].astype(int)
    in_file = seen[10 : 10 + height, 10 : 10 + width]
    assert (np.abs(on_page - in_file).max(axis=2) > 100).mean() < 0.02
    # In a narrow window the buttons stand below the picture.
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function(_NARROW)
    wait_until_ready(page)
    buttons, plot = page.locator(".nv-save").bounding_box(), page.locator(".nv-plot").bounding_box()
    assert buttons is not None
    assert plot is not None
    assert buttons["y"] >= plot["y"] + plot["height"]
    picture = Image.open(_save(page, "PNG", tmp_path)).convert("RGB")
    assert picture.width == 2 * round(plot["width"] + 20)
    assert picture.height > 2 * plot["height"]


def test_a_picture_without_a_player_is_saved_with_its_handles_and_its_sentence(
    page: Page, tmp_path: Path
) -> None:
    open_page(page, "/vector_similarity?input_vector=1,2")
    sentence = words(page).inner_text()
    file = _save(page, "SVG", tmp_path)
    assert file.name == "nnviz-similarity.svg"
    text = " ".join(ElementTree.parse(file).getroot().itertext())
    assert all(name in text for name in ("candidate 1", "candidate 2", "dot product"))
    assert " ".join(sentence.split()) in " ".join(text.split())
