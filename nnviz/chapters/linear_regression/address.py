"""What a person chooses on the page "Linear regression", and the rows and trainings of that."""

import math
from types import MappingProxyType
from typing import Final

import streamlit as st

from nnviz.chapters.linear_regression.descent import LARGEST_START, regression_plan
from nnviz.chapters.linear_regression.houses import (
    FEWEST_ROWS,
    MOST_NOISE,
    MOST_ROWS,
    TRUTH,
    houses,
)
from nnviz.data import sample_text
from nnviz.data.sample import Sample, evenly_chosen
from nnviz.nn.checks import FloatArray
from nnviz.nn.rng import LARGEST_SEED
from nnviz.site.address import Address
from nnviz.site.parameters import Choice, Custom, Number, Switch, Whole
from nnviz.site.player import Player
from nnviz.training.plan import Plan

PAGE: Final = "linear_regression"
CHART: Final = "linear_regression_descent"
VIEWS: Final = MappingProxyType(
    {"line": "One line", "hand": "A plane", "descent": "Gradient descent"}
)
UPDATES: Final = ("50", "200", "1000", "5000", "20000")
MOST_OWN_ROWS: Final = 500
"""More rows of a file are thinned out evenly, so that every slider is answered at once."""

HOUSES, OWN = "houses", "own"
FIRST, SECOND = "x1", "x2"
HAND: Final = ("w1", "w2", "b")
START: Final = (1.0, 0.0, 200.0)
"""A plane that is plainly wrong: weights and bias, in thousand €."""

NOTE: Final = f"{PAGE}_note"
"""What there is to say about the rows that were loaded, once."""

_FILE: Final = "file"


def _read_sample(text: str) -> Sample | None:
    if text == _FILE:
        raise ValueError(
            "these rows were too many for a link: choose Data, Own rows, and load the file again"
        )
    sample = sample_text.decode(text) if text else None
    if sample is not None and sample.classes:
        raise ValueError("its target is a class, and a plane tells a number")
    if sample is not None and sample.X.shape[1] < 2:
        raise ValueError("it has one column, and a plane is over two")
    return None if sample is None else thinned(sample)


def _write_sample(sample: Sample | None) -> str:
    if sample is None:
        return ""
    return sample_text.encode(sample) or _FILE


def thinned(sample: Sample) -> Sample:
    """Return the sample, or 500 rows of it, evenly chosen."""
    if sample.n_rows <= MOST_OWN_ROWS:
        return sample
    rows = evenly_chosen(sample.n_rows, MOST_OWN_ROWS)
    return Sample(sample.X[rows], sample.y[rows], sample.columns, (), sample.target)


ADDRESS: Final = Address(
    PAGE,
    [
        Choice("view", "hand", tuple(VIEWS)),
        Choice("data", HOUSES, (HOUSES, OWN)),
        Custom("own", None, _read_sample, _write_sample),
        Whole("rows", 20, FEWEST_ROWS, MOST_ROWS),
        Number("noise", TRUTH.noise, 0.0, MOST_NOISE),
        Whole("seed", 0, 0, LARGEST_SEED),
        Choice("over", FIRST, (FIRST, SECOND)),
        *(
            Number(name, start, -LARGEST_START, LARGEST_START)
            for name, start in zip(HAND, START, strict=True)
        ),
        Switch("answer"),
        Switch("scale", True),
        Number("rate", 0.1, 0.0, 100.0),
        Choice("updates", "200", UPDATES),
        Whole("step", 0, 0, int(UPDATES[-1])),
        Whole("turn", 0, 0, 350),
        Choice("part", "numbers", ("numbers", "solid", "code", "export", "predict", "tutorial")),
    ],
)
PLAYER: Final = Player(ADDRESS, CHART)


def sample() -> Sample:
    """Return the rows on the screen."""
    if is_made_up():
        return houses(ADDRESS["rows"], ADDRESS["noise"], ADDRESS["seed"])
    own: Sample = ADDRESS["own"]
    return own


def is_made_up() -> bool:
    """Return whether the rows are the made-up houses."""
    return ADDRESS["data"] == HOUSES or ADDRESS["own"] is None


def by_hand() -> tuple[float, float, float]:
    """Return the weights and the bias that were set by hand."""
    w1, w2, b = (float(ADDRESS[name]) for name in HAND)
    return w1, w2, b


def plan(of: Sample) -> Plan:
    """Return the training plan that is chosen."""
    return regression_plan(of, ADDRESS["rate"], standardise=ADDRESS["scale"])


def put(values: FloatArray | tuple[float, ...]) -> None:
    """Move the plane by hand; gradient descent then starts from there."""
    for name, value in zip(HAND, values, strict=True):
        ADDRESS.set(name, float(min(max(value, -LARGEST_START), LARGEST_START)))
    PLAYER.go(0)


def flat(of: Sample) -> tuple[float, float, float]:
    """Return the flat plane at the mean of the target, with few digits."""
    mean = float(of.y.mean())
    places = 2 - math.floor(math.log10(abs(mean))) if mean else 0
    return 0.0, 0.0, round(mean, places)


def use_own(rows: Sample, note: str) -> None:
    """Use a person's own rows, unless no plane can be fitted to them; a note says so."""
    kept = thinned(rows)
    if rows.classes:
        note = (
            f"“{rows.target}” is read as a class, and a plane tells a number: choose a column of "
            "numbers as the target, or read it as a number. The rows stay as they were."
        )
    elif rows.X.shape[1] < 2:
        note = (
            f"Besides “{rows.target}” there is only “{rows.columns[0]}”, and a plane is over two "
            "columns: choose another one. The page Deeper networks takes one alone. The rows stay "
            "as they were."
        )
    else:
        if kept.n_rows < rows.n_rows:
            note = f"{note} {kept.n_rows} of them, evenly chosen, are used here."
        if rows.X.shape[1] > 2:
            note = f"{note} The plane is over {rows.columns[0]} and {rows.columns[1]}."
        ADDRESS.choose(own=kept, data=OWN)
        put(flat(kept))
    st.session_state[NOTE] = note


def catch_up() -> None:
    """Store the step of the player before a choice that counts from there changes."""
    PLAYER.catch_up(int(ADDRESS["updates"]))
