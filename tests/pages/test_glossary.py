"""The glossary: the table that explains words in the lessons, on a page of its own."""

from html import escape
from typing import Any

from nnviz.text.glossary import GLOSSARY


def test_the_page_explains_every_word(visit: Any) -> None:
    app = visit("glossary")
    (body,) = (h.proto.body for h in app.get("html") if "nv-glossary" in h.proto.body)
    assert body.count("<dt>") == len(GLOSSARY)
    for term, line in GLOSSARY.items():
        assert f"<dt>{escape(term)}</dt><dd>{escape(line)}</dd>" in body
