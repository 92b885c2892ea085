"""nnviz/data."""
