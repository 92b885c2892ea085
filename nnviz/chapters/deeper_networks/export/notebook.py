"""The training of a deeper network as a notebook: the script, cell by cell, with its words."""

from nnviz.chapters.deeper_networks.export.script import parts, title
from nnviz.chapters.deeper_networks.export.segments import legs_to, row_files
from nnviz.text.script import notebook as write_notebook
from nnviz.training.timeline import Timeline


def notebook(timeline: Timeline, step: int) -> str:
    """Return the script of `deep_script.script` as a notebook, nbformat 4.5.

    Its code cells, run in their order, print the very same numbers as the script.

    Returns
    -------
    str
        JSON, as it stands in a file that ends in .ipynb.

    Raises
    ------
    TypeError, ValueError
        If `timeline` is no Timeline, or `step` no step of it.
    """
    legs = legs_to(timeline, step)
    words = (
        f"# A deeper network in NumPy\n\n{title(legs, step)} Run all cells in their order: they "
        "make the same updates as the page did, and print the same numbers. Then change "
        "something, and run them all again."
    )
    if files := row_files(legs):
        words += f" The rows are read from the same folder: {', '.join(files.values())}."
    return write_notebook(words, parts(timeline, step))
