"""The parts of the page "Backpropagation"."""
