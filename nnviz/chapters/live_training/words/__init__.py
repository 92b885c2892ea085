"""Sentences about a run, made from its numbers."""
