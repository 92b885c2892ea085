"""Open the chapter Generalization."""

from nnviz.chapters.generalization.page import show

show()
