"""数据文件: backups and their care."""
