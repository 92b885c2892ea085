"""nnviz/chapters/compare_runs."""
