"""What one run is measured against, all of it found by the program from the run's own rows."""

from dataclasses import dataclass

from nnviz.baselines import BestLine, BestNeuron, best_line, best_neuron, guess
from nnviz.run_config import RunConfig


@dataclass(frozen=True, eq=False)
class Yardsticks:
    """Three things to compare a run with.

    Attributes
    ----------
    guess : float
        Cumulative error of answering 0.5 to every row.
    neuron : BestNeuron
        The best that one neuron can do with the inputs of the run.
    line : BestLine
        The most rows that a straight line can get right on the plane of x1 and x2.
    """

    guess: float
    neuron: BestNeuron
    line: BestLine


def yardsticks(config: RunConfig) -> Yardsticks:
    """Return the yardsticks for the rows and inputs of a run.

    Raises
    ------
    ValueError
        If there are too many rows or inputs to search; see `baselines`.
    """
    return Yardsticks(
        guess=guess(config.y),
        neuron=best_neuron(config.inputs(), config.y),
        line=best_line(config.rows, config.y),
    )
