"""What a person chooses on Compare runs: its address, its controls, and what they stand for."""

from functools import partial
from types import MappingProxyType
from typing import Any, Final

import streamlit as st

from nnviz.chapters.compare_runs.sweep import MOST_RATES, MOST_RUNS, MOST_SEEDS, Sweep, spaced_rates
from nnviz.chart.slider import logarithmic_values, rate_slider
from nnviz.data.tutorial import eight_rows
from nnviz.site.address import Address
from nnviz.site.model_chooser import model_chooser
from nnviz.site.parameters import Choice, Custom, Number, Whole
from nnviz.site.parts import PART
from nnviz.text.digits import told_apart
from nnviz.training.model import Model
from nnviz.training.timeline import Timeline

PAGE: Final = "compare_runs"

_LOWEST, _HIGHEST = 0.001, 10.0  # what Live training can show
_RATES: Final = logarithmic_values(-3, 1)
_LARGEST_SEED: Final = 2**32 - 1
_LAST_FIRST: Final = _LARGEST_SEED - MOST_SEEDS + 1
_JUDGED: Final = MappingProxyType({"noted": "the last note", "end": "the very end"})

ADDRESS: Final = Address(
    PAGE,
    [
        Number("low", _LOWEST, _LOWEST, _HIGHEST),
        Number("high", _HIGHEST, _LOWEST, _HIGHEST),
        Whole("rates", 9, 1, MOST_RATES),
        Whole("first", 0, 0, _LAST_FIRST),
        Whole("seeds", 50, 1, MOST_SEEDS),
        Custom("model", Model(), Model.parse, lambda model: model.text),
        Choice("updates", "10000", ("1000", "10000")),
        Choice("judge", "noted", tuple(_JUDGED)),
        Number("rate", 0.1, _LOWEST, _HIGHEST),
        Whole("seed", 0, 0, _LARGEST_SEED),
        PART,
    ],
)


def chosen() -> tuple[Sweep, tuple[str, ...]]:
    """Return the sweep nearest to what is chosen, and in sentences where it is not the same."""
    notes = []
    low, high, n_rates = ADDRESS["low"], ADDRESS["high"], ADDRESS["rates"]
    least, most = told_apart(low, high)
    if low > high:
        notes.append(
            f"The rates are to go from {least} to {most}, and that is downwards. They are taken "
            f"from {most} to {least}."
        )
        low, high, least, most = high, low, most, least
    rates = spaced_rates(low, high, n_rates)
    if len(rates) < n_rates:
        notes.append(
            f"From {least} to {most} there are no {n_rates} different rates. {len(rates)} will do."
        )
    n_seeds = min(ADDRESS["seeds"], MOST_RUNS // len(rates))
    if n_seeds < ADDRESS["seeds"]:
        notes.append(
            f"{len(rates)} rates and {ADDRESS['seeds']} seeds are "
            f"{len(rates) * ADDRESS['seeds']:,} runs, and {MOST_RUNS:,} are the most at once. "
            f"Only the first {n_seeds} seeds are taken."
        )
    steps = int(ADDRESS["updates"])
    base = Timeline.of(ADDRESS["model"].plan(eight_rows()), steps, record_every=steps // 100)
    sweep = Sweep(base, rates, ADDRESS["first"], n_seeds, at_end=ADDRESS["judge"] == "end")
    return sweep, tuple(notes)


def looked_at(sweep: Sweep) -> tuple[int, int]:
    """Return the indices of the rate and of the seed that are looked at; the nearest there are."""
    rates = sweep.learning_rates
    rate = min(range(len(rates)), key=lambda i: abs(rates[i] - ADDRESS["rate"]))
    seed = min(max(ADDRESS["seed"], sweep.seeds.start), sweep.seeds.stop - 1)
    ADDRESS.set("rate", rates[rate])
    ADDRESS.set("seed", seed)
    return rate, seed - sweep.first_seed


def live_training_address(sweep: Sweep, rate: int, seed: int) -> dict[str, str]:
    """Return the address that opens a run in Live training, at the step where it is judged."""
    return {
        "lesson": "live_training.1",
        "rate": repr(sweep.learning_rates[rate]),
        "seed": str(sweep.seeds[seed]),
        "model": Model.of(sweep.base.plan).text,
        "updates": str(sweep.base.steps),
        "step": str(sweep.judged_step),
    }


def with_more_seeds(n_seeds: int) -> None:
    """Choose so many seeds, from the first one on; the run that is looked at stays."""
    ADDRESS.set("first", 0)
    ADDRESS.set("seeds", n_seeds)


def one_rate() -> None:
    """Show a slider of the one rate that all runs have."""

    def slide(rate: float, _: bool) -> None:
        for name in ("low", "high", "rate"):
            ADDRESS.set(name, rate)

    rate_slider(
        "Learning rate",
        ADDRESS["rate"],
        key=f"{PAGE}_rate",
        values=_RATES,
        marks=(0.001, 0.01, 0.1, 1, 10),
        on_slide=slide,
    )


def seed_chooser(sweep: Sweep) -> None:
    """Show the list of the seeds, for the run that stands out."""
    st.selectbox("Seed that stands out", sweep.seeds, key=ADDRESS.key("seed"), width=170)


def presets() -> None:
    """Show a button for each of two sweeps that are worth a look."""
    tutorial = {"low": 0.1, "high": 0.1, "rates": 1, "seeds": MOST_SEEDS}
    st.button(
        f"The tutorial's run, {MOST_SEEDS} seeds",
        on_click=partial(_choose, **tutorial),
        help="One neuron at rate 0.1, 10,000 updates, and nothing but the seed differs.",
    )
    st.button("9 rates × 50 seeds", on_click=_choose, help="From rate 0.001 to rate 10.")


def controls() -> None:
    """Show what the runs are made of."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        for name, label, width in (("low", "Rates from", 92), ("high", "to", 80)):
            st.number_input(
                label, _LOWEST, _HIGHEST, format="%g", step=0.01, key=ADDRESS.key(name), width=width
            )
        st.number_input("How many rates", 1, MOST_RATES, key=ADDRESS.key("rates"), width=115)
        st.number_input("First seed", 0, _LAST_FIRST, key=ADDRESS.key("first"), width=85)
        st.number_input("How many seeds", 1, MOST_SEEDS, key=ADDRESS.key("seeds"), width=132)
        st.selectbox("Updates", ("1000", "10000"), key=ADDRESS.key("updates"), width=98)
        st.selectbox(
            "Error at",
            list(_JUDGED),
            format_func=_JUDGED.__getitem__,
            key=ADDRESS.key("judge"),
            width=150,
            help="The tutorial notes the error after update 1, 101, 201 and so on. Of its 10,000 "
            "updates the last 99 come after its last note.",
        )
        model_chooser(ADDRESS["model"], PAGE, partial(ADDRESS.set, "model"), name=f"{PAGE}_model")


def _choose(**choices: Any) -> None:
    """Choose a sweep; what is open below the picture stays open."""
    ADDRESS.reset([name for name in ADDRESS.parameters if name != "part"])
    for name, value in choices.items():
        ADDRESS.set(name, value)
