"""The examples of docs/api.md run from top to bottom, and say what the page says."""

import base64
import io
import re
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

import nnviz
from nnviz.training.maps.network_maps import answer_maps
from nnviz.training.maps.plot_range import plane_of

PAGE = Path(__file__).resolve().parents[1] / "docs" / "api.md"
README = PAGE.parents[1] / "README.md"
SVG = "{http://www.w3.org/2000/svg}"


def blocks(page):
    return re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.S)


@pytest.fixture(scope="module")
def names(tmp_path_factory):
    """Return what the examples have named, and what they have printed, block by block."""
    found, printed = {}, []
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("api"))
        for block in blocks(PAGE):
            out = io.StringIO()
            found["print"] = lambda *values, out=out: print(*values, file=out)
            exec(compile(block, str(PAGE), "exec"), found)
            printed.append(out.getvalue())
        found["printed"], found["file"] = printed, Path("spiral.svg").read_text(encoding="utf-8")
    return found


def test_the_examples_run_and_print_what_is_expected(names):
    titles = (
        *("class", "rows", "plan", "refused", "record", "branch", "tutorial", "diverging"),
        "picture",
    )
    by_name = dict(zip(titles, names["printed"], strict=True))
    error, prediction = map(float, by_name["class"].split())
    assert len(names["training_error"]) == 100
    assert (error, prediction) == (
        names["training_error"][-1],
        names["neural_network"].predict([2, 1]),
    )
    assert "(200, 2) ('0', '1')" in by_name["rows"]
    assert "('petal length', 'petal width') ('setosa', 'versicolor') [1.4 0.2]" in by_name["rows"]
    assert by_name["plan"] == "(4, 8, 4, 1) 81 140 60\n"
    assert "learning_rate must be" in by_name["refused"]
    last, loss, accuracy = by_name["record"].split()
    assert last == "1500"
    assert 0 < float(loss) < 0.7
    assert 0.5 < float(accuracy) <= 1
    assert int(by_name["diverging"]) > 0
    assert by_name["picture"].startswith("After 300 updates the training loss is ")


def test_the_rows_of_the_first_example_are_the_tutorials(names):
    assert np.array_equal(names["input_vectors"], names["tutorial"].X)
    assert np.array_equal(names["targets"], names["tutorial"].y)


def test_the_example_of_the_readme_trains_the_same(names):
    (example,) = (block for block in blocks(README) if "NeuralNetwork" in block)
    before = names["training_error"]
    np.random.seed(0)
    exec(example, names)
    assert names["training_error"] == before


def test_the_picture_is_one_image_that_needs_nothing_else(names):
    html = names["shown"]._repr_html_()
    (source,) = re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', html)
    assert base64.b64decode(source).decode() == names["file"]
    assert "<script" not in html
    links = re.findall(r"https?://[^\"' ]+", names["file"])
    assert set(links) == {"http://www.w3.org/2000/svg"}
    assert html.count(names["shown"].caption) == 2


def test_the_picture_paints_the_predictions_and_puts_every_row_where_it_is(names):
    run, plan = names["run"], names["plan"]
    root = ElementTree.fromstring(names["file"])
    image = root.find(f"{SVG}image")
    pixels = np.asarray(
        Image.open(io.BytesIO(base64.b64decode(image.get("href").partition(",")[2])))
    )
    plane = plane_of(plan.sample, None)
    (values,) = answer_maps(plan, run.parameters_at(300)[np.newaxis], plane)
    blue = pixels[::-1, :, 2].astype(int) - pixels[::-1, :, 0]  # sky has more of it, orange less
    assert np.array_equal(blue > 0, values >= 128)
    rows = [path for path in root.iter(f"{SVG}path") if path.get("transform")]
    assert len(rows) == plan.sample.n_rows
    hollow = [i for i, path in enumerate(rows) if path.get("fill") == "#ffffff"]
    assert hollow == plan.split.test.tolist()
    left, top, side = (float(image.get(name)) for name in ("x", "y", "width"))
    for path, (x1, x2) in zip(rows, plan.sample.X, strict=True):
        x, y = map(float, re.findall(r"[\d.]+", path.get("transform")))
        assert x == pytest.approx(
            left + side * (x1 - plane.x_low) / (plane.x_high - plane.x_low), abs=0.06
        )
        assert y == pytest.approx(
            top + side * (plane.y_high - x2) / (plane.y_high - plane.y_low), abs=0.06
        )


@pytest.mark.parametrize(
    ("sample", "architecture"),
    [
        (
            nnviz.toy_data("blobs", 60, 0.3, seed=0, n_classes=5),
            {"output": "softmax", "loss": "cross_entropy"},
        ),
        (nnviz.toy_data("plane", 60, 0.3, seed=0), {"output": "linear", "loss": "squared_error"}),
        (nnviz.Sample(np.ones((4, 2)), np.array([0, 1, 0, 1]), ("<b>", "&"), ("<i>", "'\"")), {}),
    ],
    ids=["five classes", "regression", "a flat column and markup in names"],
)
@pytest.mark.parametrize("test_fraction", [0.0, 0.5])
def test_every_kind_of_sample_has_a_picture(sample, architecture, test_fraction):
    plan = nnviz.Plan(sample, nnviz.Architecture(**architecture), test_fraction=test_fraction)
    run = nnviz.record(nnviz.Timeline.of(plan, 50))
    for step in (0, 50):
        shown = nnviz.picture(run, step)
        root = ElementTree.fromstring(shown.svg())
        n_curves = len(list(root.iter(f"{SVG}polyline")))
        assert n_curves == (2 if len(plan.split.test) else 1)
        assert ("test loss" in shown.caption) == (len(plan.split.test) > 0)
        assert sample.columns[0] in [text.text for text in root.iter(f"{SVG}text")]


def test_what_has_no_picture_is_refused():
    run = nnviz.record(nnviz.Timeline.of(nnviz.Plan(nnviz.eight_rows()), 10))
    assert nnviz.picture(run).step == 10
    with pytest.raises(ValueError, match="step must be"):
        nnviz.picture(run, 11)
    with pytest.raises(TypeError, match="Record"):
        nnviz.picture("run")
