"""Open the chapter Rules or learning."""

from nnviz.chapters.rules_or_learning.page import show

show()
