"""The page "Linear regression": a plane put by hand, and gradient descent that goes on from it."""
