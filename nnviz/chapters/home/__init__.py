"""nnviz/chapters/home."""
