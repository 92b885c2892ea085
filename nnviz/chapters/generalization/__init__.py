"""nnviz/chapters/generalization."""
