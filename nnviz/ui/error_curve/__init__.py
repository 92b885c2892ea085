"""The page "Error curve": what can be chosen on it, and its views."""
