"""Our JavaScript, and Plotly's from the installed package, as the browser gets them.

They are read once, when the server starts, and served from memory (`nnviz.site.server`) under names
that change with their content: a browser never mixes two versions, nothing has to be written to a
disk, and a file that is being replaced is never served by halves.
"""

import hashlib
import importlib.util
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import streamlit as st

_PACKAGE = Path(__file__).resolve().parents[1]

APP: Final = _PACKAGE / "_app" if (_PACKAGE / "_app").is_dir() else _PACKAGE.parent
"""The folder of ``app.py``: inside an installed package, or the cloned project."""

_OURS = APP / "static" / "nnviz"
_SERVED: Final = (".js", ".css")

ICON: Final = _OURS / "icon.svg"
"""The picture on the browser tab; a material icon would be fetched from outside."""

# What follows is part of every message to the browser, so it only fetches the module that does the
# work, as often as it takes in an outage.
_FETCH: Final = """
const url = new URL("FOLDER/MODULE", document.baseURI).href;
const again = () => new Promise((done) => setTimeout(done, 2000)).then(load);
const load = () => import(url).catch(again);
"""

# There is room for what is to come from the first moment, so that nothing jumps when it comes.
_LOADER: Final = """const loader = load();
export default function (component) {
  const { parentElement, data } = component;
  const [wide, narrow] = data?.heights ?? [];
  const high = data?.fill && document.querySelector(".nv-task") ? innerHeight - 110 : 0;
  const room = parentElement.clientWidth < 600 ? narrow : high || wide;
  if (wide) parentElement.dataset.nvRoom = "";
  // An element of Streamlit's own is in there from the beginning.
  const drawn = parentElement.querySelector(".nv-figure");
  if (wide && !drawn) parentElement.style.minHeight = `${room}px`;
  loader.then(({ show }) => show("FILE", component));
  return () => loader.then(({ leave }) => leave(component));
}
"""

# Packs are many and name themselves, so they need no more than the module that opens them.
_OPENER: Final = """export default function ({ data }) {
  load().then(({ take }) => take(data));
}
"""


@cache
def packs() -> Any:
    """Return the Streamlit component that opens a pack of tracks and shows nothing."""
    code = _fetch("frames.js") + _OPENER
    return st.components.v2.component("nnviz_frames", js=code, isolate_styles=False)


@cache
def component(name: str, file: str) -> Any:
    """Return the Streamlit component whose browser side is ``static/nnviz/<file>``.

    Its data hold tuples, where they can, and no lists: those Streamlit takes apart to see whether
    they are tables, each for as long as it takes to send a small element.

    Plotly puts its styles into the page, so the component must not be cut off from them.
    """
    return st.components.v2.component(name, js=loader(file), isolate_styles=False)


def loader(file: str) -> str:
    """Return the JavaScript that imports ``static/nnviz/<file>`` and passes on what it is sent.

    Of that module it calls ``mount(element)`` once, and ``update(component)`` of what this returns
    with the newest data; ``destroy()`` when the element has left the page.
    """
    return _fetch("loader.js") + _LOADER.replace("FILE", file)


def _fetch(module: str) -> str:
    return _FETCH.replace("FOLDER", modules()).replace("MODULE", module)


@cache
def files() -> Mapping[str, bytes]:
    """Return what is served: contents by their address, relative to the app."""
    ours = {f"{modules()}/{name}": content for name, content in sources().items()}
    package = importlib.util.find_spec("plotly")
    assert package is not None
    assert package.submodule_search_locations is not None
    folder = Path(package.submodule_search_locations[0]) / "package_data"
    return MappingProxyType({**ours, plotly_js(): (folder / "plotly.min.js").read_bytes()})


@cache
def modules() -> str:
    """Return the address of the folder of our modules; they import each other by relative paths."""
    digest = hashlib.sha256()
    for name, content in sources().items():
        digest.update(name.encode())
        digest.update(content)
    return f"app/nnviz-{digest.hexdigest()[:12]}"


@cache
def plotly_js() -> str:
    """Return the address of plotly.js."""
    return f"app/plotly-{version('plotly')}.min.js"


@cache
def plotly_to_take_along() -> bytes:
    """Return plotly.js for a file that a person takes along, packed by gzip.

    It is the bundle for figures in the plane, a third of the whole: the npm package
    ``plotly.js-cartesian-dist-min`` in the version that the installed package has.
    """
    return (APP / "static" / "plotly" / "plotly-cartesian.min.js.gz").read_bytes()


@cache
def colours() -> Mapping[str, Mapping[str, str]]:
    """Return colours and fonts of both themes, "light" and "dark", as Streamlit is told them."""
    theme = tomllib.loads((APP / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
    return MappingProxyType(
        {
            base: MappingProxyType(
                {
                    name: value
                    for name, value in {**theme, **theme[base]}.items()
                    if re.search("(?:Color|ont)$", name)
                }
            )
            for base in ("light", "dark")
        }
    )


@cache
def sources() -> Mapping[str, bytes]:
    """Return our JavaScript and CSS files, as they are when they are first asked for."""
    paths = sorted(path for path in _OURS.iterdir() if path.suffix in _SERVED)
    return MappingProxyType({path.name: path.read_bytes() for path in paths})
