"""nnviz/training."""
