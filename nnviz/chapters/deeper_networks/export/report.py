"""What a script of a deeper network prints: where it is, how well it does, every parameter."""

from nnviz.chapters.deeper_networks.export.segments import Leg
from nnviz.training.plan import Plan

_SCORES = """\
def scores(answers, targets, y):
    {losses}
{right}    return float(losses.sum(axis=1).mean()), float(right)
"""

_R_SQUARED = """\
    errors = np.sum(({told} - y) ** 2)
    around = np.sum((y - y.mean()) ** 2)
    right = 1 - errors / around if around else 1.0 - (errors > 0)
"""

_PARAMETERS = """\
for i, (W, b) in enumerate(zip(weights, biases), 1):
    print(f"layer {i} weights:", W.tolist())
    print(f"layer {i} bias:", b.tolist())
"""

NUMPY_ANSWERS = "answers = forward(inputs)[1][-1]"


def scores_function(plan: Plan) -> str:
    """Return the function that works out loss and accuracy of answers, as `scores.scores`."""
    return _SCORES.format(losses=_losses(plan), right=_right(plan))


def report_code(leg: Leg, step: int, answers: str = NUMPY_ANSWERS) -> str:
    """Return the lines that print everything.

    Parameters
    ----------
    leg : Leg
        The last one.
    step : int
    answers : str
        The line that works out ``answers`` of ``inputs``.
    """
    plan = leg.plan
    parts = [("training", "train", "~test")]
    if len(plan.split.test):
        parts.append(("test", "test", "test"))
    name = "accuracy" if plan.sample.classes else "R squared"
    code = f'print("step:", {step})\nprint("epoch:", {leg.epoch_at(step)!r})\n'
    for title, inputs, rows in parts:
        line = answers.replace("(inputs", f"({inputs}_inputs")
        code += (
            f"{line}\n"
            f"loss, right = scores(answers, {inputs}_targets, y[{rows}])\n"
            f'print("{title} loss:", loss)\n'
            f'print("{title} {name}:", right)\n'
        )
    return code + _PARAMETERS


def report_words(plan: Plan) -> str:
    """Return what is printed, in a sentence."""
    what = "how many rows are told right" if plan.sample.classes else "R squared"
    parts = "training and test rows" if len(plan.split.test) else "training rows"
    return f"What has been learned: the mean loss of {parts}, {what}, and every parameter."


def _losses(plan: Plan) -> str:
    loss = plan.architecture.loss
    if loss == "squared_error":
        return "losses = (answers - targets) ** 2"
    if loss == "cross_entropy":
        return "losses = -targets * np.log(np.maximum(answers, 2.0**-53))"
    return (
        "p = np.clip(answers, 2.0**-53, 1 - 2.0**-53)\n"
        "    losses = -(targets * np.log(p) + (1 - targets) * np.log1p(-p))"
    )


def _right(plan: Plan) -> str:
    if not plan.sample.classes:
        scaled = plan.architecture.standardise
        told = "answers[:, 0] * y_scale + y_mean" if scaled else "answers[:, 0]"
        return _R_SQUARED.format(told=told)
    if plan.n_outputs > 1:
        return "    right = np.mean(np.argmax(answers, axis=1) == y)\n"
    middle = sum(plan.target_levels) / 2.0
    return f"    right = np.mean((answers[:, 0] >= {middle}) == y)\n"
