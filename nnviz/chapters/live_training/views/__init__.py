"""The parts of the page beside its picture, and the background work for them."""
