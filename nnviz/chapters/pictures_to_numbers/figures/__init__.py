"""Pictures of drawings and of the weights that read them."""
