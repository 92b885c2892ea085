"""Open the chapter Vector similarity."""

from nnviz.chapters.vector_similarity.page import show

show()
