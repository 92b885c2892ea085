"""Where the browser finds our JavaScript, and Plotly's from the installed package."""

import hashlib
import importlib.util
import os
import shutil
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

ICON: Final = _OURS / "icon.svg"
"""The picture on the browser tab; a material icon would be fetched from outside."""

# Part of every message to the browser, so it only fetches the module that does the work.
_LOADER = """
const mounts = new WeakMap();
const base = new URL("app/static/nnviz/", document.baseURI);
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
    link.href = new URL("nnviz.css?v=VERSION", base).href;
    document.head.append(link);
  }
  entry.module ??= import(new URL("FILE?v=VERSION", base).href);
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
def fingerprint() -> str:
    """Return a short hash of our JavaScript and CSS, so that browsers never use an older copy."""
    digest = hashlib.sha256()
    for file in sorted(_OURS.iterdir()):
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


@cache
def component(name: str, file: str) -> Any:
    """Return the Streamlit component whose browser side is ``static/nnviz/<file>``.

    Plotly puts its styles into the page, so the component must not be cut off from them.
    """
    return st.components.v2.component(name, js=loader(file), isolate_styles=False)


def loader(file: str) -> str:
    """Return the JavaScript that brings ``static/nnviz/<file>`` and hands it what it is sent.

    Of that file it calls ``mount(element)`` once, and ``update(component)`` of what this returns
    with the newest data; ``destroy()`` when the element has left the page.
    """
    return _LOADER.replace("FILE", file).replace("VERSION", fingerprint())


@cache
def plotly_js() -> str:
    """Return the address of plotly.js, relative to the app, copying it from its package once.

    Streamlit serves files of the app's own folder only, and refuses links that lead out of it.
    """
    name = f"plotly-{version('plotly')}.min.js"
    target = _VENDOR / name
    if not target.exists():
        package = importlib.util.find_spec("plotly")
        assert package is not None
        assert package.submodule_search_locations is not None
        source = Path(package.submodule_search_locations[0]) / "package_data" / "plotly.min.js"
        _VENDOR.mkdir(parents=True, exist_ok=True)
        # Two servers may start at once: each writes a file of its own and renames it into place.
        part = target.with_suffix(f".{os.getpid()}.part")
        shutil.copyfile(source, part)
        part.replace(target)
    return f"app/static/vendor/{name}"
