"""The controls of the training: learning rate, optimiser, batches, penalties, schedule, seed."""

import re
from typing import Final

import streamlit as st

from nnviz.chapters.deeper_networks.address import Chosen
from nnviz.chapters.deeper_networks.views.widgets import seed_input, select, slider
from nnviz.chart.slider import logarithmic_values, rate_slider
from nnviz.nn.optimizers import OPTIMIZERS, Optimizer
from nnviz.nn.schedules import SCHEDULES
from nnviz.site.folded import folded
from nnviz.text.digits import digits, percent
from nnviz.training.plan import Plan

RATES: Final = logarithmic_values(-4, 1)
RATE_MARKS: Final = (0.0001, 0.01, 0.1, 1, 10)
PENALTIES: Final = (0.0, *(float(f"{m}e{e}") for e in range(-5, 0) for m in (1, 2, 5)), 1.0)
BATCHES: Final = (1, 2, 5, 8, 10, 16, 20, 32, 50, 64, 100, 128, 256, 1000, 50_000)
PERIODS: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
PATIENCES: Final = (0, 5, 10, 20, 50, 100, 200, 500, 1000)

_SLIDING: Final = "deeper_sliding"


def sliding() -> bool:
    """Return whether the slider is held, so that the next picture comes soon."""
    return bool(st.session_state.pop(_SLIDING, False))


def rate_control(chosen: Chosen) -> None:
    """Show the slider of the learning rate."""
    begin = chosen.acts_from

    def slide(rate: float, done: bool) -> None:
        st.session_state[_SLIDING] = not done
        chosen.take({"rate": rate})

    rate_slider(
        f"Rate from {begin:,} on" if begin else "Learning rate",
        chosen.settings.rate,
        key="deeper_rate",
        values=RATES,
        marks=RATE_MARKS,
        on_slide=slide,
    )


def training_controls(chosen: Chosen, plan: Plan) -> None:
    """Show a button that says how the network is trained, and the controls behind it."""
    folded(_words(chosen, plan), lambda: _settings(chosen, plan), key="deeper_training", help=_HELP)


def _settings(chosen: Chosen, plan: Plan) -> None:
    select(
        chosen, "optimizer", "Optimiser", tuple(OPTIMIZERS),
        shown=lambda name: OPTIMIZERS[name].title,
    )  # fmt: skip
    optimizer = OPTIMIZERS[chosen.settings.optimizer]
    st.caption(f"{optimizer.words} An update takes off  \n${optimizer.formula}$")
    st.caption(_letters(optimizer))
    n_train = len(plan.split.train)
    # One of the sizes that mean all rows: Streamlit tells options apart by their words.
    every = chosen.settings.batch if chosen.settings.batch >= n_train else 50_000
    slider(
        chosen, "batch", "Batch size", [size for size in BATCHES if size < n_train] + [every],
        _BATCH_HELP, shown=lambda size: f"all {n_train:,}" if size >= n_train else f"{size:,}",
    )  # fmt: skip
    _penalties(chosen)
    _schedule(chosen)
    slider(
        chosen, "patience", "Early stopping", PATIENCES, _PATIENCE_HELP,
        shown=lambda epochs: f"after {epochs:,} epochs" if epochs else "off",
    )  # fmt: skip
    seed_input(chosen, "seed", "Seed", _SEED_HELP)


_HELP = "How the network is trained: optimiser, batches, penalties, schedule, early stopping, seed."
_BATCH_HELP = (
    "Rows of one update. Their gradients are averaged. 1 is what the tutorial does; all rows "
    "together go straight down the slope. The last batch of an epoch may be shorter: it is a "
    "batch of its own."
)
_PATIENCE_HELP = (
    "Ends the run when the loss of the held-out rows has not become lower for so many epochs. "
    "Those rows have then had a say: they are no longer a fair test."
)
_PENALTY_HELPS = (
    "Adds the sum of the sizes of all weights, so many times, to the loss: weights that are not "
    "needed go to 0.",
    "Adds half the sum of the squares of all weights, so many times, to the loss: no weight "
    "becomes large without need.",
)
_SEED_HELP = "Decides which rows are held out, the start of the weights and the order of the rows."


def _words(chosen: Chosen, plan: Plan) -> str:
    """Return the label of the button: the optimiser, and what is unusual or the batch size."""
    settings = chosen.settings
    strengths = (("L1", settings.l1), ("L2", settings.l2), ("dropout", settings.dropout))
    unusual = [f"{label} {digits(value, 2)}" for label, value in strengths if value]
    unusual += [settings.schedule] if settings.schedule != "constant" else []
    unusual += ["early stop"] if settings.patience else []
    title = OPTIMIZERS[settings.optimizer].title
    if len(unusual) > 1:
        return f"{title} + {len(unusual)} more"
    return f"{title} · {unusual[0] if unusual else f'batch {plan.batch_size:,}'}"


def _penalties(chosen: Chosen) -> None:
    for column, name, help in zip(st.columns(2), ("l1", "l2"), _PENALTY_HELPS, strict=True):
        with column:
            slider(chosen, name, name.upper(), PENALTIES, help, shown=_shown)
    slider(
        chosen, "dropout", "Dropout", [k / 20 for k in range(15)],
        "Share of the hidden units that are left out, at random, of every update. When the "
        "network answers, all of them take part.", shown=lambda share: percent(share)[0],
    )  # fmt: skip


def _shown(strength: float) -> str:
    return digits(strength, 2) if strength else "off"


def _schedule(chosen: Chosen) -> None:
    left, right = st.columns(2)
    with left:
        select(chosen, "schedule", "Learning-rate schedule", tuple(SCHEDULES))
    settings = chosen.settings
    if settings.schedule != "constant":
        with right:
            slider(chosen, "period", "Epochs", PERIODS)
    st.caption(SCHEDULES[settings.schedule].words.format(n=f"{settings.period:,}"))


def _letters(optimizer: Optimizer) -> str:
    # What the formula's letters stand for, of those that are in it.
    meanings = {
        r"\eta": "the learning rate",
        "g": "the gradient of the batch",
        "v": "remembered: the way it rolls",
        "s": "remembered: how large the gradients were",
        "t": "the number of the update",
    }
    there = set(re.findall(r"\\?[a-z]+", optimizer.formula))
    return "; ".join(f"${each}$: {said}" for each, said in meanings.items() if each in there) + "."
