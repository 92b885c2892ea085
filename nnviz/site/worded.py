"""Texts of a lesson as HTML, in which each word of the glossary tells what it means."""

from html import escape

from nnviz.text.glossary import GLOSSARY
from nnviz.text.lesson import pieces


def worded(text: str) -> str:
    """Return a text as HTML: ``**bold**``, and each ``[[word]]`` with its line of the glossary.

    Everything else in it is shown as it stands.
    """
    parts = []
    for shown_as, term in pieces(text):
        safe = escape(shown_as)
        if term:
            line = f"<b>{escape(term)}</b>: {escape(GLOSSARY[term])}"
            tip = f"<span class='nv-tip' role='tooltip'>{line}</span>"
            parts.append(f"<span class='nv-term' tabindex='0'>{safe}{tip}</span>")
        else:
            parts.append(safe)
    pairs = "".join(parts).split("**")
    return "".join(f"<b>{part}</b>" if i % 2 else part for i, part in enumerate(pairs))
