"""The page "Generalization": three experiments, and what a person chooses for them."""
