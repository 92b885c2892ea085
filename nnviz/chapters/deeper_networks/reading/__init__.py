"""nnviz/chapters/deeper_networks/reading."""
