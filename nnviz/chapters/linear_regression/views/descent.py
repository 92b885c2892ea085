"""Show a recorded run of gradient descent, and let it be played, stepped and changed."""

from functools import partial
from typing import Final

import numpy as np
import streamlit as st

from nnviz.chapters.linear_regression import address
from nnviz.chapters.linear_regression.address import ADDRESS, CHART, PAGE
from nnviz.chapters.linear_regression.controls import rate_values, rounded
from nnviz.chapters.linear_regression.curvature import Curvature, curvature, curvature_of
from nnviz.chapters.linear_regression.descent import Descent, descend, in_units, regression_plan
from nnviz.chapters.linear_regression.figures.descent import descent_picture
from nnviz.chapters.linear_regression.figures.solid import Sheet, solid_picture
from nnviz.chapters.linear_regression.figures.squares import Squares
from nnviz.chapters.linear_regression.figures.tracks import descent_tracks
from nnviz.chapters.linear_regression.lesson import LESSON
from nnviz.chapters.linear_regression.questions import descent_questions
from nnviz.chapters.linear_regression.regression import gradient
from nnviz.chapters.linear_regression.script import descent_snippet
from nnviz.chapters.linear_regression.units import parameter_units, squared_unit
from nnviz.chapters.linear_regression.views.hand import feature
from nnviz.chapters.linear_regression.views.notes import notes
from nnviz.chapters.linear_regression.words import (
    counted,
    describe_least_squares,
    describe_rate,
    describe_start,
    describe_step,
    largest_rate_text,
    short_names,
    update_working,
)
from nnviz.chart import packing
from nnviz.chart.chart import chart
from nnviz.chart.slider import rate_slider
from nnviz.chart.tracks import Tracks, sentences
from nnviz.data.sample import Sample
from nnviz.nn.checks import FloatArray
from nnviz.site import frame, lesson
from nnviz.site.caching import cached
from nnviz.site.offer import offer_file
from nnviz.site.parts import code, formulas, parts
from nnviz.site.plain import plain
from nnviz.site.predict_first import predict_first, questions_are_open
from nnviz.site.styles import style
from nnviz.site.table import Cell, Shown, table
from nnviz.text.digits import digits, without_dust
from nnviz.training.plan import Plan

_UNEVEN: Final = 100
"""The largest rate halves a distance along the flat way in a good 30 updates then, or more."""

_MARKS: Final = "Every square is the squared error of one row; a step goes straight down the bowl."
_SPEEDS: Final = (1, 5, 20, 100, 1000)
# Of the three numbers below the slider, the middle one is the largest rate.
_MARKED: Final = """
.st-key-linear_regression_rate .nv-ticks span:nth-child(2) { font-weight: 700; opacity: 1; }
.st-key-linear_regression_rate .nv-ticks span:nth-child(2)::before {
  content: "▲"; display: block; text-align: center; font-size: 9px; line-height: 8px;
}
.st-key-linear_regression_rate .nv-ticks { height: 24px; }
"""


def descent_view(sample: Sample) -> None:
    """Show the recorded run, and let it be played, stepped and changed."""
    if not (frame.hidden("controls") or frame.hidden("rate")):
        _controls(sample)
    plan, start, updates = address.plan(sample), address.by_hand(), int(ADDRESS["updates"])
    run = run_of(plan, start, updates)
    if ADDRESS["step"] > run.last_step:
        address.PLAYER.go(run.last_step)
    step = ADDRESS["step"]
    # While questions are open, nothing may tell what a rate will do.
    if not (frame.hidden("controls") or frame.hidden("fate") or questions_are_open(ADDRESS)):
        st.markdown(plain(describe_rate(run.curvature, ADDRESS["rate"])))
    seen = {part: not frame.hidden(part) for part in ("bowl", "least")}
    moving = packed(plan, start, updates, feature(), bowl=seen["bowl"], held=lesson.secret())
    shown = chart(
        descent_picture(run, Squares(sample, feature()), **seen),
        key=CHART,
        words=describe_step(run, step) if seen["least"] else describe_start(run),
        hint=f"Right arrow: the next update. {_MARKS}",
        # A task of the lesson is not to be waited for.
        clock=address.PLAYER.clock(
            "Train", speeds=_SPEEDS, speed=20 if lesson.shown() is None else 100, jump=10
        ),
        on_position=address.PLAYER.arrive,
        packed=[moving],
        fill=True,
    )
    recorded = partial(every_sentence, run, least=seen["least"])
    parts(
        ADDRESS,
        {
            "numbers": lambda: _descent_numbers(run, step),
            "solid": lambda: _solid(run, step),
            "code": lambda: code([gradient, curvature, in_units], descent_snippet(run, step)),
            "export": lambda: offer_file(
                ADDRESS, LESSON, shown, lambda: [recorded()], marks=_MARKS
            ),
            "predict": lambda: predict_first(
                PAGE,
                descent_questions(run, step),
                then=("Take the update", lambda: address.PLAYER.go(min(step + 1, run.last_step))),
            ),
            "tutorial": lambda: notes(sample, run.answer),
        },
    )


def _controls(sample: Sample) -> None:
    scaled, raw = _curvatures(sample)
    curved = scaled if ADDRESS["scale"] else raw
    largest = rounded(curved.largest_rate)
    left, right = st.columns(2, gap="medium", vertical_alignment="center")
    with left:
        style(_MARKED)
        rates = rate_values(scaled, raw)
        rate_slider(
            f"Learning rate, {largest_rate_text(curved, float(ADDRESS['rate']))}:",
            ADDRESS["rate"],
            key=f"{PAGE}_rate",
            values=rates,
            marks=(rates[0], largest, rates[-1]),
            on_slide=_slid,
        )
    with right, st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.toggle(
            "Scale the columns",
            key=ADDRESS.key("scale"),
            on_change=address.catch_up,
            help="Standardise: every column, and the target, is moved to mean 0 and scaled to "
            "standard deviation 1 before the training. The plane is told in the units of the rows "
            "all the same.",
        )
        for name, part in (("½ ×", 0.5), ("0.99 ×", 0.99), ("1.01 ×", 1.01)):
            st.button(
                name,
                key=f"{PAGE}_rate_{part}",
                help=f"Take {name.replace(' ×', ' times')} the largest rate that converges.",
                on_click=_slid,
                args=(rounded(part * curved.largest_rate), True),
            )


def _curvatures(sample: Sample) -> tuple[Curvature, Curvature]:
    """Return the curvature of the error of scaled columns, and of columns as they are."""
    scaled, raw = (regression_plan(sample, 0.0, standardise=on) for on in (True, False))
    return curvature_of(scaled), curvature_of(raw)


def _slid(rate: float, done: bool) -> None:
    address.catch_up()
    ADDRESS.set("rate", rate)


@cached(Plan)
def run_of(plan: Plan, start: tuple[float, float, float], updates: int) -> Descent:
    """Return a run."""
    return descend(plan, start, updates)


@cached(Plan)
def packed(
    plan: Plan,
    start: tuple[float, float, float],
    updates: int,
    feature: int,
    *,
    bowl: bool = True,
    held: bool = False,
) -> tuple[bytes, str]:
    """Return the moving marks of a run, for the browser; held, nobody can play them."""
    run = run_of(plan, start, updates)
    tracks = descent_tracks(run, Squares(plan.sample, feature), bowl=bowl)
    return packing.pack(tracks.up_to(0) if held else tracks)


def every_sentence(run: Descent, *, least: bool = True) -> bytes:
    """Return what is said at every update, packed for a file."""
    texts = [
        describe_step(run, step) if least else describe_start(run)
        for step in range(run.last_step + 1)
    ]
    return packing.pack(Tracks((sentences(texts),), run.last_step))[0]


def _descent_numbers(run: Descent, step: int) -> None:
    sample, own = run.plan.sample, run.parameters[step]
    formulas(*update_working(run, step))
    scaled = run.plan.standardiser is not None
    title = "as trained,\nstandardised" if scaled else "as trained"
    columns = (
        short_names(sample),
        _cells(own, float(np.abs(own).max())),
        _cells(run.slopes(step), float(np.abs(run.slopes(0)).max())),
        run.in_units[step].tolist(),
        run.answer.parameters.tolist(),
        parameter_units(sample),
    )
    rows = list[tuple[Cell, ...]](zip(*columns, strict=True))
    error, unit = float(run.errors[step]), squared_unit(sample)
    rows.append(("mean squared error", None, None, error, run.answer.error, unit))
    table(
        ["", title, "its slope", "in units", "least\nsquares", "unit"],
        rows,
        label="Weights and bias at this update, and by least squares",
    )
    text = describe_least_squares(sample, run.answer)
    if scaled:
        text += (
            " Standardised weights have no unit: each is how many standard deviations of the "
            "target one standard deviation of its column makes."
        )
    st.markdown(plain(text))
    _scaling_table(sample)


def _cells(values: FloatArray, size: float) -> list[Cell]:
    """Return numbers for a table; what rounding leaves of 0, beside others of a size, is 0."""
    return [value if without_dust(value, size) else Shown(value, "0") for value in values.tolist()]


def _scaling_table(sample: Sample) -> None:
    """Show what scaling does to the bowl and to the largest rate."""
    scaled, raw = _curvatures(sample)
    rows: list[list[Cell]] = []
    for name, curved in (("not scaled", raw), ("scaled", scaled)):
        halved = curved.updates_to_halve(curved.best_rate)
        rows.append(
            [name, float(curved.values[-1]), curved.least, curved.largest_rate,
             Shown(halved, counted(halved))]
        )  # fmt: skip
    table(
        ["columns", "largest\ncurvature", "least\ncurvature", "largest\nrate",
         "updates to halve\nat the best rate"],
        rows,
        label="What scaling does to the largest rate",
    )  # fmt: skip
    wide = float(raw.values[-1]) / raw.least
    text = f"Not scaled, the bowl is curved {digits(wide, 3)} times as much one way as another"
    if wide >= _UNEVEN:
        text += ": a rate that is small enough for the steep way hardly moves along the flat one"
    st.markdown(f"{text}.")


def _solid(run: Descent, step: int) -> None:
    sample, real = run.plan.sample, run.in_units[step]
    if not np.isfinite(real).all() or np.abs(real).max() > 1e15:
        st.markdown("This plane has gone too far to be drawn. Step back to see it.")
        return
    w1, w2, b = real.tolist()
    st.slider(
        "Turn it by", 0, 350, step=10, key=ADDRESS.key("turn"), format="%d°",
        help="With the mouse it can be turned freely.",
    )  # fmt: skip
    chart(
        solid_picture(Sheet(sample, (w1, w2, b), run.answer), turn=ADDRESS["turn"]),
        key="linear_regression_solid",
        words=describe_step(run, step),
        hint="The plane at the update shown. The line from each row is how far off the plane is.",
    )
