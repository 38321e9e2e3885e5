"""Driving the real window as a person does: keys and mouse only."""
