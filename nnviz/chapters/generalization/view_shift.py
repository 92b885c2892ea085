"""The world moves: the test rows are dragged as one over a network that does not know of it."""

from functools import partial
from typing import Final

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nnviz.chapters.generalization import asking, choices, controls, notes, studies
from nnviz.chapters.generalization import words as sentences
from nnviz.chapters.generalization.choices import ADDRESS, FARTHEST, PAGE
from nnviz.chapters.generalization.distribution_shift import HOME, World, moved, right
from nnviz.chapters.generalization.figure_shift import FARTHEST as MOST
from nnviz.chapters.generalization.figure_shift import SNAP, middle, shift_picture
from nnviz.chapters.generalization.prediction_map import on_the_plane, plane_around
from nnviz.chapters.generalization.questions import shift_question
from nnviz.chapters.generalization.script import shift_snippet
from nnviz.chapters.generalization.shift import shifted
from nnviz.chart.chart import chart
from nnviz.chart.gestures import Drag, Handle
from nnviz.chart.theme import INK
from nnviz.site import frame
from nnviz.site.parts import code, formulas, parts
from nnviz.site.predict_first import predict_first
from nnviz.site.table import Shown, table
from nnviz.text.digits import digits, latex
from nnviz.training.learning_curve import learn

_ASKED: Final = 2.0  # how far along each axis the world moves in a question


def shift_view(top: DeltaGenerator) -> bool:
    """Show the moved world; return whether runs are still to be made."""
    if not frame.hidden("controls"):
        with top:
            _forget()
        controls.rows_and_runs(repeats=False, more=_buttons)
    world = _world()
    plane = plane_around(world.home.sample, FARTHEST, 1.45)
    seen = on_the_plane(world.plan, world.parameters, plane, world.test)
    questions = [shift_question(world, step) for step in _steps(world)]
    secret = asking.asked(questions)
    chart(
        shift_picture(seen, world, secret=secret),
        key="generalization_shift",
        words=sentences.moved_and_asked(world) if secret else sentences.moved(world),
        hint="Drag the handle, or move it with the arrow keys: all test rows move with it. The "
        "filled rows are those that the network learned.",
        handles=[_handle(world)],
        on_drag=_drag,
    )
    parts(
        ADDRESS,
        {
            "numbers": lambda: _numbers(world),
            "code": lambda: code(
                [shifted, moved, right, learn],
                shift_snippet(world.home, choices.n_epochs(), world.learned_at, world.by),
            ),
            "predict": lambda: predict_first(
                PAGE,
                questions,
                then=("Move the world there", partial(_go, world)),
            ),
            "tutorial": notes.tutorial,
        },
    )
    return notes.coming()


def _world() -> World:
    home, epochs = choices.plan(), choices.n_epochs()
    learned_at = (float(ADDRESS["learned"][0]), float(ADDRESS["learned"][1]))
    by = (float(ADDRESS["moved"][0]), float(ADDRESS["moved"][1]))
    return World(
        home,
        by,
        learned_at,
        studies.at_end(moved(home, learned_at), epochs),
        studies.at_end(home, epochs),
    )


def _handle(world: World) -> Handle:
    x, y = middle(world)
    return Handle(
        name="world",
        label="The middle of the test rows",
        text="drag the world",
        symbol="diamond",
        x=x + world.by[0],
        y=y + world.by[1],
        low=(x - FARTHEST, y - FARTHEST),
        high=(x + FARTHEST, y + FARTHEST),
        snap=SNAP,
        stride=0.25,
        colour=INK,
    )


def _drag(drag: Drag) -> None:
    x, y = middle(_world())
    by = (round(drag.x - x, 2), round(drag.y - y, 2))
    ADDRESS.set("moved", tuple(min(max(part, -FARTHEST), FARTHEST) for part in by))


def _buttons() -> None:
    st.button(
        "Retrain on the moved world",
        key=f"{PAGE}.retrain",
        on_click=lambda: ADDRESS.set("learned", ADDRESS["moved"]),
        disabled=ADDRESS["learned"] == ADDRESS["moved"],
        type="primary",
        help="Trains again, from the same first weights, on the training rows of the moved world.",
    )
    st.button(
        "Back to where it was",
        key=f"{PAGE}.back",
        on_click=lambda: ADDRESS.set("moved", HOME),
        disabled=ADDRESS["moved"] == HOME,
        help="Moves the world back home. The network stays as it is.",
    )


def _forget() -> None:
    st.button(
        "Forget the retraining",
        key=f"{PAGE}.forget",
        on_click=lambda: ADDRESS.set("learned", HOME),
        disabled=ADDRESS["learned"] == HOME,
        help="Takes the network that learned at home again.",
    )


def _steps(world: World) -> list[tuple[float, float]]:
    """Return where the world may go in a question: to four sides, back home at first."""
    sides = [(-_ASKED, _ASKED), (_ASKED, _ASKED), (_ASKED, -_ASKED), (-_ASKED, -_ASKED)]
    steps = [*([HOME] if world.by != HOME else []), *sides]
    return [step for step in steps if step != world.by]


def _go(world: World) -> None:
    """Move the world to where the question has it, and look at what it does."""
    steps = _steps(world)
    ADDRESS.set("part", "numbers")
    ADDRESS.set("moved", steps[st.session_state.get(f"{PAGE}_turn", 0) % len(steps)])


def _numbers(world: World) -> None:
    rows: list[list[float | str | Shown | None]] = []
    for name, by in (("at home", HOME), ("where it is now", world.by)):
        n, n_first = world.n_right(by), world.n_first_right(by)
        rows.append(
            [name, by[0], by[1], Shown(n / world.n_rows, f"{n} of {world.n_rows}"),
             Shown(n_first / world.n_rows, f"{n_first} of {world.n_rows}")]
        )  # fmt: skip
    table(
        [
            "the world",
            "along x1",
            "along x2",
            "right, by\nthis network",
            "by the one that\nlearned at home",
        ],
        rows,
        label="Test rows that are right, at home and where the world is now",
    )
    way = world.way(MOST)
    x1, x2 = (latex(float(part), alone=True) for part in world.by)
    formulas(
        rf"x \mapsto x + \begin{{pmatrix}} {x1} \\ {x2} \end{{pmatrix}}",
        rf"\text{{accuracy}} = \frac{{{world.n_right()}}}{{{world.n_rows}}} = "
        rf"{latex(world.n_right() / world.n_rows)}",
    )
    least = int(np.argmin(way.accuracy))
    st.markdown(
        f"On this way the network is worst {digits(float(way.distances[least]), 3)} from home, "
        f"with {way.accuracy[least]:.0%} of the test rows right. {notes.recipe_told()}"
    )
