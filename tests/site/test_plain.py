"""Words of a person stand on the page as they are: no link, no icon, no markup."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import nnviz
from nnviz.site.plain import plain


def as_seen(text):
    return re.sub(r"\\(.)", r"\1", text).replace("\u2060", "")


@given(st.text(st.characters(exclude_categories=("C", "Z")), max_size=30))
def test_it_reads_the_same(text):
    assert as_seen(plain(text)) == text.replace("\u2060", "")


@pytest.mark.parametrize(
    ("text", "active"),
    [
        ("https://evil.example", "https://"),
        ("www.evil.example", "www."),
        ("WWW.evil.example", "WWW."),
        ("Www.evil.example", "Www."),
        ("me@evil.example", "me@"),
        (":streamlit:", ":streamlit:"),
        (":material/home: :smile: :+1:", ":smile:"),
        ("![x](https://evil.example/x.png)", "!["),
        ("*a* _b_ `c` <b> $d$ #e", "*a*"),
        ("a -> b", "->"),
        ("a -- b", "--"),
        (">=", ">="),
        (":red[x]", ":red["),
    ],
)
def test_nothing_in_it_is_active(text, active):
    shown = re.sub(r"\\(.)", r"\1", plain(text)) if "[" not in active and "*" not in active else ""
    assert active not in shown
    assert active not in plain(text)


def test_an_entity_stays_what_was_typed():
    assert plain("&lt;b&gt;") == "\\&lt;b\\&gt;"


def test_a_beginning_makes_no_list_and_no_heading():
    assert [plain(text)[:3] for text in ("- a", "+ a", "# a", "1. a", "12) a", "=a", "> a")] == [
        "\\- ", "\\+ ", "\\# ", "1\\.", "12\\", "\\=a", "\\> ",
    ]  # fmt: skip


def test_no_field_refuses_a_longer_text_without_a_word():
    # Streamlit's fields that are told of a limit take nothing at all of a paste beyond it.
    package = Path(nnviz.__file__).parent
    told = [path.name for path in package.rglob("*.py") if "max_chars=" in path.read_text("utf-8")]
    assert not told, f"{told}: use nnviz.site.plain.used or kept, which say what is left out"
