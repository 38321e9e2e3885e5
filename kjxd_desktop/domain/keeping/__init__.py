"""Which backups are kept how long."""
