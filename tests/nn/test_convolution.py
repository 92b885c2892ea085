"""Convolutions: by hand, against PyTorch and central differences, and what is refused."""

import numpy as np
import pytest

from nnviz.nn.convolution import Convolution, filter_gradients, windows


def case(seed, n_filters=2, side=3, shape=(4, 8, 8)):
    """Return random pictures, a convolution, and a derivative of the error by its maps."""
    rng = np.random.default_rng(seed)
    convolution = Convolution(rng.normal(size=(n_filters, side, side)), rng.normal(size=n_filters))
    return rng.normal(size=shape), convolution, rng.normal(size=(n_filters, *shape))


def test_a_window_is_multiplied_number_by_number_and_added_up():
    picture = np.arange(20.0).reshape(1, 4, 5)
    edge = Convolution([[[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]], [0.5])
    found = edge.maps(windows(picture))[0, 0]
    # Its middle at row 1, column 2: the columns beside it differ by 2.
    assert found[1, 2] == 0.5 + 2 * (1 + 2 + 1)
    # At the upper left corner the window hangs over two edges and reads zeros there.
    assert found[0, 0] == 0.5 + 2 * 1 + 1 * 6
    assert found.shape == (4, 5)


def test_maps_and_gradients_are_those_of_pytorch(torch):
    for seed, (side, n_filters) in enumerate([(3, 1), (3, 4), (5, 2), (1, 3)]):
        pictures, convolution, derror_dmaps = case(seed, n_filters, side)
        filters = torch.tensor(convolution.filters.copy()[:, None]).requires_grad_()
        bias = torch.tensor(convolution.bias.copy()).requires_grad_()
        theirs = torch.nn.functional.conv2d(
            torch.tensor(pictures[:, None]), filters, bias, padding=side // 2
        )
        theirs.backward(torch.tensor(derror_dmaps).swapaxes(0, 1))
        read = windows(pictures, side)
        ours = convolution.maps(read).swapaxes(0, 1)
        np.testing.assert_allclose(ours, theirs.detach().numpy(), rtol=1e-10, atol=1e-12)
        by_filters, by_bias = filter_gradients(read, derror_dmaps)
        shaped = by_filters.reshape(filters.shape)
        np.testing.assert_allclose(shaped, filters.grad.numpy(), rtol=1e-10, atol=1e-12)
        np.testing.assert_allclose(by_bias, bias.grad.numpy(), rtol=1e-10, atol=1e-12)


def test_gradients_are_those_of_central_differences():
    pictures, convolution, derror_dmaps = case(5)
    read, step = windows(pictures), 1e-6

    def error(filters, bias):
        return float((Convolution(filters, bias).maps(read) * derror_dmaps).sum())

    by_filters, by_bias = filter_gradients(read, derror_dmaps)
    for index in np.ndindex(convolution.filters.shape):
        moved = np.zeros_like(convolution.filters)
        moved[index] = step
        up, down = (error(convolution.filters + sign * moved, convolution.bias) for sign in (1, -1))
        found = by_filters.reshape(moved.shape)[index]
        assert found == pytest.approx((up - down) / (2 * step), rel=1e-7)
    for k in range(2):
        moved = step * np.eye(2)[k]
        up, down = (error(convolution.filters, convolution.bias + s * moved) for s in (1, -1))
        assert by_bias[k] == pytest.approx((up - down) / (2 * step), rel=1e-7)


def test_the_map_of_a_shifted_picture_is_the_shifted_map():
    pictures, convolution, _ = case(7)
    inside = np.zeros_like(pictures)
    inside[:, 1:7, 1:6] = pictures[:, 1:7, 1:6]  # an empty edge, two columns wide on the right
    before = convolution.maps(windows(inside))
    after = convolution.maps(windows(np.roll(inside, 1, axis=2)))
    np.testing.assert_allclose(after[..., 1:], before[..., :-1], rtol=1e-12)
    # Where the ink touches the edge, the part of its map beyond it is lost.
    before, after = (
        np.maximum(convolution.maps(windows(p)), 0).sum(axis=(2, 3))
        for p in (pictures, np.roll(pictures, 1, axis=2))
    )
    assert not np.isclose(before, after).any()


def test_what_is_no_filter_is_refused():
    for filters, bias, told in (
        (np.zeros((3, 3)), [0], "odd side"),
        (np.zeros((1, 2, 2)), [0], "odd side"),
        (np.zeros((0, 3, 3)), [0], "at least one"),
        ([[[np.nan]]], [0], "finite"),
        (np.zeros((2, 3, 3)), [0], "2 numbers"),
    ):
        with pytest.raises(ValueError, match=told):
            Convolution(filters, bias)
    assert not Convolution(np.zeros((1, 3, 3)), [0]).filters.flags.writeable
