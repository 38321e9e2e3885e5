"""The workspace file: SQLAlchemy and SQLite live here and nowhere else."""
