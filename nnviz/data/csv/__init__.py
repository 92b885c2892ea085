"""nnviz/data/csv."""
