"""Safe spreadsheet reading in a process of its own, and safe spreadsheet writing."""
