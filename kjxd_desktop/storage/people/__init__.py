"""Rows of operators; hashes of their passwords."""
