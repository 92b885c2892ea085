"""Open the chapter Compare runs."""

from nnviz.chapters.compare_runs.page import show

show()
