"""Check codes: what a class has handed in, as a table."""
