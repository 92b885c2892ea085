"""A page without a browser, and what a person reads on it."""

import html
import json
import re
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from nnviz.chart.plot import unpacked

APP = Path(__file__).resolve().parents[2] / "app.py"

NUMBER = r"−?\d[\d,]*(?:\.\d+)?(?: ?× ?10⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)?"
"""The pattern of a number on the screen."""

_PLAIN = str.maketrans("−⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "--0123456789")


class Screen:
    """What stands on a page that was opened by its address."""

    def __init__(self, page: str, query: dict[str, str]) -> None:
        self.app = AppTest.from_file(str(APP), default_timeout=60)
        self.app.switch_page(f"pages/{page}.py")
        for name, value in query.items():
            self.app.query_params[name] = value
        self.app.run()
        self.patience = time.monotonic() + 60
        self._check()

    def _check_no_exception(self) -> None:
        assert not self.app.exception, self.app.exception

    def _check(self) -> None:
        self._check_no_exception()
        assert not [e.value for e in (*self.app.error, *self.app.warning)]

    def words(self, chart: int = 0) -> str:
        """Return the sentence under a chart."""
        return str(self._charts()[chart]["words"])

    def figure(self, chart: int = 0) -> dict[str, Any]:
        """Return the figure of a chart as Plotly draws it."""
        found: dict[str, Any] = json.loads(unpacked(self._charts()[chart]["figure"]))
        return found

    def _charts(self) -> list[dict[str, Any]]:
        parts = self.app.get("bidi_component")
        sent = [json.loads(part.proto.json) for part in parts if part.proto.json]
        return [data for data in sent if "figure" in data]

    def run(self) -> None:
        """Run the page again, as a browser does while something is computed."""
        assert time.monotonic() < self.patience, self.text()
        time.sleep(0.1)
        self.app.run()
        self._check()

    def text(self) -> str:
        """Return the sentences of the page and of its charts, without markup."""
        parts = [m.value for kind in ("markdown", "caption") for m in self.app.get(kind)]
        parts += [data["words"] for data in self._charts()]
        parts += [re.sub(r"<[^>]*>", " ", e.proto.body) for e in self.app.get("html")]
        plain = re.sub(r"\\(.)", r"\1", "\n".join(parts)).replace("\u2060", "")
        return html.unescape(plain)

    def markdowns(self) -> list[str]:
        """Return the texts of the page that are written in Markdown."""
        return [str(element.value) for element in self.app.markdown]

    def formulas(self) -> str:
        """Return the formulas of the page, in LaTeX."""
        return "\n".join(element.value for element in self.app.get("latex"))

    def question(self) -> str:
        """Return the question that waits for an answer."""
        return next(t.strip("*") for t in self.markdowns() if t.startswith("**") and "?" in t)

    def judged_right(self, answer: str) -> bool:
        """Answer the question on the page, and return whether the page says that this is right."""
        (button,) = (b for b in self.app.button if b.label == answer and ".answer." in str(b.key))
        button.click().run()
        self._check_no_exception()
        (verdict,) = (
            str(e.value)
            for e in (*self.app.success, *self.app.warning)
            if str(e.value).startswith(("Right.", "Not so:"))
        )
        return verdict.startswith("Right.")

    def code(self) -> str:
        """Return the first script that the page shows."""
        return str(self.app.get("code")[0].value)

    def table(self, label: str) -> list[list["Cell"]]:
        """Return the rows of the table whose label or heading contains a text, if it is there."""
        bodies = [e.proto.body for e in self.app.get("html") if label in e.proto.body]
        if not bodies:
            return []
        (body,) = bodies
        rows = re.findall(r"<tr.*?>(.*?)</tr>", body.split("<tbody>")[1], flags=re.DOTALL)
        return [[Cell(*found) for found in _CELLS.findall(row)] for row in rows]


_CELLS = re.compile(r"<t[hd]([^>]*)>(.*?)</t[hd]>", flags=re.DOTALL)


class Cell:
    """A cell of a table: its text, and the exact number that pointing at it shows."""

    def __init__(self, attributes: str, body: str) -> None:
        self.text = html.unescape(re.sub(r"<[^>]*>", "", body)).strip()
        exact = re.search(r'title="([^"]*)"', attributes)
        self.exact = float(exact[1]) if exact else None


def read(text: str) -> Decimal:
    """Return a number that stands on the screen."""
    plain = text.translate(_PLAIN).replace(",", "").replace(" ", "").replace("×10", "e")
    plain = re.sub(r"\\(?:cdot|times)10\^\{?(-?\d+)\}?", r"e\1", plain)  # in a formula
    return Decimal(plain.strip("()"))


def agrees(shown: str, true: float, tolerance: float = 1e-9) -> bool:
    """Return whether a number is shown rightly: true, but for its last digit's rounding.

    ``tolerance`` is what two ways of computing may differ by, relative to the number.
    """
    number = read(shown)
    if not number.is_finite():
        return float(number) == true
    _, digits, exponent = number.as_tuple()
    if exponent == 0 and ("," not in shown or abs(number) >= 10_000):
        # 298900 is 2.989 × 10⁵: no digit is shown that four do not hold.
        exponent = max(0, len(digits) - 4) if shown.endswith("0") else 0
    last_digit = Decimal(1).scaleb(int(exponent))
    apart = abs(number - Decimal(true))
    return apart <= last_digit / 2 + Decimal(abs(true)) * Decimal(tolerance) + Decimal("1e-15")
