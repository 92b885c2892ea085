"""Open the page that checks codes."""

from nnviz.chapters.check_codes.page import show

show()
