"""Open the chapter Backpropagation."""

from nnviz.chapters.backpropagation.page import show

show()
