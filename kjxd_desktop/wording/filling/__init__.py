"""Sentences about what is typed."""
