"""Rules or learning: one game, filled by rules that a person wrote and by a network."""

from nnviz.ui import frame
from nnviz.ui.rules_or_learning.choices import ADDRESS, PAGE
from nnviz.ui.rules_or_learning.views import lesson

frame.show(PAGE, ADDRESS, lesson)
