"""History, backups and verifying in words."""
