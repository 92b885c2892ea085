"""Draw beside the graph the error of every row before and after an update."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from nnviz.chart import theme
from nnviz.chart.tracks import BarTrack, Track
from nnviz.text.digits import digits, told_apart
from nnviz.walkthrough.figures.tracks import NAME, VALUE, BoardTrack, Form, Item, Look
from nnviz.walkthrough.update_effect import UpdateEffect

_AXES: Final = "x2y2"
_BEFORE, _AFTER = 0.30, 0.15  # thickness of the bars, of the room that a row has
_TEXT = -0.44  # where the two lines of a row stand, in rooms below its bar

RISES: Final = theme.VERMILLION
FALLS: Final = theme.BLUE


def effect_axes(n_rows: int, highest: float, **domains: Any) -> dict[str, Any]:
    """Return the layout of both axes; errors are shown up to ``highest``."""
    return {
        "xaxis2": theme.axis(
            "error before, after",
            range=[0, highest],
            anchor="y2",
            fixedrange=True,
            nticks=3,
            tickangle=0,
            exponentformat="e",
        )
        | domains.get("x", {}),
        "yaxis2": theme.axis(
            "",
            range=[n_rows - 0.65, -0.9],
            anchor="x2",
            fixedrange=True,
            showticklabels=False,
            ticks="",
            showgrid=False,
            zeroline=False,
        )
        | domains.get("y", {}),
    }


def highest_error(effects: Sequence[UpdateEffect]) -> float:
    """Return the end of the axis of errors, which stays the same during a walk."""
    errors = np.concatenate([np.concatenate([effect.before, effect.after]) for effect in effects])
    finite = errors[np.isfinite(errors)]
    return max(1.0, float(finite.max(initial=0.0))) * 1.02


def effect_tracks(
    effects: Sequence[UpdateEffect],
    rows: Sequence[int],
    targets: Sequence[float],
    *,
    n_steps: int,
    updated_at: int,
) -> tuple[Track, ...]:
    """Return the bars and the texts of every row at every step of a walk.

    Each update has ``n_steps`` steps, learns from one of ``rows``, and shows the errors after it
    from its step ``updated_at`` on.
    """
    n_rows = len(targets)
    before = np.repeat([effect.before for effect in effects], n_steps, axis=0)
    after = np.repeat([effect.after for effect in effects], n_steps, axis=0)
    after[np.arange(len(after)) % n_steps < updated_at] = np.nan
    bars = [
        (before, theme.GREY, _BEFORE),
        (np.where(after > before, after, np.nan), RISES, _AFTER),
        (np.where(after <= before, after, np.nan), FALLS, _AFTER),
    ]
    tracks: list[Track] = [
        BarTrack(values=values, colours=(colour,) * n_rows, thickness=thickness, axes=_AXES)
        for values, colour, thickness in bars
    ]
    tracks.append(_texts(effects, rows, targets, n_steps=n_steps, updated_at=updated_at))
    return tuple(tracks)


def _texts(
    effects: Sequence[UpdateEffect],
    rows: Sequence[int],
    targets: Sequence[float],
    *,
    n_steps: int,
    updated_at: int,
) -> BoardTrack:
    n_rows = len(targets)
    known: dict[tuple[str, str], int] = {("", ""): 0}
    values = np.zeros((len(effects), n_steps, n_rows, 2), dtype=np.uint16)
    for u, (effect, row) in enumerate(zip(effects, rows, strict=True)):
        for i in range(n_rows):
            first, second = float(effect.before[i]), float(effect.after[i])
            name = f"{NAME}{'▸ ' if i == row else ''}row {i + 1}, target {digits(targets[i])}"
            old, new = told_apart(first, second, at_least=3)
            way = "▲" if second > first else "▼" if second < first else "=" * (first == second)
            texts = (
                (f"{name}\n{VALUE}{digits(first, 3)}", repr(first)),
                (f"{name}\n{VALUE}{old} → {new} {way}".rstrip(), f"{first!r} → {second!r}"),
            )
            indices = [known.setdefault(text, len(known)) for text in texts]
            values[u, :updated_at, i, 0] = indices[0]
            values[u, updated_at:, i, 0] = indices[1]
    shown, exact = zip(*known, strict=True)
    return BoardTrack(
        values=values.reshape(-1, n_rows, 2),
        items=tuple(_item(i) for i in range(n_rows)),
        texts=shown,
        exact=exact,
        looks=(Look(),),
        axes=_AXES,
    )


def _item(i: int) -> Item:
    form = Form((), (0.0, i + _TEXT), 12)
    return Item("", "", closed=False, wide=form, narrow=form, start=True)
