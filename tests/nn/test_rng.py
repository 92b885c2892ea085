"""Streams: repeatable, independent, and the tutorial's own."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from nnviz.nn.rng import checked, generator, global_stream, normals, pick_row, tutorial_stream

ROOT = Path(__file__).resolve().parents[2]


def test_the_same_seed_and_name_give_the_same_numbers():
    np.testing.assert_array_equal(generator(7, "data").random(5), generator(7, "data").random(5))


def test_other_seeds_and_names_give_other_numbers():
    streams = [
        generator(7),
        generator(8),
        generator(7, "data"),
        generator(7, "rows"),
        generator(7, "da", "ta"),
        generator(7, "data", "rows"),
    ]
    assert len({stream.random() for stream in streams}) == len(streams)


def test_a_stream_is_the_same_in_another_process():
    code = "from nnviz.nn.rng import generator; print(repr(float(generator(7, 'data').random())))"
    other = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert float(other.stdout) == generator(7, "data").random()


def test_the_tutorial_stream_is_what_np_random_seed_gives_and_leaves_that_alone():
    np.random.seed(42)  # the tutorial's call
    stream = tutorial_stream(42)
    for _ in range(20):
        assert normals(1, rng=stream)[0] == np.random.randn()
        assert pick_row(8, rng=stream) == np.random.randint(8)


def test_the_global_stream_is_the_one_that_np_random_seed_seeds():
    np.random.seed(3)  # the tutorial's call
    first = global_stream().standard_normal()
    np.random.seed(3)
    assert np.random.randn() == first


@pytest.mark.parametrize("rng", [generator(0), tutorial_stream(0)])
def test_every_row_is_picked_about_equally_often(rng):
    counts = np.bincount([pick_row(4, rng=rng) for _ in range(4000)], minlength=4)
    assert len(counts) == 4
    assert abs(counts - 1000).max() < 150


def test_normals_have_mean_0_and_deviation_1():
    values = normals(10_000, rng=generator(0))
    assert values.shape == (10_000,)
    assert abs(values.mean()) < 0.05
    assert abs(values.std() - 1) < 0.05


@pytest.mark.parametrize("seed", [-1, 2**32])
def test_seeds_out_of_range(seed):
    for make in (generator, tutorial_stream):
        with pytest.raises(ValueError, match="seed must be between 0 and"):
            make(seed)


@pytest.mark.parametrize("seed", [1.0, "1", None, True])
def test_seeds_of_the_wrong_type(seed):
    for make in (generator, tutorial_stream):
        with pytest.raises(TypeError, match="seed must be a whole number"):
            make(seed)


def test_stream_names_are_text():
    with pytest.raises(TypeError, match="a stream name must be text, not 3"):
        generator(0, 3)


@pytest.mark.parametrize("rng", [42, None, "default", np.random])
def test_a_seed_is_no_stream(rng):
    for use in (lambda: checked(rng), lambda: normals(1, rng=rng), lambda: pick_row(8, rng=rng)):
        with pytest.raises(TypeError, match="rng must be a stream such as"):
            use()
