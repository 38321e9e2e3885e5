"""Rows of what went out and came in."""
