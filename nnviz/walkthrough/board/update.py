"""One update on the board: what stands and what is lit at each of its steps, with its cards."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nnviz.nn.trace import Trace
from nnviz.walkthrough.board import looks
from nnviz.walkthrough.board.marks import StepMarks, step_marks
from nnviz.walkthrough.board.plan import GraphPlan
from nnviz.walkthrough.board.texts import BoardTexts
from nnviz.walkthrough.board.tracks import Card, Flight
from nnviz.walkthrough.finite_differences import nudge
from nnviz.walkthrough.source_lines import source_line
from nnviz.walkthrough.steps import Step
from nnviz.walkthrough.words.checks import proof
from nnviz.walkthrough.words.workings import working


@dataclass(frozen=True, eq=False)
class UpdateBoard:
    """What the board shows of one update.

    Attributes
    ----------
    values : ndarray of uint16, shape (n_steps, n_items, 2)
        Indices into ``texts``, and into the looks of `graph_looks`.
    texts, exact : tuple of str
    flights : tuple of tuple of Flight
        What travels at each step.
    cards : tuple of Card
        One for each step.
    """

    values: NDArray[np.uint16]
    texts: tuple[str, ...]
    exact: tuple[str, ...]
    flights: tuple[tuple[Flight, ...], ...]
    cards: tuple[Card, ...]


def update_board(
    trace: Trace, steps: Sequence[Step], plan: GraphPlan, keys: Sequence[str]
) -> UpdateBoard:
    """Return what the board shows at each step of an update.

    Parameters
    ----------
    trace : Trace
        Of a network with one output.
    steps : sequence of Step
        Those of the update that are shown.
    plan : GraphPlan
        Which boxes there are; any layout of the graph.
    keys : sequence of str
        The items of the board, in their order.
    """
    index = {key: i for i, key in enumerate(keys)}
    board = BoardTexts(trace, plan)
    known: dict[tuple[str, str], int] = {("", ""): 0}
    values = np.zeros((len(steps), len(keys), 2), dtype=np.uint16)
    flights = []
    for k, step in enumerate(steps):
        marks = step_marks(step, plan)
        # Numbers travel as they stood before the step.
        flights.append(_flights(step, marks, board, index))
        board.after(step)
        lit = _lit(step, marks)
        for key, i in index.items():
            look = lit.get(key, looks.NOT_LIT)
            if key in plan.covered:
                if key not in marks.uncovered:
                    continue
                look = look or looks.UNCOVERED
            text = board.texts.get(key, ""), board.exact.get(key, "")
            values[k, i] = known.setdefault(text, len(known)), look
    texts, exact = zip(*known, strict=True)
    cards = tuple(_card(trace, step) for step in steps)
    return UpdateBoard(values, texts, exact, tuple(flights), cards)


def _lit(step: Step, marks: StepMarks) -> dict[str, int]:
    """Return the look of all that is lit, by key."""
    back = step.phase == "backward"
    lit: dict[str, int] = {}
    for arrow in marks.arrows:
        lit[arrow] = looks.ARROW if not back else looks.ARROW_BACK
        if arrow.startswith(("error>", "derror", "local>", "by_")):
            lit[arrow] = looks.CHAIN  # these arrows are drawn the way back already
    for key in marks.used:
        lit[key] = looks.USED_BACK if back else looks.USED
    for key in marks.computed:
        lit[key] = {"backward": looks.BACKWARD, "update": looks.UPDATE}.get(
            step.phase, looks.FORWARD
        )
    return lit


def _flights(
    step: Step, marks: StepMarks, board: BoardTexts, index: dict[str, int]
) -> tuple[Flight, ...]:
    if not marks.computed or not marks.used:
        return ()
    end = index[marks.computed[-1]]
    numbers = ((key, _number(step, board, key)) for key in marks.used)
    return tuple(Flight(number, index[key], end) for key, number in numbers if number)


def _number(step: Step, board: BoardTexts, key: str) -> str:
    """Return the number that leaves a box: on the way back its derivative, if it has one."""
    value, slope = (texts.get(key, ("", ""))[0] for texts in (board.values, board.slopes))
    # The derivative of a unit is made of its values, and along a path weights are factors.
    if step.kind == "dactivation_dpre_activation" or key.startswith("weight"):
        return value
    return slope or value


def _card(trace: Trace, step: Step) -> Card:
    worked, line = working(trace, step), source_line(trace, step)
    return Card(
        worked.name,
        worked.formula,
        worked.numbers,
        worked.result,
        worked.exact,
        proof(nudge(trace, step)),
        line.text,
        line.place,
    )
