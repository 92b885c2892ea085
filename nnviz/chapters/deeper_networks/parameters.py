"""What the address of Deeper networks holds, and how it is written."""

from typing import Any, Final

from nnviz.chapters.deeper_networks.lines import DeepLine
from nnviz.chapters.deeper_networks.lines_text import read_lines, write_lines
from nnviz.chapters.deeper_networks.settings import Settings
from nnviz.chapters.deeper_networks.settings_text import differences, read_choices, write_choices
from nnviz.chapters.deeper_networks.weights_text import read_weights, write_weights
from nnviz.data import sample_text
from nnviz.data.sample import Sample
from nnviz.site.parameters import Choice, Custom, Numbers, Parameter, Switch, Whole
from nnviz.text.numbers import whole
from nnviz.training.timeline import MOST_STEPS
from nnviz.training.words_branches import LETTERS

EPOCHS: Final = (
    "30", "50", "60", "100", "150", "200", "300", "400", "500", "1000", "3000", "10000",
)  # fmt: skip
ACTS: Final = ("here", "start")
TOOLS: Final = ("ask", "add", "move", "remove")
PARTS: Final = ("numbers", "why", "solid", "code", "predict", "export", "tutorial")

_BASE: Final = Settings()
_FILE: Final = "file"


def deeper_parameters() -> list[Parameter]:
    """Return all parameters of the page."""
    return [
        Custom("with", _BASE, _read_settings, _write_settings),
        Custom("own", None, _read_sample, _write_sample),
        Custom("weights", (), read_weights, write_weights),
        Custom("lines", (DeepLine(),), lambda text: read_lines(text, _BASE), write_lines),
        Choice("line", LETTERS[0], tuple(LETTERS)),
        Choice("epochs", "400", EPOCHS),
        Whole("step", 0, 0, MOST_STEPS),
        Choice("acts", ACTS[0], ACTS),
        Choice("tool", TOOLS[0], TOOLS),
        Whole("adds", 1, 0, 4),
        Custom("picked", "", _read_item, str),
        Numbers("probe", (), -1e12, 1e12, count=2),
        Switch("log"),
        Whole("turn", 0, 0, 350),
        Choice("part", PARTS[0], PARTS),
    ]


def _read_settings(text: str) -> Settings:
    return _BASE.with_choices(read_choices(text, _BASE))


def _write_settings(settings: Settings) -> str:
    return write_choices(differences(_BASE, settings))


def _read_sample(text: str) -> Sample | None:
    if text == _FILE:
        raise ValueError(
            "these rows were too many for a link: choose Data, Own rows, and load the file again"
        )
    return sample_text.decode(text) if text else None


def _write_sample(sample: Sample | None) -> str:
    if sample is None:
        return ""
    return sample_text.encode(sample) or _FILE


def _read_item(text: str) -> Any:
    """Return the name of a unit (``u.1.2``), an edge (``e.1.0.2``) or a bias (``b.1.2``)."""
    kind, *numbers = text.split(".")
    try:
        if text and len(numbers) != {"u": 2, "b": 2, "e": 3}.get(kind):
            raise ValueError
        return ".".join([kind, *(str(whole(each, 0, 999)) for each in numbers)])
    except ValueError:
        raise ValueError("it names a unit such as u.1.2, a bias b.1.2 or an edge e.1.0.2") from None
