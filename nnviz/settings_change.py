"""Which choices of a person lead from one plan to another."""

from typing import Any

from nnviz.plan import Plan


def choices_between(old: Plan, new: Plan) -> dict[str, Any]:
    """Return the fields of `Settings` in which two plans on the same sample differ.

    Parameters
    ----------
    old, new : Plan
        The rows themselves are not compared.
    """
    before, after = _fields(old), _fields(new)
    return {name: after[name] for name in after if after[name] != before[name]}


def _fields(plan: Plan) -> dict[str, Any]:
    architecture, recipe = plan.architecture, plan.recipe
    return {
        "test": plan.test_share,
        "seed": plan.seed,
        "inputs": architecture.inputs,
        "standardise": architecture.standardise,
        "hidden": architecture.hidden,
        "loss": architecture.loss,
        "output": architecture.output,
        "init": architecture.initialisation,
        "optimizer": recipe.optimizer,
        "rate": recipe.learning_rate,
        "batch": recipe.batch_size,
        "l1": recipe.l1,
        "l2": recipe.l2,
        "dropout": recipe.dropout,
        "schedule": recipe.schedule,
        "period": recipe.schedule_epochs,
        "patience": recipe.patience,
    }
