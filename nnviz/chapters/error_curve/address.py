"""The choices on the page "Error curve" that its address carries."""

from types import MappingProxyType
from typing import Final

from nnviz.chapters.error_curve.paths import PATHS, Path
from nnviz.chapters.error_curve.walk import Walk, walk
from nnviz.chart.slider import logarithmic_values
from nnviz.site.address import Address
from nnviz.site.parameters import Choice, Number, Numbers, Switch
from nnviz.site.parts import PART

PAGE: Final = "error_curve"
VIEWS: Final = MappingProxyType(
    {"quadratic": "Prediction", "weight": "One weight", "rules": "Update rules"}
)
WEIGHTS: Final = ("weight_1", "weight_2", "bias")
MOST_STEPS: Final = 200
"""So that a walk fits into a link."""

RATES: Final = logarithmic_values(-3, 1)

ADDRESS: Final = Address(
    PAGE,
    [
        Choice("view", "quadratic", tuple(VIEWS)),
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
