"""nnviz/chart."""
