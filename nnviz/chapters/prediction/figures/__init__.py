"""The pictures of the page "Prediction"."""
