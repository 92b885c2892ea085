"""The home page: the four steps, the darts, and the course."""
