"""Numbers on the screen are written by `nnviz.text.digits`: no part of nnviz rounds its own way.

Format specifications round without knowing what the number is compared with: ``.0%`` writes 0.999
as 100%, ``g`` writes 2147483647 as 2.14748e+09, and both lose what a sentence goes on about.
"""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = re.compile(r"[eEfFgG%]$")
D3_PERCENT = re.compile(r":[^{}%\s]*[\d~]%\}|^[,~]?\.\d+%$")
"""In a template of Plotly's, or as the format of its axis."""

NO_TEXT = {
    "text/digits.py": "the writer itself",
    "notebook.py": "coordinates of a drawing",
    "text/worksheet.py": "an answer with as many decimals as its exercise asks for",
    "walkthrough/figures/plan.py": "coordinates of a drawing",
    "chapters/deeper_networks/figures/gallery.py": "coordinates of a drawing",
    "chapters/prediction/figures/matrices.py": "cells of one width, in full on hover",
    "chapters/rules_or_learning/figures/training.py": "a colour",
}


def rounding(source):
    """Return the lines of a module that round a number into a text, or a percentage in a template.

    A number that `float` reads again is none: so nnviz rounds what it computes with.
    """
    tree, read_again, found = ast.parse(source), set(), []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "float":
            read_again |= {id(each) for each in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.FormattedValue) and node.format_spec and id(node) not in read_again:
            parts = node.format_spec.values
            if isinstance(parts[-1], ast.Constant) and ROUNDS.search(parts[-1].value):
                found.append(node.lineno)
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found += [node.lineno] * len(D3_PERCENT.findall(node.value))
    return sorted(set(found))


def test_no_number_is_rounded_but_by_the_one_writer():
    files = {str(path.relative_to(ROOT / "nnviz")): path for path in ROOT.glob("nnviz/**/*.py")}
    found = {name: rounding(path.read_text("utf-8")) for name, path in files.items()}
    assert {name: lines for name, lines in found.items() if lines and name not in NO_TEXT} == {}
    # Each exception is one: what needs none any more must not hide the next.
    assert all(found[name] for name in NO_TEXT)


def test_what_rounds_is_found():
    for source in (
        'f"{p:.0%} of them"', 'f"{p:.1f}"', 'f"{p:g}"', 'f"{p:.{n}e}"',
        'f"update: %{{y:.1%}} right"', '"%{y:.1%} right"', 'axis(tickformat=".0%")',
        '"print(f\'{share:.1%}\')"',
    ):  # fmt: skip
        assert rounding(source) == [1], source
    for source in (
        'float(f"{x:.3g}")', 'f"{n:,} of {m}"', 'axis(tickformat="~%")', 'f"{code:08x}"',
        '"loss %{y:.4g}"',
    ):  # fmt: skip
        assert rounding(source) == [], source


def test_no_script_of_the_browser_writes_a_percentage():
    for path in (ROOT / "static" / "nnviz").glob("*.js"):
        for line in path.read_text("utf-8").splitlines():
            assert not re.search(r"toFixed\(\d\)\}?\s*%|100\s*\*", line), (path.name, line)
