"""Which choices of a person stand for a plan, a network or a preset."""

from typing import Any

from nnviz.chapters.deeper_networks.preset import Preset
from nnviz.chapters.deeper_networks.settings import Settings
from nnviz.nn.architecture import Architecture
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.plan import Plan


def choices_between(old: Plan, new: Plan) -> dict[str, Any]:
    """Return the fields of `Settings` in which two plans differ.

    Parameters
    ----------
    old, new : Plan
        The rows themselves are not compared.
    """
    before, after = _fields(old), _fields(new)
    return {name: after[name] for name in after if after[name] != before[name]}


def settings_of(preset: Preset) -> Settings:
    """Return the settings that stand for a preset."""
    return Settings(
        data=preset.toy,
        rows=preset.n_rows,
        noise=preset.noise,
        classes=preset.n_classes,
        draw=preset.seed,
        test=preset.test_fraction,
        seed=preset.seed,
        **fields_of_architecture(preset.architecture),
        **_fields_of_recipe(preset.hyperparameters),
    )


def fields_of_architecture(architecture: Architecture) -> dict[str, Any]:
    """Return the fields of `Settings` that stand for an architecture."""
    return {
        "inputs": architecture.inputs,
        "standardise": architecture.standardise,
        "hidden": architecture.hidden,
        "loss": architecture.loss,
        "output": architecture.output,
        "init": architecture.initialisation,
    }


def _fields_of_recipe(hyperparameters: Hyperparameters) -> dict[str, Any]:
    return {
        "optimizer": hyperparameters.optimizer,
        "rate": hyperparameters.learning_rate,
        "batch": hyperparameters.batch_size,
        "l1": hyperparameters.l1,
        "l2": hyperparameters.l2,
        "dropout": hyperparameters.dropout,
        "schedule": hyperparameters.schedule,
        "period": hyperparameters.schedule_epochs,
        "patience": hyperparameters.patience,
    }


def _fields(plan: Plan) -> dict[str, Any]:
    return {
        "test": plan.test_fraction,
        "seed": plan.seed,
        **fields_of_architecture(plan.architecture),
        **_fields_of_recipe(plan.hyperparameters),
    }
