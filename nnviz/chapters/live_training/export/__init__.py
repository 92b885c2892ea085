"""Files that repeat a run elsewhere: script, notebook, PyTorch, tables."""
