"""Open the chapter Home."""

from nnviz.chapters.home.page import show

show()
