"""The picture: network, outputs over the plane and losses, still and moving; the surface."""
