"""Each lesson solved as its plan in ``docs/teaching`` tells it.

`MOVES` says of each task what to do, and which choices of the page that are.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from nnviz.chapters.deeper_networks.lesson import LESSON as DEEPER
from nnviz.chapters.deeper_networks.lines import Line, with_change
from nnviz.chapters.pictures_to_numbers.drawing import MOST_INK, shifted, with_ink
from nnviz.chapters.pictures_to_numbers.lesson import LESSON as PICTURES
from nnviz.text.lesson import ANSWER, State, Task, pieces, written
from nnviz.text.question import Question
from tests.chapters.test_lessons import lesson_of, start_of

_CIRCLE, _DEAD = (DEEPER.tasks[i].start["with"] for i in (0, 4))
_ONE_SQUARE, _ONE_STEP, _SLID = (PICTURES.tasks[i].start["drawing"] for i in (2, 3, 4))
_END: Final = 12_000  # a step behind the end of every run of Deeper networks

MOVES: Final[Mapping[str, tuple[tuple[str, Mapping[str, object]], ...]]] = MappingProxyType(
    {
        "home": (
            (
                "Press *Throw*, then *Correct, throw* three or four times.",
                {"throws": "210@12,0.5*4"},
            ),
            ("Move the slider to 1, press *Correct, throw* once.", {"throws": "210@12,1"}),
            ("Keep pressing *Correct, throw*.", {"throws": "210@12,2.5*7"}),
            ("Step six times.", {"at": "6"}),
            ("", {}),
        ),
        "rules_or_learning": (
            ("Press *Next step* three times.", {"moves": "+++"}),
            ("The empty cell at the top left takes a 1: choose it, press 1.", {"moves": "a1"}),
            ("The first cell of the last row.", {"cell": "13"}),
            ("Move the slider from 1 to 216.", {"games": "216"}),
            ("", {}),
        ),
        "words_to_numbers": (
            (
                "Write a word twice in one line, such as “My dog sees my bird.”",
                {"own": "My dog sees my bird.\nThe bird sees my dog."},
            ),
            ("Switch *Lemmas* on.", {"lemmas": "on"}),
            (
                "Press *Train*, wait for the end, write “We danced and laughed.”",
                {"step": "2000", "ask": "We danced and laughed."},
            ),
            ("Press *Train*.", {"step": "2000"}),
            ("", {}),
            (
                "Move snake, cow and lion up into the picture, each where you think it belongs.",
                {"placed": "0.5,0.2,3.5,7,2,1.2,7,2.5,7.5,9,9.5,6"},
            ),
            ("Press *Train*.", {"step": "2000"}),
            ("", {}),
        ),
        "vector_similarity": (
            ("", {}),
            (
                "Drag the tip of the input to the left, past the upright axis.",
                {"input_vector": "-1,1"},
            ),
            ("Press *Double*.", {"weights_1": "2.52,0"}),
            ("Press *Double*, once is enough.", {"weights_1": "2.52,0"}),
            ("", {}),
        ),
        "linear_regression": (
            ("Weight 2.5.", {"w1": "2.5"}),
            ("Slide to the right end.", {"w1": "5.5"}),
            ("Bias 0, weight 3.", {"w1": "3", "b": "0"}),
            ("Press *Train*.", {"step": "200"}),
        ),
        "prediction": (
            ("Take three single steps.", {"at": "3"}),
            ("Take one step.", {"at": "4"}),
            ("Flip twice.", {"flips": "2"}),
            ("Threshold 0.88.", {"threshold": "0.88"}),
            ("", {}),
        ),
        "error_curve": (
            ("Press *STEP* four times.", {"rates": "0.1,0.1,0.1,0.1"}),
            ("Press *STEP* four times.", {"rates": "1,1,1,1"}),
            ("Rate 0.5, then *STEP* once.", {"rates": "0.5"}),
            ("Press *STEP* four times.", {"weight_1_rates": "1,1,1,1"}),
            ("", {}),
        ),
        "backpropagation": (
            ("Take one step.", {"at": "6"}),
            ("Take five steps.", {"at": "11"}),
            ("", {}),
            ("Take one step.", {"at": "14"}),
            ("Rate 2.", {"taken": "2:2"}),
        ),
        "live_training": (
            (
                "Drag the ends to (2.5, 0.3) and (3.5, 5): plants 6, 2 and 4 are left of the line, "
                "1, 3 and 5 right of it.",
                {"drawn": "2.5,0.3,3.5,5"},
            ),
            ("", {}),
            ("Press *Train*.", {"step": "10000"}),
            ("Press ▶ one update three times.", {"step": "2003"}),
            (
                "Press + until there are three hidden units, then *Train*.",
                {"model": "3 tanh,standardised", "step": "10000"},
            ),
        ),
        "generalization": (
            ("Press *Train*.", {"epoch": "400"}),
            ("Move the slider to about 33.", {"epoch": "33"}),
            ("", {}),
            ("Drag the diamond to the upper right, to about (4, 4).", {"moved": "4,4"}),
            ("Press *Retrain*.", {"moved": "4,4", "learned": "4,4"}),
        ),
        "deeper_networks": (
            ("Press *Train*.", {"step": _END}),
            (
                "Three units, *Train*.",
                {"with": _CIRCLE.with_choices({"hidden": ((3, "tanh"),)}), "step": _END},
            ),
            ("Switch off unit 2, for instance.", {}),
            ("Press *Train*.", {"step": _END}),
            ("Rate 0.3, *Train*.", {"with": _DEAD.with_choices({"rate": 0.3}), "step": _END}),
        ),
        "pictures_to_numbers": (
            (
                "Draw a 3 from the first row to the last, then click on the square of the "
                "strongest orange. Of a 3 that fills columns 2 to 7 it is row 7, column 7.",
                {"drawing": "hggggigjgmgjgggngmghgjgiggggh", "pixel": "55"},
            ),
            ("Press *Train*.", {"step": "2000"}),
            (
                "On the board, click on row 6, column 3.",
                {"drawing": with_ink(_ONE_SQUARE, 42, MOST_INK)},
            ),
            ("Press *Left*, once.", {"drawing": shifted(_ONE_STEP, 0, -1)}),
            ("Press *Right*, once.", {"drawing": shifted(_SLID, 0, 1)}),
        ),
        "compare_runs": (
            ("Press *Run 20 seeds*.", {"seeds": "20", "first": "0"}),
            ("", {}),
            ("Seed 10.", {"seed": "10"}),
            ("Rate 0.01.", {"low": "0.01", "high": "0.01", "rate": "0.01"}),
            ("", {}),
        ),
    }
)


@dataclass(frozen=True)
class Solved:
    """A task at its end: what was asked and said, and what was understood."""

    number: int
    how: str
    task: Task
    question: Question | None
    understood: str
    state: State


def solved(page: str) -> Iterator[Solved]:
    """Yield the tasks of a lesson, each solved after those before it."""
    lesson, address = lesson_of(page)
    before: dict[str, object] = {}
    for number, task in enumerate(lesson.tasks, 1):
        state = {**start_of(task, address), **{name: before[name] for name in task.carries}}
        question = None if task.asks is None else task.asks(state)
        how, changes = MOVES[page][number - 1]
        for name, value in changes.items():
            state[name] = address.parameters[name].parse(value) if isinstance(value, str) else value
        if (page, task.name) == ("deeper_networks", "off"):
            # Behind 2 x 3 weights and 3 biases: one weight of each unit to the output.
            state["lines"] = with_change((Line(),), 0, int(state["step"]), by_hand={10: 0.0})
        state[ANSWER] = question.answer if question else ""
        assert task.fulfilled(state), (page, task.name)
        before = state
        yield Solved(number, how, task, question, written(task.understood, state), state)


def plain(text: str) -> str:
    """Return a text as it is read, without its marks."""
    return re.sub(r"\*\*", "", "".join(shown for shown, _ in pieces(text)))


def answers(page: str) -> str:
    """Return the table of answers that the plan of a lesson holds."""
    lines = ["| task | do, or answer | the page then says |", "|---|---|---|"]
    for each in solved(page):
        does = " ".join(filter(None, (each.question and f"**{each.question.answer}**", each.how)))
        said = " ".join(filter(None, (each.question and each.question.reason, each.understood)))
        lines.append(f"| {each.number}, {each.task.kind} | {does} | {plain(said)} |")
    return "\n".join(lines)


GUIDE: Final = Path(__file__).resolve().parents[1] / "docs" / "teaching"
ANSWERS: Final = re.compile(r"<!-- answers: (\w+) -->\n((?:\|.*\n)*)")


def with_answers(plan: str) -> str:
    """Return a plan with the tables of answers that its lessons have now."""
    return ANSWERS.sub(lambda m: f"<!-- answers: {m[1]} -->\n{answers(m[1])}\n", plan)


if __name__ == "__main__":  # writes them anew, when a lesson has been changed
    for path in sorted(GUIDE.glob("[1-7]-*.md")):
        path.write_text(with_answers(path.read_text(encoding="utf-8")), encoding="utf-8")
