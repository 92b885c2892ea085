"""A chart with its recorded run as one HTML file, which needs neither a server nor a network.

The file holds our modules as one script, plotly.js packed, the figure, and the packs of its tracks;
``static/nnviz/one_file.js`` begins there. A module cannot be imported from a disk, hence the one
script. What the file may fetch is written into it: nothing.
"""

import base64
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

_BEGINS: Final = "one_file"
_IMPORT: Final = re.compile(r'^import \{ ([^}]+) \} from "\./(\w+)\.js";$', re.MULTILINE)
_EXPORT: Final = re.compile(r"^export (?=(?:async )?(?:function|class|const) (\w+))", re.MULTILINE)
_NOT_BUNDLED: Final = re.compile(r"^(?:import|export)\b|import\.meta|</script|<!--", re.MULTILINE)
_MAY: Final = (
    "default-src 'none'; script-src 'unsafe-inline' blob:; style-src 'unsafe-inline'; "
    "img-src data: blob:"
)


@dataclass(frozen=True, kw_only=True)
class OneFile:
    """What stands in the file."""

    title: str
    task: str  # HTML: what to do, or what it is about
    message: Mapping[str, Any]  # of the chart, as the browser is sent it
    marks: str = ""  # what the marks of the picture mean, where it does not say so itself
    packs: Sequence[bytes]  # the tracks, those whose clock counts first
    large: bool = False  # whether its type is that of a projector
    theme: str  # "light" or "dark": how it was seen when it was made
    foot: str  # HTML: where it comes from


def alone(message: Mapping[str, Any]) -> dict[str, Any]:
    """Return the message of a chart without what needs a server: it can be looked at and played.

    What could be dragged stays as a mark in its place.
    """
    clock = message["clock"]
    marks = []
    for handle in message["handles"]:
        place = (handle["x"], handle["y"])
        marks.append({**handle, "low": place, "high": place, "curve": None})
    return {
        **message,
        **{name: [] for name in ("clicks", "keys", "buttons", "frames")},
        "handles": marks,
        "plotly": "",
        "answered": 0,
        "fill": True,
        "clock": {**clock, "order": "", "settles": False, "held": True},
    }


def html(
    file: OneFile,
    sources: Mapping[str, bytes],
    plotly: bytes,
    colours: Mapping[str, Mapping[str, str]],
) -> str:
    """Return the file as text, to be written as UTF-8.

    Parameters
    ----------
    file : OneFile
    sources : mapping of str to bytes
        Our JavaScript and CSS by the names of their files.
    plotly : bytes
        plotly.js, packed by gzip.
    colours : mapping
        Of each theme, as `nnviz.chart.assets.colours` gives them.
    """
    message = {**alone(file.message), "hint": file.marks}
    keys = f"Press {message['clock']['play']} or the space bar. The arrow keys go on and back."
    run = {"message": message, "keys": keys, "packs": [_text(pack) for pack in file.packs]}
    style = "".join(
        f"{selector} {{ color-scheme: {base}; {_variables(colours[base])} }}\n"
        for base, selector in (("light", ":root"), ("dark", ":root[data-theme=dark]"))
    )
    style += "".join(sources[name].decode() for name in ("nnviz.css", "paper.css", "one_file.css"))
    large = ' class="nv-large"' * file.large
    return f"""<!DOCTYPE html>
<html lang="en"{large} data-made-in="{escape(file.theme, quote=True)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_MAY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(file.title)} \u00b7 nnviz</title>
<style>
{style}</style>
</head>
<body class="stApp">
<header><h1>{escape(file.title)}</h1><button type="button" id="nv-theme"></button></header>
<main>
<div class="nv-task">{file.task}</div>
<p class="nv-marks">{escape(file.marks)}</p>
<div id="nv-chart"><noscript>This lesson needs JavaScript, which is switched off.</noscript></div>
</main>
<footer>{file.foot}</footer>
<script type="application/json" id="nv-run">{_json(run)}</script>
<script type="text/plain" id="nv-plotly">{_text(plotly)}</script>
<script type="module">
{bundled(_BEGINS, sources)}</script>
</body>
</html>
"""


def bundled(name: str, sources: Mapping[str, bytes]) -> str:
    """Return a module and all that it imports as one script, each in a function of its own.

    Raises
    ------
    ValueError
        If modules import each other in a circle, or in another way than ours do, or hold what would
        end a script in HTML.
    """
    done: dict[str, str] = {}

    def visit(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            raise ValueError(f"{name}.js imports itself by way of {', '.join(above)}.")
        if name in done:
            return
        source = sources[f"{name}.js"].decode()
        for found in _IMPORT.finditer(source):
            visit(found[2], (*above, name))
        names = _EXPORT.findall(source)
        body = _EXPORT.sub("", _IMPORT.sub(_taken, source))
        left = _NOT_BUNDLED.search(body)
        if left:
            raise ValueError(f"{name}.js holds {left[0]!r}, which cannot be put into one file.")
        returned = f"return {{ {', '.join(names)} }};"
        done[name] = f"const {name}_js = (() => {{\n{body}{returned}\n}})();\n"

    visit(name, ())
    return "".join(done.values())


def _taken(found: re.Match[str]) -> str:
    return f"const {{ {found[1].replace(' as ', ': ')} }} = {found[2]}_js;"


def _variables(colours: Mapping[str, str]) -> str:
    """Return the colours of a theme under the names by which our CSS and figures know them."""
    names = (re.sub("[A-Z]", lambda found: f"-{found[0].lower()}", name) for name in colours)
    return " ".join(
        f"--st-{name}: {value};" for name, value in zip(names, colours.values(), strict=True)
    )


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _json(value: Any) -> str:
    """Return JSON that ends no script in HTML."""
    return json.dumps(value, separators=(",", ":")).replace("<", "\\u003c")
