"""The effect of one update of a run: every row's error, and what each row would have changed."""

import math
from collections.abc import Sequence
from typing import Any

from nnviz.chapters.live_training.figures import gradient_cells
from nnviz.chapters.live_training.figures.plane import kind_of_row
from nnviz.chapters.live_training.row_gradients import RowUpdates
from nnviz.chart import plot, theme
from nnviz.chart.picture import Picture
from nnviz.text.digits import digits, in_powers, listed, told_apart
from nnviz.training.plan import Plan
from nnviz.walkthrough.figures.update_effect import FALLS, RISES

_BEFORE, _AFTER = 0.62, 0.3  # thickness of the bars, of the room that a row has
_TEXT = 1.05  # where the numbers of a row stand, in lengths of the axis of errors
_LONGEST, _LONGEST_NUMBER = 19, 7  # letters that have room there, and for one number
_TOP, _BOTTOM, _BETWEEN = 44, 62, 100  # px above, below, and between the two on a narrow screen


def update_picture(updates: RowUpdates, plan: Plan, names: Sequence[str]) -> Picture:
    """Draw the errors of all rows before and after an update, and what each row would have done.

    The plan is that of the run, `names` say what its weights and biases are called.
    """
    n_rows, n_parameters = updates.by_row.shape
    kind = kind_of_row(plan.sample)
    end, left, few = _end(updates), _wide(n_parameters), n_parameters <= gradient_cells.FEW
    figure = plot.figure(
        [*_bars(updates), _numbers(updates, end), *gradient_cells.cells(updates, names)],
        theme.layout(
            _TOP + _height(n_rows) + _BOTTOM,
            barmode="overlay",
            bargap=0,
            margin={"l": 122, "r": 8, "t": _TOP, "b": _BOTTOM},
            **_error_axes(plan, updates.row, end, kind),
            **gradient_cells.axes(plan, names, updates.row),
            shapes=gradient_cells.frames(plan, names, updates.row),
            annotations=_titles((0.0, 1.0, -114), (left, 1.0, -26), kind, few=few),
        ),
    )
    for axis, domain in (("xaxis", [0, left - 0.05]), ("xaxis2", [left, 1])):
        figure["layout"][axis]["domain"] = domain
    return Picture(figure, _narrow(n_rows, end, kind, few=few))


def _narrow(n_rows: int, end: float, kind: str, *, few: bool) -> dict[str, Any]:
    height = 2 * _height(n_rows) + _BETWEEN
    low = _height(n_rows) / height
    return {
        "height": height + _TOP + _BOTTOM,
        # Beside the cells stand numbers of rows alone, so they may begin farther to the left.
        "margin": {"l": 30, "r": 4},
        "xaxis": {"domain": [0.26, 1], "range": [0, 2.6 * end]},
        "yaxis": {"domain": [1 - low, 1]},
        "xaxis2": {"domain": [0, 1]},
        "yaxis2": {"domain": [0, low]},
        "annotations": _titles((0.0, 1.0, -26), (0.0, low, -26), kind, few=few),
    }


def _wide(n_parameters: int) -> float:
    """Return where the cells begin on a wide screen."""
    return 0.55 if n_parameters <= 4 else 0.45


def _height(n_rows: int) -> int:
    """Return the height of rows and their sum, in pixels."""
    return round((gradient_cells.bottom(n_rows) + 0.5) * (38 if n_rows <= 10 else 30))


def _end(updates: RowUpdates) -> float:
    """Return where the axis of errors ends: at 1, 2 or 5 times a power of ten.

    So it stays where it is while the errors move a little, and small ones can be seen.
    """
    highest = max(float(updates.before.max()), float(updates.after.max()))
    if not 1e-300 < highest < 1e300:
        return 1.0
    power = 10.0 ** math.floor(math.log10(highest))
    return next(n * power for n in (1, 2, 5, 10, 20) if n * power >= highest)


def _error_axes(plan: Plan, row: int, end: float, kind: str) -> dict[str, Any]:
    n_rows = plan.sample.n_rows
    X, y = plan.sample.X, plan.sample.y
    names = [
        f"{'▸ ' * (i == row)}{i + 1}: [{listed((x1, x2), 3)}] → {target}"
        for i, ((x1, x2), target) in enumerate(zip(X, y.astype(int), strict=True))
    ]
    return {
        "xaxis": theme.axis(
            "", range=[0, 1.8 * end], anchor="y", fixedrange=True, zeroline=False,
            tickvals=[0, end / 2, end], ticktext=[digits(value) for value in (0, end / 2, end)],
        ),
        "yaxis": theme.axis(
            "", range=[gradient_cells.bottom(n_rows), -0.5], anchor="x", fixedrange=True,
            tickvals=[*range(n_rows), gradient_cells.all_at(n_rows)],
            ticktext=[*names, f"all {kind}s"], tickfont={"size": 11},
            ticks="", showgrid=False, zeroline=False,
        ),
    }  # fmt: skip


def _bars(updates: RowUpdates) -> list[plot.Trace]:
    rows = list(range(len(updates.before)))
    changes = updates.changes
    says = [
        f"row {i + 1}: {a!r} before, {b!r} after"
        for i, (a, b) in enumerate(
            zip(updates.before.tolist(), updates.after.tolist(), strict=True)
        )
    ]
    colours = [RISES if c > 0 else FALLS if c < 0 else theme.GREY for c in changes]
    return [
        plot.bar(
            x=values.tolist(), y=rows, orientation="h", width=width,
            marker={"color": colour, "line": {"width": 0}},
            customdata=says, hovertemplate="%{customdata}<extra></extra>",
        )
        for values, width, colour in (
            (updates.before, _BEFORE, theme.GREY), (updates.after, _AFTER, colours),
        )
    ]  # fmt: skip


def _numbers(updates: RowUpdates, end: float) -> plot.Trace:
    """Return what each row's error was and is, and at the end the same for their sum."""
    n_rows = len(updates.before)
    before = [*updates.before.tolist(), float(updates.before.sum())]
    after = [*updates.after.tolist(), float(updates.after.sum())]
    return plot.scatter(
        x=[_TEXT * end] * n_rows + [0.02 * end], y=[*range(n_rows), gradient_cells.all_at(n_rows)],
        mode="text", text=[_from_to(a, b) for a, b in zip(before, after, strict=True)],
        textposition="middle right", textfont={"size": 11, "color": theme.INK},
        hoverinfo="skip", cliponaxis=False,
    )  # fmt: skip


def _from_to(before: float, after: float) -> str:
    if before == after:
        return f"{_short(before, 3)} ="
    way = "▲" if after > before else "▼"
    old, new = told_apart(before, after, at_least=3)
    text = f"{old} → {new} {way}"
    if len(text) > _LONGEST:
        return f"{_short(before, 2)} {way} by {_short(abs(after - before), 1)}"
    return text


def _short(value: float, significant: int) -> str:
    text = digits(value, significant)
    short = text if len(text) <= _LONGEST_NUMBER else in_powers(value, significant)
    return short.replace(" ", "")


def _titles(
    errors: tuple[float, float, float], cells: tuple[float, float, float], kind: str, *, few: bool
) -> list[dict[str, Any]]:
    """Return the two titles, which explain every mark below them.

    Of the bars of errors and of the cells they stand at x and y of the paper, and so many pixels to
    the right of there. `kind` is what a row is called; a few cells hold numbers and words.
    """
    texts = (
        f"<b>error of each {kind}</b>   ▸ the {kind} used<br>"
        f"{_key(theme.GREY)} before, after: {_key(RISES)} ▲ risen, {_key(FALLS)} ▼ fallen, = same",
        f"<b>what each {kind} would change</b>   all: their sum<br>"
        f"{_key(theme.SKY)} ▲ up, {_key(theme.ORANGE)} ▼ down; "
        f"framed: the update{', with or against all' if few else ' made'}",
    )
    return [
        {
            "text": text, "xref": "paper", "yref": "paper", "x": x, "y": y, "xshift": shift,
            "yshift": 4, "xanchor": "left", "yanchor": "bottom", "align": "left",
            "showarrow": False, "font": {"size": 12},
        }
        for (x, y, shift), text in zip((errors, cells), texts, strict=True)
    ]  # fmt: skip


def _key(colour: str) -> str:
    return f'<span style="color:{colour}">■</span>'
