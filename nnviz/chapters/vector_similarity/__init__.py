"""nnviz/chapters/vector_similarity."""
