"""The player of the training, and the buttons that show something by it."""

from typing import Final

from nnviz.chapters.words_to_numbers.choices import ADDRESS, UPDATES
from nnviz.chapters.words_to_numbers.questions import ORDER_PAIR
from nnviz.site.player import Player

PLAYER: Final = Player(ADDRESS, "words_learning")


def show_order() -> None:
    """Ask about two sentences of the same words, at the end of the training."""
    ADDRESS.set("view", "learn")
    ADDRESS.set("ask", ORDER_PAIR[0])
    ADDRESS.set("other", ORDER_PAIR[1])
    PLAYER.go(UPDATES)


def show_matrix() -> None:
    """Count all shipped sentences with lemmas."""
    ADDRESS.set("view", "count")
    ADDRESS.set("chosen", "all")
    ADDRESS.set("lemmas", True)
