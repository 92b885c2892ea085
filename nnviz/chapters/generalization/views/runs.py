"""The runs of a study, made a few at a time, and what is computed from one run: all cached."""

from collections.abc import Iterator
from typing import Final

from nnviz.chapters.generalization.address import PAGE
from nnviz.chapters.generalization.figures.stopping import stopping_tracks
from nnviz.chapters.generalization.prediction_map import PredictionMap, prediction_map
from nnviz.chart import packing
from nnviz.nn.checks import FloatArray
from nnviz.site.background import Background
from nnviz.site.caching import cached
from nnviz.site.stopping import Stopping
from nnviz.training.learning_curve import Learning, learn
from nnviz.training.maps.heatmap import Plane
from nnviz.training.plan import Plan
from nnviz.training.record import Record, record
from nnviz.training.study import Study
from nnviz.training.study_results import Results, results
from nnviz.training.timeline import Timeline


@cached(Plan)
def learning(plan: Plan, epochs: int) -> Learning:
    """Return the losses and errors of one run."""
    return learn(plan, epochs)


@cached(Plan)
def history(plan: Plan, epochs: int) -> Record:
    """Return one run with the parameters of all its steps."""
    return record(Timeline.of(plan, epochs * plan.updates_per_epoch))


@cached(Plan)
def at_end(plan: Plan, epochs: int) -> FloatArray:
    """Return the parameters with which a run ends, shape (n_parameters,)."""
    run = history(plan, epochs)
    parameters = run.parameters_at(run.last_step)
    parameters.flags.writeable = False  # all visitors share them
    return parameters


@cached(Plan, Plane)
def prediction(plan: Plan, epochs: int, plane: Plane) -> PredictionMap:
    """Return what the network predicts on the plane at the end of a run."""
    return prediction_map(plan, at_end(plan, epochs), plane)


@cached(Plan)
def packed(plan: Plan, epochs: int, measure: str = "loss") -> tuple[bytes, str]:
    """Return the tracks of a run, packed for the browser."""
    run = history(plan, epochs)
    parameters = run.parameters_every(plan.updates_per_epoch, 0, run.last_step)
    return packing.pack(stopping_tracks(learning(plan, epochs), parameters, measure=measure))


def _learnings(study: Study) -> Iterator[tuple[tuple[int, int], Learning]]:
    for piece in study.pieces():
        yield piece, learning(study.plan_of(*piece), study.epochs)


STUDIES: Final = Background(_learnings, kept=12)  # of 5 MB at the most


STOPPING: Final = Stopping(PAGE)


def gathered(study: Study) -> Results:
    """Make runs of a study for a fraction of a second, if not stopped; return all results."""
    return results(study, dict(STOPPING.work(STUDIES, study).results))


def unfinished(measured: Results) -> bool:
    """Return whether runs are still to be made."""
    return not STOPPING.stopped(measured.study) and not measured.complete


def progress(measured: Results) -> None:
    """Show how many runs are made, with a button that stops them or lets them go on."""
    STOPPING.progress(measured.study, measured.n_done, measured.study.n_runs, width=190)
