"""nnviz/training/maps."""
