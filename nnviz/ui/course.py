"""The pages of the course, in the order of its story."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True)
class Page:
    """One page: its file, its names (``label`` in the navigation), and what a person does on it."""

    name: str
    file: str
    label: str
    title: str
    icon: str
    invitation: str


_PAGES: Final = (
    Page("home", "app.py", "Home", "See a network learn", ":material/home:", ""),
    Page(
        "vector_similarity",
        "pages/vector_similarity.py",
        "Vector similarity",
        "Vector similarity",
        ":material/north_east:",
        "Drag two vectors and see what a dot product measures.",
    ),
    Page(
        "prediction",
        "pages/prediction.py",
        "Prediction",
        "Prediction",
        ":material/bolt:",
        "Send a row through one neuron, value by value, and see what it answers.",
    ),
    Page(
        "error_curve",
        "pages/error_curve.py",
        "Error curve",
        "Error curve",
        ":material/trending_down:",
        "Step down a curve, and find out what the learning rate does.",
    ),
    Page(
        "backpropagation",
        "pages/backpropagation.py",
        "Backpropagation",
        "Backpropagation",
        ":material/undo:",
        "Step through one update, value by value, forward and back.",
    ),
    Page(
        "live_training",
        "pages/live_training.py",
        "Live training",
        "Live training",
        ":material/play_circle:",
        "Train one neuron on eight rows, see why it gets stuck, and go another way.",
    ),
    Page(
        "compare_runs",
        "pages/compare_runs.py",
        "Compare runs",
        "Compare runs",
        ":material/grid_on:",
        "Run the same training with many seeds and rates, and see how many of them fail.",
    ),
    Page(
        "generalization",
        "pages/generalization.py",
        "Generalization",
        "Generalization",
        ":material/balance:",
        "Hold rows out, let a network memorise the others, and stop it; then move the world.",
    ),
    Page(
        "deeper_networks",
        "pages/deeper_networks.py",
        "Deeper networks",
        "Deeper networks",
        ":material/hub:",
        "Build a network, train it on any rows, and read every mark of it.",
    ),
)

COURSE: Final = MappingProxyType({page.name: page for page in _PAGES})
