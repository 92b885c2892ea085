"""The rows of a script of a deeper network: written down or read, split, made into inputs."""

import re

import numpy as np

from nnviz.data.csv.notes import cell_names
from nnviz.text.script import literal
from nnviz.training.export.pieces import features_code, stream_code
from nnviz.training.plan import Plan

_MOST_NAMED = 8  # columns that stand by their names on one line

_HELD_OUT = """\
def held_out(y, n_classes):
    rng = {stream}
    order = rng.permutation(len(y))
    groups = [order[y[order] == k] for k in range(n_classes)] or [order]
    test = np.zeros(len(y), dtype=bool)
    for k, group in enumerate(groups):
        n = int(test_fraction * len(group) + (k + 0.5) / len(groups))
        test[group[: max(0, min(n, len(group) - 1))]] = True
    return test
"""

_HELD_OUT_BY_NUMBER = """\
def held_out(y, n_classes):
    rng = {stream}
    order = rng.permutation(len(y))
    groups = [order[y[order] == k] for k in range(n_classes)] or [order]
    place = np.empty(len(y))
    for group in groups:
        place[group] = (np.arange(len(group)) + 0.5) / len(group)
    test = np.ones(len(y), dtype=bool)
    test[np.argsort(place, kind="stable")[:n_train]] = False
    return test
"""

_READ = """\
with open({name!r}, newline="", encoding="utf-8-sig") as file:
    lines = [line for line in csv.reader(file) if not line[0].startswith("# nnviz")][1:]
X = np.array([line[:-1] for line in lines], dtype=float)
"""


def held_out_words(plan: Plan) -> str:
    """Return a sentence that says which rows are held out."""
    if plan.n_train:
        return "Which rows are learned from: as many of each class, all others are held out."
    return "Which rows are held out for the test: each class gives its share."


def held_out_code(plan: Plan) -> str:
    """Return the code of the function that chooses the test rows, as in `data.split`, or none."""
    if plan.split_by == "in order" or not plan.holds_out:
        return ""
    code = _HELD_OUT_BY_NUMBER if plan.n_train else _HELD_OUT
    return code.format(stream=stream_code("split"))


def rows_words(plan: Plan) -> str:
    """Return a sentence that says what the rows are."""
    sample = plan.sample
    columns = ", ".join(shown(name) for name in sample.columns)
    if not sample.classes:
        return f"The rows ({columns}), and the number that is to be told of each."
    words = f"The rows ({columns}), and the class of each"
    if sample.classes == tuple(map(str, range(sample.n_classes))):
        return f"{words}."
    classes = ", ".join(f"{k} is {shown(name)}" for k, name in enumerate(sample.classes))
    return f"{words}: {classes}."


def rows_code(plan: Plan, file_name: str | None) -> str:
    """Return the rows as ``X`` and ``y``, or how they are read from a file of `sample_csv`."""
    sample = plan.sample
    if file_name is None:
        y = sample.y.astype(np.int64) if sample.classes else sample.y
        rows = literal([list(row) for row in sample.X.tolist()])
        return f"X = np.array({rows})\ny = np.array({literal(y.tolist())})\n"
    code = _READ.format(name=file_name)
    if not sample.classes:
        return f"{code}y = np.array([line[-1] for line in lines], dtype=float)\n"
    names = list(cell_names(sample.classes))
    return f"{code}names = {names!r}\ny = np.array([names.index(line[-1]) for line in lines])\n"


def split_code(plan: Plan) -> str:
    """Return the code that defines ``test``, which rows are held out."""
    if plan.split_by == "in order":
        return "test = np.arange(len(y)) >= n_train  # the first rows are learned from\n"
    if not plan.holds_out:
        return "test = np.zeros(len(y), dtype=bool)  # no row is held out\n"
    return f"test = held_out(y, {plan.sample.n_classes})\n"


def inputs_function(plan: Plan) -> str:
    """Return the code of the function that computes the inputs of rows."""
    if len(plan.column_inputs) > _MOST_NAMED and plan.architecture.inputs == plan.column_inputs:
        return "def inputs_of(X):\n    return X\n"
    columns = ", ".join(plan.column_inputs)
    columns = f"{columns}," if len(plan.column_inputs) == 1 else columns
    inputs = features_code(plan.architecture.inputs)
    return f"def inputs_of(X):\n    {columns} = X.T\n    return np.column_stack([{inputs}])\n"


def inputs_code(plan: Plan, *, held_out: bool) -> str:
    """Return the code of the inputs of the training rows, and of those held out."""
    code = "train_inputs = inputs_of(X)\n"
    if held_out:
        code = "train_inputs, test_inputs = inputs_of(X[~test]), inputs_of(X[test])\n"
    if plan.standardiser is None:
        return code
    code += "mean, scale = train_inputs.mean(axis=0), train_inputs.std(axis=0)\n"
    if constant := _constant(plan):
        code += f"scale[{constant}] = 1.0  # these inputs are the same in every row\n"
    if not held_out:
        return f"{code}train_inputs = (train_inputs - mean) / scale\n"
    return code + (
        "train_inputs, test_inputs = (train_inputs - mean) / scale, (test_inputs - mean) / scale\n"
    )


def inputs_words(plan: Plan) -> str:
    """Return a sentence that says what the network is given."""
    words = "What the network is given of every row"
    if plan.standardiser is None:
        return f"{words}."
    return (
        f"{words}: moved to mean 0 and scaled to standard deviation 1, both measured on the "
        "training rows."
    )


def targets_code(plan: Plan, *, held_out: bool) -> str:
    """Return the code of the targets of the training rows, and of those held out."""
    low, high = plan.target_levels
    train_y = "y[~test]" if held_out else "y"
    if not plan.sample.classes:
        code = "targets = y[:, None]\n"
        if plan.architecture.standardise:
            scale = f"{train_y}.std()" if plan.train_targets.std() > 0.5 else "1.0"
            code = (
                f"y_mean, y_scale = {train_y}.mean(), {scale}\n"
                "targets = ((y - y_mean) / y_scale)[:, None]\n"
            )
    elif plan.n_outputs == 1:
        code = f"targets = np.where(y == 1, {high}, {low})[:, None]\n"
    else:
        code = f"targets = np.where(y[:, None] == np.arange({plan.n_outputs}), {high}, {low})\n"
    if not held_out:
        return f"train_{code}" if code.startswith("targets") else f"{code}train_targets = targets\n"
    return f"{code}train_targets, test_targets = targets[~test], targets[test]\n"


def shown(name: str) -> str:
    """Return a name so that it can stand in a comment or in a text, whatever is in it."""
    return re.sub(r"[^\w .%()-]", "?", name)[:40]


def _constant(plan: Plan) -> list[int]:
    """Return the inputs that the standardiser divides by 1, as all their values are one."""
    assert plan.standardiser is not None
    flat = plan.train_inputs.std(axis=0) < 0.5  # of any other input it is 1
    return [int(k) for k in np.flatnonzero(flat)]
