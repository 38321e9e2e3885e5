"""Sentences about plans and their decomposition."""
