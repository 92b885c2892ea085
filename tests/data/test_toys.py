"""The toy data sets: balanced, reproducible, and as separable as they say."""

import itertools
import math
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.data import toy_shapes, toys
from nnviz.data.toys import MOST_ROWS, TOYS, make
from nnviz.data.tutorial import eight_rows

MADE = [name for name in TOYS if not TOYS[name].fixed]
CLASSES = [name for name in MADE if TOYS[name].task == "classification"]
MOVED = ["circle", "xor", "spiral", "moons"]
CLOUDS = ["gauss", "blobs"]
NUMBERS = ["plane", "multi-gauss"]

# Rounding to six decimals moves a coordinate by half of the last one.
ROUNDING = 1e-6


def rule(name, X):
    """Class of each point as the description says, from its coordinates alone."""
    x1, x2 = X.T
    if name == "circle":
        return (x1**2 + x2**2 < 2.5**2).astype(float)
    if name == "xor":
        return (x1 * x2 < 0).astype(float)
    if name == "spiral":
        # Whose arm is nearer: unwind the turns that an arm has made at this radius.
        turns = 1.75 * (np.hypot(x1, x2) - 0.7) / 4.3
        return (np.cos(np.arctan2(x2, x1) - 2 * np.pi * turns) < 0).astype(float)
    if name == "moons":
        upper = np.abs(np.hypot(x1 + 1.5, x2 + 0.75) - 3) < 1e-5
        lower = np.abs(np.hypot(x1 - 1.5, x2 - 0.75) - 3) < 1e-5
        assert (upper | lower).all(), "a point lies on neither half circle"
        assert (x2[upper] >= -0.75 - ROUNDING).all()
        assert (x2[lower & ~upper] <= 0.75 + ROUNDING).all()
        # The full circles cross, but the halves do not: the upper bends down, the lower up.
        return np.where(upper & lower, x2 < 0, lower).astype(float)
    raise AssertionError(name)


def test_the_sets_by_name():
    assert list(TOYS) == [
        "circle",
        "xor",
        "gauss",
        "spiral",
        "moons",
        "blobs",
        "eight rows",
        "plane",
        "multi-gauss",
    ]
    for name, toy in TOYS.items():
        assert toy.name == name
        assert (toy.task == "regression") == (name in NUMBERS) == (toy.classes == ())
        assert toy.description.endswith(".")
        with pytest.raises(TypeError):
            TOYS[name] = toy


@pytest.mark.parametrize("name", MOVED)
@pytest.mark.parametrize("seed", range(5))
def test_without_noise_the_described_rule_tells_every_class(name, seed):
    sample = make(name, 2000, 0, seed)
    np.testing.assert_array_equal(rule(name, sample.X), sample.y)


@pytest.mark.parametrize("name", CLOUDS)
@pytest.mark.parametrize("n_classes", [2, 3, 4, 5])
def test_without_noise_every_point_is_nearest_to_its_own_cloud(name, n_classes):
    sample = make(name, 2000, 0, 3, n_classes)
    k = sample.n_classes
    assert k == (n_classes if name == "blobs" else 2)
    means = np.array([sample.X[sample.y == i].mean(axis=0) for i in range(k)])
    distances = np.linalg.norm(sample.X[:, None] - means, axis=2)
    np.testing.assert_array_equal(distances.argmin(axis=1), sample.y)


@pytest.mark.parametrize("name", MOVED)
def test_where_mixing_begins_is_half_the_gap(name):
    points = make(name, MOST_ROWS, 0, 1)
    ones, zeros = points.X[points.y == 1], points.X[points.y == 0]
    nearest = min(np.hypot(*(zeros - point).T).min() for point in ones)
    told = float(re.search(r"above ([\d.]+)\.$", TOYS[name].noise_words(1)).group(1))
    # Between random points the gap is a little wider than between the shapes themselves, which is
    # told to two decimals.
    assert 2 * told - 0.01 <= nearest <= 2 * told + 0.15


def test_the_gap_of_the_spiral_is_that_between_its_arms():
    fraction = np.linspace(0, 1, 2001)
    (low, high), turns = toy_shapes.SPIRAL_RADII, 2 * np.pi * toy_shapes.SPIRAL_TURNS * fraction
    arm = (low + fraction * (high - low)) * np.exp(1j * turns)
    gap = min(np.abs(arm + point).min() for point in arm)  # the other arm is its mirror
    assert f"above {gap / 2:.2f}." in TOYS["spiral"].noise_words(0.3)


def test_where_the_clouds_begin_to_mix():
    told = re.findall(r"above (\d(?:\.\d+)?)", TOYS["blobs"].noise_words(1))
    assert [float(number) for number in told] == [3.0, round(3 * math.sin(math.pi / 5), 2)]
    gauss = re.findall(r"above ([\d.]+)\.$", TOYS["gauss"].noise_words(1))
    assert float(gauss[0]) == round(1.5 * math.sqrt(2), 2)


@pytest.mark.parametrize("name", MOVED)
@pytest.mark.parametrize("noise", [0.1, 0.35, 1.0])
def test_no_point_is_moved_farther_than_is_said_and_some_nearly_so_far(name, noise):
    still, moved = make(name, 3000, 0, 5).X, make(name, 3000, noise, 5).X
    told = float(re.search(r"by up to ([\d.]+) in", TOYS[name].noise_words(noise)).group(1))
    lengths = np.hypot(*(moved - still).T)
    assert lengths.max() <= told + 2 * ROUNDING
    assert lengths.max() > 0.98 * told
    # Evenly in the disc: half of the points within 1/sqrt(2) of its radius, and no side preferred.
    assert np.mean(lengths < told / math.sqrt(2)) == pytest.approx(0.5, abs=0.04)
    assert np.abs((moved - still).mean(axis=0)).max() < 0.05 * told


@pytest.mark.parametrize("name", CLOUDS)
@pytest.mark.parametrize("noise", [0.0, 0.4, 1.0])
def test_clouds_are_round_normal_and_end_where_is_said(name, noise):
    sample = make(name, MOST_ROWS, noise, 2, n_classes=2)
    centres = {"gauss": [(-1.5, -1.5), (1.5, 1.5)], "blobs": [(0, 3), (0, -3)]}[name]
    told = float(re.search(r"within ([\d.]+) of", TOYS[name].noise_words(noise)).group(1))
    distances = np.hypot(*(sample.X - np.array(centres)[sample.y.astype(int)]).T)
    assert distances.max() <= told + 2 * ROUNDING
    # A normal cloud has 1 - exp(-1/2) of its points within one deviation, which is told / 2.5.
    expected = -math.expm1(-0.5) / -math.expm1(-(2.5**2) / 2)
    assert np.mean(distances < told / 2.5) == pytest.approx(expected, abs=0.025)


def test_the_targets_of_the_numbers_to_tell():
    plane = make("plane", 500, 0, 4)
    np.testing.assert_allclose(plane.y, plane.X @ [1 / 12, 1 / 12], atol=1e-6)
    bumps = make("multi-gauss", 500, 0, 4)
    heights = {(-4, 3): 1, (-4, -3): -1, (0, 3): -1, (0, -3): 1, (4, 3): 1, (4, -3): -1}
    for (x1, x2), target in zip(bumps.X.tolist(), bumps.y.tolist(), strict=True):
        parts = (
            height * math.exp(-(math.dist((x1, x2), centre) ** 2) / (2 * 1.4**2))
            for centre, height in heights.items()
        )
        assert target == pytest.approx(sum(parts), abs=1e-5)
    near = np.hypot(bumps.X[:, 0] - 4, bumps.X[:, 1] - 3).argmin()
    assert bumps.y[near] > 0.9


@pytest.mark.parametrize("name", NUMBERS)
def test_noise_changes_targets_alone_by_no_more_than_is_said(name):
    still, blurred = make(name, 3000, 0, 5), make(name, 3000, 0.3, 5)
    np.testing.assert_array_equal(still.X, blurred.X)
    changes = blurred.y - still.y
    assert "by up to 0.3, up or down" in TOYS[name].noise_words(0.3)
    assert 0.29 < np.abs(changes).max() <= 0.3 + 2 * ROUNDING
    assert abs(changes.mean()) < 0.02


@given(
    name=st.sampled_from(MADE),
    n_rows=st.integers(10, 300),
    more=st.integers(0, 200),
    noise=st.floats(0, 1),
    seed=st.integers(0, 2**32 - 1),
    n_classes=st.integers(2, 5),
)
def test_more_rows_begin_with_the_fewer_ones(name, n_rows, more, noise, seed, n_classes):
    few, many = (make(name, n, noise, seed, n_classes) for n in (n_rows, n_rows + more))
    np.testing.assert_array_equal(many.X[:n_rows], few.X)
    np.testing.assert_array_equal(many.y[:n_rows], few.y)
    counts = np.bincount(few.y.astype(int)) if few.classes else np.zeros(1)
    assert counts.max() - counts.min() <= 1
    assert np.abs(few.X).max() < 6.8
    np.testing.assert_array_equal(few.X, np.round(few.X, 6))


@given(
    name=st.sampled_from(MADE),
    seed=st.integers(0, 2**32 - 1),
    less=st.floats(0.01, 1),
    share=st.floats(0, 1),
)
def test_more_noise_moves_the_same_points_farther_the_same_way(name, seed, less, share):
    still, some, more = (make(name, 40, z, seed) for z in (0, share * less, less))
    np.testing.assert_array_equal(still.classes, more.classes)
    for before, between, after in ((still.X, some.X, more.X), (still.y, some.y, more.y)):
        np.testing.assert_allclose(between, before + share * (after - before), atol=3 * ROUNDING)


@pytest.mark.parametrize("name", MADE)
def test_every_seed_makes_rows_of_its_own(name):
    rows = [make(name, 50, 0.2, seed) for seed in range(4)]
    for one, other in itertools.combinations(rows, 2):
        assert not np.isin(one.X, other.X).all(axis=1).any()


def test_another_process_makes_the_same_bits():
    program = (
        "from nnviz.data.toys import TOYS, make\n"
        "print(*(make(name, 200, 0.37, 2024).digest for name in TOYS))"
    )
    root = Path(__file__).resolve().parents[2]
    output = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True
    )
    assert output.stdout.split() == [make(name, 200, 0.37, 2024).digest for name in TOYS]


def test_links_that_were_given_away_keep_their_rows():
    firsts = {name: (*make(name, 100, 0.3, 7).X[0], make(name, 100, 0.3, 7).y[0]) for name in TOYS}
    assert firsts == {
        "circle": (3.795998, -0.765012, 0.0),
        "xor": (-4.92037, -4.017012, 0.0),
        "gauss": (-0.433276, -0.510533, 0.0),
        "spiral": (-4.250756, -1.657491, 0.0),
        "moons": (0.991956, 0.993723, 0.0),
        "blobs": (0.076245, 2.302597, 0.0),
        "eight rows": (3.0, 1.5, 0.0),
        "plane": (1.917237, 3.218796, 0.646057),
        "multi-gauss": (-0.31951, 2.508551, -0.782278),
    }


def test_zero_has_one_text():
    assert str(toys._rounded(np.array([-1e-9]))) == "[0.]"


def test_the_eight_rows_are_the_tutorials_whatever_is_asked_for():
    for arguments in ((10, 0, 0), (5000, 1, 99)):
        sample = make("eight rows", *arguments)
        np.testing.assert_array_equal(sample.X, eight_rows().X)
        np.testing.assert_array_equal(sample.y, eight_rows().y)
    assert TOYS["eight rows"].noise_words(0.5) == TOYS["eight rows"].noise_words(0)


@pytest.mark.parametrize("name", TOYS)
def test_at_half_the_noise_the_plane_holds_every_row(name):
    low, high = np.array(TOYS[name].plane).T
    sample = make(name, MOST_ROWS, 0.5, 11, n_classes=5)
    assert (low <= sample.X).all()
    assert (high >= sample.X).all()


@pytest.mark.parametrize("name", TOYS)
def test_what_noise_does_is_one_or_two_sentences(name):
    for noise in (0, 0.123456789, 1):
        words = TOYS[name].noise_words(noise)
        assert words.endswith(".")
        assert "{" not in words
        assert len(words) < 130
    with pytest.raises(ValueError, match=r"noise must be between 0 and 1, not 1\.5"):
        TOYS[name].noise_words(1.5)


def test_what_holds_without_noise_is_not_said_of_rows_with_noise():
    for toy in TOYS.values():
        assert toy.described(0.0) == toy.description
        assert toy.described(0.02).startswith("Without noise: ") != toy.fixed


@pytest.mark.parametrize("name", MOVED + NUMBERS)
def test_no_noise_is_said_in_words(name):
    assert TOYS[name].noise_words(0).startswith("No noise")


def test_what_is_refused():
    with pytest.raises(ValueError, match="name of a data set must be one of circle, xor"):
        make("cirlce", 100, 0, 0)
    with pytest.raises(ValueError, match="n_rows must be between 10 and 5,000, not 9"):
        make("circle", 9, 0, 0)
    with pytest.raises(ValueError, match="n_rows must be between 10 and 5,000, not 5,001"):
        make("circle", 5001, 0, 0)
    with pytest.raises(ValueError, match="noise must be between 0 and 1"):
        make("circle", 10, -0.1, 0)
    with pytest.raises(ValueError, match="n_classes must be between 2 and 5, not 6"):
        make("blobs", 10, 0, 0, 6)
    with pytest.raises(ValueError, match="seed must be between"):
        make("blobs", 10, 0, -1)
