"""The handle of the threshold, which the page draws beside the activation curve."""

from itertools import product

import pytest

from nnviz.chapters.prediction.figures.activation import curve_ranges
from nnviz.chapters.prediction.view_row import threshold_handle
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.network import Layer, Network
from nnviz.nn.trace import trace_update


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_threshold_can_go_where_a_link_can(activation):
    for bias, threshold, weights in product(
        (-100, -7, 0, 7, 100), (-100, 0.5, 100), ([[100], [100]], [[1.45], [-0.66]])
    ):
        network = Network((Layer(weights, [bias], activation),))
        trace = trace_update(network, (100, 100), 1, learning_rate=0)
        handle = threshold_handle(trace, threshold)
        (x, low), (_, high) = handle.low, handle.high
        assert -100 <= low <= handle.y <= high <= 100
        assert low < high
        assert 0 < handle.snap < handle.stride
        assert curve_ranges(activation, float(trace.layers[0].pre_activations[0]))[0][0] < x
