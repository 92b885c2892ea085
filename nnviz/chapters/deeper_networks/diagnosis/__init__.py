"""nnviz/chapters/deeper_networks/diagnosis."""
