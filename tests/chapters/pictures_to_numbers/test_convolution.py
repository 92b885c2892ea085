"""The network that reads with filters: its gradient, its training, and what a shift does to it."""

from functools import cache

import numpy as np
import pytest

from nnviz.chapters.pictures_to_numbers.convolution import shifts
from nnviz.chapters.pictures_to_numbers.convolution.filters import (
    KNOWN,
    filter_text,
    next_in_cycle,
    read_filter,
)
from nnviz.chapters.pictures_to_numbers.convolution.network import (
    FilterConfig,
    FilterNetwork,
    forward,
    gradient,
    learn,
    network_of,
    parameters,
    windows_of,
)
from nnviz.chapters.pictures_to_numbers.two_digits import is_eight, order
from nnviz.data.digits import digits
from nnviz.nn.convolution import Convolution


def random_network(seed: int, n_filters: int) -> FilterNetwork:
    rng = np.random.default_rng(seed)
    filters = rng.normal(size=(n_filters, 3, 3))
    return FilterNetwork(
        Convolution(filters, rng.normal(size=n_filters)), rng.normal(size=n_filters), 0.3
    )


def some(n: int) -> tuple[np.ndarray, np.ndarray]:
    """Return what is read of the first pictures, ink from 0 to 1, and what they show."""
    pictures = order(0)[:n]
    return windows_of(digits().pictures[pictures]) / 16, is_eight(pictures)


@cache
def learned(n_filters: int = 1, by_hand: tuple[float, ...] = ()) -> FilterNetwork:
    return learn(FilterConfig(200, 0, n_filters, by_hand))


def test_everything_is_that_of_pytorch(torch):
    read, targets = some(12)
    for n_filters in (1, 3):
        network = random_network(n_filters, n_filters)
        conv = torch.nn.Conv2d(1, n_filters, 3, padding=1).double()
        dense = torch.nn.Linear(n_filters, 1).double()
        with torch.no_grad():
            conv.weight.copy_(torch.tensor(network.convolution.filters.copy()[:, None]))
            conv.bias.copy_(torch.tensor(network.convolution.bias.copy()))
            dense.weight.copy_(torch.tensor(network.weights.copy()[None]))
            dense.bias.fill_(network.bias)
        pictures = torch.tensor(digits().pictures[order(0)[:12]] / 16).reshape(-1, 1, 8, 8)
        z = dense(torch.relu(conv(pictures)).mean(dim=(2, 3)))[:, 0]
        loss = torch.nn.functional.binary_cross_entropy_with_logits(z, torch.tensor(targets))
        loss.backward()
        theirs = (conv.weight.grad, conv.bias.grad, dense.weight.grad, dense.bias.grad)
        np.testing.assert_allclose(forward(network, read).z, z.detach().numpy(), rtol=1e-10)
        np.testing.assert_allclose(
            gradient(network, read, targets),
            np.concatenate([each.numpy().ravel() for each in theirs]),
            rtol=1e-10,
            atol=1e-14,
        )


def test_the_gradient_is_that_of_central_differences():
    read, targets = some(12)
    start, step = parameters(random_network(3, 2)), 1e-6

    def error(values: np.ndarray) -> float:
        z = forward(network_of(values), read).z
        return float(np.mean(np.logaddexp(0, z) - targets * z))

    found = gradient(network_of(start), read, targets)
    for k, moved in enumerate(step * np.eye(len(start))):
        measured = (error(start + moved) - error(start - moved)) / (2 * step)
        assert found[k] == pytest.approx(measured, rel=1e-5, abs=1e-9)


def test_one_row_of_numbers_is_the_whole_network():
    network = random_network(4, 2)
    values = parameters(network)
    assert len(values) == network.n_parameters == 2 * 9 + 2 + 2 + 1
    np.testing.assert_array_equal(parameters(network_of(values)), values)


def test_filters_learn_and_a_shift_does_little_harm():
    straight, moved = shifts.SHIFTS.index(0), shifts.SHIFTS.index(1)
    weights, one, two = (shifts.measure(0, reader) for reader in shifts.READERS)
    assert weights[straight] > 0.97
    assert weights[moved] < 0.8
    assert one[straight] > 0.93
    assert one[moved] > 0.9
    assert two[straight] > 0.96
    assert two[moved] > 0.96
    assert learned().n_parameters == 12


def test_the_smaller_error_on_the_pictures_learned_from_is_kept():
    # One filter finds either what an 8 has or what a 3 has: both kinds come, by the seed.
    signs = {float(np.sign(learn(FilterConfig(60, seed)).weights[0])) for seed in range(4)}
    assert signs == {1.0, -1.0}


def test_a_shift_changes_nothing_while_the_ink_keeps_off_the_edge():
    picture = np.zeros((1, 8, 8))
    picture[0, 1:7, 1:5] = np.random.default_rng(0).integers(0, 17, size=(6, 4))
    here, there = (
        forward(learned(2), windows_of(shifts.moved(picture.reshape(1, 64), by))) for by in (0, 2)
    )
    np.testing.assert_allclose(here.z, there.z, rtol=1e-12)
    # One column further the ink is at the edge, and the part of its map beyond it is missing.
    edge = forward(learned(2), windows_of(shifts.moved(picture.reshape(1, 64), 3)))
    assert not np.isclose(here.z, edge.z).any()


def test_a_filter_by_hand_stays_and_its_neuron_has_learned_the_best():
    cells = KNOWN["line"].cells
    network = learned(1, cells)
    np.testing.assert_array_equal(network.convolution.filters.ravel(), cells)
    read, targets = some(200)
    slope = gradient(network, 16 * read, targets)
    size = forward(network, 16 * read).means.std()
    assert np.abs(slope[-2:] / [size, 1]).max() < 3e-3  # nothing is to be gained any more
    at = shifts.SHIFTS.index(0)
    assert shifts.of_filters(network, 0)[at] > 0.8
    # One that finds nothing answers the same to everything.
    nothing = forward(learned(1, (0.0,) * 9), windows_of(digits().pictures[:20]))
    assert np.ptp(nothing.z) == 0


def test_pictures_are_moved_and_lose_what_leaves():
    pictures = digits().pictures[:3]
    for by in shifts.SHIFTS:
        grid = shifts.moved(pictures, by).reshape(-1, 8, 8)
        kept = slice(max(by, 0), 8 + min(by, 0))
        source = slice(max(-by, 0), 8 - max(by, 0))
        np.testing.assert_array_equal(grid[:, :, kept], pictures.reshape(-1, 8, 8)[:, :, source])
        assert grid.sum() == grid[:, :, kept].sum()


def test_a_study_gathers_what_is_made():
    study = shifts.ShiftStudy(5)
    trials = list(study.trials())
    assert len(trials) == shifts.REPEATS * 3
    assert len(set(trials)) == len(trials)
    made = {trial: np.full(5, 0.1 * trial[0]) for trial in trials[:6]}
    results = shifts.ShiftResults.of(study, made)
    assert results.n_done == 6
    assert not results.complete
    np.testing.assert_allclose(results.of_reader("two").median, 0.05)
    assert shifts.ShiftResults.of(study, dict.fromkeys(trials, np.ones(5))).complete


def test_a_filter_is_read_from_a_text_and_written_again():
    for known in KNOWN.values():
        assert read_filter(filter_text(known.cells)) == known.cells
    assert read_filter(" 1 2 3\n4;5, 6 −7 .5 1e1 ") == (1, 2, 3, 4, 5, 6, -7, 0.5, 10)
    for text, told in (
        ("1,2", "has 2 numbers"),
        ("", "has 0 numbers"),
        ("5", "has 1 number$"),
        ("1 2 3 4 5 6 7 8 x", "“x” is not a number"),
        ("1 2 3 4 5 6 7 8 100", "between -99 and 99"),
    ):
        with pytest.raises(ValueError, match=told):
            read_filter(text)


def test_well_known_filters_find_what_is_said_of_them():
    ink, paper = 16.0, 0.0
    right = np.tile([paper, paper, ink], (3, 1))
    cross = np.full((3, 3), paper)
    cross[1] = ink
    corner = np.full((3, 3), paper)
    corner[1:, 1:] = ink
    patterns = {"vertical": right, "horizontal": right.T, "line": cross, "corner": corner,
                "blur": np.full((3, 3), ink)}  # fmt: skip
    assert set(patterns) == set(KNOWN)
    for name, pattern in patterns.items():
        # Of all of them, and each turned around, none makes the filter say more.
        others = [np.rot90(each, k) for each in patterns.values() for k in range(4)]
        sums = [float(each.ravel() @ KNOWN[name].cells) for each in others]
        assert float(pattern.ravel() @ KNOWN[name].cells) == max(sums) > 0


def test_a_click_goes_on_in_the_cycle():
    cells = (0.0,) * 8 + (7.5,)
    assert next_in_cycle(cells, 8)[8] == 0
    seen = []
    for _ in range(4):
        cells = next_in_cycle(cells, 3)
        seen.append(cells[3])
    assert seen == [1, 2, -1, 0]
    assert cells[:3] == (0, 0, 0)


def test_what_cannot_be_trained_is_refused():
    for wrong in (
        {"n_filters": 5},
        {"n_filters": 2, "by_hand": (1.0,) * 9},
        {"by_hand": (1.0,) * 8},
        {"n_train": 1},
    ):
        with pytest.raises(ValueError, match="must"):
            FilterConfig(**{"n_train": 20, "seed": 0, **wrong})
