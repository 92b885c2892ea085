"""nnviz/site."""
