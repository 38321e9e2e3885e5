"""History: its lines, what they say the tables should hold, making them again."""
