"""Open the chapter Deeper networks."""

from nnviz.chapters.deeper_networks.page import show

show()
