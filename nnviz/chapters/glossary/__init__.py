"""Glossary: the technical words of the course, each in one line."""
