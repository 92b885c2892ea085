"""Gradient descent from the plane that was put by hand: update by update, or played."""

from typing import Final

import streamlit as st

from nnviz.chapters.linear_regression import choices, details
from nnviz.chapters.linear_regression.choices import ADDRESS, CHART, PAGE
from nnviz.chapters.linear_regression.curvature import curvature_of
from nnviz.chapters.linear_regression.descent import regression_plan
from nnviz.chapters.linear_regression.figure_descent import descent_picture
from nnviz.chapters.linear_regression.runs import packed, run_of
from nnviz.chapters.linear_regression.sliders import rate_values, rounded
from nnviz.chapters.linear_regression.squares import Squares
from nnviz.chapters.linear_regression.view_hand import feature
from nnviz.chapters.linear_regression.words import largest_told, moment_told, rate_told
from nnviz.chart.chart import chart
from nnviz.chart.slider import rate_slider
from nnviz.data.sample import Sample
from nnviz.site import frame
from nnviz.site.parts import parts
from nnviz.site.plain import plain

_SPEEDS: Final = (1, 5, 20, 100, 1000)
# Of the three numbers below the slider, the middle one is the largest rate.
_MARKED: Final = """<style>
.st-key-linear_regression_rate .nv-ticks span:nth-child(2) { font-weight: 700; opacity: 1; }
.st-key-linear_regression_rate .nv-ticks span:nth-child(2)::before {
  content: "▲"; display: block; text-align: center; font-size: 9px; line-height: 8px;
}
.st-key-linear_regression_rate .nv-ticks { height: 24px; }
</style>"""


def descent_view(sample: Sample) -> None:
    """Show the recorded run, and let it be played, stepped and changed."""
    if not frame.hidden("controls"):
        _controls(sample)
    plan, start, updates = choices.plan(sample), choices.by_hand(), int(ADDRESS["updates"])
    run = run_of(plan, start, updates)
    if ADDRESS["step"] > run.last_step:
        choices.PLAYER.go(run.last_step)
    step = ADDRESS["step"]
    if not frame.hidden("controls") and not details.asking():
        st.markdown(plain(rate_told(run.curvature, ADDRESS["rate"])))
    chart(
        descent_picture(run, Squares(sample, feature())),
        key=CHART,
        words=moment_told(run, step),
        hint="Right arrow: the next update. Every square is the squared error of one row; a step "
        "goes straight down the bowl.",
        clock=choices.PLAYER.clock("Train", speeds=_SPEEDS, speed=20, jump=10),
        on_position=choices.PLAYER.arrive,
        packed=[packed(plan, start, updates, feature())],
        save_as="nnviz-linear-regression",
    )
    parts(ADDRESS, details.descent_bodies(run, step))


def _controls(sample: Sample) -> None:
    scaled, raw = (
        curvature_of(regression_plan(sample, 0.0, standardise=on)) for on in (True, False)
    )
    bent = scaled if ADDRESS["scale"] else raw
    largest = rounded(bent.largest_rate)
    left, right = st.columns(2, gap="medium", vertical_alignment="center")
    with left:
        st.html(_MARKED)
        rates = rate_values(scaled, raw)
        rate_slider(
            f"Learning rate, {largest_told(bent)}:",
            max(ADDRESS["rate"], rates[0]),
            key=f"{PAGE}_rate",
            values=rates,
            marks=(rates[0], largest, rates[-1]),
            on_slide=_slid,
        )
    with right, st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.toggle(
            "Scale the columns",
            key=ADDRESS.key("scale"),
            on_change=choices.catch_up,
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
                args=(rounded(part * bent.largest_rate), True),
            )


def _slid(rate: float, done: bool) -> None:
    choices.catch_up()
    ADDRESS.set("rate", rate)
