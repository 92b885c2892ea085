"""What is seen, in words: pure functions from core results to sentences."""
