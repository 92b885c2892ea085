"""The units of a regression, read from names such as "area (m²)"."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from nnviz.data.sample import Sample

_ONE: Final = MappingProxyType(
    {
        "m²": "square metre",
        "m2": "square metre",
        "sqm": "square metre",
        "sqft": "square foot",
        "m": "metre",
        "km": "kilometre",
        "kg": "kilogram",
        "years": "year",
        "months": "month",
        "days": "day",
        "hours": "hour",
        "minutes": "minute",
        "rooms": "room",
    }
)
"""The singular of a unit."""


@dataclass(frozen=True)
class Quantity:
    """A column by its name."""

    noun: str  # the name without its unit
    unit: str  # what stands in parentheses at the end of it, or nothing

    @classmethod
    def of(cls, name: str) -> "Quantity":
        """Return the quantity that a name stands for."""
        noun, opening, rest = name.strip().rpartition("(")
        if opening and noun.strip() and rest.endswith(")") and rest[:-1].strip():
            return cls(noun.strip(), rest[:-1].strip())
        return cls(name.strip(), "")

    @property
    def one(self) -> str:
        """One of its unit, such as "square metre"; without a unit, "unit of" and its noun."""
        return _ONE.get(self.unit, self.unit) if self.unit else f"unit of {self.noun}"

    @property
    def short(self) -> str:
        """The same where there is little room, such as "m²"."""
        return self.unit if len(self.unit) < 3 and self.unit else self.one

    @property
    def measure(self) -> str:
        """Its unit, or its noun where there is none."""
        return self.unit or self.noun


def target(sample: Sample) -> Quantity:
    """Return the quantity that is predicted."""
    return Quantity.of(sample.target)


def column(sample: Sample, k: int) -> Quantity:
    """Return the quantity of a column."""
    return Quantity.of(sample.columns[k])


def weight_unit(sample: Sample, k: int) -> str:
    """Return the unit of the weight of a column, such as "thousand € per square metre"."""
    return f"{target(sample).measure} per {column(sample, k).one}"


def parameter_units(sample: Sample) -> tuple[str, str, str]:
    """Return the units of both weights and the bias."""
    return weight_unit(sample, 0), weight_unit(sample, 1), target(sample).measure


def squared_unit(sample: Sample) -> str:
    """Return the unit of a squared error, such as "(thousand €)²" or "€²"."""
    measure = target(sample).measure
    return f"{measure}²" if measure.isalpha() or len(measure) == 1 else f"({measure})²"
