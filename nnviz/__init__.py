"""nnviz: see a neural network learn, and check every number on the way.

The names below are for scripts and notebooks; docs/api.md shows them at work. Each is imported when
it is used, so that ``import nnviz`` alone takes no longer than NumPy does.
"""

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from nnviz.data.csv.file import read_csv
    from nnviz.data.sample import Sample
    from nnviz.data.toys import TOYS
    from nnviz.data.toys import make as toy_data
    from nnviz.data.tutorial import eight_rows
    from nnviz.nn.architecture import Architecture
    from nnviz.nn.neuron import NeuralNetwork
    from nnviz.notebook import picture
    from nnviz.training.hyperparameters import Hyperparameters
    from nnviz.training.plan import Plan
    from nnviz.training.record import Record, record
    from nnviz.training.scores import scores
    from nnviz.training.timeline import Stage, Timeline

__version__ = "0.2.0"

__all__ = [
    "TOYS",
    "Architecture",
    "Hyperparameters",
    "NeuralNetwork",
    "Plan",
    "Record",
    "Sample",
    "Stage",
    "Timeline",
    "__version__",
    "eight_rows",
    "picture",
    "read_csv",
    "record",
    "scores",
    "toy_data",
]

_PLACES: Final = MappingProxyType(
    {
        "TOYS": "nnviz.data.toys:TOYS",
        "Architecture": "nnviz.nn.architecture:Architecture",
        "Hyperparameters": "nnviz.training.hyperparameters:Hyperparameters",
        "NeuralNetwork": "nnviz.nn.neuron:NeuralNetwork",
        "Plan": "nnviz.training.plan:Plan",
        "Record": "nnviz.training.record:Record",
        "Sample": "nnviz.data.sample:Sample",
        "Stage": "nnviz.training.timeline:Stage",
        "Timeline": "nnviz.training.timeline:Timeline",
        "eight_rows": "nnviz.data.tutorial:eight_rows",
        "picture": "nnviz.notebook:picture",
        "read_csv": "nnviz.data.csv.file:read_csv",
        "record": "nnviz.training.record:record",
        "scores": "nnviz.training.scores:scores",
        "toy_data": "nnviz.data.toys:make",
    }
)
"""Where each public name is: the module, and its name there."""


def __getattr__(name: str) -> Any:
    """Return a public name, importing its module now."""
    if name not in _PLACES:
        raise AttributeError(f"module 'nnviz' has no attribute {name!r}")
    module, _, original = _PLACES[name].partition(":")
    value = getattr(import_module(module), original)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names, imported or not."""
    return sorted({*globals(), *__all__})
