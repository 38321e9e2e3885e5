"""Clerks' mistakes put into plausible returns: how many the checks find, and how often they cry wolf."""
