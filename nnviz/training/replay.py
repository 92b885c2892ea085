"""The updates of a run from any of its steps to a later one, in chunks."""

from collections.abc import Iterator

import numpy as np

from nnviz.nn.checks import FloatArray
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.kernels.kernel import Kernel, Trained
from nnviz.training.row_order import RowNumbers
from nnviz.training.run_config import RunConfig

# Values held at once, so that a long replay takes little memory: 0.8 MB.
_CHUNK_VALUES = 100_000


def train_rows(
    config: RunConfig,
    parameters: FloatArray,
    picks: RowNumbers,
    rates: FloatArray | float,
    *,
    every: int = 1,
    first_note: int = 1,
) -> Trained:
    """Make one update by each of some rows; see `Kernel.train`."""
    kernel = Kernel(
        config.train_inputs,
        config.train_targets,
        config.sizes,
        config.activations,
        config.loss,
        Hyperparameters(batch_size=1),
        config.seed,
    )
    return kernel.train(
        parameters,
        np.empty((0, len(parameters))),
        picks,
        np.arange(len(picks) + 1),
        np.broadcast_to(rates, len(picks)),
        every=every,
        first_note=first_note,
    )


class Way:
    """The updates of a config.

    Parameters
    ----------
    config : RunConfig
    picked_rows : ndarray of int32, shape (config.steps,)
        As `initial_state.picks` gives them.

    Attributes
    ----------
    harmless : bool
        Whether all parameters met so far were within `choices.HARMLESS`.
    """

    def __init__(self, config: RunConfig, picked_rows: RowNumbers) -> None:
        self._config, self._picked_rows = config, picked_rows
        self.harmless = True

    def walk(
        self, parameters: FloatArray, first: int, last: int, every: int = 1
    ) -> Iterator[tuple[int, FloatArray]]:
        """Update from step `first` to `last`.

        Yields, in chunks, (step, parameters at that step and every ``every`` steps on); the
        first such step is ``first + every``.
        """
        length = every * max(1, _CHUNK_VALUES // len(parameters))
        noted = first + every
        for at in range(first, last, length):
            stop = min(last, at + length)
            trained = train_rows(
                self._config,
                parameters,
                self._picked_rows[at:stop].copy(),
                self._config.learning_rates(at, stop),
                every=every,
                first_note=noted - at,
            )
            parameters = trained.parameters
            self.harmless = self.harmless and trained.harmless
            if len(trained.path):
                yield noted, trained.path
            noted += len(trained.path) * every
