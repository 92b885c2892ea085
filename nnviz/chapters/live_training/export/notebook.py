"""A training run as a notebook that needs NumPy alone: the script, cell by cell, with its words."""

from nnviz.chapters.live_training.export.data import title
from nnviz.chapters.live_training.export.files import checked, script_parts
from nnviz.text.script import notebook
from nnviz.training.run_config import RunConfig


def run_notebook(config: RunConfig, step: int) -> str:
    """Return the script of `export.run_script` as a notebook, nbformat 4.5.

    Its code cells, run in their order, print the very same numbers as the script.

    Raises
    ------
    TypeError, ValueError
        If `config` is no RunConfig, or `step` no step of it.
    """
    step = checked(config, step)
    return notebook(
        f"# A run in NumPy\n\n{title(config, step)} Run all cells in their order: they make the "
        "same updates as the page did, and print the same numbers. Then change something, and run "
        "them all again.",
        script_parts(config, step),
    )
