"""Rules or learning: one game, filled by rules that a person wrote and by a network."""

from nnviz.chapters.rules_or_learning.choices import ADDRESS, PAGE
from nnviz.chapters.rules_or_learning.views import lesson
from nnviz.site import frame


def show() -> None:
    """Show the page: its frame and, inside it, the lesson."""
    frame.show(PAGE, ADDRESS, lesson)
