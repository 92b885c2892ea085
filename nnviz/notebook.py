"""The picture of a recorded training for a notebook: one SVG image, without JavaScript."""

import base64
import struct
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

import numpy as np
import numpy.typing as npt

from nnviz.chart import theme
from nnviz.nn.checks import FloatArray, instance, integer
from nnviz.text.digits import counted, digits
from nnviz.training.maps.network_maps import answer_maps
from nnviz.training.maps.plot_range import plane_of
from nnviz.training.record import Record
from nnviz.training.scores import scores

_WIDTH, _HEIGHT, _SIDE = 720, 320, 260
_LEFT, _TOP, _CURVE_LEFT, _CURVE_WIDTH = 44, 14, 400, 300
_INK, _PAPER, _GREY = theme.OUTSIDE_INK, theme.OUTSIDE_PAPER, theme.GREY
_MOST_POINTS: Final = 300
"""Of a curve; one pixel holds no more."""

# Outlines around (0, 0), one for each class, as in the app: `theme.SEVERAL_SYMBOLS`.
_SYMBOLS: Final = (
    "M-4.5,0a4.5,4.5 0 1,0 9,0a4.5,4.5 0 1,0 -9,0z",
    "M-4,-4h8v8h-8z",
    "M0,-5.5L5.5,0L0,5.5L-5.5,0z",
    "M0,-5L5,4H-5z",
    "M0,-6L1.8,-1.8L6,-1.8L2.6,1L4,5.5L0,2.8L-4,5.5L-2.6,1L-6,-1.8L-1.8,-1.8z",
)


@dataclass(frozen=True, eq=False)
class RunPicture:
    """What a network predicts at a step of its training, and the losses of the whole training.

    A notebook shows it by itself, as the last value of a cell.

    Attributes
    ----------
    run : Record
    step : int
        The number of updates made.
    """

    run: Record
    step: int

    @property
    def caption(self) -> str:
        """What is seen, in a sentence."""
        plan = self.run.plan_at(self.step)
        found = self.run.scores_at(self.step)
        told = f"After {counted(self.step, 'update')} the training loss is "
        told += digits(float(found.train_loss[0]))
        if len(plan.split.test):
            told += f" and the test loss {digits(float(found.test_loss[0]))}"
        if plan.sample.classes:
            right = round(float(found.train_accuracy[0]) * len(plan.split.train))
            told += f"; {right} of {len(plan.split.train)} training rows are right"
        return f"{told}."

    def svg(self) -> str:
        """Return the picture as an SVG document, 720 x 320 pixels."""
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_HEIGHT}" '
            f'viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" font-size="12" '
            f'fill="{_INK}" role="img" aria-label="{escape(self.caption)}">',
            f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="{_PAPER}"/>',
            *self._predictions(),
            *self._losses(),
            "</svg>",
        ]
        return "\n".join(parts)

    def _repr_html_(self) -> str:
        """Return the picture as HTML that needs nothing else."""
        image = base64.b64encode(self.svg().encode()).decode()
        caption = escape(self.caption)
        return (
            f'<figure style="margin:0"><img alt="{caption}" width="{_WIDTH}" height="{_HEIGHT}" '
            f'src="data:image/svg+xml;base64,{image}"/><figcaption>{caption}</figcaption></figure>'
        )

    def _predictions(self) -> list[str]:
        """Return the map of the predictions over the first two columns, and the rows on it."""
        plan = self.run.plan_at(self.step)
        sample, plane = plan.sample, plane_of(plan.sample, None)
        parameters = self.run.parameters_at(self.step)[np.newaxis]
        pixels = _colours(plan.n_outputs)[answer_maps(plan, parameters, plane)[0][::-1]]
        x = _scale(plane.x_low, plane.x_high, _LEFT, _LEFT + _SIDE)
        y = _scale(plane.y_low, plane.y_high, _TOP + _SIDE, _TOP)
        held_out = set(plan.split.test.tolist())
        rows = []
        for row, (point, target) in enumerate(zip(sample.X, sample.y, strict=True)):
            kind = int(target) if sample.classes else int(target > sample.y.mean())
            colour = theme.SEVERAL_COLOURS[kind]
            fill, line = (_PAPER, colour) if row in held_out else (colour, _INK)
            rows.append(
                f'<path transform="translate({x(point[0]):.1f},{y(point[1]):.1f})" '
                f'd="{_SYMBOLS[kind]}" fill="{fill}" stroke="{line}" stroke-width="1.2"/>'
            )
        names = [escape(name) for name in sample.plane_names]
        return [
            f'<image x="{_LEFT}" y="{_TOP}" width="{_SIDE}" height="{_SIDE}" '
            f'preserveAspectRatio="none" href="data:image/png;base64,{_png(pixels)}"/>',
            *rows,
            *_frame(_LEFT, _SIDE, (plane.x_low, plane.x_high), (plane.y_low, plane.y_high), names),
        ]

    def _losses(self) -> list[str]:
        """Return the curves of the losses, the test rows' dashed, and a line at the step."""
        steps, train, test = _loss_curves(self.run)
        highest = float(np.nanmax(np.where(np.isfinite([train, test]), [train, test], np.nan)))
        x = _scale(0, max(1, self.run.last_step), _CURVE_LEFT, _CURVE_LEFT + _CURVE_WIDTH)
        y = _scale(0, highest or 1.0, _TOP + _SIDE, _TOP)
        drawn = []
        for losses, dash in ((train, ""), (test, ' stroke-dasharray="5 4"')):
            points = [
                f"{x(step):.1f},{y(loss):.1f}"
                for step, loss in zip(steps, losses, strict=True)
                if np.isfinite(loss)
            ]
            if points:
                drawn.append(
                    f'<polyline points="{" ".join(points)}" fill="none" stroke="{_INK}" '
                    f'stroke-width="1.6"{dash}/>'
                )
        return [
            f'<path d="M{x(self.step):.1f},{_TOP}v{_SIDE}" stroke="{_GREY}"/>',
            *drawn,
            *_frame(
                _CURVE_LEFT,
                _CURVE_WIDTH,
                (0, max(1, self.run.last_step)),
                (0, highest),
                ["update", "loss" if np.isnan(test).all() else "loss (test rows dashed)"],
            ),
        ]


def picture(run: Record, step: int | None = None) -> RunPicture:
    """Return the picture of a recorded training, which a notebook shows by itself.

    On the left the predictions over the first two columns, with the training rows filled and the
    test rows hollow; on the right the losses of the training. Other columns are held at their mean.

    Parameters
    ----------
    run : Record
        What `nnviz.record` returned.
    step : int, optional
        The number of updates made; by default the last step.

    Raises
    ------
    TypeError, ValueError
        If `run` is no Record, or the step is not one of its steps.
    """
    instance(run, "run", Record)
    return RunPicture(
        run, integer(run.last_step if step is None else step, "step", 0, run.last_step)
    )


def _loss_curves(run: Record) -> tuple[npt.NDArray[np.int64], FloatArray, FloatArray]:
    """Return steps, and the losses of training and test rows there; NaN where there are none."""
    stride = max(1, -(-run.last_step // _MOST_POINTS))
    steps, train, test = [], [], []
    for segment in run.segments:
        at = np.arange(segment.first, segment.last + 1, stride)
        found = scores(segment.plan, segment.parameters_every(stride, segment.first, segment.last))
        steps.append(at)
        train.append(found.train_loss)
        test.append(found.test_loss)
    return np.concatenate(steps), np.concatenate(train), np.concatenate(test)


def _scale(low: float, high: float, start: float, end: float) -> Callable[[float], float]:
    """Return the function from values to pixels along one axis."""
    return lambda value: start + (float(value) - low) / (high - low) * (end - start)


def _frame(
    left: int,
    width: int,
    across: tuple[float, float],
    up: tuple[float, float],
    names: Sequence[str],
) -> list[str]:
    """Return the border of a plot, the ends of its axes, and what the axes are called."""
    bottom, middle = _TOP + _SIDE, left + width / 2
    return [
        f'<rect x="{left}" y="{_TOP}" width="{width}" height="{_SIDE}" fill="none" '
        f'stroke="{_GREY}"/>',
        f'<text x="{left}" y="{bottom + 16}">{digits(across[0], 3)}</text>',
        f'<text x="{left + width}" y="{bottom + 16}" text-anchor="end">{digits(across[1], 3)}'
        "</text>",
        f'<text x="{middle}" y="{bottom + 32}" text-anchor="middle">{names[0]}</text>',
        f'<text x="{left - 5}" y="{bottom}" text-anchor="end">{digits(up[0], 3)}</text>',
        f'<text x="{left - 5}" y="{_TOP + 10}" text-anchor="end">{digits(up[1], 3)}</text>',
        f'<text transform="translate({left - 12},{_TOP + _SIDE / 2}) rotate(-90)" '
        f'text-anchor="middle">{names[1]}</text>',
    ]


def _colours(n_outputs: int) -> npt.NDArray[np.uint8]:
    """Return the colour of each byte of a map of predictions, shape (256, 3)."""
    paper = _rgb(_PAPER)
    if n_outputs == 1:
        ends = [_rgb(theme.ORANGE), paper, _rgb(theme.SKY)]
        return _between(np.linspace(0.0, 2.0, 256), ends)
    places = np.arange(256) * n_outputs / 255.0
    kinds = np.minimum(places.astype(int), n_outputs - 1)
    bright = np.array([_rgb(colour) for colour in theme.SEVERAL_COLOURS])[kinds]
    part = np.clip(places - kinds, 0.0, 1.0)[:, np.newaxis]
    return np.asarray(np.round(paper + part * (bright - paper)), dtype=np.uint8)


def _between(places: FloatArray, stops: list[FloatArray]) -> npt.NDArray[np.uint8]:
    channels = [
        np.interp(places, range(len(stops)), channel) for channel in zip(*stops, strict=True)
    ]
    return np.asarray(np.round(np.column_stack(channels)), dtype=np.uint8)


def _rgb(colour: str) -> FloatArray:
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], dtype=np.float64)


def _png(pixels: npt.NDArray[np.uint8]) -> str:
    """Return pixels, shape (height, width, 3), as a PNG file in base64."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        end = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + end

    height, width, _ = pixels.shape
    lines = b"".join(b"\0" + line.tobytes() for line in pixels)  # 0: the line is not filtered
    header = struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(lines)), (b"IEND", b"")]
    file = b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*each) for each in chunks)
    return base64.b64encode(file).decode()
