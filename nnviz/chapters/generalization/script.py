"""Trainings with rows held out as scripts that need NumPy alone and repeat the numbers shown."""

from nnviz.chapters.generalization.capacity import hidden_name
from nnviz.chapters.generalization.script_plan import written
from nnviz.nn.checks import integer, number
from nnviz.training.plan import Plan
from nnviz.training.study import Study


def runs_snippet(study: Study, variant: int) -> str:
    """Return a script that makes every run of a variant and prints their errors.

    Parameters
    ----------
    study : Study
        Of plans as `snippet_plan.written` says.
    variant : int

    Raises
    ------
    TypeError, ValueError
        If there is no such variant, or its plan is another one.
    """
    variant = integer(variant, "variant", 0, len(study.variants) - 1)
    plan = study.variants[variant].plan
    name = hidden_name([units for units, _ in plan.architecture.hidden])
    return (
        written(plan, study.epochs) + f"\n\nprint({'hidden units: ' + name!r})\n"
        "train_errors, test_errors = [], []\n"
        f"for seed in range({plan.seed}, {plan.seed + study.n_repeats}):\n"
        "    train, test = held_out(seed)\n"
        "    scaled = scaler(train)\n"
        "    *_, layers = training(seed, train, scaled)  # as they are after the last epoch\n"
        "    wrong = (answers(layers, scaled(X)) >= 0.5) != y\n"
        "    train_errors.append(wrong[train].mean())\n"
        "    test_errors.append(wrong[test].mean())\n"
        '    print(f"seed {seed}: {wrong[train].sum()} of {len(train)} training rows wrong, "\n'
        '          f"{wrong[test].sum()} of {len(test)} test rows")\n'
        'print("training error, median:", np.median(train_errors))\n'
        'print("test error, quartiles:", *np.quantile(test_errors, [0.25, 0.5, 0.75]))\n'
    )


def stopping_snippet(plan: Plan, epochs: int, patience: int) -> str:
    """Return a script that makes one run and prints where it is best, and where it would stop.

    Raises
    ------
    TypeError, ValueError
        If the plan is another one than `snippet_plan.written` says, or a number is out of range.
    """
    patience = integer(patience, "patience", 1)
    return (
        written(plan, epochs)
        + f"""

def loss(layers, inputs, targets):
    p = np.clip(answers(layers, inputs), 2.0**-53, 1 - 2.0**-53)
    return -(targets * np.log(p) + (1 - targets) * np.log1p(-p)).mean()


seed, patience = {plan.seed}, {patience}
train, test = held_out(seed)
scaled = scaler(train)
train_losses, test_losses = [], []
for layers in training(seed, train, scaled):
    train_losses.append(loss(layers, scaled(X[train]), y[train]))
    test_losses.append(loss(layers, scaled(X[test]), y[test]))
lowest = int(np.argmin(test_losses))
print("lowest test loss:", test_losses[lowest], "after epoch", lowest)
best, since, stop = np.inf, 0, "never"
for epoch in range(1, epochs + 1):
    best, since = (test_losses[epoch], 0) if test_losses[epoch] < best else (best, since + 1)
    if since >= patience:
        stop = epoch
        break
print("patience ends at epoch:", stop)
print("at the end: training loss", train_losses[-1], "test loss", test_losses[-1])
"""
    )


def shift_snippet(
    home: Plan, epochs: int, learned_at: tuple[float, float], by: tuple[float, float]
) -> str:
    """Return a script that trains a network, moves the test rows, and prints how many are right.

    Parameters
    ----------
    home : Plan
        Before the world moved.
    epochs : int
    learned_at, by : (float, float)
        How far the world had moved when it was learned, and how far it has moved now.

    Raises
    ------
    TypeError, ValueError
        If the plan is another one than `snippet_plan.written` says, or a number is out of range.
    """
    learned, moved = (
        [number(part, "each part of a way") for part in way] for way in (learned_at, by)
    )
    return (
        written(home, epochs) + f"\n\nseed = {home.seed}\n"
        "home = X\n"
        "train, test = held_out(seed)\n"
        f"X = home + {learned}  # where the network learns\n"
        "scaled = scaler(train)\n"
        "*_, layers = training(seed, train, scaled)\n"
        f"world = home[test] + {moved}  # where the world is now\n"
        "right = (answers(layers, scaled(world)) >= 0.5) == y[test]\n"
        'print(right.sum(), "of", len(test), "test rows are right")\n'
    )
