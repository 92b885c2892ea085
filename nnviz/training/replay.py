"""The updates of a run from any of its steps to a later one, in stretches."""

from collections.abc import Iterator

from nnviz.nn.checks import FloatArray
from nnviz.training.initial_state import RowNumbers
from nnviz.training.kernels.one_row import Kernel
from nnviz.training.run_config import RunConfig

# Values held at once, so that the way through a long run takes little memory: 0.8 MB.
_STRETCH_VALUES = 100_000


class Way:
    """The updates of a config.

    Parameters
    ----------
    config : RunConfig
    picked_rows : ndarray of uint16, shape (config.steps,)
        As `draws.picks` gives them.

    Attributes
    ----------
    harmless : bool
        Whether all parameters met so far were within `kernel.HARMLESS`.
    """

    def __init__(self, config: RunConfig, picked_rows: RowNumbers) -> None:
        self._config, self._picked_rows = config, picked_rows
        self._kernel = Kernel(config)
        self.harmless = True

    def walk(
        self, parameters: FloatArray, first: int, last: int, every: int = 1
    ) -> Iterator[tuple[int, FloatArray]]:
        """Update from step `first` to `last`.

        Yields, in stretches, (step, parameters at that step and every ``every`` steps on); the
        first such step is ``first + every``.
        """
        length = every * max(1, _STRETCH_VALUES // len(parameters))
        changes = [step for step, _ in self._config.rate_changes if first < step < last]
        at, noted = first, first
        for end in [*changes, last]:
            rate = self._config.learning_rate_at(at)
            while at < end:
                stop = min(end, at + length)
                path, parameters, harmless = self._kernel.walk(
                    parameters,
                    self._picked_rows[at:stop],
                    rate,
                    every=every,
                    first_note=noted + every - at,
                )
                self.harmless = self.harmless and harmless
                if len(path):
                    yield noted + every, path
                noted += len(path) * every
                at = stop
