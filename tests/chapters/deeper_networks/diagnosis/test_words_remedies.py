"""What is said of a trial, with its numbers read again."""

import re
from functools import cache

import numpy as np
import pytest

from nnviz.chapters.deeper_networks.diagnosis.remedies import Remedy, remedies
from nnviz.chapters.deeper_networks.diagnosis.trials import Outcome, Trial, trials
from nnviz.chapters.deeper_networks.diagnosis.words import trial_sentence
from nnviz.chapters.deeper_networks.presets import PRESETS
from nnviz.training.record import record


@cache
def try_remedy(name):
    history = record(PRESETS[name].timeline())
    return trials(history, history.last_step, remedies(history, history.last_step))


def numbers(text):
    return [float(each) for each in re.findall(r"(?:loss|target|it) (\d[\d.]*\d)", text)]


@pytest.mark.parametrize("name", ["xor-line", "too-slow", "dead", "vanishing", "one-row"])
def test_training_loss_first(name):
    for trial in try_remedy(name):
        said = trial_sentence(trial)
        where = "from the start" if trial.remedy.anew else "from here"
        assert said.startswith(f"Tried {where} for 2,000 updates: training loss ")
        expected = [
            trial.after.train_loss,
            trial.without.train_loss,
            trial.after.test_loss,
            trial.without.test_loss,
        ]
        assert numbers(said) == pytest.approx(expected, rel=1e-2)
        lowered = trial.after.train_loss < trial.without.train_loss
        assert said.endswith(" That does not help here.") is not (trial.helps or lowered)
        assert said.endswith(" That helps little here.") is (lowered and not trial.helps)


def test_overfitting_is_about_test_rows():
    for trial in try_remedy("memorising"):
        said = trial_sentence(trial)
        assert re.search(r"updates: test loss (\S+) \(without it (\S+)\), training loss ", said)
        assert numbers(said)[0] == pytest.approx(trial.after.test_loss, rel=1e-2)


def test_regression_speaks_of_the_target():
    trial = try_remedy("explodes")[0]
    scale = trial.remedy.change.target_scale[1]
    said = trial_sentence(trial)
    expected = [np.sqrt(each) * scale for each in (trial.after.train_loss, trial.after.test_loss)]
    assert numbers(said) == pytest.approx(expected, rel=1e-2)
    assert "training error in target" in said
    assert said.count("(without it the run breaks off)") == 2


def test_one_that_breaks_off_and_no_test_rows():
    plan = PRESETS["circle"].plan()
    nan = float("nan")
    ended = Outcome(1, 1e300, nan, diverged=True)
    fine = Outcome(9, 0.25, nan)
    remedy = Remedy("slow", "", plan, anew=True)
    assert trial_sentence(Trial(remedy, 1, ended, fine)) == (
        "Tried from the start: after 1 update the numbers are too large for the computer. "
        "That does not help here."
    )
    better = Outcome(9, 0.125, nan)
    assert trial_sentence(Trial(remedy, 9, better, fine)) == (
        "Tried from the start for 9 updates: training loss 0.125 (without it 0.25)."
    )
