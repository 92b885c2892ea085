"""The part of the page that shows the answer in three dimensions."""

import streamlit as st

from nnviz.chapters.deeper_networks.figures.solid import deep_solid_picture
from nnviz.chapters.deeper_networks.landscape import Landscape, landscape
from nnviz.chart.chart import chart
from nnviz.nn.checks import FloatArray
from nnviz.site.address import Address
from nnviz.text.digits import digits
from nnviz.training.maps.heatmap import Plane
from nnviz.training.plan import Plan

_CELLS = 41


def solid_part(address: Address, plan: Plan, parameters: FloatArray, plane: Plane) -> None:
    """Show the landscape of one moment."""
    st.slider(
        "Turn it by", 0, 350, step=10, key=address.key("turn"), format="%d°",
        help="With the mouse it can be turned freely.",
    )  # fmt: skip
    borders = (plane.x_low, plane.x_high, plane.y_low, plane.y_high)
    scene = landscape(plan, parameters, Plane(*borders, _CELLS))
    chart(
        deep_solid_picture(scene, turn=address["turn"]),
        key=f"{address.page}_solid",
        words=_words(scene),
        hint="The sheet is what the network answers. Every training row stands where it should "
        "be; the line from it to the sheet is how far off the answer is.",
    )


def _words(scene: Landscape) -> str:
    low, high = float(scene.heights.min()), float(scene.heights.max())
    worst = scene.farthest
    off = abs(float(scene.targets[worst] - scene.answers[worst]))
    return (
        f"Over the plane the answer goes from {digits(low)} to {digits(high)}. "
        f"Row {scene.rows[worst] + 1}, with the thick line, is farthest from where it should be, "
        f"by {digits(off)}."
    )
