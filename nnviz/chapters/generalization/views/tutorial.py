"""The remarks of the tutorial on overfitting, beside runs that were counted."""

from typing import Any

import streamlit as st

from nnviz.chapters.generalization import address
from nnviz.chapters.generalization.address import ADDRESS
from nnviz.chapters.generalization.studies import (
    HYPERPARAMETERS,
    TEST_FRACTION,
    Memorisation,
    memorisation,
    memorisation_study,
    tanh_layers,
)
from nnviz.chapters.generalization.views import runs
from nnviz.data.toys import make
from nnviz.site import frame
from nnviz.site.parts import tutorial_says
from nnviz.site.table import Shown, table
from nnviz.text.digits import digits, percent
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.plan import Plan
from nnviz.training.study import Study, Variant
from nnviz.training.study_results import Results


def training_sentence() -> str:
    """Say how every network of the page is trained."""
    rate, batch_size = digits(HYPERPARAMETERS.learning_rate), HYPERPARAMETERS.batch_size
    return (
        f"Every network learns {address.n_epochs()} epochs with Adam at rate {rate}, {batch_size} "
        "rows to an update, tanh in the hidden layers, inputs standardised; half of the rows are "
        "held out."
    )


def notes() -> None:
    """Show both remarks, each with the results of its runs."""
    measured = runs.gathered(memorisation_study())
    _remembering(measured, memorisation(measured))
    _online(runs.gathered(one_row_updates()))


def unfinished() -> bool:
    """Return whether this part is open and some of its runs are still to be made."""
    if ADDRESS["part"] != "tutorial" or frame.hidden("tutorial"):
        return False
    studies = (memorisation_study(), one_row_updates())
    return any(len(runs.STUDIES.known(each).results) < each.n_runs for each in studies)


def _remembering(measured: Results, counted: tuple[Memorisation, ...]) -> None:
    n_right = sum(each.n_train_right for each in counted)
    n_both = sum(each.n_both_right for each in counted)
    n_elsewhere = sum(each.n_overfitted_elsewhere for each in counted)
    n_overfitted = sum(each.n_overfitted for each in counted)
    done = "" if measured.n_done == measured.study.n_runs else (
        f" (So far {measured.n_done} of {measured.study.n_runs} runs are counted.)"
    )  # fmt: skip
    tutorial_says(
        "if your network makes a correct prediction for every instance in your training set, then "
        "you probably have an overfitted model.",
        f"being right about every training row is no test of a network, neither for it nor "
        f"against. Of {measured.n_done} runs counted below, {n_right} end with every training row "
        f"right, and {n_both} of these are right about every test row as well: they have not "
        f"merely remembered. By data and noise, the median test error of these runs goes from "
        f"{_errors(counted)} of the rows. And the test loss can rise without "
        f"that sign: it has risen above its lowest in {n_overfitted} of the runs with every "
        f"training row right and in {n_elsewhere} of the others. Only rows held out can tell."
        f"{done}",
    )
    table(
        ["100 rows,\nhalf held out", "every training\nrow right", "of these also\nevery test row",
         "test error\nof these", "test loss\nhas risen"],
        [_row(each) for each in counted],
        label="Runs with every training row right, by data, noise and hidden units",
    )  # fmt: skip
    st.caption(
        "Test error: the median share of test rows wrong. Risen: at the end above 1.1 times its "
        "lowest, counted among the runs with every training row right."
    )
    _show_both()


def _show_both() -> None:
    """Offer one network of each kind, above."""
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Show one that is right about new rows too",
            key=f"{address.PAGE}.show_right",
            on_click=_show,
            kwargs={"data": "gauss", "noise": 0.0},
            help="Two clouds without noise, hidden layers 8-8.",
        )
        st.button(
            "Show one that is not: the eight rows",
            key=f"{address.PAGE}.show_wrong",
            on_click=_show,
            kwargs={"data": "eight rows"},
            help="Four of the tutorial's eight rows are learned, four are held out.",
        )


def _show(**chosen: Any) -> None:
    for name, value in {"experiment": "capacity", "hidden": "8-8", "run": 1, **chosen}.items():
        ADDRESS.set(name, value)


def _row(each: Memorisation) -> list[float | str | Shown | None]:
    error = float(each.test_error.median)
    right = each.n_train_right
    return [
        each.name.replace(", hidden ", ",\nhidden "),
        Shown(right, f"{right} of {each.n_runs}"),
        Shown(each.n_both_right, str(each.n_both_right)) if right else None,
        Shown(error, percent(error)[0]) if right else None,
        Shown(each.n_overfitted, str(each.n_overfitted)) if right else None,
    ]


def _errors(counted: tuple[Memorisation, ...]) -> str:
    errors = [float(each.test_error.median) for each in counted if each.n_train_right]
    return " to ".join(percent(min(errors), max(errors))) if errors else "none to none"


def one_row_updates() -> Study:
    """Return the study of stochastic gradient descent row by row, without and with L2."""
    sample, architecture = make("gauss", 60, 1.0, 0), tanh_layers((8, 8))
    variants = []
    for name, l2 in (("one-row updates", 0.0), ("one-row updates, L2 0.01", 0.01)):
        hyperparameters = Hyperparameters("sgd", 0.1, 1, l2=l2)
        plan = Plan(sample, architecture, hyperparameters, TEST_FRACTION)
        variants.append(Variant(name, plan))
    return Study(tuple(variants), epochs=400, n_repeats=10)


def _online(measured: Results) -> None:
    if not measured.complete:
        st.markdown("The runs for a second remark are being made.")
        return
    end, best = measured.band("test_loss").median, measured.band("test_loss", "best").median
    errors = *measured.band("train_error").median[:1], *measured.band("test_error").median
    train_error, error, error_with_l2 = percent(*errors)
    tutorial_says(
        "there are techniques to avoid that, including regularization and stochastic gradient "
        "descent.",
        "regularisation does, updates by single rows hardly do. "
        f"{measured.study.n_repeats} networks 8-8 on two noisy clouds, updated row by row, end at "
        "a median training error of "
        f"{train_error} and a test error of {error}; their test loss is {digits(end[0], 3)}"
        f", and it had been {digits(best[0], 3)} at its lowest. With L2 0.01 added the test error "
        f"is {error_with_l2} and the test loss {digits(end[1], 3)}.",
    )
