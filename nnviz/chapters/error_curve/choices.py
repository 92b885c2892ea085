"""What a person chooses on the page "Error curve", and how a walk starts, goes on and is undone."""

from typing import Any, Final

import streamlit as st

from nnviz.chapters.error_curve.descent import Walk, walk
from nnviz.chapters.error_curve.paths import PATHS, Path
from nnviz.chart.gestures import Click, Drag
from nnviz.chart.rate_slider import logarithmic_values
from nnviz.site.address import Address
from nnviz.site.parameters import Choice, Number, Numbers, Switch
from nnviz.site.parts import PART

PAGE: Final = "error_curve"
VIEWS: Final = ("quadratic", "weight", "rules")
WEIGHTS: Final = ("weight_1", "weight_2", "bias")
MOST_STEPS: Final = 200
"""So that a walk fits into a link."""

RATES: Final = logarithmic_values(-3, 1)
TYPICAL_RATES: Final = (0.001, 0.01, 0.1, 0.5, 0.9, 1.0, 1.1)
"""One for each way in which a rate can behave on the quadratic."""

ADDRESS: Final = Address(
    PAGE,
    [
        Choice("view", "quadratic", VIEWS),
        Choice("along", "weight_1", WEIGHTS),
        Number("rate", 0.1, RATES[0], RATES[-1]),
        *(Number(path.name, path.start, path.low, path.high) for path in PATHS.values()),
        *(
            Numbers(path.rates, (), RATES[0], RATES[-1], at_most=MOST_STEPS)
            for path in PATHS.values()
        ),
        Switch("with_bias"),
        PART,
    ],
)


def path() -> Path:
    """Return the path that is on the screen."""
    return PATHS["x" if ADDRESS["view"] == "quadratic" else ADDRESS["along"]]


def walked() -> Walk:
    """Return the walk that is on the screen."""
    return walk(path().curve(), ADDRESS[path().name], ADDRESS[path().rates])


def can_step(so_far: Walk) -> bool:
    """Return whether the walk may go on: it has not diverged and still fits into a link."""
    return so_far.stopped_at is None and len(ADDRESS[path().rates]) < MOST_STEPS


def step() -> None:
    """Take the next step."""
    if can_step(walked()):
        ADDRESS.set(path().rates, (*ADDRESS[path().rates], ADDRESS["rate"]))


def undo() -> None:
    """Take the last step back; before the first step, bring back the walk that was left."""
    rates = ADDRESS[path().rates]
    if rates:
        # Rates after the point where a walk diverged have done nothing.
        ADDRESS.set(path().rates, rates[: len(walked().steps)][:-1])
        return
    left = _left().pop(path().name, None)
    if left is not None:
        start, rates = left
        ADDRESS.set(path().name, start)
        ADDRESS.set(path().rates, rates)


def can_undo() -> bool:
    """Return whether there is a step to take back, or a walk to bring back."""
    return bool(ADDRESS[path().rates]) or path().name in _left()


def start_from(x: float) -> None:
    """Begin a new walk at x; the one that is left can be brought back."""
    rates = ADDRESS[path().rates]
    if rates:
        _left()[path().name] = (ADDRESS[path().name], rates)
    ADDRESS.set(path().name, min(max(x, path().low), path().high))
    ADDRESS.set(path().rates, ())


def start_again() -> None:
    """Go back to where the walk began."""
    start_from(ADDRESS[path().name])


def dragged(drag: Drag) -> None:
    """Begin a new walk where the point was dragged to."""
    start_from(drag.x)


def clicked(click: Click) -> None:
    """Begin a new walk above or below the click."""
    start_from(round(click.x, 3))


def slid(rate: float, done: bool) -> None:
    """Choose the rate of the next step."""
    ADDRESS.set("rate", rate)


def choose(**values: Any) -> None:
    """Set several choices at once, for buttons that show something."""
    for name, value in values.items():
        ADDRESS.set(name, value)


def _left() -> dict[str, tuple[float, tuple[float, ...]]]:
    """Return the walks that were left for a new start, by path; no link needs to carry them."""
    walks: dict[str, tuple[float, tuple[float, ...]]] = st.session_state.setdefault(
        f"{PAGE}_left", {}
    )
    return walks
