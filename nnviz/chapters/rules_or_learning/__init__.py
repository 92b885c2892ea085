"""nnviz/chapters/rules_or_learning."""
