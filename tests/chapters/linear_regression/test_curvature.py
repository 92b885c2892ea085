"""The largest rate: from the curvature, and held against real training just below and above."""

import math
from decimal import Decimal, localcontext
from fractions import Fraction

import numpy as np
import pytest

from nnviz.chapters.linear_regression.curvature import Curvature, curvature, curvature_of
from nnviz.chapters.linear_regression.descent import descend, regression_plan
from nnviz.chapters.linear_regression.houses import houses
from nnviz.chapters.linear_regression.regression import mean_squared_error
from nnviz.data.sample import Sample

RNG = np.random.default_rng(12)
SLANTED = RNG.normal(size=(30, 2)) @ [[1.0, 0.9], [0.0, 0.4]] + [5, -3]
SAMPLES = {
    "houses": houses(20, 30.0, 0),
    "other houses": houses(40, 60.0, 5),
    "few houses": houses(3, 30.0, 2),
    "slanted": Sample(SLANTED, SLANTED @ [3.0, 1.0] + RNG.normal(size=30), ("a", "b"), (), "t"),
    "far away": Sample(SLANTED + 1000, SLANTED @ [1.0, 1.0], ("a", "b"), (), "t"),
    "together": Sample(
        np.column_stack([np.arange(12.0), 2 * np.arange(12.0)]), np.arange(12.0) ** 2,
        ("a", "b"), (), "t",
    ),
    "constant": Sample(
        np.column_stack([np.arange(9.0), np.full(9, 4.0)]), np.arange(9.0) ** 2, ("a", "b"), (), "t"
    ),
}  # fmt: skip
UPDATES = 3000


@pytest.mark.parametrize("standardise", [True, False])
@pytest.mark.parametrize("name", SAMPLES)
def test_training_converges_just_below_the_largest_rate_and_diverges_just_above(name, standardise):
    sample = SAMPLES[name]
    largest = curvature_of(regression_plan(sample, 0.1, standardise=standardise)).largest_rate
    # A start off the lowest point in every direction.
    start = (sample.y.std() * 0.37 / 3, -0.1, sample.y.mean() + sample.y.std())

    def errors(part):
        plan = regression_plan(sample, part * largest, standardise=standardise)
        return descend(plan, start, UPDATES)

    below, above = errors(0.995), errors(1.005)
    assert below.diverged_at is None
    assert (np.diff(below.errors) <= 1e-9 * below.errors[:-1]).all()
    # Along the steepest direction nothing is left: what remains is in directions that are slow.
    steepest = below.curvature.directions[-1]
    slope = [abs(steepest @ below.slopes(step)) for step in (0, UPDATES)]
    assert slope[1] < 1e-5 * slope[0] + 1e-9
    grown = above.errors[-1] if above.diverged_at is None else np.inf
    assert grown > 1e6 * above.errors[0]


@pytest.mark.parametrize("standardise", [True, False])
def test_at_the_largest_rate_itself_the_steepest_direction_goes_to_and_fro(standardise):
    plan = regression_plan(SAMPLES["houses"], 0.1, standardise=standardise)
    exact = regression_plan(
        SAMPLES["houses"], curvature_of(plan).largest_rate, standardise=standardise
    )
    run = descend(exact, (1.0, 0.0, 200.0), 51)
    steepest = run.curvature.directions[-1]
    first, last = (steepest @ run.slopes(step) for step in (0, 51))
    assert last == pytest.approx(-first, rel=1e-6)


def test_the_curvature_is_that_of_the_error_measured():
    sample = SAMPLES["houses"]
    curved = curvature(sample.X)
    at = np.array([1.0, 2.0, 3.0])
    for value, direction in zip(curved.values, curved.directions, strict=True):
        middle, up, down = (
            mean_squared_error(sample.X, sample.y, place[:2], place[2])
            for place in (at, at + 10 * direction, at - 10 * direction)
        )
        # Of a parabola the second difference is the second derivative.
        assert (up - 2 * middle + down) / 100 == pytest.approx(value, rel=1e-6)


def test_a_case_worked_by_hand():
    # Columns -1 and 1 twice, each once with the other's both signs: Z.T Z / 4 is the identity.
    curved = curvature([[-1, -1], [-1, 1], [1, -1], [1, 1]])
    np.testing.assert_allclose(curved.values, [2, 2, 2], rtol=1e-14)
    assert curved.largest_rate == pytest.approx(1.0)
    assert curved.best_rate == pytest.approx(0.5)
    np.testing.assert_allclose(curved.factors(0.75), [-0.5, -0.5, -0.5])
    assert curved.updates_to_halve(0.75) == pytest.approx(1.0)
    assert curved.updates_to_halve(0.5) == 1.0
    assert curved.updates_to_halve(1.0) == math.inf


def test_a_rate_never_gets_beyond_one():
    # The bias alone is curved by 2.
    for sample in SAMPLES.values():
        assert curvature(sample.X).largest_rate <= 1.0 + 1e-12
        assert curvature(1e-6 * sample.X).largest_rate <= 1.0 + 1e-12


def test_flat_directions_are_not_waited_for():
    plan = regression_plan(SAMPLES["together"], 0.1, standardise=True)
    curved = curvature_of(plan)
    np.testing.assert_allclose(curved.values, [0, 2, 4], atol=1e-12)
    assert curved.least == pytest.approx(2)
    assert curved.updates_to_halve(0.25) == pytest.approx(1.0)


def test_updates_are_counted_as_training_takes_them():
    sample = SAMPLES["slanted"]
    plan = regression_plan(sample, 0.1, standardise=True)
    needed = curvature_of(plan).updates_to_halve(0.1)
    run = descend(plan, (0.0, 0.0, 0.0), 2000)
    slowest = run.curvature.directions[0]
    remaining = [abs(slowest @ run.slopes(step)) for step in (100, 100 + round(10 * needed))]
    assert remaining[1] == pytest.approx(remaining[0] / 2**10, rel=0.15)


def test_creeping_too_slowly_for_float64_has_a_number_all_the_same():
    curved = Curvature(np.array([1.0, 1e12]), np.eye(2))
    assert curved.updates_to_halve(1e-16) == pytest.approx(math.log(2) / 1e-16)
    assert curved.updates_to_halve(0.0) == math.inf


def test_a_line_over_tens_beside_a_column_of_0_and_1():
    # y = 5x + 3 for x = 0, 10, ..., 110; the second column is 0 and 1 in turn.
    x = np.arange(12.0)
    sample = Sample(np.column_stack([10 * x, x % 2]), 50 * x + 3, ("x", "odd"), (), "y")
    for standardise, expected in ((False, 0.0002371), (True, 0.8735)):
        plan = regression_plan(sample, 0.1, standardise=standardise)
        largest = curvature_of(plan).largest_rate
        assert f"{largest:.4g}" == f"{expected:.4g}"
        for part, falls in ((0.99, True), (1.01, False)):
            run = descend(regression_plan(sample, part * largest, standardise=standardise),
                          (0.0, 0.0, 0.0), 500)  # fmt: skip
            assert bool(run.errors[-1] < run.errors[0]) == falls


def exact_curvatures(x):
    """Return both curvatures over one column of whole numbers, from exact fractions."""
    n = len(x)
    mean, square = Fraction(sum(x), n), Fraction(sum(each * each for each in x), n)
    trace, determinant = 2 * (square + 1), 4 * (square - mean * mean)
    # The small root of a quadratic is the determinant over the large one.
    with localcontext(prec=80):
        half = Decimal(trace.numerator) / trace.denominator / 2
        product = Decimal(determinant.numerator) / determinant.denominator
        large = half + (half * half - product).sqrt()
        return float(product / large), float(large)


@pytest.mark.parametrize("step", [1, 3600, 86400])
def test_the_curvature_of_unix_seconds_keeps_its_small_direction(step):
    x = [1_700_000_000 + step * k for k in range(20)]
    curved = curvature(np.array(x, dtype=np.float64)[:, np.newaxis])
    np.testing.assert_allclose(curved.values, exact_curvatures(x), rtol=1e-6)
    assert curved.least == curved.values[0]
    assert curved.updates_to_halve(curved.best_rate) > 1e15


def test_the_middle_curvature_is_kept_beside_one_far_larger():
    # Worked out in 80 digits: 1 s steps of Unix time beside numbers between 0 and 1.
    seconds = 1_700_000_000 + np.arange(20.0)
    other = np.random.default_rng(3).integers(0, 1000, 20) / 1000
    values = curvature(np.column_stack([seconds, other])).values
    table = [[Fraction(s), Fraction(o), Fraction(1)] for s, o in
             zip(seconds.tolist(), other.tolist(), strict=True)]  # fmt: skip
    (a, b, c), (_, d, e), (_, _, f) = (
        [sum(row[i] * row[j] for row in table) / 10 for j in range(3)] for i in range(3)
    )
    minors = a * d - b * b + a * f - c * c + d * f - e * e
    determinant = a * (d * f - e * e) - b * (b * f - c * e) + c * (b * e - c * d)
    assert sum(values) == pytest.approx(float(a + d + f), rel=1e-12)
    assert values[1] * values[2] == pytest.approx(float(minors), rel=1e-9)
    assert values[0] * values[1] * values[2] == pytest.approx(float(determinant), rel=1e-9)


def test_what_becomes_of_a_rate():
    curved = Curvature(np.array([0.0, 1.0, 2.0]), np.eye(3))
    fates = [curved.fate(rate) for rate in (0.0, 0.5, 0.9999, 1.0, 1.0001)]
    assert fates == ["stands still", "converges", "converges", "goes to and fro", "diverges"]


def test_three_curvatures_far_apart_multiply_to_the_determinant():
    seconds = 1_700_000_000 + 3600 * np.arange(20.0)
    other = np.array([float(k * k % 7) for k in range(20)])
    curved = curvature(np.column_stack([seconds, other]))
    scatter = 2 * np.cov(seconds - 1_700_000_000, other, bias=True)
    assert np.prod(curved.values) == pytest.approx(2 * np.linalg.det(scatter), rel=1e-4)
    assert curved.values[-1] / curved.values[0] > 1e17
    # The middle one is that of the other column alone, which hardly leans on the seconds.
    assert curved.values[1] == pytest.approx(2 * (other**2).mean(), rel=1.0)
