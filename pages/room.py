"""Open the page on which rooms are opened and joined."""

from nnviz.chapters.room.page import show

show()
