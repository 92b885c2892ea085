"""Scripts of the page "Linear regression" that need NumPy alone and print its numbers."""

from collections.abc import Sequence

import numpy as np

from nnviz.chapters.linear_regression.descent import Descent
from nnviz.data.sample import Sample
from nnviz.text.script import array, snippet


def hand_snippet(sample: Sample, in_units: Sequence[float]) -> str:
    """Return a script that prints the error of a plane put by hand, and of least squares."""
    w1, w2, bias = (float(value) for value in in_units)
    return snippet(f"""{_head(sample)}weights, bias = np.array([{w1!r}, {w2!r}]), {bias!r}

prediction = X @ weights + bias
print("mean squared error:", np.mean((prediction - y) ** 2))

table = np.column_stack([X, np.ones(len(X))])
answer = np.linalg.lstsq(table, y, rcond=None)[0]
print("least squares, weights and bias:", *answer.tolist())
print("mean squared error:", np.mean((table @ answer - y) ** 2))
""")


def descent_snippet(run: Descent, step: int) -> str:
    """Return a script that makes the updates up to a step, and prints where they lead."""
    plan = run.plan
    scaled = plan.standardiser is not None
    w1, w2, bias = run.parameters[0].tolist()
    scale = (
        """\
mean, scale = X.mean(axis=0), X.std(axis=0)
scale[scale == 0] = 1  # a column that is the same in every row
y_mean, y_scale = y.mean(), y.std() or 1
"""
        if scaled
        else "mean, scale, y_mean, y_scale = np.zeros(2), np.ones(2), 0, 1\n"
    )
    return snippet(f"""{_head(plan.sample)}{scale}Z, t = (X - mean) / scale, (y - y_mean) / y_scale
weights, bias = np.array([{w1!r}, {w2!r}]), {bias!r}
learning_rate = {plan.hyperparameters.learning_rate!r}

table = np.column_stack([Z, np.ones(len(Z))])
curvatures = np.linalg.eigvalsh(2 / len(Z) * table.T @ table)
print("largest rate that converges:", 2 / curvatures[-1])

for update in range({step}):
    miss = Z @ weights + bias - t
    slopes, slope = 2 * miss @ Z / len(Z), 2 * miss.mean()
    weights, bias = weights - learning_rate * slopes, bias - learning_rate * slope

weights = y_scale * weights / scale  # in the units of the rows
bias = y_mean + y_scale * bias - weights @ mean
print("weights:", *weights.tolist())
print("bias:", float(bias))
print("mean squared error:", np.mean((X @ weights + bias - y) ** 2))
""")


def _head(sample: Sample) -> str:
    names = ", ".join(" ".join(name.split()) for name in (*sample.columns[:2], sample.target))
    names = "".join(letter if letter.isprintable() else "?" for letter in names)
    rows = array(np.column_stack([sample.X[:, :2], sample.y]))
    return f"""\
import numpy as np

rows = {rows}  # {names}
X, y = rows[:, :2], rows[:, 2]
"""
