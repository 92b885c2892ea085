"""The runs of a study, made a few at a time, and what is computed from one run: all cached."""

import time
from collections.abc import Callable
from typing import Any, Final, ParamSpec, TypeVar, cast

import streamlit as st

from nnviz.chapters.generalization.address import PAGE
from nnviz.chapters.generalization.figures.stopping import stopping_tracks
from nnviz.chapters.generalization.prediction_map import PredictionMap, prediction_map
from nnviz.chart import packing
from nnviz.nn.checks import FloatArray
from nnviz.training.learning_curve import Learning, learn
from nnviz.training.maps.heatmap import Plane
from nnviz.training.plan import Plan
from nnviz.training.record import Record, record
from nnviz.training.study import Study
from nnviz.training.study_results import Results, results
from nnviz.training.timeline import Timeline

P = ParamSpec("P")
R = TypeVar("R")

_FIRST_SECONDS: Final = 0.08  # of work before the first picture
_SECONDS: Final = 0.2  # of work before what there is by then is shown
_KNOWN: Final = f"{PAGE}_known"  # (study, number of its runs that have been made)
_STOPPED: Final = f"{PAGE}_stopped"  # the study that was stopped


def cached(max_entries: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Return a decorator that computes each result once for all visitors."""
    # repr writes every float in full, and a sample's digest: equal keys are equal plans.
    kept: Any = st.cache_resource(
        max_entries=max_entries, show_spinner=False, hash_funcs={Plan: repr, Plane: repr}
    )

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        return cast(Callable[P, R], kept(function))

    return decorate


@cached(max_entries=2_000)
def learning(plan: Plan, epochs: int) -> Learning:
    """Return the losses and errors of one run."""
    return learn(plan, epochs)


@cached(max_entries=12)  # of 4 MB at the most
def history(plan: Plan, epochs: int) -> Record:
    """Return one run with the parameters of all its steps."""
    return record(Timeline.of(plan, epochs * plan.updates_per_epoch))


@cached(max_entries=64)
def at_end(plan: Plan, epochs: int) -> FloatArray:
    """Return the parameters with which a run ends, shape (n_parameters,)."""
    ended = history(plan, epochs)
    parameters = ended.parameters_at(ended.last_step)
    parameters.flags.writeable = False  # all visitors share them
    return parameters


@cached(max_entries=64)
def prediction(plan: Plan, epochs: int, plane: Plane) -> PredictionMap:
    """Return what the network predicts on the plane at the end of a run."""
    return prediction_map(plan, at_end(plan, epochs), plane)


@cached(max_entries=16)
def packed(plan: Plan, epochs: int, plane: Plane) -> tuple[bytes, str]:
    """Return the tracks of a run, packed for the browser."""
    run = history(plan, epochs)
    per_epoch = plan.updates_per_epoch
    parameters = run.parameters_every(per_epoch, 0, run.last_step)
    return packing.pack(stopping_tracks(learning(plan, epochs), parameters, plane))


def gathered(study: Study) -> Results:
    """Make runs of the study on the screen for a fraction of a second; return all results."""
    return _worked_on(study, _KNOWN, go_on=st.session_state.get(_STOPPED) != repr(study))


def counted(study: Study) -> Results:
    """Make runs of a study below the picture for a fraction of a second; return all results."""
    return _worked_on(study, f"{_KNOWN}.{study!r}", go_on=True)


def n_known(study: Study) -> int:
    """Return how many runs of a study below the picture have been made."""
    return int(st.session_state.get(f"{_KNOWN}.{study!r}", ("", 0))[1])


def _worked_on(study: Study, memory: str, *, go_on: bool) -> Results:
    name = repr(study)
    known, n_before = st.session_state.get(memory, ("", 0))
    if known != name:
        n_before = 0
    seconds = _SECONDS if n_before else _FIRST_SECONDS
    made: dict[tuple[int, int], Learning] = {}
    begin = time.monotonic()
    for piece in study.pieces():
        n_new = len(made) - n_before
        late = time.monotonic() - begin > seconds
        # However long the known ones took, there is one more each time.
        if n_new >= 0 and (not go_on or (late and n_new > 0)):
            break
        made[piece] = learning(study.plan_of(*piece), study.epochs)
    st.session_state[memory] = (name, len(made))
    return results(study, made)


def unfinished(measured: Results) -> bool:
    """Return whether runs are still to be made."""
    stopped = st.session_state.get(_STOPPED) == repr(measured.study)
    return not stopped and measured.n_done < measured.study.n_runs


def progress(measured: Results) -> None:
    """Show how many runs are made, with a button that stops them or lets them go on."""
    done, n_runs = measured.n_done, measured.study.n_runs
    stopped = done < n_runs and not unfinished(measured)

    def stop() -> None:
        st.session_state[_STOPPED] = None if stopped else repr(measured.study)

    st.button(
        "Go on" if stopped else "Stop", key=f"{PAGE}.stop", disabled=done == n_runs, on_click=stop
    )
    st.progress(done / n_runs, f"{done:,} of {n_runs:,} runs", width=190)
