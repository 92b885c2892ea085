"""One rule for numbers in every address: what `nnviz.text.numbers` refuses, no parameter takes."""

import importlib
from pathlib import Path

from nnviz.text.numbers import parsed

CHAPTERS = sorted(
    path.name
    for path in (Path(__file__).resolve().parents[2] / "nnviz" / "chapters").iterdir()
    if (path / "page.py").exists()
)
NONE = (
    "1_0", "\u0663", "\uff11\uff10", "0x1", "1e", "nan", "inf", "--1", "1\u066b5", "\u2163",
    "\u00b2", "1 0",
)  # fmt: skip
"""With Arabic, full-width, Roman and raised digits, and the Arabic decimal separator."""
PLACES = (
    "{}", "{},0", "0,{}", "0,{},1", "{};0,0", "1,1,{};1,1,1", "{}@12", "210@{}", "0.5*{}", "1:{}",
    "{}:0.1", "rows:{}", "rate:{}", "l2:{}", "seed:{}", "hidden:{} tanh", "{} tanh", "{}/0",
    "w.{}.0.0", "b.0.{}", "z.{}",
)  # fmt: skip


ADDED = ("prompt", "hide", "size", "sheet", "tasks", "shown", "mode", "task", "lesson", "names")


def address_of(chapter):
    for module in ("address", "page"):
        try:
            found = importlib.import_module(f"nnviz.chapters.{chapter}.{module}")
        except ModuleNotFoundError:
            continue
        if hasattr(found, "ADDRESS"):
            return found.ADDRESS
    raise AssertionError(f"{chapter} has no address")


def test_no_parameter_of_any_page_reads_what_is_no_number():
    assert len(CHAPTERS) == 17  # the glossary and the pages for a class, too
    assert [parsed(text) for text in NONE] == [None] * len(NONE)
    tried, taken = 0, []
    for chapter in CHAPTERS:
        for name, parameter in address_of(chapter).parameters.items():
            assert name not in ADDED, f"{chapter}: {name} is what all addresses have besides"
            for text in (place.format(each) for place in PLACES for each in NONE):
                tried += 1
                try:
                    value = parameter.parse(text)
                except (TypeError, ValueError):
                    continue
                if value != text:  # a text is taken as it stands
                    taken.append((chapter, name, text, value))
    assert tried > 10_000
    assert taken == []
