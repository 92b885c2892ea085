"""Counted words as a matrix: its cells, and which columns lemmas bring together."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from nnviz.chapters.words_to_numbers.bag import Bag
from nnviz.chapters.words_to_numbers.figures import labels
from nnviz.chapters.words_to_numbers.lemmas import lemmas
from nnviz.chart import plot, theme
from nnviz.chart.picture import Picture
from nnviz.nn.checks import FloatArray
from nnviz.text.digits import percent

MOST_LABELLED: Final = 70
"""Columns up to which words stand above them, with gaps between them."""

_MOST_NUMBERS: Final = 700  # cells with a number in each
_MOST_HOVERS: Final = 3_000  # cells of which each has a hover, the zeros as well
_NARROW_LABELLED: Final = 32  # columns whose words have room on a phone
_ROWS_LABELLED: Final = 14
_ROOMY: Final = 24  # columns whose words have room on a phone in letters of the usual size
_LETTERS: Final = 13
_ROW: Final = 30  # px, of a sentence where there are few
_MOST_HEIGHT: Final = 215  # px, of a matrix with many
_WORDS: Final = 74  # px, of the words above or below a matrix; of none of them:
_NO_WORDS: Final = 4
_LINE: Final = 16  # px, of a second line of a caption
_SENTENCE: Final = 20  # px, of a sentence below the matrices
_LONGEST_LINE: Final = 50
_SLANT: Final = 52  # px, by which the last column's word leans out of its matrix
_BETWEEN: Final = 96  # px, between the matrices
_BEND: Final = 24  # points of a line between two matrices


def bag_picture(
    sentences: Sequence[str], raw: Bag, found: Bag | None, *, zeros: bool = True
) -> Picture:
    """Draw the counts of words as they stand and, below them if given, of their lemmas.

    The titles say the share of zeros, if it is wanted. A phone has no room for sentences beside
    their rows: there the rows are numbered, and the sentences stand below.
    """
    matrix = min(_MOST_HEIGHT, _ROW * len(sentences))
    bold = _together(raw, found)
    top, bottom = (_room(bag) for bag in (raw, found))
    above, below = 36 + top, 14 if found is None else bottom + 28
    inner = matrix if found is None else 2 * matrix + _BETWEEN
    upper = 1 - matrix / inner if found is not None else 0.0
    traces: list[Any] = cells(sentences, raw, ("x", "y"), "word")
    axes = {
        "xaxis": _words_axis(raw, "y", "top", bold),
        "yaxis": _sentences_axis(sentences, "x", [upper, 1]),
    }
    titles = [
        theme.panel_title(_title("words as they stand", raw, zeros=zeros), 0, 1, yshift=top + 2)
    ]
    if found is not None:
        lower = matrix / inner
        between = {"range": [0, 1], "visible": False}
        traces += [*cells(sentences, found, ("x2", "y2"), "lemma"), *_lines(raw, found)]
        axes |= {
            "xaxis2": _words_axis(found, "y2", "bottom", bold),
            "yaxis2": _sentences_axis(sentences, "x2", [0, lower]),
            "xaxis3": {**between, "anchor": "y3", "fixedrange": True},
            "yaxis3": {**between, "anchor": "x3", "fixedrange": True, "domain": [lower, upper]},
        }
        titles.append(
            theme.panel_title(
                _title("lemmas", found, zeros=zeros), 0, 0, yanchor="top", yshift=-bottom
            )
        )
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
    under = below + (0 if found is None else _LINE)
    if few:
        narrow["annotations"] += _legend(sentences, under)
        under += _SENTENCE * len(sentences)
    narrow["margin"]["b"] = under
    narrow["height"] = inner + above + under
    return Picture(plot.figure(traces, layout), narrow)


def cells(sentences: Sequence[str], bag: Bag, axes: tuple[str, str], kind: str) -> list[Any]:
    """Return the cells of a matrix; in a large one only counts above 0 have a hover.

    Parameters
    ----------
    sentences : sequence of str
        The rows.
    axes : (str, str)
        Names of the axes, as traces name them.
    kind : str
        The name of a column: "word" or "lemma".
    """
    names = {"xaxis": axes[0], "yaxis": axes[1]}
    largest = max(2.0, float(bag.counts.max(initial=0)))
    numbers = bag.counts.size <= _MOST_NUMBERS and len(bag.words) <= 45
    every = bag.counts.size <= _MOST_HOVERS
    # A count of 0 has a colour of its own; from 1 on, more is darker.
    stops = ((0, theme.PANEL), (0.5, theme.PANEL), (0.5, theme.SKY), (1, theme.SKY))
    heatmap = plot.heatmap(
        z=bag.counts.astype(np.uint16),  # a quarter of the bytes
        x0=0.5,
        dx=1,
        zmin=0,
        zmax=largest,
        colorscale=[*([count / largest, colour] for count, colour in stops), [1, theme.BLUE]],
        showscale=False,
        xgap=1 if len(bag.words) <= MOST_LABELLED else 0,
        ygap=1 if every else 0,
        text=[[f"{int(count)}" for count in row] for row in bag.counts] if numbers else None,
        texttemplate="%{text}" if numbers else None,
        **names,
    )

    def hover(row: int, column: int) -> str:
        count = f"{kind} {labels.label(bag.words[column], 40)}: {int(bag.counts[row, column])}"
        return f"{count}<br>{labels.label(sentences[row], 80)}"

    if every:
        columns = range(len(bag.words))
        heatmap["hovertext"] = [[hover(row, k) for k in columns] for row in range(len(sentences))]
        heatmap["hovertemplate"] = "%{hovertext}<extra></extra>"
        return [heatmap]
    heatmap["hoverinfo"] = "skip"
    rows, places = np.nonzero(bag.counts)
    points = plot.scatter(
        x=places + 0.5,
        y=rows,
        mode="markers",
        marker={"opacity": 0, "size": 6},
        hovertext=[hover(*each) for each in zip(rows.tolist(), places.tolist(), strict=True)],
        hovertemplate="%{hovertext}<extra></extra>",
        **names,
    )
    return [heatmap, points]


def _room(bag: Bag | None) -> int:
    return _WORDS if bag is not None and len(bag.words) <= MOST_LABELLED else _NO_WORDS


def _legend(sentences: Sequence[str], under: int) -> list[dict[str, Any]]:
    """Return the numbered sentences, below the matrices, as annotations."""
    return [
        theme.panel_title(
            f"{i + 1} {labels.label(text, _LONGEST_LINE)}",
            0,
            0,
            yanchor="top",
            yshift=-(under + _SENTENCE * i),
            xshift=-18,
        )
        for i, text in enumerate(sentences)
    ]


def _title(name: str, bag: Bag, *, zeros: bool) -> str:
    columns = "1 column" if len(bag.words) == 1 else f"{len(bag.words)} columns"
    if not zeros:
        return f"<b>{name}</b>: {columns}"
    (fraction,) = percent(bag.zero_fraction, decimals=1)
    return f"<b>{name}</b>: {columns}, {fraction} of the counts are 0"


def _words_axis(bag: Bag, anchor: str, side: str, bold: frozenset[str]) -> dict[str, Any]:
    shown = bag.words if len(bag.words) <= MOST_LABELLED else ()
    texts = ((word, labels.label(word, _LETTERS)) for word in shown)
    return labels.names_axis(
        [k + 0.5 for k in range(len(shown))],
        [f"<b>{text}</b>" if word in bold else text for word, text in texts],
        anchor,
        side=side,
        range=[0, max(1, len(bag.words))],
        tickangle=-90 if len(bag.words) > 34 else -50,
        ticklabeloverflow="allow",
    )


def _together(raw: Bag, found: Bag | None) -> frozenset[str]:
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
    if len(sentences) <= _ROWS_LABELLED:
        return labels.rows_axis(
            [labels.label(text, 34) for text in sentences], anchor, domain=list(domain)
        )
    title, span = f"{len(sentences)} sentences", [len(sentences) - 0.5, -0.5]
    return labels.names_axis((), (), anchor, title, domain=list(domain), range=span)


def _lines(raw: Bag, found: Bag) -> list[plot.Trace]:
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
    axes = {"xaxis": "x3", "yaxis": "y3", "hoverinfo": "skip"}
    return [
        plot.scatter(**_bends(ends), mode="lines", name=name, line=line, **axes)
        for name, line, ends in looks
        if ends
    ]


def _bends(ends: Sequence[tuple[float, float]]) -> dict[str, FloatArray]:
    """Return smooth lines from above to below, with a gap after each."""
    t, gap = np.linspace(0, 1, _BEND), [np.nan]
    bend = 3 * t**2 - 2 * t**3
    x = [np.concatenate([a + (b - a) * bend, gap]) for a, b in ends]
    return {"x": np.concatenate(x), "y": np.tile(np.concatenate([1 - t, gap]), len(ends))}


def _narrow(
    sentences: Sequence[str], raw: Bag, found: Bag | None, bold: frozenset[str]
) -> dict[str, Any]:
    narrow: dict[str, Any] = {"margin": {"l": 26, "r": 6}}
    for number, bag in (("", raw), ("2", found)):
        if bag is None:
            continue
        axis = narrow[f"xaxis{number}"] = {
            "tickangle": -90,
            "tickfont": {"size": 12 if len(bag.words) <= _ROOMY else 9},
        }
        if len(bag.words) > _NARROW_LABELLED:
            # Those that come together, as far as they have room.
            own = [k for k, word in enumerate(bag.words) if word in bold]
            kept = own[:_NARROW_LABELLED] if len(bag.words) <= MOST_LABELLED else []
            axis["tickvals"] = [k + 0.5 for k in kept]
            axis["ticktext"] = [labels.label(bag.words[k], _LETTERS) for k in kept]
        if len(sentences) <= _ROWS_LABELLED:
            numbers = [str(i + 1) for i in range(len(sentences))]
            narrow[f"yaxis{number}"] = {"ticktext": numbers}
    return narrow
