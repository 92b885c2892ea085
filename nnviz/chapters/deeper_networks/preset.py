"""A preset: a training that is worth looking at, with what there is to do and to see."""

from dataclasses import dataclass

from nnviz.data import toys
from nnviz.nn.architecture import Architecture
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.plan import Plan
from nnviz.training.timeline import Timeline


@dataclass(frozen=True)
class Preset:
    """A training that shows one thing.

    Attributes
    ----------
    name : str
        Public name, the key in `PRESETS`; it stands in links, so it stays what it is.
    title : str
        What it is called on the screen.
    invitation : str
        What to do with it.
    see : str
        What there is to see, true of this very training.
    toy : str
        A key of `toys.TOYS`.
    architecture : Architecture
    hyperparameters : Hyperparameters
    epochs : int
        How long to train.
    n_rows, noise, n_classes :
        As `toys.make` takes them.
    test_fraction : float
        Share of the rows that are held out.
    seed : int
        Of the rows as well as of the plan.
    """

    name: str
    title: str
    invitation: str
    see: str
    toy: str
    architecture: Architecture
    hyperparameters: Hyperparameters
    epochs: int
    n_rows: int = 250
    noise: float = 0.1
    n_classes: int = 2
    test_fraction: float = 0.5
    seed: int = 1

    def plan(self) -> Plan:
        """Return the training that it asks for."""
        sample = toys.make(self.toy, self.n_rows, self.noise, self.seed, self.n_classes)
        return Plan(sample, self.architecture, self.hyperparameters, self.test_fraction, self.seed)

    def timeline(self) -> Timeline:
        """Return the same for as many epochs as it takes to see it."""
        plan = self.plan()
        return Timeline.of(plan, self.epochs * plan.updates_per_epoch)
