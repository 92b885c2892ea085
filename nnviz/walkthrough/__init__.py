"""nnviz/walkthrough."""
