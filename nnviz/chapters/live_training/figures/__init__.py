"""Pictures of a run: boundary, errors, weight path, error surface, gradients of the rows."""
