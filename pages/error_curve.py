"""Open the chapter Error curve."""

from nnviz.chapters.error_curve.page import show

show()
