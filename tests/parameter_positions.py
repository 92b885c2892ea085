"""Positions of parameters for tests that count layers with weights from 0."""

from nnviz.chapters.deeper_networks.items import Bias, Edge, parameter_index
from nnviz.training.plan import Plan


def index_of(plan: Plan, layer: int, source: int | None, unit: int) -> int:
    """Return the position of a weight, or of a bias where there is no source."""
    item = Bias(layer + 1, unit) if source is None else Edge(layer + 1, source, unit)
    return parameter_index(item, plan.sizes)
