"""Number fields for points that are dragged as well: a line for each point, one element for all."""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import streamlit as st

from nnviz.chart import assets
from nnviz.chart.chart import answered_number
from nnviz.nn import checks

_LARGEST: Final = sys.float_info.max  # a page says by itself what is too large for it


@dataclass(frozen=True, kw_only=True)
class Line:
    """The fields of one point."""

    name: str  # which point a typed number is of
    label: str  # what stands before the fields
    labels: tuple[str, ...]  # what a screen reader calls each field
    values: tuple[float, ...]
    colour: str  # of the stroke beside it: that of the point
    problem: str = ""  # why what was typed was not taken, in a sentence


def number_fields(
    lines: Sequence[Line],
    *,
    key: str,
    heads: Sequence[str],
    on_type: Callable[[str, int, float], None],
) -> None:
    """Show the fields; ``on_type(name, i, value)`` is called with every number that is typed.

    Any finite number may be typed: it is for ``on_type`` to refuse one, in the ``problem`` of its
    line.

    Parameters
    ----------
    lines : sequence of Line
        All with as many fields.
    key : str
        Names the element.
    heads : sequence of str
        What stands above each column of fields.
    on_type : callable
        Takes the name of the line, the index of the field in it, and the number.
    """

    def typed() -> None:
        for name, i, value in read_typed(st.session_state[key].get("typed"), lines):
            on_type(name, i, value)

    assets.component("nnviz_fields", "fields.js")(
        key=key,
        data={
            "lines": tuple(asdict(line) for line in lines),
            "heads": tuple(heads),
            "answered": answered_number(key, "typed"),
        },
        height="content",
        on_typed_change=typed,
    )


def read_typed(sent: Any, lines: Iterable[Line]) -> list[tuple[str, int, float]]:
    """Return name, index and number of each field that was reported, without what is none.

    Parameters
    ----------
    sent : object
        The report as it arrived: anybody can send anything to a server.
    lines : iterable of Line
        The lines that are there.
    """
    fields = {line.name: len(line.values) for line in lines}
    found = []
    reported = sent.get("numbers") if isinstance(sent, Mapping) else None
    for each in reported if isinstance(reported, list) else ():
        try:
            name = each["name"]
            i = checks.integer(each["i"], "i", 0, fields[name] - 1)
            value = checks.number(each["value"], "value", -_LARGEST, _LARGEST)
        except (KeyError, TypeError, ValueError):
            continue
        found.append((name, i, value))
    return found
