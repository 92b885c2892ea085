"""The views of the page "Linear regression"."""
