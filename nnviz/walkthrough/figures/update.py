"""Show one update on the board: what each step highlights, which numbers travel, and its card."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count, takewhile
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from nnviz.nn.trace import Trace
from nnviz.text.names import CODE, Naming
from nnviz.walkthrough.figures import looks
from nnviz.walkthrough.figures.plan import GraphPlan
from nnviz.walkthrough.figures.texts import BoardTexts
from nnviz.walkthrough.figures.tracks import Card, Flight
from nnviz.walkthrough.finite_differences import check_derivative
from nnviz.walkthrough.source_lines import SourceLine, source_line
from nnviz.walkthrough.steps import Step
from nnviz.walkthrough.words.workings import check_sentence, working

_FACTORS: Final = ("derror_dprediction", "local")
_CHAIN: Final = "derror_dprediction>local"


@dataclass(frozen=True)
class StepHighlights:
    """The boxes and arrows that a step highlights, by key of the plan."""

    computed: tuple[str, ...]  # what acts, and what it computes; numbers travel to the last
    used: tuple[str, ...] = ()  # the values that go in
    arrows: tuple[str, ...] = ()  # the arrows that they follow
    # weights that the step is about, to be shown where there is no room for all
    uncovered: frozenset[str] = frozenset()


def step_highlights(step: Step, plan: GraphPlan) -> StepHighlights:
    """Return the boxes and arrows of a plan that a step highlights."""
    if "derror_dbias" in plan.boxes and step.kind in _NEURON_BACKWARD:
        return _NEURON_BACKWARD[step.kind]
    found = _highlights(step, plan)
    return replace(found, arrows=tuple(arrow for arrow in found.arrows if arrow in plan.arrows))


_NEURON_BACKWARD: Final[Mapping[str, StepHighlights]] = MappingProxyType(
    {
        "derror_dprediction": StepHighlights(
            ("loss", "derror_dprediction"), ("a.0.0", "target"), ("error>derror_dprediction",)
        ),
        "dactivation_dpre_activation": StepHighlights(("act.0.0", "local"), ("a.0.0",), (_CHAIN,)),
        "dpre_activation_dbias": StepHighlights(("sum.0.0", "by_bias"), (), ("local>by_bias",)),
        "derror_dbias": StepHighlights(
            ("derror_dbias",),
            (*_FACTORS, "by_bias"),
            (_CHAIN, "local>by_bias", "by_bias>derror_dbias"),
        ),
        "dpre_activation_dweights": StepHighlights(
            ("sum.0.0", "by_weights"), (), ("local>by_weights",)
        ),
        "derror_dweights": StepHighlights(
            ("derror_dweights",),
            (*_FACTORS, "by_weights"),
            (_CHAIN, "local>by_weights", "by_weights>derror_dweights"),
        ),
    }
)
"""The way back through a single unit, whose derivatives have boxes of their own."""


def _highlights(step: Step, plan: GraphPlan) -> StepHighlights:
    layer, unit = step.layer, step.unit
    at = f"{layer}.{unit}"
    function, z, act, a, bias = (f"{kind}.{at}" for kind in ("sum", "z", "act", "a", "bias"))
    weights = _boxes(plan, f"weight.{layer}.{{}}.{unit}")
    inputs = range(len(weights))
    edges = tuple(f"edge.{layer}.{i}.{unit}" for i in inputs)
    sources = tuple(f"input.{i}" if layer == 0 else f"a.{layer - 1}.{i}" for i in inputs)
    outgoing = _boxes(plan, f"weight.{layer + 1}.{unit}.{{}}")
    own = frozenset(weights)
    arrows: tuple[str, ...]
    match step.kind:
        case "take":
            return StepHighlights((*sources, "target"))
        case "term":
            i = step.source
            return StepHighlights(
                (z, function), (sources[i], weights[i]), (f"in.{i}", edges[i]), own
            )
        case "bias":
            arrows = (f"{bias}>{function}", f"{function}>{z}")
            return StepHighlights((function, z), (bias,), arrows, own)
        case "sum":
            return StepHighlights((z, function), (*sources, *weights, bias), edges, own)
        case "activation":
            return StepHighlights((act, a), (z,), (f"{z}>{act}", f"{act}>{a}"), own)
        case "error":
            arrows = (f"{a}>loss", "target>loss", "loss>error")
            return StepHighlights(("error", "loss"), (a, "target"), arrows)
        case "derror_dprediction":
            return StepHighlights(("loss", a), ("target",), (f"{a}>loss",))
        case "contribution":
            weight = f"weight.{layer + 1}.{unit}.{step.source}"
            used = (f"z.{layer + 1}.{step.source}", weight)
            arrows = (weight.replace("weight", "edge"),)
            return StepHighlights((a,), used, arrows, frozenset(outgoing))
        case "derror_dactivation":
            following = tuple(f"z.{layer + 1}.{k}" for k in range(len(outgoing)))
            arrows = tuple(weight.replace("weight", "edge") for weight in outgoing)
            return StepHighlights((a,), (*following, *outgoing), arrows, frozenset(outgoing))
        case "dactivation_dpre_activation":
            return StepHighlights((act,), (z, a))
        case "derror_dpre_activation":
            return StepHighlights((z,), (a, act))
        case "derror_dbias":
            return StepHighlights((bias,), (z,), (f"{bias}>{function}",), own)
        case "derror_dweights":
            return StepHighlights(weights, (z, *sources), edges, own)
        case "update_bias":
            return StepHighlights((bias,), (), (), own)
        case "update_weights":
            return StepHighlights(weights, (), (), own)
        case "again":
            return StepHighlights((a, "error"))
    raise ValueError(f"there is no step {step.kind!r}.")


def _boxes(plan: GraphPlan, key: str) -> tuple[str, ...]:
    """Return the keys of the boxes that are told apart by one number, counted from 0."""
    return tuple(takewhile(plan.boxes.__contains__, map(key.format, count())))


@dataclass(frozen=True, eq=False)
class UpdateBoard:
    """What the board shows of one update."""

    values: NDArray[np.uint16]  # (n_steps, n_items, 2): indices into `texts` and into `looks.LOOKS`
    texts: tuple[str, ...]
    exact: tuple[str, ...]
    flights: tuple[tuple[Flight, ...], ...]  # what travels at each step
    cards: tuple[Card, ...]  # one for each step


def update_board(
    trace: Trace, steps: Sequence[Step], plan: GraphPlan, keys: Sequence[str], naming: Naming
) -> UpdateBoard:
    """Return what the board shows at each of these steps of an update.

    ``plan`` says which boxes there are, ``keys`` the items of the board in their order.
    """
    index = {key: i for i, key in enumerate(keys)}
    board = BoardTexts(trace, plan, naming)
    known: dict[tuple[str, str], int] = {("", ""): 0}
    values = np.zeros((len(steps), len(keys), 2), dtype=np.uint16)
    flights = []
    for k, step in enumerate(steps):
        highlights = step_highlights(step, plan)
        # Numbers travel as they stood before the step.
        flights.append(_flights(step, highlights, board, index))
        board.after(step)
        found, texts, exact = _looks_of(step, highlights), board.texts, board.exact
        seen = [key for key in keys if key not in plan.covered or key in highlights.uncovered]
        places = [index[key] for key in seen]
        values[k, places, 0] = [
            known.setdefault((texts.get(key, ""), exact.get(key, "")), len(known)) for key in seen
        ]
        values[k, places, 1] = [
            found.get(key, looks.UNCOVERED if key in plan.covered else looks.PLAIN) for key in seen
        ]
    every_text, every_exact = zip(*known, strict=True)
    cards = tuple(_card(trace, step, naming) for step in steps)
    return UpdateBoard(values, every_text, every_exact, tuple(flights), cards)


def _looks_of(step: Step, highlights: StepHighlights) -> dict[str, int]:
    """Return the look of every highlighted item, by key."""
    back = step.phase == "backward"
    arrow_look, used_look = (
        (looks.ARROW_BACK, looks.USED_BACK) if back else (looks.ARROW, looks.USED)
    )
    found = dict.fromkeys(highlights.arrows, arrow_look)
    # These arrows are drawn the way back already.
    chain = [key for key in found if key.startswith(("error>", "derror", "local>", "by_"))]
    found |= dict.fromkeys(chain, looks.CHAIN) | dict.fromkeys(highlights.used, used_look)
    acts = {"backward": looks.BACKWARD, "update": looks.UPDATE}.get(step.phase, looks.FORWARD)
    return found | dict.fromkeys(highlights.computed, acts)


def _flights(
    step: Step, highlights: StepHighlights, board: BoardTexts, index: dict[str, int]
) -> tuple[Flight, ...]:
    if not highlights.computed or not highlights.used:
        return ()
    end = index[highlights.computed[-1]]
    numbers = ((key, _number(step, board, key)) for key in highlights.used)
    return tuple(Flight(number, index[key], end) for key, number in numbers if number)


def _number(step: Step, board: BoardTexts, key: str) -> str:
    """Return the number that leaves a box: on the way back its derivative, if it has one."""
    value, slope = (texts.get(key, ("", ""))[0] for texts in (board.values, board.slopes))
    # The derivative of a unit is made of its values, and along a path weights are factors.
    if step.kind == "dactivation_dpre_activation" or key.startswith("weight"):
        return value
    return slope or value


def _card(trace: Trace, step: Step, naming: Naming) -> Card:
    worked = working(trace, step, naming)
    return Card(
        worked.name,
        worked.formula,
        worked.numbers,
        worked.result,
        worked.exact,
        check_sentence(check_derivative(trace, step)),
        *code_and_place(source_line(trace, step), naming),
    )


def code_and_place(line: SourceLine, naming: Naming) -> tuple[str, str]:
    """Return what a card says of a line: nothing in plain words, for the source has other names."""
    return (line.text, line.place) if naming == CODE else ("", "")
