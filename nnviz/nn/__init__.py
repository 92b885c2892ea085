"""nnviz/nn."""
