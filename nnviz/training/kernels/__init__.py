"""nnviz/training/kernels."""
