"""A training run as a script that needs NumPy alone and prints the same numbers."""

from nnviz.chapters.live_training.export.data import chance_part, data_part, title
from nnviz.chapters.live_training.export.updates import (
    end_part,
    forward_part,
    function_part,
    loop_part,
)
from nnviz.nn.checks import instance, integer
from nnviz.nn.source_code import math_names
from nnviz.text.script import Part, program
from nnviz.training.run_config import RunConfig


def run_script(config: RunConfig, step: int) -> str:
    """Return a script that repeats a run up to a step and prints parameters and error.

    It draws the same starting weights and the same rows, and computes as the recorder does: on
    the same machine it prints what `Run.parameters_at` gives, bit for bit, and the error of
    `Run.cumulative_errors_between` to a relative error of 1e-9. A branch starts from its own
    parameters, which stand in the script in full.

    Raises
    ------
    TypeError, ValueError
        If `config` is no RunConfig, or `step` no step of it.
    """
    return program(title(config, checked(config, step)), script_parts(config, step))


def script_parts(config: RunConfig, step: int) -> tuple[Part, ...]:
    """Return the parts of that script in order; see `run_script`."""
    step = checked(config, step)
    functions = function_part(config)
    names = ", ".join(math_names(functions.code))
    imports = f"from math import {names}\n\n" if names else ""
    return (
        Part("", f"{imports}import numpy as np\n"),
        data_part(config),
        chance_part(config, step),
        functions,
        forward_part(config),
        loop_part(config, step),
        end_part(config),
    )


def checked(config: RunConfig, step: int) -> int:
    """Return the step if the run has it.

    Raises
    ------
    TypeError, ValueError
        If `config` is no RunConfig, or `step` is no whole number from its first step to its last.
    """
    instance(config, "config", RunConfig)
    return integer(step, "step", config.first_step, config.steps)
