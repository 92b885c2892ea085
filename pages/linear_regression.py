"""Open the chapter Linear regression."""

from nnviz.chapters.linear_regression.page import show

show()
