"""Draw beside the graph the error of every row before and after an update."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from nnviz.chart import theme
from nnviz.chart.tracks import BarTrack, Track
from nnviz.text.digits import digits, told_apart
from nnviz.walkthrough.figures.tracks import NAME, VALUE, BoardTrack, Look, text_item
from nnviz.walkthrough.update_effect import UpdateEffect

_AXES: Final = "x2y2"
_BEFORE, _AFTER = 0.30, 0.15  # thickness of the bars, of the room that a row has
_TEXT = -0.44  # where the two lines of a row stand, in rooms below its bar

RISES: Final = theme.VERMILLION
FALLS: Final = theme.BLUE


def effect_axes(n_rows: int, highest: float, place: theme.Place) -> dict[str, Any]:
    """Return the layout of both axes at a place; errors are shown up to ``highest``."""
    return theme.panel(
        "2",
        place,
        theme.axis(
            "error before, after", range=[0, highest], fixedrange=True, nticks=3, tickangle=0,
            exponentformat="e",
        ),
        theme.axis(
            "", range=[n_rows - 0.65, -0.9], fixedrange=True, showticklabels=False, ticks="",
            showgrid=False, zeroline=False,
        ),
    )  # fmt: skip


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
    known: dict[tuple[str, str], int] = {("", ""): 0}
    shown = np.zeros((len(effects), n_steps, n_rows, 2), dtype=np.uint16)
    for update, (effect, row) in enumerate(zip(effects, rows, strict=True)):
        for i, target in enumerate(targets):
            name = f"{NAME}{'▸ ' if i == row else ''}row {i + 1}, target {digits(target)}"
            first, second = _texts(name, float(effect.before[i]), float(effect.after[i]))
            shown[update, :updated_at, i, 0] = known.setdefault(first, len(known))
            shown[update, updated_at:, i, 0] = known.setdefault(second, len(known))
    texts, exact = zip(*known, strict=True)
    return (
        *(
            BarTrack(values=values, colours=(colour,) * n_rows, thickness=thickness, axes=_AXES)
            for values, colour, thickness in bars
        ),
        BoardTrack(
            values=shown.reshape(-1, n_rows, 2),
            items=tuple(text_item((0.0, i + _TEXT), 12) for i in range(n_rows)),
            texts=texts,
            exact=exact,
            looks=(Look(),),
            axes=_AXES,
        ),
    )


def _texts(name: str, before: float, after: float) -> tuple[tuple[str, str], tuple[str, str]]:
    """Return what stands below a row before the update and after it, short and in full."""
    old, new = told_apart(before, after, at_least=3)
    way = "▲" if after > before else "▼" if after < before else "=" * (before == after)
    return (
        (f"{name}\n{VALUE}{digits(before, 3)}", repr(before)),
        (f"{name}\n{VALUE}{old} → {new} {way}".rstrip(), f"{before!r} → {after!r}"),
    )
