"""Sentences of the import preview."""
