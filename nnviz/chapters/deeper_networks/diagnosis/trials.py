"""Remedies tried: how the training ends with each of them, and how it ends without."""

from dataclasses import dataclass
from typing import Final

from nnviz.chapters.deeper_networks.diagnosis.remedies import Remedy
from nnviz.nn.checks import instance, integer
from nnviz.training.plan import Plan
from nnviz.training.record import Record, record
from nnviz.training.timeline import MOST_STAGES, MOST_STEPS, Stage, Timeline

MOST_UPDATES: Final = 2_000
_FEWEST_UPDATES: Final = 200

# Seconds for an update, and for each product of a row of the batch with a parameter. A generous
# estimate and no measurement, so that the same is tried whenever it is asked for.
_UPDATE, _PRODUCT = 2e-6, 6e-9
# Seconds for all trials at one step together.
_SECONDS: Final = 0.4


@dataclass(frozen=True)
class Outcome:
    """How a network does at the end of a training."""

    last_step: int  # the last step of that training; it may have ended early
    # train_loss, test_loss: as in `Scores`
    train_loss: float
    test_loss: float
    diverged: bool = False  # whether it left the range of float64 there


@dataclass(frozen=True)
class Trial:
    """How a training ends with a remedy, and without it."""

    remedy: Remedy
    # number of updates with the remedy, from the start or from the step of the run; less than asked
    # for if the training ended early
    n_updates: int
    after: Outcome  # the end with the remedy
    without: Outcome  # the end of the unchanged plan, after as many updates from the same step

    @property
    def on_test(self) -> bool:
        """Whether the remedy is meant to lower the test loss."""
        return self.remedy.kind in ("overfitting", "stopped")

    @property
    def helps(self) -> bool:
        """Whether the loss that matters is at least a tenth lower than without it."""
        if self.after.diverged or self.without.diverged:
            return not self.after.diverged
        new, old = self._losses
        return new < 0.9 * old

    @property
    def lowers(self) -> bool:
        """Whether the loss that matters is lower than without it, be it ever so little."""
        new, old = self._losses
        return not self.after.diverged and new < old

    @property
    def _losses(self) -> tuple[float, float]:
        part = "test_loss" if self.on_test else "train_loss"
        return getattr(self.after, part), getattr(self.without, part)


def try_remedy(
    remedy: Remedy,
    timeline: Timeline,
    step: int,
    n_updates: int,
    without: Outcome | None = None,
) -> Trial:
    """Train with a remedy, and return how the training ends.

    It is for a step of a run, and makes some updates from there or from the start, as it says. The
    end without it is computed if it is left out. Raises TypeError or ValueError if the run can have
    no such step, or goes on for too long.
    """
    instance(remedy, "remedy", Remedy)
    after = _outcome(_with(timeline, step, n_updates, remedy.change, anew=remedy.anew))
    made = after.last_step - (0 if remedy.anew else step)
    if without is None:
        without = outcome_without(timeline, step, n_updates, anew=remedy.anew)
    return Trial(remedy, made, after, without)


def outcome_without(timeline: Timeline, step: int, n_updates: int, *, anew: bool) -> Outcome:
    """Return the end of the unchanged training, continued or begun again for some updates."""
    return _outcome(_with(timeline, step, n_updates, timeline.plan_at(step), anew=anew))


def trials(run: Record, step: int, offered: tuple[Remedy, ...]) -> tuple[Trial, ...]:
    """Try every remedy for as many updates as there is time for; none if there is too little."""
    timeline = run.timeline
    n_updates = affordable(run, step, offered)
    if n_updates < _FEWEST_UPDATES:
        return ()
    without = {
        anew: outcome_without(timeline, step, n_updates, anew=anew)
        for anew in {remedy.anew for remedy in offered}
    }
    return tuple(
        try_remedy(remedy, timeline, step, n_updates, without[remedy.anew]) for remedy in offered
    )


def affordable(run: Record, step: int, offered: tuple[Remedy, ...]) -> int:
    """Return for how many updates all remedies can be tried in about half a second."""
    here = _seconds(run.plan_at(step))
    # With every remedy, and without any: from the start, from here, or both.
    trainings = [(remedy.anew, _seconds(remedy.change)) for remedy in offered]
    trainings += [(anew, here) for anew in {remedy.anew for remedy in offered}]
    per_update = sum(seconds for _, seconds in trainings)
    seconds = _SECONDS - step * here * sum(not anew for anew, _ in trainings)
    if not offered or seconds <= 0:
        return 0
    return min(MOST_UPDATES, int(seconds / per_update), MOST_STEPS - step)


def _seconds(plan: Plan) -> float:
    # Early stopping looks at the test rows as well, once an epoch.
    rows = plan.batch_size * (2 if plan.hyperparameters.patience else 1)
    return _UPDATE + _PRODUCT * rows * plan.n_parameters


def _with(timeline: Timeline, step: int, n_updates: int, plan: Plan, *, anew: bool) -> Timeline:
    n_updates = integer(n_updates, "n_updates", 1, MOST_STEPS)
    if anew or step == 0:
        return Timeline.of(plan, n_updates)
    before = tuple(stage for stage in timeline.stages if stage.step < step)[: MOST_STAGES - 1]
    here = next((stage for stage in timeline.stages if stage.step == step), None)
    by_hand = here.by_hand if here is not None and here.plan.sizes == plan.sizes else ()
    return Timeline((*before, Stage(step, plan, by_hand)), step + n_updates)


def _outcome(timeline: Timeline) -> Outcome:
    run = record(timeline)
    found, diverged = run.scores_at(run.last_step), run.diverged_at is not None
    return Outcome(run.last_step, float(found.train_loss[0]), float(found.test_loss[0]), diverged)
