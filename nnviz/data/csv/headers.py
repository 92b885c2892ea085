"""Further lines of names: units below the names, or the kinds and roles that Orange writes."""

import re
from typing import Final

from nnviz.data.csv.cells import NO_NUMBER
from nnviz.data.csv.layout import Layout, LeftOut, counts
from nnviz.data.csv.lines import Row

_TYPES: Final = frozenset(
    ("c", "d", "s", "t", "m", "continuous", "discrete", "string", "time", "numeric", "nominal", "")
)
_FLAGS: Final = frozenset(("class", "meta", "ignore", "i", "m", "c", "weight", ""))
_PREFIXED: Final = re.compile(r"([cmiw]?)([CDSTcdst]?)#(.+)")


def with_second_header(layout: Layout) -> Layout:
    """Return the layout without further lines of names: units, or the kinds and roles of Orange."""
    rows = layout.rows
    header: Row = layout.header or ()
    if not header or not rows:
        return layout
    kinds = rows[0].cells
    if len(rows) > 2 and _words(kinds, _TYPES) and sum(map(bool, kinds)) * 2 > len(kinds):
        flags = rows[1].cells
        rows = rows[1:]
        gone = [layout.rows[0].number]
        target, unused = "", tuple[str, ...]()
        if all(cell.lower() in _FLAGS or "=" in cell for cell in flags):
            gone.append(rows[0].number)
            rows = rows[1:]
            target = next((header[i] for i, cell in enumerate(flags) if cell in ("class", "c")), "")
            unused = tuple(
                header[i] for i, cell in enumerate(flags) if cell in ("meta", "m", "ignore", "i")
            )
        kept = LeftOut(tuple(gone), "kinds and roles of Orange")
        out = (*layout.left_out, kept)
        return layout._replace(rows=rows, left_out=out, target=target, unused=unused)
    parts = [_PREFIXED.fullmatch(name) for name in header]
    marked = [part for part in parts if part and (part[1] or part[2])]
    if marked and len(marked) * 2 > len(header):
        names = tuple(part[3] if part else name for part, name in zip(parts, header, strict=True))
        roles = [part[1] if part else "" for part in parts]
        target = next((name for name, role in zip(names, roles, strict=True) if role == "c"), "")
        unused = tuple(n for n, role in zip(names, roles, strict=True) if role in ("m", "i"))
        return layout._replace(header=names, target=target, unused=unused)
    return _with_units(layout)


def _words(cells: Row, known: frozenset[str]) -> bool:
    return all(cell.lower() in known or "," in cell for cell in cells)


def _with_units(layout: Layout) -> Layout:
    """Return the layout with the units of a second line of names behind these."""
    header, rows = layout.header or (), layout.rows
    if len(rows) < 3:
        return layout
    units, below = rows[0].cells, [row.cells for row in rows[1:30]]
    numbers = [
        i
        for i in range(len(header))
        if sum(counts(row[i]) for row in below) > 0.8 * sum(bool(row[i]) for row in below) > 0
    ]
    given = [i for i in numbers if units[i].lower() not in NO_NUMBER]
    if not numbers or len(given) < max(1, 0.5 * len(numbers)):
        return layout
    if any(counts(units[i]) for i in numbers) or any(
        units[i] and units[i] in {row[i] for row in below} for i in range(len(header))
    ):
        return layout
    names = tuple(
        f"{name} ({units[i].strip('()[] ')})" if units[i].strip("()[] -") else name
        for i, name in enumerate(header)
    )
    out = (*layout.left_out, LeftOut((rows[0].number,), "units, now behind the names"))
    return layout._replace(header=names, rows=rows[1:], left_out=out)
