"""Rows of returns: heads, entries, progress, explanations, second keyings."""
