"""nnviz/chapters/backpropagation."""
