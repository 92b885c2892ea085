"""Rows of one's own: typed into a table, read from a file, chosen from it, or drawn as a few."""
