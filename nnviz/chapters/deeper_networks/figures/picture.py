"""The picture of a training: the network, its outputs over the plane, and its losses."""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Any, Final

from nnviz.chapters.deeper_networks.figures.layout import HEIGHT, WIDTH, network_layout
from nnviz.chapters.deeper_networks.figures.losses import (
    LossMark,
    Strand,
    loss_range,
    loss_traces,
    loss_words,
    mark_shapes,
    mark_traces,
)
from nnviz.chapters.deeper_networks.figures.network import (
    KEY,
    network_shapes,
    network_texts,
    network_traces,
)
from nnviz.chapters.deeper_networks.figures.prediction import (
    prediction_traces,
    prediction_words,
    short_name,
)
from nnviz.chapters.deeper_networks.items import Item
from nnviz.chart import plot, theme
from nnviz.chart.picture import Picture
from nnviz.training.maps.heatmap import Plane
from nnviz.training.plan import Plan

NETWORK, PREDICTION, LOSSES = "xy", "x2y2", "x3y3"
"""The subplots, by the names that clicks carry."""

_HEIGHT: Final = 504
_NARROW_HEIGHT: Final = 868
_LEGEND, _BRIEF_LEGEND = 116, 90  # px at the right of outputs and losses
_MARGIN: Final = 6


def deeper_picture(
    followed: Strand,
    plan: Plan,
    plane: Plane,
    *,
    others: Sequence[Strand] = (),
    marks: Sequence[LossMark] = (),
    selected: Item | None = None,
    log: bool = False,
    rows_are_handles: bool = False,
    brief: bool = False,
) -> Picture:
    """Draw a training at one step.

    Parameters
    ----------
    followed : Strand
        The line that the network, the outputs and the numbers belong to.
    plan : Plan
        The plan at the step on the screen: its network and its rows.
    plane : Plane
        The part of the plane that is shown: that of the maps.
    others : sequence of Strand
        Lines whose training losses are drawn as well.
    marks : sequence of LossMark
        What was changed, and where the training ended early.
    selected : Unit, Edge, Bias or None
        The item that is marked in the network.
    log : bool
        Whether the axis of the losses is logarithmic.
    rows_are_handles : bool
        Leave the rows out, because the chart shows them as handles.
    brief : bool
        For a lesson: few words, and no losses of steps that are still to come.

    Returns
    -------
    Picture
        Without tracks: `tracks.network_tracks` makes them for each piece of the view.
    """
    layout = network_layout(plan.sizes)
    strands = sorted((followed, *others), key=lambda strand: strand.stroke.letter)
    limits, cut = loss_range(strands, log=log)
    low, high = (10.0 ** limits[0], 10.0 ** limits[1]) if log else (limits[0], limits[1])
    traces = [
        *network_traces(plan, layout, selected),
        *prediction_traces(plan, rows_are_handles=rows_are_handles, halo=brief),
        *(
            trace
            for each in strands
            for trace in loss_traces(each, followed=each is followed, pale=not brief)
        ),
        *mark_traces(marks, low, high),
    ]
    last = max(1, *(strand.view.last_step for strand in strands))
    sample, left = plan.sample, _BRIEF_LEFT if brief else _PREDICTION_LEFT
    figure_layout = theme.layout(
        _HEIGHT,
        margin={"l": _MARGIN, "r": (_BRIEF_LEGEND if brief else _LEGEND) + _MARGIN, "t": 0, "b": 0},
        hoverdistance=12,
        xaxis=_plan_axis(WIDTH, domain=(0.0, left - 0.079)),
        yaxis=_plan_axis(HEIGHT, domain=_down(_NETWORK, _HEIGHT), scaleanchor="x"),
        xaxis2=theme.axis(
            short_name(sample.columns[0], 24),
            domain=(left, 1.0),
            range=[plane.x_low, plane.x_high],
            anchor="y2",
            constrain="domain",
            constraintoward="left",
            **_FINE,
        ),
        yaxis2=theme.axis(
            short_name(sample.plane_names[1], 24),
            domain=_down(_PREDICTION, _HEIGHT),
            range=[plane.y_low, plane.y_high],
            anchor="x2",
            scaleanchor="x2",
            # The ground is a square, whatever the units of the columns.
            scaleratio=(plane.x_high - plane.x_low) / (plane.y_high - plane.y_low),
            constrain="domain",
            constraintoward="top",
            **_FINE,
        ),
        xaxis3=theme.axis(
            "update", domain=(left, 1.0), range=[0, 1.012 * last], anchor="y3", **_FINE
        ),
        yaxis3=theme.axis(
            "",
            domain=_down(_LOSSES, _HEIGHT),
            range=limits,
            anchor="x3",
            **(_POWERS_OF_TEN if log else {"type": "linear"}),
            **_FINE,
        ),
        shapes=[*network_shapes(layout, selected), *mark_shapes(marks, last)],
    )
    legend = loss_words(
        strands, () if brief else marks, cut=cut, separator="<br>",
        name="error" if brief else "loss",
    )  # fmt: skip
    figure_layout["annotations"] = [
        *network_texts(plan, layout, small=False, brief=brief),
        *(() if brief else (_note("<br>".join(KEY), x=0.0, top=_KEY_TOP, size=11),)),
        _note("<b>what the network answers</b>", x=left, top=4, size=12),
        _note(prediction_words(plan, brief=brief), x=1.0, top=_PREDICTION[0], xshift=12),
        _note(legend, x=1.0, top=_LOSSES[0], xshift=12),
    ]
    return Picture(
        plot.figure(traces, figure_layout), _narrow(plan, strands, marks, cut=cut, brief=brief)
    )


_POWERS_OF_TEN: Final = MappingProxyType({"type": "log", "dtick": 1, "exponentformat": "power"})
_FINE: Final = MappingProxyType({"tickfont": {"size": 12}, "nticks": 5})
_NETWORK: Final = (78, 400)  # px from the top: above and below it stand headers and buttons
_KEY_TOP: Final = 444
_PREDICTION: Final = (24, 290)
_LOSSES: Final = (332, 454)
_PREDICTION_LEFT, _BRIEF_LEFT = 0.715, 0.61


def _narrow(
    plan: Plan, strands: Sequence[Strand], marks: Sequence[LossMark], *, cut: bool, brief: bool
) -> dict[str, Any]:
    """Return the layout below 600 px: the network, then the outputs, then the losses."""
    height = _NARROW_HEIGHT
    legend = loss_words(
        strands, marks, cut=cut, separator=" &nbsp; ", name="error" if brief else "loss"
    )
    return {
        "height": height,
        "margin": {"l": _MARGIN, "r": _MARGIN},
        "annotations": [
            *network_texts(plan, network_layout(plan.sizes), small=True, brief=brief),
            *(() if brief else (_note("<br>".join(KEY), x=0.0, top=322, size=11, of=height),)),
            _note("<b>what the network answers</b>", x=0.12, top=392, size=12, of=height),
            _note(prediction_words(plan, brief=brief), x=0.71, top=414, of=height),
            _note(legend, x=0.0, top=656, of=height),
        ],
        **theme.moved("", ((0.0, 1.0), _down((72, 286), height))),
        **theme.moved("2", ((0.12, 0.68), _down((414, 618), height))),
        **theme.moved("3", ((0.12, 0.98), _down((692, 828), height))),
    }


def _down(span: tuple[int, int], height: int) -> tuple[float, float]:
    """Return a span in pixels from the top as a domain of Plotly, which is from the bottom."""
    top, bottom = span
    return 1.0 - bottom / height, 1.0 - top / height


def _plan_axis(length: float, **options: Any) -> dict[str, Any]:
    return {"range": [0.0, length], "visible": False, **options}


def _note(
    text: str, *, x: float, top: int, size: int = 12, of: int = _HEIGHT, xshift: int = 0
) -> dict[str, Any]:
    """Return a text with its upper left corner a number of pixels from the top."""
    return {
        "text": text, "align": "left", "xref": "paper", "yref": "paper", "x": x, "xshift": xshift,
        "y": 1.0 - top / of, "xanchor": "left", "yanchor": "top", "showarrow": False,
        "font": {"size": size},
    }  # fmt: skip
