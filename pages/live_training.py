"""Live training: train one neuron on the eight rows, scrub through its run, see why it sticks."""

import streamlit as st

from nnviz.figures import theme
from nnviz.figures.live_training import X_RANGE, Y_RANGE, live_training_picture
from nnviz.sentences.digits import digits
from nnviz.sentences.training import moment
from nnviz.ui import frame, recorded, run_details, run_rows
from nnviz.ui.address import Address
from nnviz.ui.chart import Clock, chart, last_report
from nnviz.ui.gestures import Click, Drag, Handle
from nnviz.ui.parameters import Numbers, Switch, Whole
from nnviz.ui.parts import PART_OF_A_RUN, parts
from nnviz.ui.rate_slider import rate_slider
from nnviz.ui.run_parameters import (
    MODELS,
    MOST_CHANGES,
    RATE_MARKS,
    RATES,
    UPDATES,
    Changes,
    changes_within,
    run_config,
    run_parameters,
)

ADDRESS = Address(
    "live_training",
    [
        *run_parameters(X_RANGE, Y_RANGE),
        Whole("step", 0, 0, int(UPDATES[-1])),
        Numbers("probe", (), -100, 100, count=2),
        Switch("edit"),
        PART_OF_A_RUN,
    ],
)
CHART = "live_training_chart"
ORDER = "live_training_order"
LEFT = "live_training_left"  # the last report from a step that the page has left
SLIDING = "live_training_sliding"
NOTE = "live_training_note"


def lesson() -> None:
    """Draw the page."""
    if not frame.hidden("controls"):
        _controls()
    config = run_config(ADDRESS)
    run, measures = recorded.recorded(config), recorded.measured(config)
    if ADDRESS["step"] > run.last_step:
        ADDRESS.set("step", run.last_step)
    step, probe = ADDRESS["step"], _probe()
    # While the slider moves, the next picture comes at once: every hundredth update will do.
    # The mark holds for one rerun: the last message of a drag may get lost.
    stride = 100 if st.session_state.pop(SLIDING, False) else 1
    seen = recorded.seen(config, stride)
    picture = live_training_picture(seen, measures, probe=probe, rows_are_handles=ADDRESS["edit"])
    chart(
        picture,
        key=CHART,
        words=moment(run, step, measures),
        hint=_hint(),
        handles=_handles() if ADDRESS["edit"] else (),
        on_drag=_move_row,
        clicks=("xy",),
        on_click=_ask,
        clock=Clock(step, f"{ADDRESS.filled}.{st.session_state.get(ORDER, 0)}", "Train"),
        on_position=_arrive,
        packed=recorded.packed(config, stride, probe),
    )
    if not frame.hidden("controls"):
        _rate_changes()
    if ADDRESS["edit"]:
        run_rows.editor(ADDRESS, X_RANGE, Y_RANGE)
    parts(
        ADDRESS,
        {
            "numbers": lambda: run_details.numbers(run, step, measures),
            "code": lambda: run_details.code_of(run, step),
            "predict": lambda: run_details.predict("live_training", run, step, _go),
            "jumps": lambda: run_details.jump_list(config, _go),
            "tutorial": lambda: run_details.tutorial(run, measures, _show),
        },
    )


def _controls() -> None:
    slider, rest = st.columns([0.36, 0.64], vertical_alignment="bottom")
    with slider:
        _rate()
    with rest, st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.selectbox("Model", list(MODELS), key=ADDRESS.key("model"), help=_MODEL_HELP, width=160)
        st.number_input(
            "Seed", 0, 2**32 - 1, key=ADDRESS.key("seed"), help=_SEED_HELP, width=150
        )  # fmt: skip
        st.selectbox("Updates", UPDATES, key=ADDRESS.key("updates"), width=105)
        st.toggle("Edit rows", key=ADDRESS.key("edit"))


_SEED_HELP = (
    "Decides the random start and the order of the rows. The same seed in NumPy gives the "
    "tutorial's own code the same run."
)
_MODEL_HELP = (
    "neuron: the tutorial's, with x1 and x2.  \n"
    "sin x1: the same neuron with one more input.  \n"
    "hidden layer: 4 tanh units before it, inputs standardised."
)


def _rate() -> None:
    changes = changes_within(ADDRESS)
    label = f"Learning rate from update {changes[-1][0]:,} on" if changes else "Learning rate"
    rate_slider(
        label,
        changes[-1][1] if changes else ADDRESS["rate"],
        key="live_training_rate",
        values=RATES,
        marks=RATE_MARKS,
        on_slide=_slide,
    )


def _slide(rate: float, done: bool) -> None:
    st.session_state[SLIDING] = not done
    changes = changes_within(ADDRESS)
    if changes:
        _replace_changes((*changes[:-1], (changes[-1][0], rate)))
    else:
        ADDRESS.set("rate", rate)


def _replace_changes(changes: Changes) -> None:
    """Put others in the place of those within the run; what lies beyond its end stays."""
    beyond = ADDRESS["changes"][len(changes_within(ADDRESS)) :]
    ADDRESS.set("changes", (*changes, *beyond))


def _rate_changes() -> None:
    changes, note = changes_within(ADDRESS), st.session_state.pop(NOTE, None)
    if note:
        st.toast(note)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Change the rate from here on",
            on_click=_branch,
            help="The run up to this update stays as it is. The slider then sets the rate of "
            "what follows.",
        )
        if changes:
            st.button("Take back the last change", on_click=_unbranch)
            told = [f"{digits(ADDRESS['rate'])} at first"]
            told += [f"{digits(rate)} from update {at:,}" for at, rate in changes]
            st.caption(f"Rates: {', '.join(told)}.")


def _branch() -> None:
    report = last_report(CHART)
    if report is not None and report != st.session_state.get(LEFT):
        _arrive(min(max(report[0], 0), int(ADDRESS["updates"])))
    step, changes = ADDRESS["step"], changes_within(ADDRESS)
    last = changes[-1][0] if changes else 0
    if step <= last:
        _note(f"Go on beyond update {last:,} first: up to there the rate is set already.")
    elif step >= int(ADDRESS["updates"]):
        _note("This is the end of the run. Go back a little first.")
    elif len(ADDRESS["changes"]) >= MOST_CHANGES:
        _note(f"{MOST_CHANGES} changes are as many as a link can hold. Take one back first.")
    else:
        rate = changes[-1][1] if changes else ADDRESS["rate"]
        _replace_changes((*changes, (step, rate)))


def _note(text: str) -> None:
    # A callback cannot show anything itself.
    st.session_state[NOTE] = text


def _unbranch() -> None:
    _replace_changes(changes_within(ADDRESS)[:-1])


def _hint() -> str:
    if ADDRESS["edit"]:
        return "Drag a row to another place, or change the table below. The run follows."
    return (
        "Press Train. The ground shows the answer, orange 0 to blue 1; the line is 0.5, the ring "
        "is the row just used. Click anywhere to ask for an answer there."
    )


def _probe() -> tuple[float, float] | None:
    probe = ADDRESS["probe"]
    return (probe[0], probe[1]) if len(probe) == 2 else None


def _ask(click: Click) -> None:
    ADDRESS.set("probe", (round(click.x, 2), round(click.y, 2)))


def _handles() -> list[Handle]:
    return [
        Handle(
            name=str(i),
            label=f"Row {i + 1}, target {target}",
            text=str(i + 1),
            x=x1,
            y=x2,
            low=(X_RANGE[0], Y_RANGE[0]),
            high=(X_RANGE[1], Y_RANGE[1]),
            snap=0.05,
            live=False,
            colour=theme.CLASS_COLOURS[target],
            symbol=theme.CLASS_SYMBOLS[target],
        )
        for i, (x1, x2, target) in enumerate(ADDRESS["rows"])
    ]


def _move_row(drag: Drag) -> None:
    rows = list(ADDRESS["rows"])
    rows[int(drag.name)] = (drag.x, drag.y, rows[int(drag.name)][2])
    ADDRESS.set("rows", tuple(rows))


def _arrive(step: int) -> None:
    ADDRESS.set("step", step)


def _go(step: int) -> None:
    """Send the player to a step; it obeys each new order once."""
    ADDRESS.set("step", step)
    st.session_state[LEFT] = last_report(CHART)
    st.session_state[ORDER] = st.session_state.get(ORDER, 0) + 1


def _show(**choices: object) -> None:
    """Show a run of our own choosing from its end: what a note speaks of."""
    ADDRESS.reset(("rate", "changes", "seed", "model", "updates", "rows"))
    for name, value in choices.items():
        ADDRESS.set(name, value)
    _go(int(ADDRESS["updates"]))


frame.show("live_training", ADDRESS, lesson)
