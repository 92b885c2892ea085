"""Open the teacher's guide."""

from nnviz.chapters.teaching.page import show

show()
