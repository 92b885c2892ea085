"""Ten digits in sentences: what is learned, what is said of a drawing, what goes wrong."""

from types import MappingProxyType
from typing import Final

import numpy as np

from nnviz.chapters.pictures_to_numbers.ten.mistakes import Confusion, Seen
from nnviz.chapters.pictures_to_numbers.ten.network import KINDS, TenConfig, TenRun
from nnviz.chapters.pictures_to_numbers.ten.reading import TenReading, UnitOff
from nnviz.chapters.pictures_to_numbers.ten.study import (
    AMOUNTS,
    REPEATS,
    UNITS,
    VARIED,
    TenTrials,
)
from nnviz.text.digits import percent

HANDS_TITLES: Final = MappingProxyType(
    {"any": "Same people’s hands", "other": "Other people’s hands"}
)
_MOST_NAMED: Final = 3


def sure(probability: float) -> str:
    """Return a probability as a percentage that is neither 0% nor 100% unless it is."""
    return percent(probability, 0.5)[0]


def shape(config: TenConfig) -> str:
    """Return the sizes of a network, as 64-16-10."""
    return f"64-{config.units}-{KINDS}" if config.units else f"64-{KINDS}"


def describe_score(run: TenRun, step: int) -> str:
    """Say how many held-out pictures are right at a step."""
    n = len(run.held_out)
    whose = "pictures by other people" if run.config.hands == "other" else "others"
    (fraction,) = percent(run.accuracy(step), decimals=1)
    return f"{run.n_right[step]} of {n} {whose} right ({fraction})"


def describe_training(
    run: TenRun, step: int, reading: TenReading, off: UnitOff | None = None
) -> str:
    """Say what has been learned at a step, and what is said of a drawing or without a unit."""
    if step == 0:
        start = f"Nothing is learned yet, {describe_score(run, 0)}: the first weights are drawn."
    else:
        start = f"Update {step}, from {run.config.n_train:,} pictures: {describe_score(run, step)}."
    return f"{start} {describe_unit(off) if off is not None else describe_drawing(reading)}"


def describe_drawing(reading: TenReading) -> str:
    """Say what the network says of a drawing."""
    if not any(reading.drawing):
        return "Nothing is drawn: the bars are what the biases alone give."
    first, second = reading.digit, reading.second
    values = reading.probabilities[[first, second]].tolist()
    if values[0] == values[1]:
        return "Of this drawing it says nothing: two digits are equally probable."
    one, other = percent(*values)
    return f"Your drawing: it says {first} ({one}), then {second} ({other})."


def describe_unit(off: UnitOff) -> str:
    """Say what becomes of the digits without a unit."""
    lost = off.lost.astype(int)
    total, gained = int(lost.sum()), int(-lost[lost < 0].sum())
    losing = [int(k) for k in np.argsort(-lost, kind="stable") if lost[k] > 0]
    whole = f"{_pictures(total, 'fewer')} right" if total > 0 else "as many pictures are right"
    if total < 0:
        whole = f"{_pictures(-total, 'more')} right"
    told = [f"{k} loses {lost[k]}" for k in losing[:_MOST_NAMED]]
    rest = int(lost[losing[_MOST_NAMED:]].sum())
    told += [f"others lose {rest}"] * (rest > 0) + [f"others gain {gained}"] * (gained > 0)
    return f"Unit {off.unit + 1} off: {whole}" + (f". {', '.join(told)}." if told else ".")


def _pictures(n: int, change: str) -> str:
    return f"1 picture {change} is" if n == 1 else f"{n} pictures {change} are"


def describe_confusion(found: Confusion, config: TenConfig) -> str:
    """Say how many pictures are wrong, and what is most often taken for what."""
    n = len(found.labels)
    if not found.n_wrong:
        return f"All {n} held-out pictures are right."
    times = int(found.counts[found.largest[0]])
    pairs = [f"{label} said to be {said}" for label, said in found.largest]
    named, rest = "; ".join(pairs[:_MOST_NAMED]), len(pairs) - _MOST_NAMED
    more = f" and {rest} more" if rest > 0 else ""
    often = "once" if times == 1 else f"{times} times"
    each = " each" * (len(pairs) > 1)
    return (
        f"{shape(config)}, trained to its end: {found.n_wrong} of {n} held-out pictures are wrong. "
        f"Most often, {often}{each}: {named}{more}."
    )


def describe_gallery(chosen: tuple[Seen, ...], cell: tuple[int, int] | None) -> str:
    """Say which pictures are shown."""
    if cell is not None:
        label, said = cell
        n = f"{len(chosen)} picture{'s' * (len(chosen) != 1)} of {label}"
        return f"{n}, said to be {said}" + (": right." if label == said else ".")
    if not chosen:
        return "There is no mistake to show."
    first = chosen[0]
    return (
        f"Surest of all, and wrong: picture {first.picture + 1:,} is {first.label}, it says "
        f"{first.said} ({sure(first.probability)})."
    )


def describe_study(made: TenTrials) -> str:
    """Say what more pictures, more units and other hands do."""
    if not made.complete:
        return made.progress
    config = made.study.config
    mean = {varied: made.mean(where) for varied, where in VARIED.items()}
    by_units = mean["units"][[0, UNITS.index(2), -1]]
    few, many, none, gate, most, own, others = percent(
        *mean["pictures"][[0, -1]].tolist(), *by_units.tolist(), *mean["hands"].tolist(), decimals=1
    )
    narrow = (
        f"{UNITS[0]} hidden units: {none}, 2: {gate}, {UNITS[-1]}: {most}. "
        "Two numbers are too narrow a gate for ten digits; without hidden units each output sees "
        "all 64 squares. "
    )
    return (
        f"Mean of {REPEATS} trainings. {AMOUNTS[0]} pictures: {few}, {AMOUNTS[-1]:,}: {many}. "
        f"{narrow}{config.n_train:,} pictures, tested on the same people’s hands: {own}, on other "
        f"people’s: {others}."
    )
