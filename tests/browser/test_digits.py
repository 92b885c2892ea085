"""The browser writes numbers as Python's sentences do."""

import math

from playwright.sync_api import Page

from nnviz.text.digits import digits
from tests.browser.app_page import open_page

VALUES = (
    0.0, 1.0, -1.0, -0.25, 0.1 + 0.2, 123.45678, 99999.4, 999949.0, 999960.0, 1e6, -9.1814e6,
    1.7e305, 1e-6, 1.23456e-6, 9.99999e-7, -4.4e-13,
)  # fmt: skip
_WRITTEN = """async (values) => {
  const { digits } = await import(new URL("app/static/nnviz/digits.js", document.baseURI));
  return values.map((value) => digits(value === "NaN" ? NaN : value ?? Infinity));
}"""


def test_numbers_are_written_as_in_sentences(page: Page) -> None:
    open_page(page, "/")
    written = page.evaluate(_WRITTEN, [*VALUES, "NaN", None])
    assert written == [*map(digits, VALUES), digits(math.nan), "too large to show"]
