"""Questions about a network of ten digits."""

import numpy as np

from nnviz.chapters.pictures_to_numbers.ten.mistakes import Confusion
from nnviz.chapters.pictures_to_numbers.ten.network import KINDS, TenRun
from nnviz.chapters.pictures_to_numbers.ten.reading import unit_off
from nnviz.chapters.pictures_to_numbers.ten.study import VARIED, TenTrials
from nnviz.chapters.pictures_to_numbers.ten.words import describe_confusion, describe_unit
from nnviz.text.digits import percent
from nnviz.text.question import Question


def unit_questions(run: TenRun, step: int, unit: int) -> tuple[Question, ...]:
    """Ask which digit loses most pictures when a unit is switched off; nothing before training."""
    if step == 0 or not run.config.units:
        return ()
    found = unit_off(run, step, unit)
    order = np.argsort(-found.lost, kind="stable").tolist()
    if found.lost[order[0]] == found.lost[order[1]]:
        return ()
    options = tuple(str(k) for k in sorted([order[0], order[4], order[-1]]))
    return (
        Question(
            f"Unit {unit + 1} is switched off. Which digit loses most pictures?",
            options,
            str(found.hurt),
            describe_unit(found),
            f"off {run.config} {step} {unit}",
        ),
    )


def confusion_questions(run: TenRun, found: Confusion) -> tuple[Question, ...]:
    """Ask which digit is hardest, of three: the hardest one, the easiest, and one between."""
    right = found.counts.diagonal() / found.counts.sum(axis=1)
    order = np.argsort(right, kind="stable").tolist()
    if right[order[0]] == right[order[1]]:
        return ()
    offered = sorted([order[0], order[KINDS // 2], order[-1]])
    numbers = percent(*right[offered].tolist(), decimals=1)
    told = ", ".join(f"{k}: {text}" for k, text in zip(offered, numbers, strict=True))
    return (
        Question(
            "Of which digit are most held-out pictures wrong?",
            tuple(map(str, offered)),
            str(order[0]),
            f"Right are of {told}. {describe_confusion(found, run.config)}",
            f"hardest {run.config}",
        ),
    )


def study_questions(made: TenTrials) -> tuple[Question, ...]:
    """Ask what other people's hands do, once all trainings are made."""
    if not made.complete:
        return ()
    own, others = made.mean(VARIED["hands"]).tolist()
    options = ("More are right", "As many", "Fewer are right")
    change = round(others - own, 3)
    answer = options[1 + (change < 0) - (change > 0)]
    told = percent(own, others, decimals=1)
    return (
        Question(
            "The network is tested on other people’s hands instead of the same people’s. What "
            "happens?",
            options,
            answer,
            f"On the same people’s hands {told[0]} are right, on other people’s {told[1]}: nobody "
            "had shown it how those write.",
            f"hands {made.study.config}",
        ),
    )
