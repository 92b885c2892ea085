"""Open the chapter Pictures to numbers."""

from nnviz.chapters.pictures_to_numbers.page import show

show()
