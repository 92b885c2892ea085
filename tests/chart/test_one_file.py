"""A chart as one file: one script, nothing that ends it early, nothing to fetch."""

import gzip
import importlib.util
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from nnviz.chart import assets, one_file

NASTY = "</script><img src=x onerror=alert(1)>\n<!-- & \u2028 'ÿ\" \u202e مرحبا 漢字 🌱 ]]>"
MESSAGE: dict[str, Any] = {
    "plotly": "app/plotly.js",
    "figure": "",
    "words": NASTY,
    "hint": "Drag it. Click it.",
    "handles": [{"name": "a", "text": "threshold", "x": 1, "y": 2, "low": (0, 0), "high": (9, 9)}],
    "clicks": ["xy"],
    "keys": ["n"],
    "buttons": [{"name": "+"}],
    "frames": ["0123456789abcdef"],
    "clock": {"step": 3, "order": "8f3.1", "play": "Train", "unit": "update", "settles": True},
    "answered": 7,
}


class Read(HTMLParser):
    """The scripts of a page, its texts, and what it would fetch or lead to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.addresses: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "script":
            self.scripts.append("")
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href")]

    def handle_data(self, data: str) -> None:
        if self.tags[-1:] == ["script"] and self.cdata_elem:
            self.scripts[-1] += data
        else:
            self.texts.append(data)


def made(**changes: Any) -> str:
    parts: dict[str, Any] = {
        "title": "A & B </title>",
        "task": "<p>Look.</p>",
        "message": MESSAGE,
        "packs": [b"\0\1\2", b"\3"],
        "marks": "The ring is now.",
        "theme": "dark",
        "foot": "Made here.",
    }
    file = one_file.OneFile(**{**parts, **changes})
    return one_file.html(file, assets.sources(), assets.plotly_to_take_along(), assets.colours())


def test_what_stands_in_it_cannot_break_out_of_its_place():
    page = Read(made())
    assert len(page.scripts) == 3
    run = json.loads(page.scripts[0])
    assert run["message"]["words"] == NASTY
    assert run["packs"] == ["AAEC", "Aw=="]
    assert "img" not in page.tags
    assert "A & B </title> · nnviz" in page.texts
    assert not page.addresses
    assert run["message"]["hint"] == "The ring is now."
    assert run["keys"] == "Press Train or the space bar. The arrow keys go on and back."
    assert "default-src 'none'" in made()
    for place in re.findall(r"https?://[^\s\"'`)]+", made()):
        assert place.startswith("http://www.w3.org/"), place


def test_the_same_chart_gives_the_same_bytes():
    other = {**MESSAGE, "clock": {**MESSAGE["clock"], "order": "another session"}, "answered": 8}
    assert made() == made(message=other)
    assert made() != made(message={**MESSAGE, "words": "Something else."})


def test_what_needs_a_server_is_not_offered():
    message = one_file.alone(MESSAGE)
    assert not any(message[name] for name in ("clicks", "keys", "buttons", "frames", "plotly"))
    (handle,) = message["handles"]
    assert handle["low"] == handle["high"] == (1, 2), "a mark that nobody can drag"
    assert handle["text"] == "threshold"
    assert message["clock"]["held"]
    assert not message["clock"]["settles"]
    assert message["clock"]["step"] == 3


def test_modules_become_one_script_in_which_each_comes_after_what_it_imports():
    sources = {
        "a.js": b'import { f as g, C } from "./b.js";\nimport { two } from "./c.js";\ng(two, C);\n',
        "b.js": b'import { two } from "./c.js";\nexport function f() {}\nexport class C {}\n',
        "c.js": b"// export nothing else\nexport const two = 2;\nexport async function h() {}\n",
    }
    script = one_file.bundled("a", sources)
    assert [*re.findall(r"^const (\w)_js", script, re.MULTILINE)] == ["c", "b", "a"]
    assert "const { f: g, C } = b_js;" in script
    assert "return { two, h };" in script
    assert "return { f, C };" in script


@pytest.mark.parametrize(
    "source",
    [
        'import * as b from "./b.js";',
        'import {\n  b,\n} from "./b.js";',
        "export default 1;",
        "export { b };",
        "const here = import.meta.url;",
        'const html = "</script>";',
        'import { b } from "./a.js";',
    ],
)
def test_what_cannot_be_put_into_one_script_is_told(source: str):
    with pytest.raises(ValueError, match=r"^a\.js "):
        one_file.bundled("a", {"a.js": f"{source}\n".encode()})


def test_its_plotly_is_the_version_that_the_app_shows():
    package = importlib.util.find_spec("plotly")
    assert package is not None
    assert package.origin is not None
    whole = Path(package.origin).with_name("package_data") / "plotly.min.js"
    taken = gzip.decompress(assets.plotly_to_take_along()).decode()
    found = [
        re.search(r"plotly\.js.* v([\d.]+)", text[:200]) for text in (taken, whole.read_text())
    ]
    versions = [each[1] for each in found if each]
    assert versions[0] == versions[1], (
        "take plotly-cartesian.min.js out of `npm pack plotly.js-cartesian-dist-min@VERSION`, and "
        "put it into static/plotly with `gzip -9 --no-name`"
    )
    assert "</script" not in taken[:200]


def test_both_themes_have_the_colours_that_our_style_sheet_asks_for():
    names = ("nnviz.css", "paper.css", "one_file.css")
    sheets = b"".join(assets.sources()[name] for name in names).decode()
    asked = set(re.findall(r"var\(--st-([\w-]+)", sheets)) - {"border-color"}
    for base in ("light", "dark"):
        there = {re.sub("[A-Z]", lambda c: f"-{c[0].lower()}", n) for n in assets.colours()[base]}
        assert asked <= there, asked - there
