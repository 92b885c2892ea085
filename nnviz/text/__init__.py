"""nnviz/text."""
