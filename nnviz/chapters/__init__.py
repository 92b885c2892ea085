"""nnviz/chapters."""
