"""nnviz/chapters/error_curve."""
