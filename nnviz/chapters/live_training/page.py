"""Live training: train one neuron on the eight rows, scrub through its run, see why it sticks."""

import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

import streamlit as st

from nnviz.chapters.live_training.address import ADDRESS, PAGE, run_timeline
from nnviz.chapters.live_training.branches import Branch
from nnviz.chapters.live_training.controls import run_controls, sliding
from nnviz.chapters.live_training.figures.network import network_buttons, pressed
from nnviz.chapters.live_training.figures.plane import HIGH, LOW, X_RANGE, Y_RANGE
from nnviz.chapters.live_training.figures.run import PANELS, Panels, live_training_picture, panel_of
from nnviz.chapters.live_training.lesson import LESSON
from nnviz.chapters.live_training.views import details, recorded
from nnviz.chapters.live_training.views import rows as view_rows
from nnviz.chapters.live_training.views.branch_bar import branch_bar, branch_here
from nnviz.chapters.live_training.views.branch_choices import Choices
from nnviz.chapters.live_training.views.by_hand import (
    drawn_line,
    hand_view,
    line_handles,
    move_end,
    paper_view,
)
from nnviz.chapters.live_training.views.export import export_part
from nnviz.chapters.live_training.views.freeing import free_part
from nnviz.chapters.live_training.views.gradients import update_part
from nnviz.chapters.live_training.views.lines import Shown
from nnviz.chapters.live_training.views.surface import surface_part
from nnviz.chapters.live_training.words.branches import not_yet, training_on
from nnviz.chapters.live_training.words.by_hand import line_sentence
from nnviz.chapters.live_training.words.run import moment, moment_in_short
from nnviz.chapters.live_training.worksheet import ON_PAPER, worksheet
from nnviz.chart import theme
from nnviz.chart.chart import chart
from nnviz.chart.gestures import Click, Drag, Handle
from nnviz.site import frame
from nnviz.site.offer import offer_file
from nnviz.site.parts import parts
from nnviz.site.player import Player
from nnviz.training.baselines.yardsticks import Yardsticks, reached
from nnviz.training.branch_letters import LETTERS
from nnviz.training.model import Model
from nnviz.training.plan import Plan
from nnviz.training.playback import MOST_STEPS
from nnviz.training.record import Record
from nnviz.training.timeline import Timeline

CHART = "live_training_chart"
MARKS = (
    "The ground shows the answer, orange 0 to blue 1; the line is 0.5, the ring is the row just "
    "used."
)
NETWORK_MARKS = (
    "In the network a line is a weight, dashed below 0; a corner is a bias; a square is what a "
    "unit gives over the plane."
)
SPEEDS = (1, 10, 100, 1000, 5000)
FAST = (100, 1000, 10_000, 100_000)
PLAYER = Player(ADDRESS, CHART)
_LOOK: Final = 0.1  # seconds until it is looked again how many lines are there


def draw() -> None:
    """Draw the page."""
    untrained = not ADDRESS["step"] and not ADDRESS["branches"]
    if frame.on_a_sheet() and (frame.hidden("run") or untrained):
        paper_view()
        return
    if frame.hidden("run"):
        hand_view()
        return
    shown = _shown()
    choices = Choices(ADDRESS, shown.line.plan)
    if not frame.hidden("controls"):
        with frame.controls():
            run_controls(ADDRESS, choices, shown.line.plan)
    if ADDRESS["step"] > shown.line.last_step:
        ADDRESS.set("step", shown.line.last_step)
    step = ADDRESS["step"]
    run = shown.run_at(step)
    # The best of a new model is searched for meanwhile; the picture does not wait for it.
    plans = [recorded.run_of(piece.timeline, piece.first).plan for piece in shown.line.pieces]
    known = {plan: recorded.measured(plan, wait=False) for plan in plans}
    told = all(each.best for each in known.values())
    error = float(run.cumulative_errors_between(step, step)[0])
    measures = reached(known[run.plan], min(error, shown.lowest(run.plan)))
    offer_lesson = _picture(shown, choices, run, step, measures, told=told)
    if not frame.hidden("controls") and not frame.hidden("branches"):
        branch_bar(ADDRESS, shown, choices, _here)
    if ADDRESS["edit"]:
        view_rows.editor(ADDRESS, X_RANGE, Y_RANGE)
    parts(
        ADDRESS,
        {
            "numbers": lambda: details.numbers(run, step, measures),
            "code": lambda: details.code_of(run, step),
            "predict": lambda: details.predict("live_training", run, step, PLAYER.go),
            "ledger": lambda: update_part(run, step, PLAYER.go),
            "surface": lambda: surface_part(ADDRESS, run, step),
            "free": lambda: free_part(_from_the_start(run), choices.setter("model"), _try),
            "export": partial(_export, offer_lesson, run, step),
            "tutorial": lambda: details.tutorial(run, measures, _show),
        },
    )
    if not shown.whole:
        frame.afterwards(partial(_train_others, run_timeline(ADDRESS), shown))
    elif not told:
        frame.afterwards(partial(_measure, known))


def _shown() -> Shown:
    """Return what is there of the lines; one that does not begin is not followed."""
    branches: tuple[Branch, ...] = ADDRESS["branches"]
    slides = sliding()
    look = partial(recorded.branched, run_timeline(ADDRESS), branches, sliding=slides)
    number = LETTERS.index(ADDRESS["line"])
    lines, whole = look(number if number <= len(branches) else 0)
    if number > len(branches) or lines[number] is None:
        number = 0
        ADDRESS.set("line", LETTERS[0])
        lines, whole = look(0)
    return Shown(lines, branches, number, ADDRESS["surface"], sliding=slides, whole=whole)


def _picture(
    shown: Shown, choices: Choices, run: Record, step: int, measures: Yardsticks, *, told: bool
) -> Callable[[], None]:
    """Show the run: as much of it as the open task asks for, or all; return what offers a file."""
    panels: Panels = tuple(
        panel for panel in PANELS if panel == "plane" or not frame.hidden(f"run_{panel}")
    )
    panel = panel_of(choices.model, panels)
    ahead = not frame.hidden("run_ahead")
    line = None if frame.hidden("own_line") else drawn_line(run.plan.sample)
    picture = live_training_picture(
        shown.followed(), measures, shown.surfaces(), others=shown.strands(), probe=_probe(),
        rows_are_handles=ADDRESS["edit"], drawn=line, panels=panels, ahead=ahead,
    )  # fmt: skip
    words = moment(run, step, measures) if ahead else moment_in_short(run, step)
    of_line = line_sentence(line) if line is not None else ""
    if not shown.whole:
        of_line = f"{not_yet(shown.missing)} {of_line}".strip()
    network = panel if "network" in panels else None
    if network:
        frame.without_single_steps()
    pressable = network and not frame.hidden("controls")
    seen = chart(
        picture,
        key=CHART,
        words=f"{words} {of_line}".strip(),
        hint=_hint(),
        handles=[*(_handles() if ADDRESS["edit"] else ()), *(line_handles(line) if line else ())],
        on_drag=_drag,
        clicks=("xy",),
        on_click=_ask,
        buttons=network_buttons(panel, inputs=not frame.hidden("inputs")) if pressable else (),
        on_press=partial(_press, choices),
        clock=PLAYER.clock("Train", speeds=SPEEDS if shown.line.last_step <= MOST_STEPS else FAST),
        on_position=PLAYER.arrive,
        packed=shown.packed(step, _probe(), told=told and ahead and shown.whole, network=network),
        fill=True,
    )
    recorded_whole = shown.for_a_file(network, ahead=ahead, closing=of_line)
    marks = f"{MARKS} {NETWORK_MARKS}" if network else MARKS
    return partial(offer_file, ADDRESS, LESSON, seen, recorded_whole, marks=marks)


def _export(offer_lesson: Callable[[], None], run: Record, step: int) -> None:
    """Show what can be taken along."""
    offer_lesson()
    export_part(run, step)


def _press(choices: Choices, name: str) -> None:
    """Add or take away a unit or an input of the network that is drawn."""
    choices.setter("model")(pressed(choices.model, name))
    if frame.hidden("run_ahead"):
        PLAYER.go(0)  # where what is to come is hidden, another network begins untrained


def _drag(drag: Drag) -> None:
    if drag.name.isdigit():
        _move_row(drag)
    else:
        move_end(drag)


def _from_the_start(run: Record) -> Timeline:
    """Return a timeline of the plan that a run began with, as long as it."""
    timeline = run.timeline
    return Timeline.of(run.segments[0].plan, timeline.steps, timeline.record_every)


def _train_others(trunk: Timeline, shown: Shown) -> bool:
    """Wait for the lines that are not there; say meanwhile how many are."""
    place, n_lines = st.empty(), len(shown.lines)
    n_shown = n_lines - len(shown.missing)
    while (n_trained := recorded.train_others(trunk, shown.branches)) < n_lines:
        n_there = max(n_trained, n_shown)
        place.progress(n_there / n_lines, text=training_on(n_there, n_lines, shown.missing))
        time.sleep(_LOOK)
    return True


def _measure(plans: Iterable[Plan]) -> bool:
    for plan in plans:
        recorded.measured(plan)
    return True


def _try(model: Model) -> None:
    """Go on with another model from here, in a branch."""
    if branch_here(ADDRESS, _here()):
        Choices(ADDRESS, run_timeline(ADDRESS).plan).change(model=model)


def _here() -> int:
    """Take over where the player stands: a button's callback may run before that of the chart."""
    return PLAYER.catch_up(int(ADDRESS["updates"]))


def _hint() -> str:
    if ADDRESS["edit"]:
        return "Drag a row to another place, or change the table below. The run follows."
    return (
        f"Press Train. {MARKS} Click on it to ask for an answer there; + and − change the network."
    )


def _probe() -> tuple[float, float] | None:
    probe = ADDRESS["probe"]
    return (probe[0], probe[1]) if len(probe) == 2 else None


def _ask(click: Click) -> None:
    ADDRESS.set("probe", (round(click.x, 2), round(click.y, 2)))


def _handles() -> list[Handle]:
    return [
        Handle(
            name=str(i), label=f"Row {i + 1}, target {target}", text=str(i + 1), x=x1, y=x2,
            low=LOW, high=HIGH, snap=0.05, live=False, colour=theme.CLASS_COLOURS[target],
            symbol=theme.CLASS_SYMBOLS[target],
        )
        for i, (x1, x2, target) in enumerate(ADDRESS["rows"])
    ]  # fmt: skip


def _move_row(drag: Drag) -> None:
    rows = list(ADDRESS["rows"])
    rows[int(drag.name)] = (drag.x, drag.y, rows[int(drag.name)][2])
    ADDRESS.set("rows", tuple(rows))


def _show(**choices: object) -> None:
    """Show a run of our own choosing from its end: what a note speaks of."""
    ADDRESS.reset(("rate", "order", "seed", "model", "updates", "rows", "branches", "line"))
    for name, value in choices.items():
        ADDRESS.set(name, value)
    PLAYER.go(int(ADDRESS["updates"]))


def show() -> None:
    """Show the page: its frame and what is in it."""
    frame.show(PAGE, ADDRESS, draw, LESSON, worksheet, ON_PAPER)
