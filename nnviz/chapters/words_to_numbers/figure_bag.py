"""Counted words as a matrix: sentences by words, and which columns lemmas bring together."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from nnviz.chapters.words_to_numbers.bag import Bag
from nnviz.chapters.words_to_numbers.figure_cells import MOST_LABELLED, cells
from nnviz.chapters.words_to_numbers.figure_labels import label, panel_title
from nnviz.chapters.words_to_numbers.lemmas import lemmas
from nnviz.chart import theme
from nnviz.chart.picture import Picture
from nnviz.nn.checks import FloatArray

_NARROW_LABELLED: Final = 32  # columns whose words have room on a phone
_ROWS_LABELLED: Final = 14
_LETTERS: Final = 13
_ROW: Final = 30  # px, of a sentence where there are few
_MOST_HEIGHT: Final = 215  # px, of a matrix with many
_WORDS: Final = 74  # px, of the words above or below a matrix; of none of them:
_NO_WORDS: Final = 4
_LINE: Final = 16  # px, of a second line of a caption
_SLANT: Final = 52  # px, by which the last column's word leans out of its matrix
_BETWEEN: Final = 96  # px, in which columns come together
_BEND: Final = 24  # points of a line between two matrices


def bag_picture(sentences: Sequence[str], raw: Bag, found: Bag | None) -> Picture:
    """Draw the counts of words as they stand and, below them, of their lemmas.

    Parameters
    ----------
    sentences : sequence of str
        The rows.
    raw : Bag
        Of the words as they stand.
    found : Bag or None
        Of the lemmas, if they are switched on.
    """
    matrix = min(_MOST_HEIGHT, _ROW * len(sentences))
    bold = _both(raw, found)
    top, bottom = (_room(bag) for bag in (raw, found))
    above, below = 36 + top, 14 if found is None else bottom + 28
    inner = matrix if found is None else 2 * matrix + _BETWEEN
    upper = 1 - matrix / inner if found is not None else 0.0
    traces: list[Any] = cells(sentences, raw, ("x", "y"), "word")
    axes = {
        "xaxis": _words_axis(raw, "y", "top", bold),
        "yaxis": _sentences_axis(sentences, "x", [upper, 1]),
    }
    titles = [panel_title(_title("words as they stand", raw), 0, 1, yshift=top + 2)]
    if found is not None:
        lower = matrix / inner
        traces += [*cells(sentences, found, ("x2", "y2"), "lemma"), *_lines(raw, found)]
        axes |= {
            "xaxis2": _words_axis(found, "y2", "bottom", bold),
            "yaxis2": _sentences_axis(sentences, "x2", [0, lower]),
            "xaxis3": {"range": [0, 1], "visible": False, "anchor": "y3", "fixedrange": True},
            "yaxis3": {
                "range": [0, 1],
                "domain": [lower, upper],
                "visible": False,
                "anchor": "x3",
                "fixedrange": True,
            },
        }
        titles.append(panel_title(_title("lemmas", found), 0, 0, yanchor="top", yshift=-bottom))
    few = len(sentences) <= _ROWS_LABELLED
    layout = theme.layout(
        inner + above + below,
        **axes,
        annotations=titles,
        margin={"l": 215 if few else 40, "r": _SLANT, "t": above, "b": below},
    )
    narrow = _narrow(sentences, raw, found, bold)
    # Two lines: one would be too long for a phone.
    narrow["annotations"] = [
        {**title, "text": title["text"].replace(": ", "<br>", 1), "xshift": -18} for title in titles
    ]
    if found is not None:
        narrow["margin"]["b"] = below + _LINE
        narrow["height"] = inner + above + below + _LINE
    return Picture(go.Figure(traces, layout), narrow)


def _room(bag: Bag | None) -> int:
    return _WORDS if bag is not None and len(bag.words) <= MOST_LABELLED else _NO_WORDS


def _title(name: str, bag: Bag) -> str:
    zeros = f"{bag.share_of_zeros:.1%} of the counts are 0"
    columns = "1 column" if len(bag.words) == 1 else f"{len(bag.words)} columns"
    return f"<b>{name}</b>: {columns}, {zeros}"


def _words_axis(bag: Bag, anchor: str, side: str, bold: frozenset[str]) -> dict[str, Any]:
    shown = len(bag.words) <= MOST_LABELLED
    return theme.axis(
        "",
        anchor=anchor,
        side=side,
        range=[0, max(1, len(bag.words))],
        tickvals=[k + 0.5 for k in range(len(bag.words))] if shown else [],
        ticktext=_labels(bag, bold) if shown else [],
        tickangle=-90 if len(bag.words) > 34 else -50,
        tickfont={"size": 11},
        ticklabeloverflow="allow",
        ticks="",
        showgrid=False,
        zeroline=False,
    )


def _labels(bag: Bag, bold: frozenset[str]) -> list[str]:
    texts = [(word, label(word, _LETTERS)) for word in bag.words]
    return [f"<b>{text}</b>" if word in bold else text for word, text in texts]


def _both(raw: Bag, found: Bag | None) -> frozenset[str]:
    """Return the forms that come together, and the lemmas under which they do."""
    if found is None:
        return frozenset()
    bases = lemmas(raw.words)
    several = {base for base, n in Counter(bases).items() if n > 1}
    forms = (word for word, base in zip(raw.words, bases, strict=True) if base in several)
    return frozenset((*several, *forms))


def _sentences_axis(
    sentences: Sequence[str], anchor: str, domain: Sequence[float]
) -> dict[str, Any]:
    few = len(sentences) <= _ROWS_LABELLED
    return theme.axis(
        "" if few else f"{len(sentences)} sentences",
        anchor=anchor,
        domain=list(domain),
        range=[len(sentences) - 0.5, -0.5],
        tickvals=list(range(len(sentences))) if few else [],
        ticktext=[label(text, 34) for text in sentences] if few else [],
        tickfont={"size": 11},
        ticks="",
        showgrid=False,
        zeroline=False,
    )


def _lines(raw: Bag, found: Bag) -> list[go.Scatter]:
    """Return a line from every word to its lemma: thick where several come together."""
    bases = lemmas(raw.words)
    looks: list[tuple[str, dict[str, Any], list[tuple[float, float]]]] = [
        ("as before", {"color": theme.FAINT, "width": 1}, []),
        ("another name", {"color": theme.GREY, "width": 1.5, "dash": "dot"}, []),
        ("together", {"color": theme.PURPLE, "width": 3.5 if len(raw.words) < 80 else 1.5}, []),
    ]
    n_forms = Counter(bases)
    for k, (word, base) in enumerate(zip(raw.words, bases, strict=True)):
        kind = 2 if n_forms[base] > 1 else int(base != word)
        ends = (k + 0.5) / len(raw.words), (found.places[base] + 0.5) / len(found.words)
        looks[kind][2].append(ends)
    return [
        go.Scatter(
            **_bends(ends),
            mode="lines",
            name=name,
            line=line,
            hoverinfo="skip",
            xaxis="x3",
            yaxis="y3",
        )
        for name, line, ends in looks
        if ends
    ]


def _bends(ends: Sequence[tuple[float, float]]) -> dict[str, FloatArray]:
    t = np.linspace(0, 1, _BEND)
    way = 3 * t**2 - 2 * t**3
    gap = [np.nan]
    x = [np.concatenate([a + (b - a) * way, gap]) for a, b in ends]
    return {"x": np.concatenate(x), "y": np.tile(np.concatenate([1 - t, gap]), len(ends))}


def _narrow(
    sentences: Sequence[str], raw: Bag, found: Bag | None, bold: frozenset[str]
) -> dict[str, Any]:
    narrow: dict[str, Any] = {"margin": {"l": 26, "r": 6}}
    for name, bag in (("xaxis", raw), ("xaxis2", found)):
        if bag is None:
            continue
        narrow[name] = {"tickangle": -90, "tickfont": {"size": 9}}
        if len(bag.words) > _NARROW_LABELLED:
            # Those that come together, as far as they have room.
            own = [k for k, word in enumerate(bag.words) if word in bold]
            kept = own[:_NARROW_LABELLED] if len(bag.words) <= MOST_LABELLED else []
            narrow[name] |= {
                "tickvals": [k + 0.5 for k in kept],
                "ticktext": [label(bag.words[k], _LETTERS) for k in kept],
            }
    if len(sentences) <= _ROWS_LABELLED:
        numbers = [str(i + 1) for i in range(len(sentences))]
        narrow |= {name: {"ticktext": numbers} for name in ("yaxis", "yaxis2")}
        if found is None:
            del narrow["yaxis2"]
    return narrow
