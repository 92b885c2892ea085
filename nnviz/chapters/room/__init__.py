"""Room: a teacher opens one and watches it, pupils join it."""
