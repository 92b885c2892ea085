"""What every test can count on."""

import gc
import importlib
import os
import subprocess
import sys
import sysconfig
import time
import venv
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]

# As in nnviz.site: tests run side by side, and NumPy is not there yet.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# A slow moment of a shared machine is not a failure, and a build server must not find a different
# example each time; what it should keep trying belongs in the test as an @example. Every run tries
# a few examples; `pytest --hypothesis-profile thorough` tries many.
settings.register_profile("local", deadline=None, max_examples=50)
settings.register_profile("ci", settings.get_profile("local"), derandomize=True, database=None)
settings.register_profile("thorough", deadline=None, max_examples=1_000)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "local")


def pytest_configure() -> None:
    """Choose the seed of the outside judge's cases, once for all processes of this run."""
    os.environ.setdefault("OUTSIDE_SEED", str(time.time_ns() // 1_000_000 % 1_000_000))


def pytest_report_header() -> str:
    """Print that seed: it makes the same cases again."""
    return f"OUTSIDE_SEED={os.environ['OUTSIDE_SEED']}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let all workers end with Chromium: its driver keeps an event loop, which other tests need.

    Each of n workers gets an n-th of the list first; who is ready takes from the ends of others.
    So each n-th holds an n-th of the tests without Chromium, and then of those with it.
    """
    n = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    browser = ROOT / "tests" / "browser"
    slow = [item for item in items if browser in item.path.parents]
    quick = [item for item in items if browser not in item.path.parents]
    items[:] = [
        item
        for k in range(n)
        for part in (quick, slow)
        for item in part[len(part) * k // n : len(part) * (k + 1) // n]
    ]


def pytest_collection_finish() -> None:
    """Let Streamlit look through the installed packages once, and the collector through no test.

    AppTest has it read about 300 files of package metadata at every visit, to find components.
    """
    if "streamlit" in sys.modules:
        from streamlit.components.v2 import manifest_scanner

        manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
    # As the server does: what is there stays, and the collector need not look through it again.
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def torch() -> ModuleType:
    """Return PyTorch, the outside oracle; without it the test is skipped, but not with CI=true."""
    try:
        return importlib.import_module("torch")
    except ImportError as error:
        reason = f"PyTorch is not here to compare with: {error}"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the ``bin`` of an environment into which the built wheel is installed.

    What the package requires is taken from the environment of the tests, to need no network.
    """
    folder = tmp_path_factory.mktemp("installed")
    quiet: dict[str, Any] = {"check": True, "capture_output": True, "text": True}
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, **quiet)
    (wheel,) = folder.glob("*.whl")
    place = folder / "environment"
    venv.create(place, with_pip=False, symlinks=os.name != "nt")
    scripts = place / ("Scripts" if os.name == "nt" else "bin")
    paths = sysconfig.get_paths(vars={"base": str(place), "platbase": str(place)})
    Path(paths["purelib"], "theirs.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    install = [sys.executable, "-m", "pip", "--python", str(scripts / "python"), "install"]
    install += ["--no-deps", "--no-index", "--quiet", "--disable-pip-version-check", str(wheel)]
    subprocess.run(install, cwd=folder, **quiet)
    return scripts
