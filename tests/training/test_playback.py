"""What is seen of a run, against the network asked directly."""

import numpy as np
import pytest

from nnviz.training.playback import stride_of, view
from tests.runs import ended_at_once, run_of

HIDDEN = {"hidden": ((4, "tanh"),), "standardise": True}
MODELS = [{}, {"features": ("sin x1",)}, HIDDEN]
SERIES = ("cumulative_errors", "rows_right", "parameters")


def train(**choices):
    return run_of(**choices)


def answers(run, step, points):
    """Ask the network itself."""
    return run.network_at(step).predict(run.plan.inputs(points))[:, 0]


@pytest.mark.parametrize("choices", MODELS, ids=repr)
def test_the_series_are_what_the_network_says(choices):
    run = train(steps=150, **choices)
    seen = view(run)
    for step in (0, 1, 77, 150):
        said = answers(run, step, run.plan.sample.X)
        errors = np.square(said - run.plan.sample.y)
        assert seen.cumulative_errors[step] == pytest.approx(errors.sum(), rel=1e-9)
        right = [(p >= 0.5) == (t == 1) for p, t in zip(said, run.plan.sample.y, strict=True)]
        assert seen.rows_right[step] == sum(right)
        np.testing.assert_array_equal(seen.parameters[step], run.parameters_at(step))
        assert seen.predictions((2.5, 1.0))[step] == pytest.approx(
            answers(run, step, [(2.5, 1.0)])[0], rel=1e-9
        )
    assert seen.picked[0] == 0
    np.testing.assert_array_equal(seen.picked[1:], run.picks(0, 150) + 1)


def test_the_tutorials_error_is_seen_every_hundred_updates():
    errors = view(train()).cumulative_errors
    assert len(errors) == 10_001
    assert errors[1] == pytest.approx(3.91540221569696, rel=1e-9)
    assert errors[9901] == pytest.approx(2.250071380272835, rel=1e-9)
    assert errors[1:9902:100].min() == pytest.approx(1.8872448514961768, rel=1e-9)


@pytest.mark.parametrize("choices", MODELS, ids=repr)
@pytest.mark.parametrize(("first", "last"), [(0, 0), (40, 130), (130, 150)])
def test_a_window_shows_what_the_whole_does(choices, first, last):
    run = train(steps=150, **choices)
    whole, part = view(run), view(run, first=first, last=last)
    assert (part.first, part.last) == (first, last)
    for name in (*SERIES, "picked"):
        expected = getattr(whole, name)[first : last + 1]
        np.testing.assert_array_equal(getattr(part, name), expected, err_msg=name)
    assert part.curve[[0, -1], 0].tolist() == [first, last]


def test_a_branch_is_seen_from_where_it_begins():
    trunk = train(steps=300)
    branch = train(steps=300, begin=(120, trunk.parameters_at(120).tolist()))
    whole, seen = view(trunk), view(branch)
    assert (seen.first, seen.last) == (120, 300)
    np.testing.assert_array_equal(seen.cumulative_errors, whole.cumulative_errors[120:])
    assert seen.picked[0] == 0  # no update of its own led there
    np.testing.assert_array_equal(seen.picked[1:], whole.picked[121:])


@pytest.mark.parametrize(
    ("last", "stride"), [(0, 1), (20_000, 1), (20_001, 3), (100_000, 10), (1_000_000, 100)]
)
def test_long_runs_are_shown_in_strides(last, stride):
    assert stride_of(last) == stride


@pytest.mark.parametrize("choices", MODELS, ids=repr)
def test_a_million_updates_are_seen_in_ten_thousand(choices):
    run = train(steps=1_000_000, **choices)
    seen = view(run, stride=stride_of(1_000_000))
    assert len(seen.cumulative_errors) == 10_001
    for index in (1, 5_000, 10_000):
        (error,) = run.cumulative_errors_between(100 * index, 100 * index)
        assert seen.cumulative_errors[index] == pytest.approx(error, rel=1e-12)
    assert len(seen.curve) <= 1_402


@pytest.mark.parametrize("choices", [{}, {"steps": 1_050}, {"features": ("sin x1",)}], ids=repr)
def test_every_hundredth_update_is_the_same_as_of_all_updates(choices):
    run = train(**choices)
    every, hundredth = view(run), view(run, stride=100)
    np.testing.assert_array_equal(
        hundredth.predictions((1.0, 1.0)), every.predictions((1.0, 1.0))[::100]
    )
    assert (every.stride, hundredth.stride) == (1, 100)
    for name in SERIES:
        if getattr(every, name) is None:
            assert getattr(hundredth, name) is None
        else:
            expected = getattr(every, name)[::100]
            np.testing.assert_array_equal(getattr(hundredth, name), expected, err_msg=name)
    # Nobody can be named for a hundred updates.
    assert not hundredth.picked.any()


def test_what_was_not_recorded_is_replayed():
    run = train(steps=500, record_every=30)
    expected = [run.parameters_at(step)[:2] for step in range(0, 500, 70)]
    np.testing.assert_array_equal(view(run, stride=70).parameters[:, :2], expected)


def test_the_series_reach_to_the_end():
    for steps in (1, 99, 100, 101, 20_000):
        for stride in (1, 100):
            seen = view(train(steps=steps), stride=stride)
            assert len(seen.cumulative_errors) == len(seen.parameters) == steps // stride + 1
            assert len(seen.picked) == len(seen.parameters)


def test_a_run_that_diverges_at_once_is_its_start():
    run = ended_at_once()
    assert (run.last_step, run.diverged_at) == (0, 1)
    seen = view(run)
    assert len(seen.cumulative_errors) == len(seen.predictions((2, 1))) == 1
    assert seen.cumulative_errors[0] == pytest.approx(run.cumulative_errors[0])
    assert seen.picked.tolist() == [0]


@pytest.mark.parametrize(
    "choices",
    [
        {"output": "linear", "learning_rate": 1.0},
        {"hidden": ((3, "linear"),), "output": "linear", "learning_rate": 100.0},
    ],
    ids=repr,
)
def test_a_run_that_leaves_the_range_of_numbers_can_be_seen(choices):
    run = train(steps=1_000, **choices)
    assert np.abs(run.parameters[-1]).max() > 1e30
    seen = view(run)
    assert len(seen.cumulative_errors) == run.last_step + 1
    np.testing.assert_allclose(seen.cumulative_errors[-1], run.cumulative_errors[-1], rtol=1e-9)


@pytest.mark.parametrize("steps", [1, 699, 700, 701, 10_000])
@pytest.mark.parametrize("stride", [1, 100])
def test_the_curve_is_short_and_loses_no_spike(steps, stride):
    run = train(steps=steps)
    errors = run.cumulative_errors_between(0, steps)
    curve = view(run, stride=stride).curve
    assert len(curve) <= 1_402
    assert curve[[0, -1], 0].tolist() == [0, steps]
    assert (np.diff(curve[:, 0]) > 0).all()
    np.testing.assert_array_equal(curve[:, 1], errors[curve[:, 0].astype(int)])
    assert curve[:, 1].max() == errors.max()
    assert curve[:, 1].min() == errors.min()


def test_what_is_shared_cannot_be_changed():
    seen = view(train(steps=200))
    for name in ("parameters", "cumulative_errors"):
        with pytest.raises(ValueError, match="read-only"):
            getattr(seen, name)[0] = 0
