"""Everything that only SQLite and one file want: engine, lock, schema, backups, salvage."""
