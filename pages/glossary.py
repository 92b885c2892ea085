"""Open the glossary."""

from nnviz.chapters.glossary.page import show

show()
