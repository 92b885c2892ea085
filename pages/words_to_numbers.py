"""Open the chapter Words to numbers."""

from nnviz.chapters.words_to_numbers.page import show

show()
