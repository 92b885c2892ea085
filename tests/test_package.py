"""The package itself: what it exports, that importing it is light, and that it can be installed."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import nnviz
from nnviz.data.toys import make

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_what_it_exports():
    assert nnviz.__version__ == "0.2.0"
    for name in nnviz.__all__:
        assert getattr(nnviz, name) is not None, name
    assert set(nnviz.__all__) <= set(dir(nnviz))
    assert nnviz.toy_data is make
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = nnviz.no_such_name


def test_each_public_name_is_said_alike_for_people_types_and_python():
    source = (ROOT / "nnviz" / "__init__.py").read_text(encoding="utf-8")
    (checked,) = [node for node in ast.parse(source).body if isinstance(node, ast.If)]
    for_types = {
        alias.asname or alias.name: f"{node.module}:{alias.name}"
        for node in checked.body
        for alias in node.names
    }
    assert for_types == dict(nnviz._PLACES)
    assert {*for_types, "__version__"} == set(nnviz.__all__)
    told = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    for name in for_types:
        assert re.search(rf"\b{name}\b", told), f"docs/api.md does not speak of {name}"


def test_importing_it_brings_in_nothing_heavy():
    code = "import sys, nnviz; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    heavy = {"scipy", "plotly", "streamlit", "pandas", "torch", "matplotlib"}
    assert not heavy & set(loaded.stdout.split())


def test_it_is_tested_with_versions_that_it_may_be_installed_with():
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    pinned = [Requirement(line.partition("#")[0]) for line in lines if line[0] != "#"]
    ranges = {r.name: r for r in map(Requirement, PROJECT["dependencies"])}
    assert sorted(ranges) == sorted(r.name for r in pinned)
    for requirement in pinned:
        allowed = ranges[requirement.name]
        (version,) = requirement.specifier
        assert version.operator == "=="
        assert version.version in allowed.specifier, requirement.name
        assert requirement.marker == allowed.marker, requirement.name


def test_an_installed_package_works_far_from_the_project(installed, tmp_path):
    code = "import nnviz; print(nnviz.__file__); print(nnviz.NeuralNetwork(0.1).predict([1, 1]))"
    python = str(installed / "python")
    done = subprocess.run([python, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    file, prediction = done.stdout.splitlines()
    assert Path(file).is_relative_to(installed.parent)
    assert 0 < float(prediction) < 1
    told = subprocess.run(
        [installed / "nnviz", "--version"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert told.stdout == f"nnviz {PROJECT.get('version', nnviz.__version__)}\n"
