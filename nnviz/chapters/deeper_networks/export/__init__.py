"""A training as files: scripts, notebook, weights, rows, record; and weights read back."""
