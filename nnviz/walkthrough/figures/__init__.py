"""The graph of a network on a board that shows one update, and the effect on every row."""
