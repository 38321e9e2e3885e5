"""Rows of plans, revisions, deadlines, and what is split off for units."""
