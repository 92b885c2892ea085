"""Open the chapter Live training."""

from nnviz.chapters.live_training.page import show

show()
