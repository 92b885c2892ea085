"""The scripts of the page "Generalization": they run by themselves and print what it shows."""

import re
from dataclasses import replace

import pytest

from nnviz.chapters.generalization.distribution_shift import DistributionShift, shift_plan
from nnviz.chapters.generalization.early_stop import early_stop
from nnviz.chapters.generalization.script import runs_script, shift_script, stopping_script
from nnviz.chapters.generalization.studies import by_capacity
from nnviz.data.toys import make
from nnviz.nn.architecture import Architecture
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.learning_curve import learn, repeated
from nnviz.training.plan import Plan
from nnviz.training.record import record
from nnviz.training.study import learnings
from nnviz.training.study_results import results
from nnviz.training.timeline import Timeline
from tests.clean_process import output

NUMBER = r"(-?[\d.]+(?:e-?\d+)?)"


def plan(hidden=(8, 8), *, data="gauss", rows=60, noise=1.0, l2=0.0, seed=0, share=0.5):
    architecture = Architecture(hidden=tuple((units, "tanh") for units in hidden))
    hyperparameters = Hyperparameters("adam", 0.03, 10, l2=l2)
    return Plan(make(data, rows, noise, seed), architecture, hyperparameters, share, seed)


@pytest.mark.parametrize(
    ("variant", "choices"),
    [
        (0, {"seed": 3}),
        (2, {"data": "moons", "rows": 100}),
        (5, {}),
        (6, {"data": "eight rows"}),
        (5, {"data": "xor", "rows": 72, "share": 0.3, "l2": 0.01}),
    ],
    ids=repr,
)
def test_the_script_of_several_runs_counts_the_same_rows(variant, choices, tmp_path):
    study = by_capacity(plan(**choices), epochs=100, n_repeats=3)
    measured = results(study, dict(learnings(study)))
    name, *runs, median, quartiles = output(runs_script(study, variant), tmp_path)
    assert name == f"hidden units: {study.names[variant]}"
    for k, (text, each) in enumerate(zip(runs, measured.learnings[variant], strict=True)):
        n_train, n_test = len(each.plan.split.train), len(each.plan.split.test)
        wrong_train = round(float(each.train_error[-1]) * n_train)
        wrong_test = round(float(each.test_error[-1]) * n_test)
        assert text == (
            f"seed {study.variants[0].plan.seed + k}: {wrong_train} of {n_train} training rows "
            f"wrong, {wrong_test} of {n_test} test rows"
        )
    band = measured.band("test_error")
    assert float(median.split()[-1]) == pytest.approx(measured.band("train_error").median[variant])
    printed = [float(text) for text in quartiles.split()[-3:]]
    expected = [part[variant] for part in (band.low, band.median, band.high)]
    assert printed == pytest.approx(expected)


@pytest.mark.parametrize(
    ("choices", "patience", "epochs"),
    [({}, 20, 400), ({"l2": 0.03}, 5, 200), ({"data": "spiral", "hidden": ()}, 150, 100)],
    ids=repr,
)
def test_the_script_of_one_run_stops_where_the_page_says(choices, patience, epochs, tmp_path):
    # The losses of a run that overfits hang on every digit: they agree to many, not to all.
    of = repeated(plan(**choices), 1)
    stop = early_stop(learn(of, epochs), patience)
    lowest, ends, end = output(stopping_script(of, epochs, patience), tmp_path)
    found = re.fullmatch(rf"lowest test loss: {NUMBER} after epoch (\d+)", lowest)
    assert found
    assert float(found[1]) == pytest.approx(stop.lowest.test_loss, rel=1e-6)
    assert int(found[2]) == stop.lowest.epoch
    expected = "never" if stop.stop is None else stop.stop.epoch
    assert ends == f"patience ends at epoch: {expected}"
    found = re.fullmatch(rf"at the end: training loss {NUMBER} test loss {NUMBER}", end)
    assert found
    assert float(found[1]) == pytest.approx(stop.end.train_loss, rel=1e-5)
    assert float(found[2]) == pytest.approx(stop.end.test_loss, rel=1e-5)


@pytest.mark.parametrize(
    ("learned_at", "by"), [((0.0, 0.0), (3.0, 3.0)), ((-1.0, 2.5), (0.05, 0.0))]
)
def test_the_script_of_a_moved_world_counts_the_same_rows(learned_at, by, tmp_path):
    home = plan()
    networks = []
    for of in (shift_plan(home, learned_at), home):
        history = record(Timeline.of(of, 400 * of.updates_per_epoch))
        networks.append(history.parameters_at(history.last_step))
    world = DistributionShift(home, by, learned_at, *networks)
    (told,) = output(shift_script(home, 400, learned_at, by), tmp_path)
    assert told == f"{world.n_correct()} of {world.n_rows} test rows are right"


def test_the_scripts_are_short_lines_and_need_numpy_alone():
    study = by_capacity(plan(rows=20), epochs=100, n_repeats=3)
    for script in (
        runs_script(study, 5),
        stopping_script(plan(), 400, 20),
        shift_script(plan(), 400, (0.0, 0.0), (1.0, 2.0)),
    ):
        assert max(map(len, script.splitlines())) <= 100
        assert re.findall(r"^ *(?:import|from) .*", script, re.M) == ["import numpy as np"]


@pytest.mark.parametrize(
    "other",
    [
        replace(plan(), hyperparameters=Hyperparameters("sgd", 0.1, 10)),
        replace(plan(), hyperparameters=Hyperparameters("adam", 0.03, 10, dropout=0.1)),
        replace(plan(), architecture=Architecture(hidden=((2, "relu"),))),
        replace(plan(), architecture=Architecture(standardise=False)),
        replace(plan(), architecture=Architecture(inputs=("x1", "x2", "sin x1"))),
    ],
    ids=lambda each: repr(each.hyperparameters) + repr(each.architecture),
)
def test_what_they_cannot_write_is_said(other):
    with pytest.raises(ValueError, match="the script is for two classes on the plane"):
        stopping_script(other, 100, 20)
