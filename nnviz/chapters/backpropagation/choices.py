"""What a person chooses on the page "Backpropagation", and how a walk goes on."""

from typing import Final

import streamlit as st

from nnviz.chapters.backpropagation.parameters import MOST_UPDATES, PARAMETERS
from nnviz.chapters.backpropagation.walks import chosen_walk
from nnviz.chart.gestures import Click
from nnviz.site.address import Address
from nnviz.site.few_rows import LIMIT
from nnviz.site.parts import PART
from nnviz.site.player import Player
from nnviz.walkthrough.walk import Place, RowUpdate

PAGE: Final = "backpropagation"
CHART: Final = "backpropagation_chart"
ADDRESS: Final = Address(PAGE, [*PARAMETERS, PART])

PLAYER: Final = Player(ADDRESS, CHART, "at")
NOTE: Final = f"{PAGE}_note"


def catch_up() -> None:
    """Take in a report that a button's callback has overtaken."""
    PLAYER.catch_up(chosen_walk(ADDRESS).last)


def place() -> Place:
    """Return where the person stands."""
    walk = chosen_walk(ADDRESS)
    return walk.place(min(ADDRESS["at"], walk.last))


def pick_row(row: int) -> None:
    """Let this update learn from another row; those after it stay, and follow from it."""
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
    at = place()
    taken = ADDRESS["taken"]
    changed = (RowUpdate(item.row, rate) for item in taken[at.update :])
    ADDRESS.set("taken", (*taken[: at.update], *changed))


def next_row() -> None:
    """Take the next row with the updated parameters; a row that was taken already is gone to."""
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
    """Forget the updates after this one."""
    catch_up()
    ADDRESS.set("taken", ADDRESS["taken"][: place().update + 1])


def start_again() -> None:
    """Go back to before the first step; the rows taken stay."""
    PLAYER.go(0)


def key_pressed(key: str) -> None:
    """Answer the keys 1 to 9, which pick a row, and N, which takes the next one."""
    if key.isdigit():
        pick_row(int(key) - 1)
    else:
        next_row()


def clicked(click: Click) -> None:
    """Read the box or the arrow that was clicked."""
    ADDRESS.set("read", click.item)


def set_parameter(index: int, value: float) -> None:
    """Start the walk with another value of one parameter."""
    parameters = list(chosen_walk(ADDRESS).start.parameters)
    parameters[index] = value
    ADDRESS.set("start", tuple(parameters))


def begin_here() -> None:
    """Begin a new walk with the parameters that this update starts from."""
    catch_up()
    walk, at = chosen_walk(ADDRESS), place()
    taken = ADDRESS["taken"]
    parameters = tuple(walk.traces[at.update].network.parameters().tolist())
    if max(map(abs, parameters)) > LIMIT:
        _note(f"A walk can begin with parameters up to {LIMIT:g}; here one of them is larger.")
        return
    ADDRESS.set("start", parameters)
    ADDRESS.set("taken", (taken[at.update],))
    PLAYER.go(at.index)


def _note(text: str) -> None:
    # A callback cannot show anything itself.
    st.session_state[NOTE] = text


def new_network() -> None:
    """Begin a walk with another network; rows stay."""
    new_start()
    new_steps()


def new_start() -> None:
    """Go back to the parameters that the network starts with by itself."""
    ADDRESS.set("start", ())
    PLAYER.go(0)


def new_steps() -> None:
    """Begin the walk again where its steps are others now."""
    ADDRESS.set("read", "")
    PLAYER.go(0)


def new_features() -> None:
    """Let the network have other inputs; none at all is not possible, so the last one stays."""
    names = tuple(st.session_state[f"{PAGE}.pick_features"])
    if names:
        ADDRESS.set("features", names)
        new_network()
    else:
        _note("A network needs at least one input. It keeps the ones it had.")


def new_hidden() -> None:
    """Let the network have other hidden layers."""
    n_hidden = st.session_state[f"{PAGE}.n_hidden"]
    before = ADDRESS["hidden"]
    sizes = tuple(
        st.session_state.get(f"{PAGE}.units_{layer}", before[layer] if layer < len(before) else 2)
        for layer in range(n_hidden)
    )
    ADDRESS.set("hidden", sizes)
    new_network()


def reset() -> None:
    """Go back to the defaults of everything."""
    ADDRESS.reset()
    PLAYER.go(0)


def forget_missing_rows() -> None:
    """Let updates whose row is gone learn from row 1."""
    n_rows = len(ADDRESS["rows"])
    if any(item.row >= n_rows for item in ADDRESS["taken"]):
        _note("Some updates had taken rows that are gone. They learn from row 1 now.")
    ADDRESS.set(
        "taken",
        tuple(
            item if item.row < n_rows else RowUpdate(0, item.learning_rate)
            for item in ADDRESS["taken"]
        ),
    )
