"""The controls that both views share, and the values that the sliders offer."""

import math
from typing import Final

import numpy as np
import streamlit as st

from nnviz.chapters.linear_regression import address
from nnviz.chapters.linear_regression.address import (
    ADDRESS,
    FIRST,
    HOUSES,
    OWN,
    SECOND,
    UPDATES,
    VIEWS,
)
from nnviz.chapters.linear_regression.curvature import Curvature
from nnviz.chapters.linear_regression.descent import LARGEST_START
from nnviz.chapters.linear_regression.houses import FEWEST_ROWS, MOST_NOISE, MOST_ROWS
from nnviz.chapters.linear_regression.regression import LeastSquares
from nnviz.chapters.linear_regression.units import column, target
from nnviz.chapters.linear_regression.words import describe_truth
from nnviz.chart.slider import live_slider, logarithmic_values
from nnviz.data.sample import Sample
from nnviz.nn.rng import LARGEST_SEED
from nnviz.site import frame
from nnviz.site.parts import view_switch
from nnviz.site.plain import plain
from nnviz.site.rows.own_data import own_data
from nnviz.site.rows.row_editor import points_table

_STEPS: Final = 150  # at least so many values from end to end
_HOUSE_GRIDS: Final = ((-1.0, 6.0, 0.05), (-5.0, 3.0, 0.05), (-100.0, 400.0, 5.0))
_HIGHEST: Final = 1  # power of ten of the largest rate
_MOST_DECADES: Final = 12


def top(sample: Sample) -> str:
    """Show the view, the data and the column of the squares; return the view."""
    if frame.hidden("view"):
        return str(ADDRESS["view"])
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        view_switch(ADDRESS, VIEWS)
        if not frame.hidden("controls"):
            _data(sample)
            if ADDRESS["view"] == "line":
                return "line"
            nouns = {FIRST: column(sample, 0).noun, SECOND: column(sample, 1).noun}
            st.segmented_control(
                "Squares over",
                (FIRST, SECOND),
                format_func=lambda name: f"Squares over {plain(nouns[name])}",
                key=ADDRESS.key("over"),
                required=True,
                label_visibility="collapsed",
            )
            if ADDRESS["view"] == "descent":
                st.selectbox(
                    "Updates",
                    UPDATES,
                    key=ADDRESS.key("updates"),
                    on_change=address.catch_up,
                    format_func=lambda text: f"{int(text):,} updates",
                    label_visibility="collapsed",
                    width=165,
                )
    return str(ADDRESS["view"])


def _data(sample: Sample) -> None:
    title = "Made-up houses" if address.is_made_up() else "Own rows"
    with st.popover(
        f"{title} · {sample.n_rows}",
        help="The rows that the plane is fitted to.",
        key="linear_regression_popover",
    ):
        st.segmented_control(
            "Data",
            (HOUSES, OWN),
            format_func=lambda name: "Made-up houses" if name == HOUSES else "Own rows",
            key=ADDRESS.key("data"),
            required=True,
            on_change=_other_rows,
        )
        if ADDRESS["data"] == OWN:
            _own(sample)
            return
        st.caption(describe_truth(ADDRESS["noise"]))
        st.slider("Houses", FEWEST_ROWS, MOST_ROWS, key=ADDRESS.key("rows"))
        st.slider(
            "Noise, in thousand €", 0.0, MOST_NOISE, step=5.0, key=ADDRESS.key("noise"),
            help="The standard deviation of what area and age do not tell.",
        )  # fmt: skip
        st.number_input("Seed", 0, LARGEST_SEED, key=ADDRESS.key("seed"), help="Other houses.")


def _other_rows() -> None:
    """Move the plane to where it can be seen over the chosen rows."""
    made_up = address.is_made_up()
    address.put(address.START if made_up else address.flat(address.sample()))


def _own(sample: Sample) -> None:
    if ADDRESS["own"] is None:
        st.info("You have no rows of your own yet; the made-up houses stand in for them.")
    else:
        names = " and ".join(plain(name) for name in sample.columns[:2])
        st.caption(
            f"{sample.n_rows} rows: {plain(target(sample).noun)} is told from {names}. The target "
            "has to be a number; the first two columns that are chosen are used."
        )
    own_data(ADDRESS, address.use_own)
    points_table(sample, address.use_own)


def hand_values(
    sample: Sample, answer: LeastSquares, *, made_up: bool
) -> tuple[tuple[float, ...], ...]:
    """Return the values that the sliders of both weights and the bias offer."""
    if made_up:
        return tuple(_grid(low, high, step) for low, high, step in _HOUSE_GRIDS)
    spread = float(sample.y.std()) or max(1.0, abs(float(sample.y.mean())))
    ranges = []
    for k in (0, 1):
        deviation = float(sample.X[:, k].std()) or 1.0
        reach = max(1.5 * abs(float(answer.weights[k])), spread / deviation)
        ranges.append((-reach, reach))
    middles = (0.0, answer.bias, float(sample.y.mean()))
    ranges.append((min(middles) - 2 * spread, max(middles) + 2 * spread))
    return tuple(_nice(low, high) for low, high in ranges)


def hand_slider(name: str, title: str, values: tuple[float, ...], *, key: str) -> None:
    """Show the slider of one parameter of the plane; gradient descent then starts from there."""

    def slid(value: float, done: bool) -> None:
        ADDRESS.set(name, value)
        address.PLAYER.go(0)

    live_slider(
        f"{title}:", ADDRESS[name], key=key, values=values, marks=marks(values), on_slide=slid
    )


def marks(values: tuple[float, ...]) -> tuple[float, ...]:
    """Return the values that are named below a slider: its ends, and 0 where there is room."""
    # Where 0 would be written over an end, that end says enough.
    room = 0.15 * (values[-1] - values[0])
    inside = (0.0,) if values[0] + room <= 0 <= values[-1] - room else ()
    return (values[0], *inside, values[-1])


def rate_values(*bends: Curvature) -> tuple[float, ...]:
    """Return rates from well below every largest one to 10: one slider, scaled or not."""
    least = min(curved.largest_rate for curved in bends)
    low = math.floor(math.log10(least)) - 1
    values = logarithmic_values(low, _HIGHEST)
    # So many that each is still a small step, and so few that they travel with every answer.
    return values if _HIGHEST - low <= _MOST_DECADES else values[::10]


def rounded(rate: float) -> float:
    """Return a rate with four digits, as the slider marks it."""
    return float(f"{rate:.4g}")


def _nice(low: float, high: float) -> tuple[float, ...]:
    """Return round values over a range, 0 among them where it lies inside."""
    low, high = max(low, -LARGEST_START), min(high, LARGEST_START)
    if not low < high:
        low, high = -LARGEST_START, LARGEST_START
    rough = (high - low) / _STEPS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= rough * 0.999)
    return _grid(math.floor(low / step) * step, math.ceil(high / step) * step, step)


def _grid(low: float, high: float, step: float) -> tuple[float, ...]:
    first, last = round(low / step), round(high / step)
    values = (float(f"{k * step:.10g}") for k in range(first, last + 1))
    return tuple(float(np.clip(value, -LARGEST_START, LARGEST_START)) for value in values)
