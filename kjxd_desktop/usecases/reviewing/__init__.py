"""The city's word on a return."""
