"""nnviz/chapters/deeper_networks/figures."""
