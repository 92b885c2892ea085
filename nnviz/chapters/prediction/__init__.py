"""nnviz/chapters/prediction."""
