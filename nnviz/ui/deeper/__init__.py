"""The parts of the page "Deeper networks"."""
