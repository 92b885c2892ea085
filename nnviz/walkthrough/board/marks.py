"""Which boxes and arrows of the graph a step of an update is about."""

from dataclasses import dataclass

from nnviz.walkthrough.board.plan import GraphPlan
from nnviz.walkthrough.steps import Step


@dataclass(frozen=True)
class StepMarks:
    """What a step lights up, by key of the plan.

    Attributes
    ----------
    computed : tuple of str
        What acts, and what it computes; the last is where numbers travel to.
    used : tuple of str
        The values that go in.
    arrows : tuple of str
        The ways that they take.
    uncovered : frozenset of str
        Weights that the step is about, to be shown where there is no room for all.
    """

    computed: tuple[str, ...]
    used: tuple[str, ...] = ()
    arrows: tuple[str, ...] = ()
    uncovered: frozenset[str] = frozenset()


def step_marks(step: Step, plan: GraphPlan) -> StepMarks:
    """Return what a step is about in the graph of a plan."""
    marks = _neuron_marks(step) if "derror_dbias" in plan.boxes else None
    marks = marks or _marks(step, plan)
    there = set(plan.arrows)
    return StepMarks(
        marks.computed,
        marks.used,
        tuple(arrow for arrow in marks.arrows if arrow in there),
        marks.uncovered,
    )


def _neuron_marks(step: Step) -> StepMarks | None:
    """Return the marks on the way back through a single unit, whose derivatives have boxes."""
    chain = "derror_dprediction>local"
    match step.kind:
        case "derror_dprediction":
            return StepMarks(
                ("loss", "derror_dprediction"),
                ("a.0.0", "target"),
                ("error>derror_dprediction",),
            )
        case "dactivation_dpre_activation":
            return StepMarks(("act.0.0", "local"), ("a.0.0",), (chain,))
        case "dpre_activation_dbias":
            return StepMarks(("sum.0.0", "by_bias"), (), ("local>by_bias",))
        case "derror_dbias":
            used = ("derror_dprediction", "local", "by_bias")
            return StepMarks(
                ("derror_dbias",), used, (chain, "local>by_bias", "by_bias>derror_dbias")
            )
        case "dpre_activation_dweights":
            return StepMarks(("sum.0.0", "by_weights"), (), ("local>by_weights",))
        case "derror_dweights":
            used = ("derror_dprediction", "local", "by_weights")
            return StepMarks(
                ("derror_dweights",),
                used,
                (chain, "local>by_weights", "by_weights>derror_dweights"),
            )
    return None


def _marks(step: Step, plan: GraphPlan) -> StepMarks:
    layer, unit = step.layer, step.unit
    at = f"{layer}.{unit}"
    function, z, act, a, bias = (f"{kind}.{at}" for kind in ("sum", "z", "act", "a", "bias"))
    weights = tuple(f"weight.{layer}.{i}.{unit}" for i in _inputs(plan, layer))
    sources = tuple(_source(layer, i) for i in _inputs(plan, layer))
    edges = tuple(f"edge.{layer}.{i}.{unit}" for i in _inputs(plan, layer))
    own = frozenset(weights)
    match step.kind:
        case "take":
            inputs = tuple(_source(0, i) for i in _inputs(plan, 0))
            return StepMarks((*inputs, "target"))
        case "term":
            i = step.source
            return StepMarks((z, function), (sources[i], weights[i]), (f"in.{i}", edges[i]), own)
        case "bias":
            return StepMarks((function, z), (bias,), (f"{bias}>{function}", f"{function}>{z}"), own)
        case "sum":
            return StepMarks((z, function), (*sources, *weights, bias), edges, own)
        case "activation":
            return StepMarks((act, a), (z,), (f"{z}>{act}", f"{act}>{a}"), own)
        case "error":
            return StepMarks(
                ("error", "loss"), (a, "target"), (f"{a}>loss", "target>loss", "loss>error")
            )
        case "derror_dprediction":
            return StepMarks(("loss", a), ("target",), (f"{a}>loss",))
        case "contribution":
            k = step.source
            weight = f"weight.{layer + 1}.{unit}.{k}"
            return StepMarks(
                (a,),
                (f"z.{layer + 1}.{k}", weight),
                (f"edge.{layer + 1}.{unit}.{k}",),
                _outgoing(plan, step),
            )
        case "derror_dactivation":
            outgoing = sorted(_outgoing(plan, step))
            following = tuple(f"z.{layer + 1}.{k}" for k in range(len(outgoing)))
            arrows = tuple(weight.replace("weight", "edge") for weight in outgoing)
            return StepMarks((a,), (*following, *outgoing), arrows, frozenset(outgoing))
        case "dactivation_dpre_activation":
            return StepMarks((act,), (z, a))
        case "derror_dpre_activation":
            return StepMarks((z,), (a, act))
        case "derror_dbias":
            return StepMarks((bias,), (z,), (f"{bias}>{function}",), own)
        case "derror_dweights":
            return StepMarks(weights, (z, *sources), edges, own)
        case "update_bias":
            return StepMarks((bias,), (), (), own)
        case "update_weights":
            return StepMarks(weights, (), (), own)
        case "again":
            return StepMarks((a, "error"), (), ())
    raise ValueError(f"there is no step {step.kind!r}.")


def _source(layer: int, i: int) -> str:
    return f"input.{i}" if layer == 0 else f"a.{layer - 1}.{i}"


def _inputs(plan: GraphPlan, layer: int) -> range:
    n = 0
    while f"weight.{layer}.{n}.0" in plan.boxes:
        n += 1
    return range(n)


def _outgoing(plan: GraphPlan, step: Step) -> frozenset[str]:
    start = f"weight.{step.layer + 1}.{step.unit}."
    return frozenset(key for key in plan.boxes if key.startswith(start))
