"""The script of Vector similarity: it runs by itself and prints what the page shows."""

import re

import pytest

from nnviz.chapters.vector_similarity.script import similarity_snippet
from nnviz.chapters.vector_similarity.vectors import compare
from nnviz.data import tutorial
from tests.clean_process import output

TUTORIAL = (tutorial.INPUT_VECTOR, tutorial.WEIGHTS_1, tutorial.WEIGHTS_2)
PRINTED = {"dot": "dot product", "cosine": "cosine", "angle": "angle"}


def printed(script, folder):
    """Run a script far from the project, without the user's own packages; read what it prints."""
    lines = [line.rsplit(": ", 1) for line in output(script, folder)]
    return {name: float(value) for name, value in lines}


def on_the_screen(arrows):
    """Return what the page knows of both comparisons, under the names that the script prints."""
    a, *both = arrows
    shown = {}
    for i, weights in enumerate(both, 1):
        for name, title in PRINTED.items():
            value = getattr(compare(a, weights), name)
            if value is not None:
                shown[f"weights_{i} {title}"] = value
    return shown


@pytest.mark.parametrize(
    "arrows",
    [
        TUTORIAL,
        ((1.72, 1.23), (2.52, 0.0), (2.17, 0.32)),
        ((-0.07, -0.03), (0.03, -0.07), (-0.5, -2.0)),  # a right angle; both negative
        ((0.1, 0.3), (0.2, 0.6), (-0.3, -0.9)),  # the same direction, and the opposite one
        ((3.2, 2.0), (3.2, 1.99), (-3.2, -1.99)),  # nearly so
        ((1, 1), (2, 0), (0, -3)),  # whole numbers
        ((1.0, 1e-9), (1.0, 0.0), (1e-9, 1.0)),
    ],
    ids=repr,
)
def test_the_script_prints_the_numbers_on_the_screen(arrows, tmp_path):
    shown = on_the_screen(arrows)
    assert len(shown) == 6
    numbers = printed(similarity_snippet(*arrows), tmp_path)
    assert numbers.keys() == shown.keys()
    assert numbers == pytest.approx(shown, rel=1e-12, abs=1e-12)


def test_the_tutorials_figures_are_printed(tmp_path):
    numbers = printed(similarity_snippet(*TUTORIAL), tmp_path)
    assert numbers["weights_1 dot product"] == pytest.approx(2.1672, rel=1e-12)
    assert numbers["weights_2 dot product"] == pytest.approx(4.1259999999999994, rel=1e-12)
    assert numbers["weights_2 cosine"] == pytest.approx(0.8895719906352269, rel=1e-12)
    assert numbers["weights_2 angle"] == pytest.approx(27.1805, abs=5e-5)


@pytest.mark.parametrize(
    ("arrows", "with_angle"),
    [
        (((1, 2), (0, 0), (3, 4)), ["weights_2"]),
        (((1, 2), (3, 4), (0, 0)), ["weights_1"]),
        (((0, 0), (1, 2), (3, 4)), []),
        (((0, 0), (0, 0), (0, 0)), []),
    ],
    ids=repr,
)
def test_an_arrow_of_length_zero_has_a_dot_product_and_no_angle(arrows, with_angle, tmp_path):
    numbers = printed(similarity_snippet(*arrows), tmp_path)
    assert [name.split()[0] for name in numbers if name.endswith("dot product")] == [
        "weights_1",
        "weights_2",
    ]
    assert [name.split()[0] for name in numbers if name.endswith("angle")] == with_angle
    assert numbers == pytest.approx(on_the_screen(arrows), rel=1e-12)


def test_the_script_is_short_lines_and_needs_numpy_alone():
    script = similarity_snippet((1 / 3, -2 / 3), (1e-17, 2.5e300), (-0.0, 1.1))
    assert max(map(len, script.splitlines())) <= 100
    assert re.findall(r"^\s*(?:import|from) .*", script, re.M) == ["import numpy as np"]
    # Every number in full.
    assert "[0.3333333333333333, -0.6666666666666666]" in script
