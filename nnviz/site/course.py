"""The pages of the course, in the order of its story."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True)
class Page:
    """One page: its file, its names (``label`` in the navigation), and what a person does on it.

    ``steps`` are those of the four steps of supervised learning, from 1 to 4, that it takes.
    """

    name: str
    file: str
    label: str
    title: str
    icon: str
    invitation: str
    steps: tuple[int, ...] = (1, 2, 3, 4)


_PAGES: Final = (
    Page("home", "app.py", "Home", "See a network learn", ":material/home:", "", steps=()),
    Page(
        "rules_or_learning",
        "pages/rules_or_learning.py",
        "Rules or learning",
        "Rules or learning",
        ":material/rule:",
        "Fill a small Sudoku by rules, one at a time, and watch a network learn it from games.",
    ),
    Page(
        "words_to_numbers",
        "pages/words_to_numbers.py",
        "Words to numbers",
        "Words to numbers",
        ":material/translate:",
        "Count words, see what lemmas do, and let one neuron learn moods from them.",
    ),
    Page(
        "vector_similarity",
        "pages/vector_similarity.py",
        "Vector similarity",
        "Vector similarity",
        ":material/north_east:",
        "Drag two vectors and see what a dot product measures.",
        steps=(),
    ),
    Page(
        "linear_regression",
        "pages/linear_regression.py",
        "Linear regression",
        "Linear regression",
        ":material/show_chart:",
        "Put a plane through house prices by hand, then let gradient descent do it.",
    ),
    Page(
        "prediction",
        "pages/prediction.py",
        "Prediction",
        "Prediction",
        ":material/bolt:",
        "Send a row through one neuron, value by value, and see what it answers.",
        steps=(1, 2),
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
