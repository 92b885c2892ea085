"""The benchmark compares with the tutorial's loop, and not with a slower one."""

import time

import numpy as np
import pytest

from benchmarks import record_neuron
from nnviz.data.tutorial import eight_rows
from nnviz.training.record import record
from tests.runs import timeline_of


def test_the_loop_is_the_tutorials():
    np.random.seed(0)
    data = eight_rows()
    weights, bias, errors = record_neuron.train_as_in_the_tutorial(data.X, data.y, 0.1, 10_000)
    expected = [0.038721835417866654, 0.3940516574012937, -1.047616961708107]
    np.testing.assert_allclose([*weights, bias], expected, rtol=1e-9)
    assert len(errors) == 100
    assert errors[0] == pytest.approx(3.91540221569696, rel=1e-9)


def test_recording_takes_at_most_half_as_long():
    data = eight_rows()
    timeline = timeline_of(data.X, data.y, steps=2_000)
    loops, records = [], []
    for _ in range(5):
        begin = time.process_time()
        record_neuron.train_as_in_the_tutorial(data.X, data.y, 0.1, 2_000)
        middle = time.process_time()
        record(timeline)
        loops.append(middle - begin)
        records.append(time.process_time() - middle)
    assert min(records) <= 0.5 * min(loops)


def test_it_prints_both_times_and_their_ratio(monkeypatch, capsys):
    monkeypatch.setattr(record_neuron, "ITERATIONS", 200)
    record_neuron.main()
    printed = capsys.readouterr().out
    assert "tutorial" in printed
    assert "of the time at best" in printed
