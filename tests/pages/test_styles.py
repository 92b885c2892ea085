"""Styles reach the browser: Streamlit drops all of a style that holds what looks like a tag."""

import re
from collections.abc import Callable
from typing import Any

from nnviz.site.course import PAGES


def test_no_style_of_a_page_holds_what_looks_like_a_tag(visit: Callable[..., Any]) -> None:
    n = 0
    for page in PAGES:
        for query in ({"mode": "lesson"}, {"mode": "free"}):
            app = visit("" if page == "home" else page, size="projector", hide="menu", **query)
            for each in app.get("html"):
                for sheet in re.findall(r"(?s)<style>(.*?)</style>", each.proto.body):
                    assert "<" not in sheet, (page, sheet[:200])
                    n += 1
    assert n > 3 * len(PAGES)
