"""What a page that runs without a browser shows, and how its buttons are pressed."""

import json
import math
import re
from typing import Any
from urllib.parse import parse_qsl

from streamlit.testing.v1 import AppTest

from nnviz.chart import plot
from nnviz.chart.picture import Picture


def sent(app: AppTest, key: str) -> dict[str, Any]:
    """Return what the component of the page with this key was sent."""
    assert not app.exception
    assert not app.error
    parts = [json.loads(part.proto.json) for part in app.get("bidi_component") if part.proto.json]
    return next(data for data in parts if key in data)


def query(app: AppTest) -> dict[str, str]:
    """Return the address that the page writes."""
    return dict(parse_qsl(sent(app, "query")["query"]))


def unescaped(text: str) -> str:
    """Return what a person reads of text that Markdown shows letter by letter."""
    return re.sub(r"\\(.)", r"\1", text).replace("\u2060", "")


def press(app: AppTest, label: str) -> AppTest:
    """Press the button with this label, of which there is one."""
    (button,) = (b for b in app.button if unescaped(b.label) == unescaped(label))
    assert not button.disabled
    button.click().run()
    return app


def formulas(app: AppTest) -> list[str]:
    """Return the formulas of the page in LaTeX, of which one element may hold several."""
    return [line.strip("$\n") for each in app.latex for line in each.value.split("$$\n\n$$")]


def as_sent(picture: Picture) -> Any:
    """Return the figure of a picture, its layout for phones included, as the browser gets it."""
    return json.loads(plot.to_json({**picture.plain, "narrow": dict(picture.narrow)}))


def added_up(app: AppTest) -> int:
    """Assert that the last column of every table with a sum adds up as printed; return how many."""
    found = 0
    for each in app.get("html"):
        rows = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', each.proto.body)
        if "sum" not in dict(rows):
            continue
        last = [re.findall(r"<td[^>]*>(.*?)</td>", cells)[-1] for _, cells in rows]
        *terms, total = (_number(text) for text in last if text)
        shown = f"{total:.4g}"
        assert f"{round(math.fsum(terms), 12) + 0.0:.4g}" == shown, (terms, shown)
        found += 1
    return found


def _number(text: str) -> float:
    return float(
        re.sub(r" ?× ?10", "e", text).translate(str.maketrans("−⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "--0123456789"))
    )
