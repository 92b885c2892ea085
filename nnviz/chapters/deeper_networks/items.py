"""Units, edges and biases as the address names them."""

from nnviz.chapters.deeper_networks.figures.layout import Bias, Edge, Item, Unit, deep_layout
from nnviz.training.plan import Plan


def item_of(text: str, plan: Plan) -> Item | None:
    """Return what the address names: "u.1.2", "b.1.2" or "e.1.0.2"; None if there is no such."""
    kind, *rest = text.split(".")
    numbers = tuple(int(number) for number in rest)
    layout = deep_layout(plan.sizes)
    kinds = {"u": (Unit, layout.units), "b": (Bias, layout.biases), "e": (Edge, layout.edges)}
    if kind not in kinds:
        return None
    make, all_of_them = kinds[kind]
    item = make(*numbers)
    return item if item in all_of_them else None


def item_text(item: Item | None) -> str:
    """Return what the address says of a unit, bias or edge; empty for none."""
    if item is None:
        return ""
    kind = {"Unit": "u", "Bias": "b", "Edge": "e"}[type(item).__name__]
    return ".".join((kind, *map(str, item)))
