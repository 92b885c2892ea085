"""The teacher's guide: a choice of its parts, and the chosen one, whose links open pages."""

import re
from pathlib import Path
from types import MappingProxyType
from typing import Final

import streamlit as st

from nnviz.chart.assets import APP
from nnviz.site import frame
from nnviz.site.address import Address
from nnviz.site.parameters import Choice

PAGE: Final = "teaching"
FOLDER: Final = APP / "docs" / "teaching"

FILES: Final = MappingProxyType(
    {
        "guide": "README.md",
        "1": "1-a-guess-and-a-miss.md",
        "2": "2-what-a-network-reads.md",
        "3": "3-from-a-line-to-a-yes.md",
        "4": "4-downhill-and-back.md",
        "5": "5-where-one-neuron-ends.md",
        "6": "6-is-it-any-good.md",
        "7": "7-what-a-picture-is.md",
        "privacy": "privacy.md",
        "it": "it.md",
    }
)
"""The file of each part, in their order."""

ADDRESS: Final = Address(PAGE, [Choice("part", "guide", tuple(FILES))])

_PARTS: Final = MappingProxyType({file: part for part, file in FILES.items()})
_COMMENT: Final = re.compile(r"<!--.*?-->\n?")
_REFERENCE: Final = re.compile(r"\[([^\]]*)\]\((?!http)([^)#]*)(#[^)]*)?\)")
_PAGE: Final = re.compile(r"`/(\w*(?:\?[^`]*)?)`")


def text_of(part: str) -> str:
    """Return a part of the guide, in Markdown."""
    return led_inside((FOLDER / FILES[part]).read_text(encoding="utf-8"))


def titles() -> dict[str, str]:
    """Return what each part is called: its first line."""
    return {part: text_of(part).partition("\n")[0].strip("# ") for part in FILES}


def led_inside(text: str) -> str:
    """Return a text whose links lead to pages of the app; a link to other files is plain text."""

    def inside(match: re.Match[str]) -> str:
        title, file, anchor = match[1], match[2], match[3] or ""
        if not file:
            return f"[{title}]({anchor})"
        part = _PARTS.get(Path(file).name) if "/" not in file else None
        return f"[{title}](./teaching?part={part}{anchor})" if part else title

    return _PAGE.sub(r"[`/\1`](./\1)", _REFERENCE.sub(inside, _COMMENT.sub("", text)))


def draw() -> None:
    """Draw the page."""
    names = titles()
    st.selectbox(
        "Part",
        list(names),
        format_func=names.__getitem__,
        key=ADDRESS.key("part"),
        label_visibility="collapsed",
    )
    _, _, text = text_of(ADDRESS["part"]).partition("\n")
    st.markdown(text)


def show() -> None:
    """Show the page: its frame and what is in it."""
    frame.show(PAGE, ADDRESS, draw)
