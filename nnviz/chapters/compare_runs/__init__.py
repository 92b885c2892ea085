"""Compare runs: many learning rates and seeds at once, so that one lucky run convinces nobody."""
