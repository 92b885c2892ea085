"""The pictures of the page "Linear regression"."""
