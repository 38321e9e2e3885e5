"""Entries and progress: typed, pasted, keyed again, filled in afterwards, shared between plans."""
