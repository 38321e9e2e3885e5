"""Targets over time: expected paths, lights, changes, forecasts, the pace of tasks."""
