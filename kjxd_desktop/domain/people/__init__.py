"""Operators of an office and their rights."""
