"""nnviz/chapters/linear_regression."""
