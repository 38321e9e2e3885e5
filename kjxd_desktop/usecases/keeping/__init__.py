"""History, verifying, backups, restoring."""
