"""nnviz/chapters/words_to_numbers."""
