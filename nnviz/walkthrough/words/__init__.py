"""nnviz/walkthrough/words."""
