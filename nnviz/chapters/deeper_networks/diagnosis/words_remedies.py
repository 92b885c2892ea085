"""What came of a remedy that was tried, in words with numbers."""

import math

from nnviz.chapters.deeper_networks.diagnosis.remedy_trial import Outcome, Trial
from nnviz.chapters.deeper_networks.words_loss import loss_name, loss_told
from nnviz.training.plan import Plan


def result(trial: Trial) -> str:
    """Say what a remedy really came to, beside what comes without it."""
    updates = f"{trial.n_updates:,} update{'' if trial.n_updates == 1 else 's'}"
    where = "from the start" if trial.remedy.anew else "from here"
    plan = trial.remedy.change
    if trial.after.diverged:
        told = f"Tried {where}: after {updates} the numbers are too large for the computer."
    else:
        told = f"Tried {where} for {updates}: {_told(plan, trial)}."
    return told if trial.helps else f"{told} That does not help here."


def _told(plan: Plan, trial: Trial) -> str:
    """Return both losses, the one that matters first, with what they are without the change."""
    parts = ["train", "test"] if not trial.on_test else ["test", "train"]
    told = [_loss(plan, part, trial.after, trial.without) for part in parts]
    return ", ".join(part for part in told if part)


def _loss(plan: Plan, part: str, after: Outcome, without: Outcome) -> str:
    new, old = getattr(after, f"{part}_loss"), getattr(without, f"{part}_loss")
    if math.isnan(new):
        return ""
    rows = "training" if part == "train" else "test"
    if without.diverged:
        instead = "without it the run breaks off"
    else:
        instead = f"without it {loss_told(plan, old, 3)}"
    return f"{loss_name(plan, rows)} {loss_told(plan, new, 3)} ({instead})"
