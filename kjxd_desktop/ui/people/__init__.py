"""操作人员, signing in."""
