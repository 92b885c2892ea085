"""Where the browser finds our JavaScript, and Plotly's from the installed package.

Both are served from ``static/vendor/`` under names that change with their content, so a browser
never mixes two versions. Modules import each other by relative paths, hence a folder for ours.
"""

import hashlib
import importlib.util
import logging
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import streamlit as st

_PACKAGE = Path(__file__).resolve().parents[1]

APP: Final = _PACKAGE / "_app" if (_PACKAGE / "_app").is_dir() else _PACKAGE.parent
"""The folder of ``app.py``, only read here: inside an installed package, or the cloned project."""

_OURS = APP / "static" / "nnviz"
# An installed package may be read-only; the command `nnviz` then names the folder it started in.
_SERVED = Path(os.environ.get("NNVIZ_APP", APP)) / "static"
_VENDOR = _SERVED / "vendor"
_COPIED: Final = (".js", ".css")
_KEPT_SECONDS: Final = 24 * 3600  # another server may still serve an older copy

ICON: Final = _OURS / "icon.svg"
"""The picture on the browser tab; a material icon would be fetched from outside."""

# Part of every message to the browser, so it only fetches the module that does the work.
_LOADER = """
const mounts = new WeakMap();
const base = new URL("FOLDER/", document.baseURI);
export default function (component) {
  const { parentElement } = component;
  let entry = mounts.get(parentElement);
  if (!entry) mounts.set(parentElement, (entry = { calls: [] }));
  entry.calls = [...entry.calls.slice(-3), component];
  // Room for what is to come, so that nothing jumps when it has been loaded.
  const [wide, narrow] = component.data?.heights ?? [];
  if (wide) parentElement.style.minHeight = `${parentElement.clientWidth < 600 ? narrow : wide}px`;
  if (!document.getElementById("nv-style")) {
    const link = document.createElement("link");
    Object.assign(link, { id: "nv-style", rel: "stylesheet" });
    link.href = new URL("nnviz.css", base).href;
    document.head.append(link);
  }
  entry.module ??= import(new URL("FILE", base).href);
  entry.module.then(({ mount }) => {
    if (entry.gone) return;
    entry.part ??= mount(parentElement);
    entry.part.update(entry.calls.at(-1));
  }).catch((error) => {
    parentElement.textContent =
      `This part of the page could not be loaded (${error.message}). Please reload the page.`;
  });
  // While a component is being loaded, Streamlit may call with what it has replaced meanwhile,
  // after the newer call, and then cleans up after it: what came before is shown again.
  return () => setTimeout(() => {
    if (!parentElement.isConnected) {
      entry.gone = true;
      entry.part?.destroy();
      mounts.delete(parentElement);
      return;
    }
    const late = entry.calls.at(-1) === component;
    entry.calls = entry.calls.filter((call) => call !== component);
    if (late && entry.calls.length) entry.part?.update(entry.calls.at(-1));
  });
}
"""


@cache
def component(name: str, file: str) -> Any:
    """Return the Streamlit component whose browser side is ``static/nnviz/<file>``.

    Plotly puts its styles into the page, so the component must not be cut off from them.
    """
    return st.components.v2.component(name, js=loader(file), isolate_styles=False)


def loader(file: str) -> str:
    """Return the JavaScript that imports ``static/nnviz/<file>`` and passes on what it is sent.

    Of that module it calls ``mount(element)`` once, and ``update(component)`` of what this returns
    with the newest data; ``destroy()`` when the element has left the page.
    """
    return _LOADER.replace("FILE", file).replace("FOLDER", modules())


@cache
def modules() -> str:
    """Return the address of our modules, relative to the app, copying them into place once.

    Where they cannot be copied, they are served from where they are if Streamlit serves that
    folder; browsers may then keep an older version until the page is reloaded.
    """
    name = f"nnviz-{fingerprint()}"
    try:
        place(name, _copy_modules)
    except OSError as error:
        logging.getLogger("nnviz").warning(
            "The JavaScript could not be copied to %s (%s). It is served from %s instead; after "
            "an update, pages that are open must be reloaded.",
            _VENDOR / name, error, _SERVED / "nnviz",
        )  # fmt: skip
        return "app/static/nnviz"
    _remove_old(name)
    return f"app/static/vendor/{name}"


@cache
def fingerprint() -> str:
    """Return a short hash of the names and contents of our JavaScript and CSS files."""
    digest = hashlib.sha256()
    for file in _sources():
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


@cache
def plotly_js() -> str:
    """Return the address of plotly.js, relative to the app, copying it from its package once.

    Streamlit serves files of the app's own folder only, and refuses links that lead out of it.
    """
    name = f"plotly-{version('plotly')}.min.js"
    package = importlib.util.find_spec("plotly")
    assert package is not None
    assert package.submodule_search_locations is not None
    source = Path(package.submodule_search_locations[0]) / "package_data" / "plotly.min.js"
    place(name, lambda target: shutil.copyfile(source, target))
    return f"app/static/vendor/{name}"


def place(name: str, write: Callable[[Path], object]) -> None:
    """Put a file or folder into the served folder, unless it is there; never a part of it.

    Parameters
    ----------
    name : str
        Of the file or folder. It must change with the content.
    write : callable
        Writes it to the path that it is called with.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    target = _VENDOR / name
    if target.exists():
        return
    _VENDOR.mkdir(parents=True, exist_ok=True)
    # Two servers may start at once: each writes aside and renames, and the first one's stays.
    with tempfile.TemporaryDirectory(dir=_VENDOR, prefix=".part-") as folder:
        part = Path(folder) / name
        write(part)
        try:
            part.rename(target)
        except OSError:
            if not target.exists():
                raise


def _sources() -> list[Path]:
    return sorted(path for path in _OURS.iterdir() if path.suffix in _COPIED)


def _copy_modules(target: Path) -> None:
    target.mkdir()
    for file in _sources():
        shutil.copyfile(file, target / file.name)


def _remove_old(current: str) -> None:
    """Delete copies of other versions unless a server has started with one within a day."""
    with suppress(OSError):  # another server is doing the same, or we may not write here any more
        (_VENDOR / current).touch()
        for folder in [*_VENDOR.glob("nnviz-*"), *_VENDOR.glob(".part-*")]:
            if folder.name != current and time.time() - folder.stat().st_mtime > _KEPT_SECONDS:
                shutil.rmtree(folder)
