"""What every page works with: tasks, changes, notices, style, icons."""
