"""Naming people, signing in, passwords and the recovery code."""
