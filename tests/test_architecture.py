"""Hold the rules of the house by path: imports, randomness, shared state, fetching.

The parts and the roles of the files of a chapter are described in docs/architecture.md.
"""

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = sorted((ROOT / "nnviz").rglob("*.py"))
DOORS = [ROOT / "app.py", *sorted((ROOT / "pages").glob("*.py"))]
BROWSER_FILES = sorted(
    path for path in (ROOT / "static" / "nnviz").rglob("*") if path.suffix in (".js", ".css")
)

# A part imports itself and the parts before it; a chapter never imports another chapter.
PARTS = (
    "text",
    "room",
    "nn",
    "data",
    "training",
    "chart",
    "site",
    "walkthrough",
    "chapters",
    "serving",
)

# What the role of a file, which its name or its folder tells, lets it import besides NumPy.
ROLES = {"core": set(), "figure": {"plotly"}, "view": {"pandas", "plotly", "streamlit"}}
# What a file of these parts may do if its name does not tell more.
PART_ROLES = {"chart": "figure", "site": "view", "serving": "view"}
# They put something on a page.
CHART_COMPONENTS = ("assets", "chart", "copying", "fields", "pixels", "slider")
FIGURE_NAMES = ("figure", "figures")
VIEW_NAMES = ("address", "controls", "page", "view", "views")
# The one file, or the few, that may import this library besides.
ALLOWED_HERE = {
    "numba": {"nnviz/training/kernels/"},
    "scipy": {"nnviz/training/baselines/"},
    "segno": {"nnviz/serving/", "nnviz/site/lesson_link.py", "nnviz/chapters/room/page.py"},
    "sqlalchemy": {"nnviz/room/"},
    "starlette": {"nnviz/site/server.py", "nnviz/site/room_routes.py"},
    "simplemma": {"nnviz/chapters/words_to_numbers/lemmas.py"},
}

RANDOM_SOURCES = ("nnviz/nn/rng.py", "nnviz/nn/neuron.py")
RANDOM_TYPES = ("np.random.Generator", "np.random.RandomState")  # as annotations
MUTABLE = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
MOST_FILES = 30
LONGEST_FILE = 400


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def place(path: Path) -> tuple[str, str]:
    """Return the part that a file belongs to, and its chapter; "" where there is none."""
    names = path.relative_to(ROOT).with_suffix("").parts
    part = names[1] if names[0] == "nnviz" and len(names) > 2 else ""
    return part, names[2] if part == "chapters" and len(names) > 3 else ""


def role(path: Path) -> str:
    """Return what a file may do: compute, draw (figure), or speak with Streamlit (view)."""
    part, _ = place(path)
    if not part or (part == "chart" and path.stem in CHART_COMPONENTS):
        return "view"
    if part in PART_ROLES:
        return PART_ROLES[part]
    names = [re.split(r"_", name)[0] for name in path.relative_to(ROOT).with_suffix("").parts[2:]]
    if any(name in VIEW_NAMES for name in names):
        return "view"
    if any(name in FIGURE_NAMES for name in names):
        return "figure"
    return "core"


@cache
def imported(path: Path) -> frozenset[str]:
    """Return the full name of every module, and of everything taken out of a module."""
    return frozenset(_imported(path))


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{relative(path)} imports relatively; write the full name"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(name: str, package: str) -> bool:
    return f"{name}.".startswith(f"{package}.")


def test_parts_import_downwards_only() -> None:
    for path in PACKAGE:
        part, chapter = place(path)
        if not part:
            continue
        for name in imported(path):
            names = name.split(".")
            if names[0] != "nnviz" or name == "nnviz.__version__":
                continue
            told = f"{relative(path)} imports {name}"
            assert len(names) > 2, f"{told}: import from the part that it is in"
            assert names[1] in PARTS, told
            assert PARTS.index(names[1]) <= PARTS.index(part), f"{told}, a part above it"
            if names[1] == "chapters":
                assert names[2] == chapter, f"{told}, another chapter"


def test_files_import_what_their_role_lets_them() -> None:
    for path in [*PACKAGE, *DOORS]:
        allowed = {"nnviz", "numpy"} | ROLES[role(path)] | sys.stdlib_module_names
        for name in imported(path):
            root = name.partition(".")[0]
            here = any(relative(path).startswith(start) for start in ALLOWED_HERE.get(root, ()))
            told = f"{relative(path)}, a {role(path)} file, imports {name}"
            assert here or root in allowed, told
            assert role(path) == "view" or not within(name, "nnviz.site"), told


def test_no_imports_run_in_a_circle() -> None:
    files = {
        relative(path).removesuffix(".py").removesuffix("/__init__").replace("/", "."): path
        for path in PACKAGE
    }
    graph = {
        module: {
            found
            for name in imported(path)
            for found in (name, name.rpartition(".")[0])
            if found in files and found != module and files[found].name != "__init__.py"
        }
        for module, path in files.items()
    }
    while leaves := [module for module, needs in graph.items() if not needs]:
        for leaf in leaves:
            del graph[leaf]
        for needs in graph.values():
            needs.difference_update(leaves)
    assert not graph, f"in a circle, or above one: {sorted(graph)}"


@pytest.mark.parametrize(
    ("roles", "without"),
    [(("core",), "plotly streamlit pandas"), (("core", "figure"), "streamlit pandas")],
    ids=["core", "figures"],
)
def test_it_runs_without(roles: tuple[str, ...], without: str) -> None:
    modules = [
        relative(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for path in PACKAGE
        if role(path) in roles and place(path)[0]
    ]
    program = (
        "import importlib, sys\n"
        "for name in sys.argv[1].split(): sys.modules[name] = None\n"
        "for name in sys.argv[2:]: importlib.import_module(name)\n"
    )
    result = subprocess.run(
        [sys.executable, "-W", "error", "-c", program, without, *modules],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stderr


def test_a_folder_can_be_taken_in_at_a_glance() -> None:
    for folder in {path.parent for path in PACKAGE}:
        files = [path for path in folder.glob("*.py") if path.name != "__init__.py"]
        if not files:
            continue
        assert len(files) <= MOST_FILES, f"{relative(folder)} has {len(files)} files"
        prefixes = Counter(path.stem.partition("_")[0] for path in files)
        for prefix, n in prefixes.items():
            assert n < 3, f"{relative(folder)}: {n} files begin with {prefix}; make it a folder"


def test_every_shared_folder_has_a_map() -> None:
    for folder in {path.parent for path in PACKAGE}:
        path = folder / "__init__.py"
        assert path.is_file(), f"{relative(folder)} has no __init__.py"
        text = ast.get_docstring(parse(path)) or ""
        assert text, f"{relative(path)} does not say what is in its folder"
        if folder.parent == ROOT / "nnviz" and folder.name != "chapters":
            assert len(text.splitlines()) >= 5, f"{relative(path)} is no map of its folder"


def test_a_file_has_one_subject() -> None:
    for path in [*PACKAGE, *DOORS, *BROWSER_FILES]:
        assert path.stem not in ("utils", "util", "common", "helpers", "misc")
        n_lines = len(path.read_text(encoding="utf-8").splitlines())
        assert n_lines <= LONGEST_FILE, f"{relative(path)} has {n_lines} lines: split it by subject"


def test_a_page_is_a_door() -> None:
    for path in DOORS:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 12, relative(path)


def test_randomness_has_one_source() -> None:
    for path in [*PACKAGE, *DOORS]:
        if relative(path) in RANDOM_SOURCES:
            continue
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


def test_nothing_mutable_is_shared_between_users() -> None:
    for path in [*PACKAGE, *DOORS]:
        for node in parse(path).body:
            if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, MUTABLE):
                name = ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target)
                assert name == "__all__", f"{relative(path)}: {name} can be changed by any user"


def test_the_browser_is_sent_nowhere_else() -> None:
    for path in BROWSER_FILES:
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/", "")  # namespaces
        found = re.findall(r"(?:https?:|wss?:)?//[\w-]+\.\w+\S*", text)
        assert not found, f"{relative(path)}: {found}"


def test_every_page_has_a_test() -> None:
    for path in DOORS[1:]:
        assert (ROOT / "tests" / "pages" / f"test_{path.name}").is_file()


def test_the_architecture_names_files_that_exist() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    starts = "|".join(("nnviz", "static", "tests", "scripts", "pages", *PARTS))
    named = set(re.findall(rf"`((?:{starts})/[\w/.]+)`", text))
    assert len(named) > 30
    for name in named:
        assert (ROOT / name).exists() or (ROOT / "nnviz" / name).exists(), name
