"""nnviz/chapters/deeper_networks/export."""
