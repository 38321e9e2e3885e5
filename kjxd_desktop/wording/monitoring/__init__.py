"""Lights, changes and forecasts in words."""
