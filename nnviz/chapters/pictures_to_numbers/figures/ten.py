"""Ten digits while they are learned: weights as pictures, a drawing's probabilities, accuracies."""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from nnviz.chapters.pictures_to_numbers.figures import squares
from nnviz.chapters.pictures_to_numbers.figures.mosaic import Mosaic
from nnviz.chapters.pictures_to_numbers.ten.network import KINDS, TenRun
from nnviz.chapters.pictures_to_numbers.ten.reading import (
    TenReading,
    UnitOff,
    votes,
    weight_pictures,
)
from nnviz.chapters.pictures_to_numbers.ten.words import sure
from nnviz.chart import plot, theme
from nnviz.chart.picture import Picture
from nnviz.chart.tracks import BarTrack, MapTrack, ReadoutTrack, Track, Tracks, spoken
from nnviz.nn.checks import FloatArray
from nnviz.text.digits import digits, percent

Panels = tuple[str, ...]
PANELS: Final[Panels] = ("weights", "says", "right")
"""The parts of the picture; all of them in free play."""

NUMBERS: Final = MappingProxyType({"weights": "", "says": "2", "right": "3"})
"""The number of the axes of each panel."""

_HEIGHT: Final = 456
_MARGIN: Final = MappingProxyType({"l": 8, "r": 12, "t": 30, "b": 42})
_SHAPE: Final = 0.8  # of the place of the weights: width by height
_NARROW_MOSAIC, _NARROW_BARS, _NARROW_GAP = 320, 230, 84
_FULL: Final = 0.98
"""The fraction of the weights, at the end, that is within the range of the colours."""

_TEXTS: Final = 3
"""Steps from one sentence to the next while a training plays."""


def mosaic_of(run: TenRun) -> Mosaic:
    """Return where the picture of each unit stands: hidden ones, or the ten outputs."""
    return Mosaic.fitting(run.config.units or KINDS, _SHAPE)


def ten_picture(
    run: TenRun,
    step: int,
    reading: TenReading,
    off: UnitOff | None = None,
    *,
    panels: Panels = PANELS,
) -> Picture:
    """Draw what stands still: names, frames, axes, and what pointing says; see `weight_tracks`."""
    layout = theme.layout(_HEIGHT, margin=dict(_MARGIN))
    traces: list[plot.Trace] = []
    places = _places(panels)
    mosaic = mosaic_of(run)
    if "weights" in panels:
        layout |= mosaic.axes("", places["weights"])
        names = [str(k + 1) if run.config.units else str(k) for k in range(mosaic.n)]
        traces += mosaic.frames(names, _unit_hovers(run, step), "")
        if off is not None:
            traces.append(mosaic.crossed(off.unit, ""))
    if "says" in panels:
        layout |= _bar_axes("says", places["says"])
        texts = [f"{k}: {sure(p)}" for k, p in enumerate(reading.probabilities.tolist())]
        traces.append(_hovers("says", texts))
    if "right" in panels:
        layout |= _bar_axes("right", places["right"])
        traces.append(_hovers("right", _right_hovers(run, step, off)))
    layout["annotations"] = [
        _title(name, run, off, places[name][0][0], places[name][1][1]) for name in panels
    ]
    return Picture(
        plot.figure(traces, layout), _narrow(panels, run, off, mosaic), Tracks((), run.last_step)
    )


def weight_tracks(run: TenRun) -> Tracks:
    """Return what moves whatever is drawn: the weights of every unit as pictures."""
    found = weight_pictures(run)
    # The few largest have the full colour, so that the others have one as well.
    shades = squares.shades(found, max(float(np.quantile(np.abs(found[-1]), _FULL)), 1e-9))
    mosaic, paper = mosaic_of(run), int(squares.shades(np.zeros(1), 1.0)[0])
    width, height = mosaic.size
    track = MapTrack(
        values=mosaic.whole(shades, paper), extent=(0, width, 0, height), stops=theme.DIVERGING
    )
    return Tracks((track,), run.last_step)


def right_tracks(run: TenRun, without: FloatArray | None = None) -> Tracks:
    """Return how many pictures of each digit are right; with a unit switched off beside it.

    Parameters
    ----------
    without : ndarray, shape (n_steps, 10), optional
        The accuracy of each digit without the unit.
    """
    bars = [_bars(run.digit_accuracy, theme.GREEN if without is None else theme.GREY, "right", 0.8)]
    if without is not None:
        bars.append(_bars(without, theme.VERMILLION, "right", 0.4))
    n, counts = len(run.held_out), np.bincount(run.labels, minlength=KINDS)
    wrong = [ReadoutTrack(values=n - run.n_right, label="held out: wrong", after=f" of {n}")]
    if without is not None:
        wrong.append(ReadoutTrack(values=n - np.rint(without @ counts), label="without the unit"))
    return Tracks((*bars, *wrong), run.last_step)


def drawing_tracks(
    run: TenRun, drawing: Sequence[int], probabilities: FloatArray, texts: Sequence[str]
) -> Tracks:
    """Return what moves for a drawing; ``texts`` is what is said at every third step.

    `probabilities` has the shape (n_steps, 10).
    """
    tracks: tuple[Track, ...] = (
        _bars(probabilities, theme.BLUE, "says", 0.8),
        ReadoutTrack(
            values=probabilities.argmax(axis=1),
            label="it says" if any(drawing) else "nothing is drawn: the biases alone say",
            names=tuple(str(k) for k in range(KINDS)),
        ),
        spoken(texts, _TEXTS),
    )
    return Tracks(tracks, run.last_step)


def text_steps(run: TenRun) -> range:
    """Return the steps that have a sentence while a training plays."""
    return range(0, run.last_step + 1, _TEXTS)


def _bars(values: FloatArray, colour: str, panel: str, thickness: float) -> BarTrack:
    number = NUMBERS[panel]
    return BarTrack(
        values=values,
        colours=(colour,) * KINDS,
        thickness=thickness,
        axes=f"x{number}y{number}",
    )


def _places(panels: Panels) -> dict[str, theme.Place]:
    """Return x and y of each panel, from and to: the weights left, the bars beside them."""
    bars = [name for name in panels if name != "weights"]
    places: dict[str, theme.Place] = {}
    left = 0.0
    if "weights" in panels:
        places["weights"] = ((0.0, 0.56 if bars else 1.0), (0.0, 1.0))
        left = 0.63
    elif len(bars) > 1:
        left = 0.05
    height = 1.0 if len(bars) < 2 else 0.41
    for i, name in enumerate(bars):
        top = 1.0 - 0.59 * i
        places[name] = ((left + 0.03, 1.0), (max(top - height, 0.0), top))
    return places


def _title(name: str, run: TenRun, off: UnitOff | None, x: float, y: float) -> dict[str, Any]:
    units = run.config.units
    whose = ", other people’s hands" if run.config.hands == "other" else " of all others"
    text, note = {
        "weights": (
            f"<b>weights</b> of {units} hidden units" if units else "<b>weights</b> of ten digits",
            "Blue: ink there pushes the unit up. Orange: ink there pulls it down.",
        ),
        "says": ("<b>says</b> of your drawing", "The ten probabilities add up to 1."),
        "right": (
            f"<b>right</b>{whose}"
            if off is None
            else f"<b>right</b>; grey: with unit {off.unit + 1}",
            "Of the held-out pictures of each digit.",
        ),
    }[name]
    return theme.panel_title(text, x, y, note)


def _bar_axes(name: str, place: theme.Place) -> dict[str, Any]:
    across = theme.axis("", range=[0, 1.04], tickformat="~%", tickvals=[0, 0.5, 1], fixedrange=True)
    up = theme.axis(
        "", range=[KINDS - 0.5, -0.5], ticks="", tickvals=list(range(KINDS)), showgrid=False,
        zeroline=False, fixedrange=True,
    )  # fmt: skip
    return theme.panel(NUMBERS[name], place, across, up)


def _hovers(name: str, texts: Sequence[str]) -> plot.Trace:
    """Return what pointing at each bar says."""
    places = [(x, k) for x in (0.1, 0.5, 0.9) for k in range(KINDS)]
    return plot.pointed_at(places, [*texts] * 3, NUMBERS[name])


def _unit_hovers(run: TenRun, step: int) -> list[str]:
    """Return what pointing at the picture of each unit says: for which digits it speaks."""
    if not run.config.units:
        return [f"what makes a {k} at update {step}" for k in range(KINDS)]
    found = []
    for unit, weights in enumerate(votes(run, step)):
        order = np.argsort(-weights, kind="stable")
        most, least = int(order[0]), int(order[-1])
        found.append(
            f"unit {unit + 1} at update {step}<br>up: most for {most} "
            f"({digits(float(weights[most]), 3)}), most against {least} "
            f"({digits(float(weights[least]), 3)})"
        )
    return found


def _right_hovers(run: TenRun, step: int, off: UnitOff | None) -> list[str]:
    counts = np.bincount(run.labels, minlength=KINDS)
    found = []
    for k in range(KINDS):
        n = int(counts[k])
        here = float(run.digit_accuracy[step, k])
        text = f"{k}: {round(here * n)} of {n} right ({percent(here, decimals=1)[0]})"
        if off is not None:
            text += f"<br>without unit {off.unit + 1}: {round(float(off.after[k]) * n)}"
        found.append(text)
    return found


def _narrow(panels: Panels, run: TenRun, off: UnitOff | None, mosaic: Mosaic) -> dict[str, Any]:
    """Return the layout of a phone: everything below each other."""
    width, height = mosaic.size
    rooms = [_NARROW_GAP] * (len(panels) - 1) + [0]
    weights = min(400, round(_NARROW_MOSAIC * height / width))
    heights = [weights if name == "weights" else _NARROW_BARS for name in panels]
    inner, spans = theme.stacked(list(zip(heights, rooms, strict=True)))
    narrow, titles = dict[str, Any](), []
    for name, span in zip(panels, spans, strict=True):
        left = 0.0 if name == "weights" else 0.06
        narrow |= theme.moved(NUMBERS[name], ((left, 1.0), span))
        titles.append(_title(name, run, off, 0.0, span[1]))
    return {**narrow, "annotations": titles, "height": inner + _MARGIN["t"] + _MARGIN["b"]}
