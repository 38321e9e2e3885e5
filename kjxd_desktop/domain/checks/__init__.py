"""Built-in checks and what they find."""
