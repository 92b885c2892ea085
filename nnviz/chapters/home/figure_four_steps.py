"""One neuron as a graph of functions and values, highlighted where a step acts; errors as a line.

The boxes have the keys of `nnviz.walkthrough.figures.plan`, and two more: ``adjust``, a function,
and ``parameters``, the frame round the weights and the bias.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from nnviz.chapters.home.four_steps import STEPS, Progress
from nnviz.chapters.home.words_four_steps import TITLES, explain, input_name
from nnviz.chart import plot, theme
from nnviz.chart.picture import Picture
from nnviz.chart.tracks import DotTrack, LineTrack, ReadoutTrack, Track, Tracks, WordsTrack
from nnviz.nn.checks import FloatArray
from nnviz.text.digits import digits
from nnviz.text.names import Naming, called
from nnviz.walkthrough.figures import looks
from nnviz.walkthrough.figures.looks import LOOKS, board_items, quiet_shapes
from nnviz.walkthrough.figures.plan import Box, GraphPlan, Point, between, frozen_plan
from nnviz.walkthrough.figures.tracks import NAME, VALUE, BoardTrack, Form, Item, Look

ARROWS: Final = MappingProxyType(
    {
        ("input.0", "sum"): "predict", ("input.1", "sum"): "predict",
        ("parameters", "sum"): "predict", ("sum", "z"): "predict", ("z", "act"): "predict",
        ("act", "a"): "predict", ("a", "loss"): "compare", ("target", "loss"): "compare",
        ("loss", "error"): "compare", ("error", "adjust"): "adjust",
        ("adjust", "parameters"): "adjust",
    }
)  # fmt: skip
"""The step in which a value passes along the arrow from one box to another."""

ACTS: Final = MappingProxyType(
    {
        **dict.fromkeys(("input.0", "input.1"), "input"),
        **dict.fromkeys(("sum", "z", "act", "a"), "predict"),
        **dict.fromkeys(("target", "loss", "error"), "compare"),
        **dict.fromkeys(("weight.0", "weight.1", "bias", "adjust"), "adjust"),
    }
)
"""The step that uses a function, or of which a value is the result."""


def _plan(boxes: dict[str, Box], text: int) -> GraphPlan:
    arrows = {f"{start}>{end}": _ends(boxes, start, end) for start, end in ARROWS}
    return frozen_plan((100, 100), boxes, arrows, text=text, covered=frozenset({"parameters"}))


def _ends(boxes: Mapping[str, Box], start: str, end: str) -> tuple[Point, Point]:
    """Return the two ends of an arrow; at the frame it is vertical or horizontal."""
    a, b = boxes[start], boxes[end]
    if start == "parameters":
        a = Box(b.x, a.y, a.width, a.height)
    elif end == "parameters":
        vertical = abs(a.x - b.x) < b.width / 2
        b = Box(a.x if vertical else b.x, b.y if vertical else a.y, b.width, b.height)
    return between({"from": a, "to": b}, "from", "to")


WIDE: Final = _plan(
    {
        "parameters": Box(27, 19, 54, 34),
        "input.0": Box(5, 78, 10, 18), "input.1": Box(5, 56, 10, 18),
        "sum": Box(19.8, 67, 12.5, 24), "z": Box(34.5, 67, 10, 18),
        "act": Box(49, 67, 12, 24), "a": Box(64, 67, 11, 18),
        "loss": Box(79, 67, 11.5, 24), "target": Box(79, 91, 10.5, 17),
        "error": Box(94.2, 67, 11.5, 18), "adjust": Box(94.2, 20, 11, 24),
        "weight.0": Box(9.5, 16, 16.5, 21), "weight.1": Box(27, 16, 16.5, 21),
        "bias": Box(44.5, 16, 16.5, 21),
    },
    text=14,
)  # fmt: skip
"""From left to right, and back along the bottom."""

TALL: Final = _plan(
    {
        "parameters": Box(38.5, 55, 77, 25),
        "input.0": Box(11, 92.5, 21, 15), "input.1": Box(11, 76.5, 21, 15),
        "sum": Box(38, 85.5, 23, 19), "z": Box(62.8, 85.5, 18.5, 16),
        "act": Box(88, 85.5, 23, 19), "a": Box(88, 27.5, 23, 13),
        "loss": Box(61.5, 27.5, 21, 17), "target": Box(61.5, 6.5, 21, 13),
        "error": Box(35.7, 27.5, 21.5, 13), "adjust": Box(10.5, 27.5, 20, 17),
        "weight.0": Box(13.3, 53, 24, 18.5), "weight.1": Box(38.5, 53, 24, 18.5),
        "bias": Box(63.7, 53, 24, 18.5),
    },
    text=13,
)  # fmt: skip
"""Round: right along the top, down, left along the bottom, and up to the parameters."""

_RATE: Final = ((74.0, 25.0), (31.0, 39.0))
"""Where the learning rate stands in the two layouts."""

_LABEL: Final = 12
"""Font size in pixels of what stands beside the boxes."""

ROUNDS_SHOWN: Final = (5, 10, 20, 50, 100)
"""How far the axis of the rounds may reach; it changes only when they outgrow it."""

_TICKS: Final = 5
_QUIET_ARROW: Final = len(LOOKS)
_LONG: Final = 10  # letters of a name that has room on one line
_LOOK_OF: Final = MappingProxyType(
    {"error": looks.BACKWARD, "weight": looks.UPDATE, "bias": looks.UPDATE}
)


def four_steps_picture(
    rate: float, tracks: Tracks, naming: Naming, *, few: bool = False
) -> Picture:
    """Draw the graph of one sigmoid unit with two inputs at rest, and the axes of its errors.

    ``rate`` is the learning rate; ``tracks`` are what moves, from `four_steps_tracks`, and ``few``
    says that only the first words are used.
    """
    layout = theme.layout(
        320,
        margin={"l": 0, "r": 14, "t": 6, "b": 4},
        xaxis=_plane(domain=[0, 0.78]),
        yaxis=_plane(domain=[0, 1]),
        xaxis2=theme.axis(
            "round", anchor="y2", domain=[0.84, 1], range=[0, 1.06], fixedrange=True,
            tickvals=[(i + 1) / _TICKS for i in range(_TICKS)],
            # `_ticks` writes them: they change with the run.
            ticktext=["\u00a0"] * _TICKS, title_standoff=12,
        ),
        yaxis2=theme.axis(
            "error", anchor="x2", domain=[0.13, 1], range=[0, 0.85], fixedrange=True, nticks=5
        ),
        shapes=_shapes(WIDE),
        annotations=_annotations(WIDE, _RATE[0], rate, naming, few=few),
        dragmode=False,
    )  # fmt: skip
    narrow = {
        "height": 500,
        "margin": {"r": 4},
        "xaxis": {"domain": [0, 1]},
        "yaxis": {"domain": [0.27, 1]},
        "xaxis2": {"domain": [0.14, 1]},
        "yaxis2": {"domain": [0.09, 0.24], "nticks": 3},
        "shapes": _shapes(TALL),
        "annotations": _annotations(TALL, _RATE[1], rate, naming, few=few),
    }
    # Without a trace Plotly would leave out the axes that the shapes and the marks stand on.
    empty = {"x": [None], "y": [None], "hoverinfo": "skip"}
    traces = [plot.scatter(**empty), plot.scatter(**empty, **plot.on("2"))]
    return Picture(plot.figure(traces, layout), narrow, tracks)


def _plane(**options: Any) -> dict[str, Any]:
    return {"range": [-1, 101], "visible": False, "fixedrange": True, **options}


def _shapes(plan: GraphPlan) -> list[dict[str, Any]]:
    line = {"color": theme.GREEN, "width": 1.5, "dash": "dot"}
    frame = {"type": "path", "path": plan.boxes["parameters"].rectangle(), "line": line}
    # The arrows belong to the board: their heads have the same form however high the picture is.
    return [frame, *quiet_shapes(replace(plan, arrows={}))]


def _annotations(
    plan: GraphPlan, place: Point, rate: float, naming: Naming, *, few: bool
) -> list[dict[str, Any]]:
    frame = plan.boxes["parameters"]
    said = f"{called('learning rate', naming)} {digits(rate)}{'' if few else ' × slope'}"
    return [
        _text((frame.x, frame.y + frame.height / 2), "adjusted" if few else "parameters")
        | {"yanchor": "top"},
        _text(place, said),
    ]


def _text(place: Point, text: str) -> dict[str, Any]:
    return {
        "x": place[0], "y": place[1], "xref": "x", "yref": "y", "showarrow": False, "borderpad": 0,
        "text": text, "font": {"size": _LABEL, "color": theme.INK},
    }  # fmt: skip


def four_steps_tracks(walked: Sequence[Progress], naming: Naming, *, few: bool = False) -> Tracks:
    """Return what moves while the steps are taken, one state of learning for each of them.

    The last step is drawn thick; values that are still to come are question marks. With ``few``
    what nobody has heard of yet has no name.
    """
    keys, items = board_items(WIDE, TALL, {})
    texts: dict[tuple[str, str], int] = {("", ""): 0}
    values = np.zeros((len(walked), len(keys), 2), dtype=np.uint16)
    for at, progress in enumerate(walked):
        for key, text in _texts(progress, naming, few=few).items():
            values[at, keys.index(key), 0] = texts.setdefault(text, len(texts))
        for k, key in enumerate(keys):
            values[at, k, 1] = _look(key, progress.step)
    steps = np.arange(len(walked))
    sentences = tuple(explain(progress, naming).sentence for progress in walked)
    titles = ("", *(f"{i} {TITLES[step]}" for i, step in enumerate(STEPS, 1)))
    now = np.array([STEPS.index(each.step) + 1 if each.step else 0 for each in walked])
    rounds = np.array([progress.round for progress in walked])
    shown, exact = zip(*texts, strict=True)
    looks_here = (*LOOKS, Look(theme.GREY, 1.5))
    tracks: list[Track] = [
        BoardTrack(values=values, items=items, texts=shown, exact=exact, looks=looks_here),
        ReadoutTrack(values=rounds, label="round"),
        ReadoutTrack(values=now, label="now", names=titles),
        WordsTrack(values=steps, texts=sentences),
        _ticks(walked),
    ]
    if walked[-1].errors:
        tracks += _errors(walked[-1].errors)
    return Tracks(tuple(tracks), len(walked) - 1)


def _look(key: str, step: str | None) -> int:
    start, _, end = key.partition(">")
    if end:
        return looks.ARROW if ARROWS[start, end] == step else _QUIET_ARROW
    if ACTS.get(key) != step or step is None:
        return looks.PLAIN
    return _LOOK_OF.get(key.partition(".")[0], looks.FORWARD)


def _texts(progress: Progress, naming: Naming, *, few: bool) -> dict[str, tuple[str, str]]:
    """Return what stands in each box after a step, and the number in full."""
    trace, layer, after = progress.trace, progress.trace.layers[0], progress.trace.updated.layers[0]

    def value(name: str, number: float, *, known: bool) -> tuple[str, str]:
        text = _short(number) if known else "?"
        return _named(name, text), f"{name}: {float(number)!r}" if known else ""

    def parameter(name: str, old: float, new: float) -> tuple[str, str]:
        if not progress.made("adjust"):
            return value(name, old, known=True)
        exact = f"{name}: {float(old)!r} → {float(new)!r}"
        return _named(name, f"{_short(old)} →\n{_short(new)}"), exact

    texts, predicted = {}, progress.made("predict")
    for i, x in enumerate(layer.inputs):
        texts[f"input.{i}"] = value(input_name(i, naming), x, known=progress.made("input"))
    for i, pair in enumerate(zip(layer.weights[:, 0], after.weights[:, 0], strict=True)):
        texts[f"weight.{i}"] = parameter(called("weight", naming, i), *pair)
    z_name = "" if few else called("weighted sum", naming)
    return texts | {
        "bias": parameter("" if few else "bias", layer.bias[0], after.bias[0]),
        "z": value(z_name, layer.pre_activations[0], known=predicted),
        "a": value("prediction", trace.prediction[0], known=predicted),
        # The right answer comes with the row: no step computes it.
        "target": value("target", trace.target[0], known=True),
        "error": value("error", trace.error, known=progress.made("compare")),
        "sum": (f"{NAME}multiply\n{NAME}and add", ""),
        "act": (f"{NAME}{'squeeze' if few else 'sigmoid'}", ""),
        "loss": (f"{NAME}compare", ""),
        "adjust": (f"{NAME}adjust", ""),
    }


def _named(name: str, text: str) -> str:
    """Return a name, on two lines if it is long, with a value below it."""
    if len(name) > _LONG:
        name = name.replace(" ", "\n", 1).replace("_v", "_\nv")
    lines = [f"{NAME}{line}" for line in name.split("\n") if line]
    return "\n".join([*lines, *(f"{VALUE}{line}" for line in text.split("\n"))])


def _short(value: float) -> str:
    """Return the number so that it fits its box: a small one with three digits, not four."""
    return digits(value, 4 if abs(value) >= 1e-3 else 3)


def _reach(n_errors: int) -> int:
    """Return how many rounds the axis has room for."""
    return next(n for n in ROUNDS_SHOWN if n >= n_errors)


def _ticks(walked: Sequence[Progress]) -> BoardTrack:
    """Return the numbers of the rounds below their axis, which are others when it has grown."""
    texts = tuple(f"{NAME}{n * (i + 1) // _TICKS}" for n in ROUNDS_SHOWN for i in range(_TICKS))
    reached = [ROUNDS_SHOWN.index(_reach(len(progress.errors))) for progress in walked]
    values = np.zeros((len(walked), _TICKS, 2), dtype=np.uint16)
    values[:, :, 0] = np.arange(_TICKS) + _TICKS * np.array(reached)[:, np.newaxis]
    return BoardTrack(
        values=values, items=tuple(_tick(i) for i in range(_TICKS)), texts=texts,
        exact=("",) * len(texts), looks=(LOOKS[looks.PLAIN],), axes="x2y2",
    )  # fmt: skip


def _tick(i: int) -> Item:
    x = (i + 1) / _TICKS
    return Item(
        "", "", closed=False, wide=Form((), (x, -0.03), 14), narrow=Form((), (x, -0.15), 14)
    )


def _errors(errors: Sequence[float]) -> list[Track]:
    """Return the errors of the rounds as a line that grows, its axis shrinking with it."""
    places: FloatArray = np.full((len(errors), len(errors), 2), np.nan)
    for n in range(1, len(errors) + 1):
        places[n - 1, :n, 0] = np.arange(1, n + 1) / _reach(n)
        places[n - 1, :n, 1] = errors[:n]
    newest = np.array([places[n, n] for n in range(len(errors))])
    # Comparing is the third step of four.
    clock: Any = {"start": STEPS.index("compare") + 1, "stride": len(STEPS), "axes": "x2y2"}
    return [
        LineTrack(values=places, colour=theme.GREY, width=2, **clock),
        DotTrack(values=newest, colour=theme.VERMILLION, size=5, **clock),
    ]
