"""Open the chapter Prediction."""

from nnviz.chapters.prediction.page import show

show()
