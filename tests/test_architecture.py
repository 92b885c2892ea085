"""Imports run one way, files stay small, randomness has one source, nothing is fetched."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
NNVIZ = sorted((ROOT / "nnviz").rglob("*.py"))
PAGES = sorted((ROOT / "pages").glob("*.py"))
SCRIPTS = [ROOT / "app.py", *PAGES]
BROWSER_FILES = sorted(
    path for path in (ROOT / "static" / "nnviz").iterdir() if path.suffix in (".js", ".css")
)

# What each layer may import besides the standard library and the layers below it.
LAYERS = {
    "core": {"nnviz", "numpy"},
    "figures": {"nnviz", "numpy", "plotly"},
    "ui": {"nnviz", "numpy", "pandas", "plotly", "streamlit"},
    "pages": {"nnviz", "streamlit"},
}
ABOVE = {"core": ("nnviz.figures", "nnviz.ui"), "figures": ("nnviz.ui",), "ui": (), "pages": ()}
# Reference answers that the learner compares with, never what is taught.
ALLOWED_HERE = {
    "nnviz/baselines.py": {"scipy"},
    "nnviz/separation.py": {"scipy"},
    "nnviz/network_search.py": {"scipy"},
    "nnviz/boundaries.py": {"contourpy"},
    "nnviz/kernel.py": {"numba"},
    "nnviz/batch_kernel.py": {"numba"},
    "nnviz/batch_draws.py": {"numba"},
    "nnviz/batch_walk.py": {"numba"},
    "nnviz/eights.py": {"numba", "llvmlite"},
    "nnviz/lanes.py": {"numba"},
    "nnviz/words_lemmas.py": {"simplemma"},
}

RANDOM_SOURCES = ("nnviz/rng.py", "nnviz/neuron.py")
RANDOM_TYPES = ("np.random.Generator", "np.random.RandomState")  # as annotations
MUTABLE = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
LONGEST_FILE = 260


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def layer(path: Path) -> str:
    parts = path.relative_to(ROOT).parts
    if parts[0] != "nnviz":
        return "pages"
    return parts[1] if parts[1] in LAYERS else "core"


def imported(path: Path) -> Iterator[str]:
    """Yield the full name of every module, and of everything taken out of a module."""
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{relative(path)} imports relatively; write the full name"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(name: str, package: str) -> bool:
    return f"{name}.".startswith(f"{package}.")


@pytest.mark.parametrize("path", [*NNVIZ, *SCRIPTS], ids=relative)
def test_imports_run_one_way(path: Path) -> None:
    allowed = LAYERS[layer(path)] | ALLOWED_HERE.get(relative(path), set())
    for name in imported(path):
        root = name.partition(".")[0]
        assert root in allowed | sys.stdlib_module_names, f"{relative(path)} imports {name}"
        for above in ABOVE[layer(path)]:
            assert not within(name, above), f"{relative(path)} imports {name}, a layer above it"


def test_the_core_runs_without_plotly_streamlit_and_pandas() -> None:
    modules = [
        relative(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for path in NNVIZ
        if layer(path) == "core"
    ]
    program = (
        "import importlib, sys\n"
        "for name in ('plotly', 'streamlit', 'pandas'): sys.modules[name] = None\n"
        "for name in sys.argv[1:]: importlib.import_module(name)\n"
    )
    result = subprocess.run(
        [sys.executable, "-W", "error", "-c", program, *modules],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("path", [*NNVIZ, *SCRIPTS, *BROWSER_FILES], ids=relative)
def test_a_file_has_one_subject(path: Path) -> None:
    assert path.stem not in ("utils", "util", "common", "helpers", "misc")
    n_lines = len(path.read_text(encoding="utf-8").splitlines())
    assert n_lines <= LONGEST_FILE, f"{relative(path)} has {n_lines} lines: split it by subject"


@pytest.mark.parametrize("path", [*NNVIZ, *SCRIPTS], ids=relative)
def test_randomness_has_one_source(path: Path) -> None:
    if relative(path) in RANDOM_SOURCES:
        return
    for name in imported(path):
        assert not within(name, "random"), f"{relative(path)} imports {name}"
        assert not within(name, "numpy.random"), f"{relative(path)} imports {name}"
    nodes = list(ast.walk(parse(path)))
    called = {ast.unparse(node.func) for node in nodes if isinstance(node, ast.Call)}
    used = {ast.unparse(node) for node in nodes if isinstance(node, ast.Attribute)}
    for name in used:
        if name.startswith("np.random."):
            assert name in RANDOM_TYPES, f"{relative(path)} uses {name}"
            assert name not in called, f"{relative(path)} calls {name}"


@pytest.mark.parametrize("path", [*NNVIZ, *SCRIPTS], ids=relative)
def test_nothing_mutable_is_shared_between_users(path: Path) -> None:
    for node in parse(path).body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, MUTABLE):
            name = ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target)
            assert name == "__all__", f"{relative(path)}: {name} can be changed by any user"


@pytest.mark.parametrize("path", BROWSER_FILES, ids=relative)
def test_the_browser_is_sent_nowhere_else(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("http://www.w3.org/", "")  # names of namespaces
    assert not re.findall(r"(?:https?:|wss?:)?//[\w-]+\.\w+\S*", text)


@pytest.mark.parametrize("path", PAGES, ids=relative)
def test_every_page_has_a_test(path: Path) -> None:
    assert (ROOT / "tests" / "pages" / f"test_{path.name}").is_file()
