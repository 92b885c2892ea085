"""nnviz/training/export."""
