"""Foreign files: read, compared, decided, applied."""
