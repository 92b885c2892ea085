"""A filter that slides over a drawing: window, nine products, map, and what a shift leaves."""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from nnviz.chapters.pictures_to_numbers.convolution.network import REACH
from nnviz.chapters.pictures_to_numbers.convolution.shifts import SHIFTS, ShiftResults
from nnviz.chapters.pictures_to_numbers.convolution.slide import Slide
from nnviz.chapters.pictures_to_numbers.convolution.words import added_up, cell_texts, written
from nnviz.chapters.pictures_to_numbers.drawing import MOST_INK, N_PIXELS, SIDE
from nnviz.chapters.pictures_to_numbers.figures import squares
from nnviz.chapters.pictures_to_numbers.reading import Reading
from nnviz.chart import plot, theme
from nnviz.chart.picture import Picture
from nnviz.chart.tracks import LineTrack, MapTrack, Track, Tracks, WordsTrack
from nnviz.nn.checks import FloatArray
from nnviz.text.digits import digits, percent
from nnviz.walkthrough.figures.tracks import NAME, VALUE, BoardTrack, Form, Item, Look

Panels = tuple[str, ...]
PANELS: Final[Panels] = ("drawing", "cells", "map", "dense", "shifts")
"""The parts of the picture; all of them in free play."""

NUMBERS: Final = MappingProxyType(
    {"drawing": "", "cells": "2", "map": "3", "dense": "4", "shifts": "5"}
)
"""The number of the axes of each panel."""

CLICKS: Final = MappingProxyType({"drawing": "xy", "cells": "x2y2", "map": "x3y3"})
"""The subplots that can be pointed at, by the names of their panels."""

LAST: Final = N_PIXELS
"""The last step of the clock, which counts the places where the window has been; 0 is none."""

_TITLES: Final = MappingProxyType(
    {
        "drawing": ("<b>window</b> on the drawing", "Beyond the edge it reads 0."),
        "cells": ("<b>filter</b>: ink × weight", "Blue: a weight above 0. Orange: one below 0."),
        "map": ("<b>map</b>: a sum for each place", "The strongest blue is its largest number."),
        "dense": (
            "<b>64 weights</b> instead",
            "Blue: ink here speaks for an 8. Orange: ink here speaks for a 3.",
        ),
        "shifts": (
            "<b>right</b>, if all pictures are shifted",
            "Held-out pictures: median of repeats, and their middle half.",
        ),
    }
)
_READERS: Final = MappingProxyType(
    {
        "weights": ("64 weights", theme.VERMILLION, "rgba(213,94,0,0.18)", "circle", "dash"),
        "one": ("one filter", theme.ABOVE, "rgba(0,114,178,0.18)", "square", "solid"),
        "two": ("two filters", theme.GREEN, "rgba(0,158,115,0.18)", "diamond", "solid"),
    }
)
_AROUND: Final = (-0.5, SIDE + 1.5)
"""An axis of squares with one more at either side, where a window hangs over the edge."""

_NOT_YET: Final = "<b>map</b>; struck out: not yet"
_STROKE: Final = 0.3  # half of the stroke through a place of the map, across and up
_ROOM: Final = 0.62  # below the nine cells, for what they add up to
_HEIGHT: Final = 510
_MARGIN: Final = MappingProxyType({"l": 8, "r": 8, "t": 30, "b": 44})


def filter_picture(
    slide: Slide,
    reading: Reading,
    results: ShiftResults | None,
    drawn: FloatArray | None = None,
    *,
    panels: Panels = PANELS,
    veiled: bool = False,
    whole: bool = False,
) -> Picture:
    """Draw what stands still: drawing, axes, the 64 weights, and the accuracies after shifts.

    Parameters
    ----------
    reading : Reading
        Of the same drawing by the neuron with 64 weights.
    results : ShiftResults or None
        Needed for the panel that shows them; None leaves it empty, as an answer that is asked for.
    drawn : ndarray or None
        The accuracies of a filter that was drawn by hand, at each of `SHIFTS`.
    veiled : bool
        Whether pointing at the map tells nothing, because its values are asked for.
    whole : bool
        Whether the map is there from the first place on, because the window does not slide.
    """
    places = _places(panels)
    layout = theme.layout(_HEIGHT, margin=dict(_MARGIN), annotations=[], legend=_legend(places))
    traces: list[plot.Trace] = []
    for name, place_of in places.items():
        number = NUMBERS[name]
        layout["annotations"].append(_title(name, place_of[0][0], place_of[1][1], whole=whole))
        if name == "shifts":
            across = theme.axis(
                "columns to the right", range=[-2.15, 2.15], tickvals=list(SHIFTS), zeroline=False
            )
            up = theme.axis("", range=[0.1, 1.03], tickformat="~%", tickvals=[0.4, 0.6, 0.8, 1.0])
            layout |= theme.panel(number, place_of, across, up)
            traces += _shift_traces(number, results, drawn)
            continue
        layout |= squares.axes(number, place_of, REACH if name == "cells" else SIDE)
        if name == "cells":
            bare = {"showticklabels": False, "minor": {"showgrid": False}}
            layout[f"xaxis{number}"] |= bare
            layout[f"yaxis{number}"] |= {"range": [0.5 - _ROOM, REACH + 0.5], **bare}
        elif name != "dense":
            layout[f"xaxis{number}"]["range"] = list(_AROUND)
            layout[f"yaxis{number}"]["range"] = list(_AROUND)
        if name == "cells" or (name == "map" and veiled):
            traces.append(plot.empty(number))
        else:
            traces.append(squares.hovered(number, _hovers(name, slide, reading)))
    layout["showlegend"] = any("name" in trace for trace in traces)
    for trace in traces:
        trace["showlegend"] = "name" in trace
    return Picture(plot.figure(traces, layout), _narrow(panels, whole=whole), Tracks((), LAST))


def filter_tracks(
    slide: Slide,
    reading: Reading,
    texts: Sequence[str],
    *,
    panels: Panels = PANELS,
    whole: bool = False,
) -> Tracks:
    """Return what moves with the window; ``texts`` is what is said at each step."""
    tracks: list[Track] = [
        WordsTrack(values=np.arange(LAST + 1), texts=tuple(texts)),
        _ink_track(slide),
        _outline("drawing", REACH),
    ]
    if "cells" in panels:
        tracks.append(_cell_track(slide))
    if "map" in panels:
        tracks += [_map_track(slide.map), _outline("map", 1)]
        tracks += [] if whole else [_not_yet()]
    if "dense" in panels:
        reach = squares.reach_of(reading.weights)
        tracks.append(squares.painted(reading.weights[np.newaxis], reach, NUMBERS["dense"]))
    return Tracks(tuple(tracks), LAST)


def cell_at(x: float, y: float) -> int | None:
    """Return the cell of the filter at a place of its panel, None beside all of them."""
    column, up = round(x), round(y)
    inside = 1 <= column <= REACH and 1 <= up <= REACH
    return (REACH - up) * REACH + column - 1 if inside else None


def _places(panels: Panels) -> dict[str, theme.Place]:
    """Return x and y of each panel, from and to: the three of the filter above, the others below.

    Without the accuracies all are squares: two beside each other, so that they fill a window.
    """
    if "shifts" not in panels:
        tops, sides = ((0.545, 1.0), (0.0, 0.455)), ((0.0, 0.48), (0.52, 1.0))
        return {name: (sides[i % 2], tops[i // 2]) for i, name in enumerate(panels)}
    upper = [name for name in panels if name in ("drawing", "cells", "map")]
    lower, n = [name for name in panels if name not in upper], len(upper)
    places = {
        name: ((i / n + 0.015 * (i > 0), (i + 1) / n - 0.015), (0.55, 1.0))
        for i, name in enumerate(upper)
    }
    for name in lower:
        left = 0.0 if name == "dense" else 0.06 if len(lower) == 1 else 0.42
        places[name] = ((left, 0.32 if name == "dense" else 0.99), (0.0, 0.42))
    return places


def _title(name: str, x: float, y: float, *, whole: bool) -> dict[str, Any]:
    text, note = _TITLES[name]
    if name == "map" and not whole:
        text = _NOT_YET
    return theme.panel_title(text, x, y, note)


def _hovers(name: str, slide: Slide, reading: Reading) -> list[str]:
    if name == "drawing":
        return [f"ink {ink}" for ink in slide.drawing]
    if name == "map":
        return [
            f"sum {digits(total, 3)}, map {digits(kept, 3)}"
            for total, kept in zip(slide.sums.tolist(), slide.map.tolist(), strict=True)
        ]
    return [f"weight {digits(weight, 3)}" for weight in reading.weights.tolist()]


def _ink_track(slide: Slide) -> MapTrack:
    inks = np.array(slide.drawing, dtype=np.float64) / MOST_INK
    return squares.mapped(np.rint(255 * inks).astype(np.uint8), "", (theme.PAPER, theme.INK))


def _map_track(values: FloatArray) -> MapTrack:
    """Return the map in one scale, wherever the window is: a larger number is never paler."""
    shades = np.rint(255 * values / squares.reach_of(values)).astype(np.uint8)
    return squares.mapped(shades, NUMBERS["map"], (theme.PAPER, theme.SKY))


def _not_yet() -> BoardTrack:
    """Return a stroke through each place of the map where the window has not been yet."""
    ahead = np.arange(N_PIXELS) >= np.arange(LAST + 1)[:, np.newaxis]
    items = []
    for x, y in map(squares.at, range(N_PIXELS)):
        ends = (x - _STROKE, y - _STROKE), (x + _STROKE, y + _STROKE)
        form = Form(ends, (x, y))
        items.append(Item("", "", closed=True, wide=form, narrow=form))
    return BoardTrack(
        values=np.stack([np.zeros_like(ahead), ahead], axis=2).astype(np.uint16),
        items=tuple(items),
        texts=("",),
        exact=("",),
        looks=(Look(), Look(theme.GREY, 1.5)),
        axes=f"x{NUMBERS['map']}y{NUMBERS['map']}",
    )


def _outline(name: str, side: int) -> LineTrack:
    """Return the frame of the window, or of its place in the map."""
    half, corners = side / 2, np.array([(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)])
    middles = np.array([squares.at(at) for at in range(N_PIXELS)], dtype=np.float64)
    number = NUMBERS[name]
    return LineTrack(
        values=middles[:, np.newaxis] + half * corners,
        start=1,
        colour=theme.VERMILLION,
        width=3.0,
        axes=f"x{number}y{number}",
    )


def _cell_track(slide: Slide) -> BoardTrack:
    """Return the nine cells: coloured by their weights, with the products of each place."""
    reach = squares.reach_of(slide.weights)
    looks, items, texts = [Look()], [], {"": 0}
    for cell, weight in enumerate(slide.weights.tolist()):
        x, y = cell % REACH + 1, REACH - cell // REACH
        left, right, low, high = x - 0.47, x + 0.47, y - 0.47, y + 0.47
        outline = ((left, low), (right, low), (right, high), (left, high))
        form = Form(outline, (float(x), float(y)), 13)
        items.append(
            Item(f"cell.{cell}", f"weight {digits(weight, 4)}", closed=True, wide=form, narrow=form)
        )
        colour = "86,180,233" if weight > 0 else "230,159,0"
        strength = 0.5 * abs(weight) / reach
        looks.append(Look(theme.GREY, 1.0, f"rgba({colour},{round(strength, 2)})"))
    below = Form((), ((REACH + 1) / 2, 0.5 - _ROOM / 2), 13)
    items.append(Item("", "", closed=False, wide=below, narrow=below))
    values = np.zeros((LAST + 1, len(items), 2), dtype=np.uint16)
    values[:, :-1, 1] = np.arange(1, len(looks))
    written = [[f"{NAME}× {digits(weight, 3)}" for weight in slide.weights.tolist()]]
    for at in range(N_PIXELS):
        cells, bias = cell_texts(slide, at)
        written.append([f"{NAME}{a}\n{NAME}× {b}\n{VALUE}{c}" for a, b, c in cells])
        written[-1].append(_added_up(slide, at, bias))
    for step, row in enumerate(written):
        for i, text in enumerate(row):
            values[step, i, 0] = texts.setdefault(text, len(texts))
    return BoardTrack(
        values=values,
        items=tuple(items),
        texts=tuple(texts),
        exact=("",) * len(texts),
        looks=tuple(looks),
        axes=f"x{NUMBERS['cells']}y{NUMBERS['cells']}",
    )


def _added_up(slide: Slide, at: int, bias: str) -> str:
    bias = f"{NAME}bias {bias},\t" if slide.offset else ""
    both = added_up(slide, at)
    total, kept = map(written, both)
    then = "below 0 it becomes" if both[0] < 0 else "the map gets"
    return f"{bias}{NAME}added up\t{VALUE}{total}\n{NAME}{then}\t{VALUE}{kept}"


def _legend(places: dict[str, Any]) -> dict[str, Any]:
    if "shifts" not in places:
        return {}
    (left, right), (low, _) = places["shifts"]
    return {
        "x": (left + right) / 2, "xanchor": "center", "y": low + 0.01, "yanchor": "bottom",
        "font": {"size": 12}, "bgcolor": "rgba(0,0,0,0)", "orientation": "h",
    }  # fmt: skip


def _shift_traces(
    number: str, results: ShiftResults | None, drawn: FloatArray | None
) -> list[plot.Trace]:
    traces, x, on = list[plot.Trace](), np.array(SHIFTS, dtype=np.float64), plot.on(number)
    if results is None:
        return [plot.empty(number)]

    def curve(
        name: str, y: FloatArray, texts: list[str], colour: str, symbol: str, dash: str, size: int
    ) -> plot.Trace:
        return plot.scatter(
            x=x, y=y, mode="lines+markers", name=name, text=texts,
            line={"color": colour, "width": 2, "dash": dash},
            marker={"size": size, "color": colour, "symbol": symbol},
            hovertemplate="%{text}<extra></extra>", **on,
        )  # fmt: skip

    for reader, (name, colour, fill, symbol, dash) in _READERS.items():
        found = results.of_reader(reader)
        if not found.n.all():
            continue
        texts = []
        for shift, n, *each in zip(
            SHIFTS, found.n, found.median, found.low, found.high, strict=True
        ):
            middle, low, high = percent(*each, decimals=1)
            texts.append(
                f"{name}, shifted by {shift}<br>median of {int(n)}: {middle}, middle half "
                f"{low} to {high}"
            )
        traces += [
            plot.band(x, found.high, found.low, fillcolor=fill, **on),
            curve(name, found.median, texts, colour, symbol, dash, 8),
        ]
    if drawn is not None:
        texts = [
            f"this filter, shifted by {shift}: {percent(value, decimals=1)[0]}"
            for shift, value in zip(SHIFTS, drawn.tolist(), strict=True)
        ]
        traces.append(curve("this filter", drawn, texts, theme.PURPLE, "triangle-up", "dot", 9))
    return traces or [plot.empty(number)]


def _narrow(panels: Panels, *, whole: bool) -> dict[str, Any]:
    """Return the layout of a phone: maps in pairs, the nine products and the curves alone."""
    maps = [name for name in panels if name not in ("shifts", "cells")]
    rows = [maps[i : i + 2] for i in range(0, len(maps), 2)]
    rows[1:1] = [["cells"]] * ("cells" in panels)
    gap, curve = 40, 190
    heights = [250 if row == ["cells"] else 165 for row in rows] + [curve] * ("shifts" in panels)
    inner, spans = theme.stacked([(height, gap) for height in heights])
    narrow, titles = dict[str, Any](), list[dict[str, Any]]()
    for row, span in zip(rows, spans, strict=False):
        for i, name in enumerate(row):
            left = 0.52 * i
            right = 1.0 if name == "cells" else left + 0.48
            narrow |= theme.moved(NUMBERS[name], ((left, right), span))
            titles.append(_title(name, left, span[1], whole=whole))
    if "shifts" in panels:
        low, high = spans[-1]
        narrow |= theme.moved(NUMBERS["shifts"], ((0.12, 0.98), (low, high)))
        narrow["legend"] = {"x": 0.54, "xanchor": "center", "y": low + 0.005, "yanchor": "bottom"}
        titles.append(_title("shifts", 0.0, high, whole=whole))
    return {**narrow, "annotations": titles, "height": inner + _MARGIN["t"] + _MARGIN["b"]}
