"""The page "Prediction": its views."""
