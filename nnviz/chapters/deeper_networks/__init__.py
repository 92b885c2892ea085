"""nnviz/chapters/deeper_networks."""
