"""The effect of one update in words: which rows it helped and hurt, and what others would do."""

from collections.abc import Sequence

import numpy as np

from nnviz.chapters.live_training.jumps import Jump
from nnviz.chapters.live_training.row_gradients import RowUpdates
from nnviz.chapters.live_training.sgd_noise import SgdNoise
from nnviz.text.digits import digits, listed, told_apart
from nnviz.training.plan import Plan

_LONGEST = 9  # letters of an error
_MOST_NAMED = 4  # rows; more are counted
_DUST = 1e-9  # a rise of less than this fraction of the error is no sign of too long a step


def update_words(updates: RowUpdates, plan: Plan, names: Sequence[str]) -> str:
    """Say what an update did to its own row, to the others, and whether all rows wanted it.

    The plan is that of the run, `names` say what its weights and biases are called.
    """
    used = f"Update {updates.step + 1:,} used {row_told(updates.row, plan)}."
    if not updates.made.any():
        why = "the learning rate is 0" if updates.learning_rate == 0 else _no_slope(updates, plan)
        return f"{used} It changed nothing: {why}."
    parts = [used, f"{_own(updates)}; {_others(updates)}."]
    if plan.sample.n_rows > 1:
        parts.append(_together(updates, names))
    return " ".join(parts)


def jump_words(
    jump: Jump, updates: RowUpdates, answer: float, plan: Plan, names: Sequence[str]
) -> str:
    """Say which row pushed the cumulative error up, how, and who paid for it.

    `updates` are those of the same update, `answer` the prediction for the picked row before it.
    """
    row, target = jump.row, int(plan.sample.y[jump.row])
    told = (
        f"**Update {jump.step:,}** used {row_told(row, plan)}; the error of all rows "
        f"{_went(jump.before, jump.after, 4)}. Row {row + 1} answered {digits(answer, 3)} instead "
        f"of {target}"
    )
    sizes = np.linalg.norm(updates.by_row, axis=1)
    if len(sizes) > 1 and sizes[row] >= sizes.max():
        told += ", and no row would have made a larger correction"
    return f"{told}. {_push(updates, names)}{_payer(updates)}"


def noise_words(noise: SgdNoise, plan: Plan) -> str:
    """Say how often the error rose, and how often it would have with all rows at once."""
    n = noise.last - noise.first
    if n == 0:
        return "the rows are fixed. This run ended before its first update was done."
    if plan.sample.n_rows == 1:
        return (
            "the rows are fixed. Here there is one only, so there is nothing to pick: "
            f"{_rose(n, noise.rises)}."
        )
    told = (
        f"the rows are fixed. {_window(noise)} served one row{' each' * (n > 1)}: "
        f"{_rose(n, noise.rises)}, and {_against(n, noise.against)} against what all rows "
        "together would have done. "
    )
    calm = len(noise.all_at_once) - 1
    same = "With the average of all rows in every update, from the same start at the same rate,"
    if calm < n:
        return f"{told}{same} the numbers grow too large for the computer: the rate is too large."
    if noise.calm_rises:
        return (
            f"{told}{same} {_rose(n, noise.calm_rises)} as well: at this rate the steps are too "
            "long, whoever makes them."
        )
    told += f"{same} the error of all rows does not rise once"
    if noise.rises:
        told += ". So it is one row at a time, at a constant rate, that makes it go up and down"
    return f"{told}."


def row_told(row: int, plan: Plan) -> str:
    """Return the number of a row with what it holds, as in row 3, [2, 1.5] → 0."""
    held = listed(plan.sample.X[row], 6)
    return f"row {row + 1}, [{held}] → {int(plan.sample.y[row])}"


def the(name: str) -> str:
    """Return the name of a weight or bias for the middle of a sentence."""
    return f"the weight {name}" if "→" in name else f"the {name}"


def _no_slope(updates: RowUpdates, plan: Plan) -> str:
    if updates.before[updates.row] == 0:
        return "this row's answer is its target already"
    return "this row's error has no slope here"


def _own(updates: RowUpdates) -> str:
    before, after = float(updates.before[updates.row]), float(updates.after[updates.row])
    if before == after:
        return f"Its own error stayed at {digits(before, 3)}, as far as the computer can tell"
    told = f"Its own error {_went(before, after, 3)}"
    return told + ", because the step was too long" * (after > before * (1 + _DUST))


def _went(before: float, after: float, significant: int) -> str:
    """Say from where to where an error went, or by how much where that would take many digits."""
    way = "rose" if after > before else "fell"
    old, new = told_apart(before, after, at_least=significant)
    if max(len(text.partition(" ×")[0]) for text in (old, new)) > _LONGEST:
        still = digits(after, significant)
        return f"{way} by {digits(abs(after - before), 1)} and is still {still}"
    return f"{way} from {old} to {new}"


def _others(updates: RowUpdates) -> str:
    n = len(updates.before) - 1
    gained, lost = len(updates.gained), len(updates.lost)
    if n == 0:
        return "there is no other row"
    if gained == lost == 0:
        return "no other row's error changed"
    if gained == n:
        return "the other row gained too" if n == 1 else f"all {n} other rows gained too"
    if lost == n == 1:
        return f"the other row, row {updates.lost[0] + 1}, paid: {_paid(updates)}"
    if lost == 0:
        return f"{_rows(gained)} gained, none lost"
    counted = f"{_rows(gained)} gained, {lost} lost" if lost < n else f"all {n} other rows lost"
    return f"{counted}, and row {_most(updates) + 1} paid most: {_paid(updates)}"


def _rows(n: int) -> str:
    return f"{n or 'no'} other row{'s' * (n != 1)}"


def _most(updates: RowUpdates) -> int:
    return -1 if updates.paid_most is None else updates.paid_most


def _paid(updates: RowUpdates) -> str:
    return f"+{digits(float(updates.changes[_most(updates)]), 2)}"


def _together(updates: RowUpdates, names: Sequence[str]) -> str:
    before, after = float(updates.before.sum()), float(updates.after.sum())
    went = f"stayed at {digits(before)}" if before == after else _went(before, after, 4)
    told, ways = f"The error of all rows {went}", updates.ways
    moved, against = int((updates.made != 0).sum()), np.flatnonzero(ways == -1).tolist()
    if not ways.any():
        return f"{told}."
    if not against:
        return f"{told}; all rows together would have moved everything the same way."
    if len(against) == moved > 1:
        what = "everything"
    elif len(against) <= 2:
        what = " and ".join(the(names[i]) for i in against)
    else:
        what = f"{len(against)} of the {len(names)} weights and biases"
    return f"{told}; all rows together would have moved {what} the other way."


def _push(updates: RowUpdates, names: Sequence[str]) -> str:
    """Say which weight was moved against the others; the one that cost them most."""
    with np.errstate(over="ignore", invalid="ignore"):
        costs = updates.made * updates.together
    if not costs.sum() < 0:
        return "All rows together would have gone this way too, but the step was too long. "
    worst = int(np.nanargmin(costs))
    moved = float(updates.made[worst])
    opposed = [i for i in range(len(updates.by_row)) if updates.by_row[i, worst] * moved < 0]
    way = "up" if moved > 0 else "down"
    return (
        f"It pulled {the(names[worst])} {way} by {digits(abs(moved), 2)}, while "
        f"{_listed(opposed)} {'down' if moved > 0 else 'up'}. "
    )


def _listed(rows: Sequence[int]) -> str:
    if len(rows) == 1:
        return f"row {rows[0] + 1} pulls it"
    if len(rows) > _MOST_NAMED:
        return f"{len(rows)} rows pull it"
    *first, last = (str(i + 1) for i in rows)
    return f"rows {', '.join(first)} and {last} pull it"


def _payer(updates: RowUpdates) -> str:
    if updates.paid_most is None:
        return "It was its own error that rose."
    return (
        f"Row {updates.paid_most + 1} paid most: its error rose by "
        f"{digits(float(updates.changes[updates.paid_most]), 3)}."
    )


def _rose(n: int, rises: int) -> str:
    if n == 1:
        return f"the error of all rows {'rose' if rises else 'did not rise'}"
    if rises == 0:
        return "the error of all rows did not rise once"
    return f"the error of all rows rose {'once' if rises == 1 else f'{rises} times'}"


def _against(n: int, against: int) -> str:
    if n == 1:
        return "it went" if against else "it did not go"
    if against in (0, n):
        return "all of them went" if against else "none of them went"
    return f"{against} of the updates went"


def _window(noise: SgdNoise) -> str:
    n = noise.last - noise.first
    if n == 1:
        return f"Update {noise.last:,}"
    return f"The {n} updates from {noise.first + 1:,} to {noise.last:,}"
