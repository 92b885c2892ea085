"""The parts of the page "Words to numbers"."""
