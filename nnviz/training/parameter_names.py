"""What the parameters of a run's model are called: plain words for screens, short keys for links.

Formulas and scripts use the names of `value_names.py`, which are those of the code.
"""

from itertools import pairwise

from nnviz.nn.checks import instance
from nnviz.training.model import nice
from nnviz.training.plan import Plan


def parameter_names(plan: Plan) -> tuple[str, ...]:
    """Return what each parameter is called on the screen, in the order of `Network.parameters`.

    "weight of x1" and "bias" for the single neuron; "x1 → unit 2", "bias of unit 2", "unit 2 →
    output" and "bias of the output" with a hidden layer; with several hidden layers their units
    carry the number of the layer too.
    """
    instance(plan, "plan", Plan)
    inputs = [nice(name) for name in plan.architecture.inputs]
    if not plan.architecture.hidden:
        return (*(f"weight of {name}" for name in inputs), "bias")
    layers = [inputs]
    for layer, (n_units, _) in enumerate(plan.architecture.hidden, start=1):
        where = f" of layer {layer}" if len(plan.architecture.hidden) > 1 else ""
        layers.append([f"unit {unit}{where}" for unit in range(1, n_units + 1)])
    names: list[str] = []
    for sources, units in pairwise([*layers, ["output"]]):
        names += [f"{source} → {unit}" for source in sources for unit in units]
        names += [f"bias of {'the ' * (unit == 'output')}{unit}" for unit in units]
    return tuple(names)


def parameter_keys(plan: Plan) -> tuple[str, ...]:
    """Return a short key for each parameter, in the order of `Network.parameters`.

    The keys stand in links, so they stay what they are: "w2" and "b" of the single neuron;
    "w2.3" from input 2 to unit 3, "b3" of unit 3, "v3" from unit 3 to the output and "c" of the
    output. Hidden layers behind the first add their number, as in "h2.w1.3" and "h2.b3". All are
    different, of small letters, digits and dots only.
    """
    instance(plan, "plan", Plan)
    *hidden, (n_last, _) = pairwise(plan.sizes)
    if not hidden:
        return (*(f"w{i}" for i in range(1, n_last + 1)), "b")
    keys: list[str] = []
    for layer, (n_sources, n_units) in enumerate(hidden, start=1):
        which = "" if layer == 1 else f"h{layer}."
        units = range(1, n_units + 1)
        keys += [f"{which}w{i}.{unit}" for i in range(1, n_sources + 1) for unit in units]
        keys += [f"{which}b{unit}" for unit in units]
    return (*keys, *(f"v{unit}" for unit in range(1, n_last + 1)), "c")
