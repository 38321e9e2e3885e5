"""Exit statuses of the command line."""

DONE, NOT_ALLOWED, WRONG_CALL, UNREADABLE, WORKSPACE = 0, 1, 2, 3, 4
