"""Return and template workbooks, written and read."""
