"""nnviz/chapters/live_training."""
