"""The benchmark of deeper networks times the same updates of all three, and prints the ratios."""

import re

import numpy as np
import pytest


@pytest.fixture
def deeper_networks():
    """Return the benchmark; it imports PyTorch and scikit-learn, which takes seconds."""
    pytest.importorskip("torch")
    pytest.importorskip("sklearn")
    from benchmarks import deeper_networks

    return deeper_networks


def test_every_ratio_that_is_wanted_is_reached(deeper_networks, monkeypatch, capsys):
    monkeypatch.setattr(deeper_networks, "REPEATS", 3)
    monkeypatch.setattr(deeper_networks, "EPOCHS", 1)
    deeper_networks.main()
    printed = capsys.readouterr().out
    by_batch = re.findall(r"by batch .* ([\d,]+) times as fast \(wanted: (\d+)\)", printed)
    torch = re.findall(r"PyTorch .* ([\d,]+) times as fast \(wanted: (\d+)\)", printed)
    assert len(by_batch) == len(torch) == 4
    assert [int(wanted) for _, wanted in by_batch] == [300, 300, 100, 100]
    assert [int(wanted) for _, wanted in torch] == [80, 80, 35, 35]
    for ratio, wanted in (*by_batch, *torch):
        assert int(ratio.replace(",", "")) >= int(wanted), printed
    for shape in ("2-4-2-1, batches of 1\n", "2-8-8-8-8-1, batches of 10\n"):
        assert shape in printed


def test_other_updates_would_be_noticed(deeper_networks, monkeypatch):
    # Rows in another order are other updates: then it would compare what is not alike.
    monkeypatch.setattr(deeper_networks, "REPEATS", 1)
    monkeypatch.setattr(
        deeper_networks, "orders", lambda plan, epochs: [list(range(deeper_networks.ROWS))] * epochs
    )
    with pytest.raises(AssertionError, match="parameters of scikit-learn, by batch differ"):
        deeper_networks.times_of((4, 2), 10)


def test_all_three_begin_with_the_same_weights(deeper_networks):
    plan = deeper_networks.plan_of((4, 2), 10, 5)
    start = deeper_networks.flat(deeper_networks.start_of(plan))
    np.testing.assert_array_equal(start, plan.start)
    np.testing.assert_array_equal(
        deeper_networks.train_sklearn(deeper_networks.sklearn_of(plan), [], 10), plan.start
    )
    np.testing.assert_array_equal(
        deeper_networks.train_torch(deeper_networks.torch_of(plan), [], 10), plan.start
    )
