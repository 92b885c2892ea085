"""Whether a straight line separates two classes of rows, and how close the best line comes.

With more than two inputs the line is a plane; the word stays.
"""

from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog

from nnviz.nn.checks import FloatArray, Frozen, matrix, vector

BoolArray = npt.NDArray[np.bool_]

# Rows times lines that are looked at: half a second.
_MOST_VALUES = 4_000_000
_LARGEST = 1e12
_ON_THE_LINE = 1e-9


@dataclass(frozen=True, eq=False)
class BestLine(Frozen):
    """A line that leaves as few rows as possible on the wrong side."""

    n_correct: int  # rows on the right side; no line has more
    wrong_rows: tuple[int, ...]  # The others, counted from 0. There may be other sets of as few.
    weights: FloatArray  # (n_inputs,)
    # the line is where ``inputs @ weights + bias`` is 0; it is above 0 on the side of class 1
    bias: float


def best_line(X: npt.ArrayLike, y: npt.ArrayLike) -> BestLine:
    """Return the line with the fewest rows on the wrong side, found exactly.

    Any division of the rows by a line can be had by tilting a line through as many rows as
    there are inputs; so all of those are looked at. Rows that lie on one are divided in turn,
    within it. X has the shape (n_rows, n_inputs), y is 0 or 1, shape (n_rows,). Raises ValueError
    if there are too many rows and inputs to look at every line.
    """
    X, signs = checked_rows(X, y)
    correct = np.ones(len(X), dtype=bool)
    found = separating_line(X, signs)
    if found is None:
        if n_lines(X) * len(X) > _MOST_VALUES:
            raise ValueError(
                f"the best line cannot be found for {len(X)} rows with {X.shape[1]} inputs; "
                "give fewer rows or fewer inputs."
            )
        correct = _most_correct(X, signs)
        found = separating_line(X[correct], signs[correct])
    if found is None:
        raise ValueError("rows of different classes must not lie so close together.")
    return BestLine(int(correct.sum()), tuple(np.flatnonzero(~correct).tolist()), *found)


def separating_line(
    X: FloatArray, signs: FloatArray, on_line: FloatArray | None = None
) -> tuple[FloatArray, float] | None:
    """Return weights and bias with every row of X on its side, or None if there are none.

    The side of each row is +1 or -1, shape (n_rows,); the rows `on_line`, shape
    (n_others, n_inputs), have to lie on the line. A linear program: the smallest weights that keep
    every row at least 1 from the line (in units of ``inputs @ weights + bias``), so the line stands
    well clear of the rows.
    """
    rows = X if on_line is None else np.concatenate([X, on_line])
    centre = rows.mean(axis=0)
    scale = np.abs(rows - centre).max(axis=0)
    # A column that differs by rounding alone is not blown up to the size of the others.
    rounding = max(1e-9 * scale.max(initial=0.0), 1e-13 * np.abs(rows).max(initial=0.0))
    scale[scale <= rounding] = 1.0
    # Every weight as the difference of two numbers above 0, whose sum is then its size.
    sides = _both_signs((X - centre) / scale) * signs[:, None]
    held = None if on_line is None else _both_signs((on_line - centre) / scale)
    solution = linprog(
        np.append(np.ones(2 * X.shape[1]), 0.0),
        A_ub=-sides,
        b_ub=-np.ones(len(X)),
        A_eq=held,
        b_eq=None if held is None else np.zeros(len(held)),
        bounds=[(0, None)] * (2 * X.shape[1]) + [(None, None)],
        method="highs",
    )
    if solution.status != 0:
        return None
    n = X.shape[1]
    weights = (solution.x[:n] - solution.x[n:-1]) / scale
    bias = float(solution.x[-1] - centre @ weights)
    return (weights, bias) if ((X @ weights + bias) * signs > 0).all() else None


def checked_rows(X: npt.ArrayLike, y: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return X as an array, and +1 or -1 for the targets 1 and 0."""
    X = matrix(X, "X", largest=_LARGEST)
    y = vector(y, "y", n=len(X))
    if not np.isin(y, (0.0, 1.0)).all():
        raise ValueError("y must be 0 or 1 for every row.")
    return X, 2.0 * y - 1.0


def whitened(X: FloatArray) -> FloatArray:
    """Return the rows in as few coordinates as they span, each of about deviation 1.

    Equal rows stay equal to the last bit.
    """
    different, copies = np.unique(X, axis=0, return_inverse=True)
    centred = different - different.mean(axis=0)
    left, sizes, _ = np.linalg.svd(centred, full_matrices=False)
    rank = int((sizes > max(1e-9 * sizes[0], 1e-13 * np.abs(X).max())).sum())
    return np.asarray((left[:, :rank] * np.sqrt(len(different)))[copies])


def for_sums(X: FloatArray, z: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the weights and the bias with which rows X have the weighted sums z.

    Those of `whitened` rows can be had so, because these are an affine map of X. z has the shape
    (n_rows,) or (n_rows, n_units), the weights (n_inputs,) or (n_inputs, n_units).
    """
    centre, middle = X.mean(axis=0), z.mean(axis=0)
    weights = np.linalg.lstsq(X - centre, z - middle, rcond=None)[0]
    return weights, middle - centre @ weights


def n_lines(X: FloatArray) -> int:
    """Return how many lines go through as many different rows as there are inputs."""
    return comb(len(np.unique(X, axis=0)), X.shape[1])


def _both_signs(X: FloatArray) -> FloatArray:
    return np.column_stack([X, -X, np.ones(len(X))])


def _most_correct(X: FloatArray, signs: FloatArray) -> BoolArray:
    """Return the rows of a largest set that some line has on their right sides."""
    points = whitened(X)
    if points.shape[1] == 0:
        majority = 1.0 if signs.sum() > 0 else -1.0
        return np.asarray(signs == majority)
    lines = _lines_through(points[np.unique(X, axis=0, return_index=True)[1]])
    distances = points @ lines[:, :-1].T + lines[:, -1]
    distances[np.abs(distances) < _ON_THE_LINE] = 0.0
    sides = np.sign(distances) * signs[:, None]
    # Each line twice, because either side of it may be that of class 1.
    sides = np.hstack([sides, -sides])
    # Rows on a line count as right until a line is looked at closely.
    hopes = (sides >= 0).sum(axis=0)
    best, divided = np.zeros(len(X), dtype=bool), dict[bytes, BoolArray]()
    for line in np.argsort(-hopes, kind="stable"):
        if hopes[line] <= best.sum():
            break
        correct, on_line = sides[:, line] > 0, sides[:, line] == 0
        # Where many rows lie on one line, it is found many times.
        key = on_line.tobytes()
        if key not in divided:
            divided[key] = _most_correct(points[on_line], signs[on_line])
        correct[on_line] = divided[key]
        if correct.sum() > best.sum():
            best = correct
    return best


def _lines_through(points: FloatArray) -> FloatArray:
    """Return the lines through every n of the points with n coordinates: (n_lines, n + 1)."""
    n = points.shape[1]
    chosen = np.array(list(combinations(range(len(points)), n)))
    corners = np.concatenate([points[chosen], np.ones((len(chosen), n, 1))], axis=2)
    # What is at right angles to n vectors, by cofactors: the cross product, for any n.
    lines = np.column_stack(
        [(-1.0) ** k * np.linalg.det(np.delete(corners, k, axis=2)) for k in range(n + 1)]
    )
    sizes = np.linalg.norm(lines[:, :-1], axis=1)
    # Points that lie on more than one common line define none.
    defined = sizes > 1e-10
    return np.asarray(lines[defined] / sizes[defined, None])
