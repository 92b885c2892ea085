"""The inputs of a network: features engineered from x1 and x2, and standardisation.

`FEATURES` holds everything that any part of the program says about an engineered input.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated

import numpy as np
import numpy.typing as npt

from nnviz.nn.checks import Check, Checked, FloatArray, items, matrix, one_of, vector


@dataclass(frozen=True)
class Feature:
    """One input made from the two columns of the data."""

    name: str  # public name, the key in `FEATURES`
    # of ``(x1, x2)``, elementwise; dimensionless, angles in radians
    value: Callable[[FloatArray, FloatArray], FloatArray]
    formula: str  # the same in LaTeX
    numpy: str  # the same in a script, an expression of the arrays ``x1`` and ``x2``
    words: str  # the same with the columns' names: ``{x1}`` and ``{x2}``


FEATURES: Mapping[str, Feature] = MappingProxyType(
    {
        feature.name: feature
        for feature in (
            Feature("x1", lambda x1, x2: x1, "x_1", "x1", "{x1}"),
            Feature("x2", lambda x1, x2: x2, "x_2", "x2", "{x2}"),
            Feature("x1^2", lambda x1, x2: x1 * x1, "x_1^2", "x1 * x1", "{x1}²"),
            Feature("x2^2", lambda x1, x2: x2 * x2, "x_2^2", "x2 * x2", "{x2}²"),
            Feature("x1*x2", lambda x1, x2: x1 * x2, r"x_1 x_2", "x1 * x2", "{x1} · {x2}"),
            Feature("sin x1", lambda x1, x2: np.sin(x1), r"\sin x_1", "np.sin(x1)", "sin {x1}"),
            Feature("sin x2", lambda x1, x2: np.sin(x2), r"\sin x_2", "np.sin(x2)", "sin {x2}"),
        )
    }
)


def engineer(X: npt.ArrayLike, names: Sequence[str]) -> FloatArray:
    """Return one column per feature name, in the order of the names.

    The result has the shape (n_samples, len(names)). Raises TypeError or ValueError if X is no
    table of two columns, or the names are empty, unknown or repeated.

    Parameters
    ----------
    X : array_like, shape (n_samples, 2)
        The columns x1 and x2.
    names : sequence of str
        Keys of `FEATURES`, each at most once.
    """
    x1, x2 = matrix(X, "X", n_columns=2).T
    chosen = [one_of(name, "a feature", FEATURES) for name in items(names, "names")]
    if not chosen:
        raise ValueError("names must hold at least one feature, but is empty.")
    if len(set(chosen)) < len(chosen):
        raise ValueError("names must hold each feature once, but one is repeated.")
    return np.column_stack([FEATURES[name].value(x1, x2) for name in chosen])


# The largest number that is accepted, divided by this, is still a float64.
_SMALLEST_SCALE = 1e-200


@dataclass(frozen=True, eq=False)
class Standardiser(Checked):
    """The means and scales that standardise columns: to mean 0 and standard deviation 1."""

    # mean, scale: (n_features,): in the unit of the column. `scale` is the population standard
    # deviation, and 1 for a column that is constant
    mean: Annotated[FloatArray, Check(vector)]
    scale: Annotated[FloatArray, Check(vector)]

    def check_together(self) -> None:
        """Refuse a scale that has not one number clearly above 0 for each mean."""
        if (vector(self.scale, "scale", n=len(self.mean)) < _SMALLEST_SCALE).any():
            raise ValueError("scale must hold numbers clearly above 0 only.")

    @classmethod
    def fit(cls, X: npt.ArrayLike) -> "Standardiser":
        """Return the standardiser of the rows of X, shape (n_samples, n_features)."""
        X = matrix(X, "X")
        deviation = X.std(axis=0)
        # Rounding leaves a constant column a deviation of about 1e-16 of its size.
        constant = deviation <= np.maximum(1e-12 * np.abs(X).max(axis=0), _SMALLEST_SCALE)
        return cls(X.mean(axis=0), np.where(constant, 1.0, deviation))

    def transform(self, X: npt.ArrayLike) -> FloatArray:
        """Return X standardised, shape (n_samples, n_features), dimensionless."""
        return (matrix(X, "X", n_columns=len(self.mean)) - self.mean) / self.scale
