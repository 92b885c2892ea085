"""The controls of a walk: network, row, learning rate, next row, and what each of them changes."""

from types import MappingProxyType
from typing import Final

import streamlit as st

from nnviz.chapters.backpropagation.address import (
    ADDRESS,
    ENDS,
    MOST_INPUTS,
    MOST_LAYERS,
    MOST_UNITS,
    MOST_UPDATES,
    NETWORKS,
    PAGE,
    PLAYER,
    RATES,
    chosen_walk,
    taken_rows,
)
from nnviz.chart.slider import rate_slider
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.inputs import FEATURES
from nnviz.site import frame, lesson
from nnviz.site.folded import folded
from nnviz.site.rows import few_rows
from nnviz.site.rows.few_rows import LIMIT
from nnviz.text.digits import digits
from nnviz.walkthrough.walk import BackpropWalk, Place, RowUpdate

NOTE: Final = f"{PAGE}_note"

KEYS: Final = (*"123456789", "n", "N")
MARKS: Final = "Green is learnt, red is a derivative."
HINT: Final = (
    f"Step with ← and →. Keys 1–9 pick the row, N takes the next. {MARKS} Click any box or arrow "
    "to read it."
)
_TITLES: Final = MappingProxyType({"neuron": "Tutorial’s neuron", "own": "Your own"})


def catch_up() -> None:
    """Store a report of the player that a button's callback has overtaken."""
    PLAYER.catch_up(chosen_walk(ADDRESS).last)


def place() -> Place:
    """Return the place in the walk that is on the screen."""
    walk = chosen_walk(ADDRESS)
    return walk.place(min(ADDRESS["at"], walk.last))


def pick_row(row: int) -> None:
    """Let this update learn from another row; later updates stay, and follow from it."""
    catch_up()
    if row >= len(ADDRESS["rows"]):
        _note(f"There is no row {row + 1}: there are {len(ADDRESS['rows'])}.")
        return
    at = place()
    taken = list(ADDRESS["taken"])
    taken[at.update] = RowUpdate(row, taken[at.update].learning_rate)
    ADDRESS.set("taken", tuple(taken))


def set_rate(rate: float, done: bool) -> None:
    """Choose the rate from this update on; those before it keep theirs."""
    catch_up()
    update, taken = place().update, ADDRESS["taken"]
    changed = (RowUpdate(item.row, rate) for item in taken[update:])
    ADDRESS.set("taken", (*taken[:update], *changed))


def next_row() -> None:
    """Take the next row with the updated parameters, or go to it if it was taken already."""
    catch_up()
    walk, at = chosen_walk(ADDRESS), place()
    n_steps = len(walk.steps)
    if at.update + 1 < len(walk.traces):
        PLAYER.go((at.update + 1) * n_steps)
    elif walk.stopped is not None:
        _note("The walk has ended: its numbers have become too large. Go back, or start again.")
    elif len(ADDRESS["taken"]) >= MOST_UPDATES:
        _note(
            f"{MOST_UPDATES} updates are as many as one link holds. "
            "The page Live training makes 10,000."
        )
    else:
        last = ADDRESS["taken"][-1]
        row = (last.row + 1) % len(ADDRESS["rows"])
        ADDRESS.set("taken", (*ADDRESS["taken"], RowUpdate(row, last.learning_rate)))
        PLAYER.go(len(walk.traces) * n_steps)


def drop_later() -> None:
    """Drop the updates after this one."""
    catch_up()
    ADDRESS.set("taken", ADDRESS["taken"][: place().update + 1])


def key_pressed(key: str) -> None:
    """Pick a row (keys 1 to 9), or take the next row (N)."""
    if key.isdigit():
        pick_row(int(key) - 1)
    else:
        next_row()


def set_parameter(index: int, value: float) -> None:
    """Start the walk with another value of one parameter."""
    parameters = list(chosen_walk(ADDRESS).start.parameters)
    parameters[index] = value
    ADDRESS.set("start", tuple(parameters))


def begin_here() -> None:
    """Start a new walk with the parameters that this update starts from."""
    catch_up()
    walk, at = chosen_walk(ADDRESS), place()
    parameters = tuple(walk.traces[at.update].network.parameters().tolist())
    if max(map(abs, parameters)) > LIMIT:
        _note(
            f"A walk can begin with parameters up to {digits(LIMIT)}; here one of them is larger."
        )
        return
    ADDRESS.set("start", parameters)
    ADDRESS.set("taken", (ADDRESS["taken"][at.update],))
    PLAYER.go(at.index)


def _note(text: str) -> None:
    # A callback cannot show anything itself.
    st.session_state[NOTE] = text


def new_network() -> None:
    """Start a walk with another network; rows stay."""
    new_start()
    new_steps()


def new_start() -> None:
    """Go back to the parameters that the network starts with by itself."""
    ADDRESS.set("start", ())
    PLAYER.go(0)


def new_steps() -> None:
    """Start the walk again, as its steps have changed."""
    ADDRESS.set("read", "")
    PLAYER.go(0)


def new_features() -> None:
    """Change the inputs of the network; without any, the old ones stay."""
    names = tuple(st.session_state[f"{PAGE}.pick_features"])
    if names:
        ADDRESS.set("features", names)
        new_network()
    else:
        _note("A network needs at least one input. It keeps the ones it had.")


def new_hidden() -> None:
    """Change the hidden layers of the network."""
    before = (*ADDRESS["hidden"], *[2] * MOST_LAYERS)
    sizes = (
        st.session_state.get(f"{PAGE}.units_{layer}", before[layer])
        for layer in range(st.session_state[f"{PAGE}.n_hidden"])
    )
    ADDRESS.set("hidden", tuple(sizes))
    new_network()


def reset() -> None:
    """Go back to the defaults of everything."""
    ADDRESS.reset()
    PLAYER.go(0)


def forget_missing_rows() -> None:
    """Let updates whose row was deleted learn from row 1."""
    taken = taken_rows(ADDRESS)
    if taken != ADDRESS["taken"]:
        _note("Some updates had taken rows that are gone. They learn from row 1 now.")
    ADDRESS.set("taken", taken)


def walk_controls(walk: BackpropWalk, at: Place) -> None:
    """Show the controls in one line, and what else can be set behind a button."""
    if note := st.session_state.pop(NOTE, None):
        st.toast(note)
    if lesson.shown() is not None:
        if not frame.hidden("rate"):
            _rate(walk, at)
        return
    slider, rest = st.columns([0.24, 0.76], vertical_alignment="bottom")
    with slider:
        _rate(walk, at)
    with rest, st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        _choices(walk, at)


def _rate(walk: BackpropWalk, at: Place) -> None:
    rate_slider(
        "Learning rate" if at.update == 0 else f"Rate from update {at.update + 1} on",
        walk.taken[at.update].learning_rate,
        key=f"{PAGE}_rate",
        values=RATES,
        marks=(0.001, 0.01, 0.1, 1, 10),
        on_slide=set_rate,
    )


def _choices(walk: BackpropWalk, at: Place) -> None:
    st.selectbox(
        "Network",
        NETWORKS,
        format_func=lambda name: _TITLES.get(name, name),
        key=ADDRESS.key("net"),
        width=172,
        on_change=new_network,
    )
    # The row belongs to the update that is seen, so it follows the player.
    row = walk.taken[at.update].row
    few_rows.pick(ADDRESS, f"Row of update {at.update + 1}", row, pick_row)
    st.button("Next row", on_click=next_row, help="Or press N.", type="primary")
    label = "Build it" if ADDRESS["net"] == "own" else "More"
    folded(label, lambda: _more(walk, at), key=f"{PAGE}_more")


def _more(walk: BackpropWalk, at: Place) -> None:
    if ADDRESS["net"] == "own":
        _own_network()
    if ADDRESS["net"] != "neuron":
        st.number_input(
            "Seed of the start", 0, 2**32 - 1, key=ADDRESS.key("seed"), on_change=new_start
        )
    st.selectbox(
        "Weighted sums",
        ("auto", "term by term", "at once"),
        key=ADDRESS.key("sums"),
        on_change=new_steps,
        help="auto: term by term for the neuron, at once for larger networks.",
    )
    few_rows.editor(ADDRESS, forget_missing_rows)
    if at.update + 1 < len(walk.traces):
        st.button("Forget the updates after this one", on_click=drop_later)
    if at.update:
        st.button("Begin a new walk with these parameters", on_click=begin_here)
    if ADDRESS["start"]:
        st.button("Back to the first parameters", on_click=new_start)
    st.button("Start again from the defaults", on_click=reset)


def _own_network() -> None:
    st.multiselect(
        "Inputs, made from x1 and x2",
        tuple(FEATURES),
        default=list(ADDRESS["features"]),
        key=f"{PAGE}.pick_features",
        max_selections=MOST_INPUTS,
        on_change=new_features,
    )
    st.selectbox(
        "Hidden layers",
        range(MOST_LAYERS + 1),
        index=len(ADDRESS["hidden"]),
        key=f"{PAGE}.n_hidden",
        on_change=new_hidden,
    )
    for layer, n_units in enumerate(ADDRESS["hidden"]):
        st.slider(
            f"Units in hidden layer {layer + 1}",
            1,
            MOST_UNITS,
            n_units,
            key=f"{PAGE}.units_{layer}",
            on_change=new_hidden,
        )
    st.selectbox("Activation of hidden layers", tuple(ACTIVATIONS), key=ADDRESS.key("activation"))
    st.selectbox(
        "Output",
        ENDS,
        key=ADDRESS.key("end"),
        help="The squared error is used unless another one is named.",
    )
