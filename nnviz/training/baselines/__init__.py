"""nnviz/training/baselines."""
