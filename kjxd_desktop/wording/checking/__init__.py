"""Sentences of findings and check rules."""
