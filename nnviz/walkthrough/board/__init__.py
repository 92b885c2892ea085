"""nnviz/walkthrough/board."""
